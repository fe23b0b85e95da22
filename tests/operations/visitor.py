"""Somebody at the pages, over real HTTP."""

from typing import Any, Self

import httpx

PATIENCE = 40.0  # seconds; more than any answer may take
EMAIL, PASSWORD = "erika@rapport.example", "correct horse battery"


class Visitor:
    """A browser without a screen: keeps cookies, sends the token of forms."""

    def __init__(self, address: str, *, cookies: httpx.Cookies | None = None) -> None:
        once = httpx.Limits(max_keepalive_connections=0)  # a kept connection may lead to a server that was killed
        self._client = httpx.Client(base_url=address, timeout=PATIENCE, cookies=cookies, trust_env=False, limits=once)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    @property
    def cookies(self) -> httpx.Cookies:
        """Who we are to the server."""
        return self._client.cookies

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Opens a page."""
        return self._client.get(path, headers=headers)

    def post(self, path: str, values: dict[str, Any] | None = None, **also: Any) -> httpx.Response:
        """Sends a form; redirects aren't followed."""
        headers = {"X-CSRFToken": self._client.cookies.get("csrftoken", ""), **also.pop("headers", {})}
        return self._client.post(path, data=values or {}, headers=headers, **also)

    def send(self, method: str, path: str, **also: Any) -> httpx.Response:
        """Any other request, with the token of forms."""
        headers = {"X-CSRFToken": self._client.cookies.get("csrftoken", ""), **also.pop("headers", {})}
        return self._client.request(method, path, headers=headers, **also)

    def log_in(self, email: str = EMAIL, password: str = PASSWORD) -> None:
        """As a person does it."""
        self.get("/login/")
        answer = self.post("/login/", {"username": email, "password": password})
        assert answer.status_code == 302, answer.text[:2000]

    def become_first_user(self) -> None:
        """Sets up an empty installation."""
        self.get("/first-user/")
        answer = self.post("/first-user/", {"name": "Erika Berg", "email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 302, answer.text[:2000]
