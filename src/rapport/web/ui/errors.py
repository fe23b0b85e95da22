"""Pages and answers for when something goes wrong: what happened, what was kept, what to do. Never a traceback."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rapport.core.outages import outage_of
from rapport.core.problems import Forbidden, Problem
from rapport.web.ui import formats
from rapport.web.ui.navigation import Text
from rapport.web.ui.outages import PROBLEM, number_of, outage_answer
from rapport.web.ui.toasts import toast, toasts_fragment

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ErrorPage:
    """The sentences of one kind of failure."""

    title: Text
    advice: Text


PAGES = {
    HTTPStatus.BAD_REQUEST: ErrorPage(
        _("That could not be read"),
        _("The address or the form was not complete. Go back, reload the page and try again; nothing was changed."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ErrorPage(
        _("That is too much at once"),
        _("Nothing was changed. Go back, where everything you typed still stands, and send less at a time."),
    ),
    HTTPStatus.FORBIDDEN: ErrorPage(
        _("You may not open this"),
        _("It belongs to somebody else, or your role doesn't include it. Ask its owner or your administrator."),
    ),
    HTTPStatus.NOT_FOUND: ErrorPage(
        _("There is nothing here"),
        _("The address may be mistyped, or the record was removed. Search for it, or go back."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ErrorPage(
        _("This address can't be opened like that"),
        _("It only takes what a form or a button sends. Go back, or begin at the first page; nothing was changed."),
    ),
    HTTPStatus.CONFLICT: ErrorPage(_("That can't be done now"), _("Nothing was changed. Go back to try another way.")),
    HTTPStatus.INTERNAL_SERVER_ERROR: ErrorPage(
        _("Something failed on our side"),
        _("It has been recorded, and what you had saved before is safe. Go back and try again."),
    ),
}


_UNREADABLE, _FAILED = PAGES[HTTPStatus.BAD_REQUEST], PAGES[HTTPStatus.INTERNAL_SERVER_ERROR]

TOO_MUCH: Mapping[type[Exception], Callable[[], str]] = {
    RequestDataTooBig: lambda: (
        _("A form holds at most %(most)s MB of text. Attach long texts as a file, or import them.")
        % {"most": formats.number((settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) / 2**20, decimals=1)}
    ),
    TooManyFieldsSent: lambda: (
        _("A form holds at most %(most)d answers. Choose fewer records.")
        % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 0}
    ),
    TooManyFilesSent: lambda: (
        _("At most %(most)d files are taken at once. Choose fewer.")
        % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES or 0}
    ),
}


def error_page(request: HttpRequest, status: HTTPStatus, *, detail: Text = "") -> HttpResponse:
    """The page of a failure; for htmx only a toast, because a whole page has no place in a fragment.

    Programs get a problem as JSON (RFC 9457).
    """
    page = PAGES.get(status, _FAILED if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _UNREADABLE)
    if _is_asked_by_program(request):
        return HttpResponse(_as_json(request, status, page, detail), status=status, content_type=PROBLEM)
    if request.headers.get("HX-Request") == "true":
        toast(request, str(detail or page.title), bad=True)
        return HttpResponse(toasts_fragment(request), status=status)
    context = {"page": page, "detail": detail, "status": status.value, "number": number_of(request)}
    return render(request, "pages/error.html", context, status=status)


def _is_asked_by_program(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return "text/html" not in accepted and (request.path_info.startswith("/api/") or "json" in accepted)


def _as_json(request: HttpRequest, status: HTTPStatus, page: ErrorPage, detail: Text) -> bytes:
    problem = {
        "type": "about:blank",
        "title": str(page.title),
        "status": status.value,
        "detail": str(detail or page.advice),
        "instance": f"urn:rapport:request:{number_of(request)}",
    }
    return json.dumps(problem, ensure_ascii=False).encode()


def with_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same refusal with a page, or a problem for programs, where there was nothing: browsers would show their own.

    What scripts ask for stays as it is: they know from the status and the headers what to say.
    """
    is_bare = response.status_code >= HTTPStatus.BAD_REQUEST and not response.streaming and not response.content
    if not is_bare or not ("text/html" in request.headers.get("Accept", "") or _is_asked_by_program(request)):
        return response
    page = error_page(request, HTTPStatus(response.status_code))
    for name in response.headers.keys() - {"Content-Length", "Content-Type"}:
        page.headers.setdefault(name, response.headers[name])
    return page


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What a verb refused, in its own words."""
    status = HTTPStatus.FORBIDDEN if isinstance(problem, Forbidden) else HTTPStatus.CONFLICT
    return error_page(request, status, detail=str(problem))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for what was too large, with the limit."""
    for kind, limit in TOO_MUCH.items():
        if isinstance(exception, kind):
            return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=limit())
    return error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return error_page(request, HTTPStatus.FORBIDDEN, detail=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    is_plain = not isinstance(exception, Http404) or not exception.args or isinstance(exception.args[0], dict)
    return error_page(request, HTTPStatus.NOT_FOUND, detail="" if is_plain else str(exception))


def failed(request: HttpRequest) -> HttpResponse:
    """503 when the machine cannot go on just now, otherwise 500."""
    error = sys.exc_info()[1]
    outage = outage_of(error)
    if outage:
        log.error("outage", kind=outage.kind, exc_info=error)
        return outage_answer(request, outage)
    return error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    log.warning("csrf_failed", reason=reason)
    detail = _("This form was open for too long, or it came from another site. Reload the page and send it again.")
    return error_page(request, HTTPStatus.FORBIDDEN, detail=detail)
