"""Makes plain views right for people and for htmx.

A view calls a verb and answers with a redirect or a page. Around it: the events of the request become toasts with Undo,
a `Problem` becomes a sentence, and for htmx redirects become `HX-Redirect` and toasts are added to the fragment.
"""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from rapport.core.actors import current_actor
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.undo import may_undo
from rapport.web.records.merged import MergedAway
from rapport.web.ui.errors import problem_page, with_words
from rapport.web.ui.toasts import toast_events, toasts_fragment

View = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
REDIRECTS = {301, 302, 303, 307}


def answering(get_response: View) -> View:
    """Stands just around the view, inside `rapport.web.middleware.acting`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = with_words(request, get_response(request))
        if request.method not in SAFE_METHODS and response.status_code < 400:
            _tell(request, getattr(request, "events", []))
        return _for_htmx(request, response) if request.headers.get("HX-Request") == "true" else response

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, MergedAway):
            return error.answer(request)
        return problem_page(request, error) if isinstance(error, Problem) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _tell(request: HttpRequest, events: Iterable[Event]) -> None:
    actor = current_actor()
    try:
        undo_of = {event.pk: reverse("event-undo", args=[event.pk]) for event in events if may_undo(actor, event)}
    except NoReverseMatch:
        undo_of = {}
    toast_events(request, events, undo_of=undo_of)


def _for_htmx(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "HX-Request", "HX-Target"]))
    if response.status_code in REDIRECTS:
        return _redirected(request, response)
    if _is_fragment(response):
        response.content = response.content + toasts_fragment(request).encode()
    return response


def _redirected(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """fetch() would follow a redirect unseen and swap a whole page into a fragment's place."""
    address = response.headers["Location"]
    del response.headers["Location"]
    current = urlsplit(request.headers.get("HX-Current-URL", ""))
    here = current.path + (f"?{current.query}" if current.query else "")
    if address == here:
        response.headers["HX-Refresh"] = "true"  # the same page again, without losing the scroll position
    else:
        response.headers["HX-Redirect"] = address
    response.status_code = 200
    response.content = b""
    return response


def _is_fragment(response: HttpResponse) -> bool:
    if response.streaming or "HX-Redirect" in response.headers or "HX-Refresh" in response.headers:
        return False
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return not response.content.lstrip()[:15].lower().startswith(b"<!doctype")
