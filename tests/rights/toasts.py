"""What the next page would say of an answer: taken away, so that it is compared with its own question."""

from django.test import Client, RequestFactory

from rapport.web.ui.kept_messages import HostCookieStorage


def taken_toasts(client: Client) -> list[str]:
    """The sentences that wait for this visitor's next page; they won't be on it."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    client.cookies.pop(HostCookieStorage.cookie_name, None)
    return [str(message) for message in HostCookieStorage(request)]
