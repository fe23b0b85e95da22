"""The answer when the machine cannot go on just now: 503, what happened, and when to try again.

It is made without the database, because that may be what is missing.
"""

import json
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from rapport.core.outages import Outage
from rapport.web.ui.preferences import THEME
from rapport.web.ui.toasts import Toast

PROBLEM = "application/problem+json"
_PLACE = "the-number-comes-here"


def outage_answer(request: HttpRequest, outage: Outage) -> HttpResponse:
    """A page, a toast for htmx or a problem as JSON, whatever was asked for."""
    if request.path.startswith("/api/") or "json" in request.headers.get("Accept", ""):
        response = HttpResponse(_as_json(request, outage), content_type=PROBLEM)
    elif request.headers.get("HX-Request") == "true":
        response = HttpResponse(_as_toast(outage))
        response.headers["X-Problem"] = quote(f"{outage.title}. {outage.advice}")
    else:
        response = HttpResponse(_as_page(request, outage))
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = str(outage.retry_after)
    response.headers["Cache-Control"] = "no-store"
    vars(response)["_has_been_logged"] = True  # or Django would log each of a crowd
    return response


def number_of(request: HttpRequest) -> str:
    """The number by which the logs know this request."""
    return str(getattr(request, "number", ""))


def _as_json(request: HttpRequest, outage: Outage) -> bytes:
    answer = {
        "type": f"urn:rapport:problem:{outage.kind}",
        "title": str(outage.title),
        "status": HTTPStatus.SERVICE_UNAVAILABLE.value,
        "detail": str(outage.advice),
        "instance": f"urn:rapport:request:{number_of(request)}",
    }
    return json.dumps(answer, ensure_ascii=False).encode()


def _as_toast(outage: Outage) -> str:
    shown = Toast(f"{outage.title}. {outage.advice}", is_bad=True, undo="")
    return render_to_string("fragments/toasts.html", {"toasts": [shown]})


def _as_page(request: HttpRequest, outage: Outage) -> str:
    number = number_of(request)
    page = _page(
        outage,
        has_number=bool(number),
        theme=THEME.of(request),
        tries_again=request.method in {"GET", "HEAD"},
        language=getattr(request, "LANGUAGE_CODE", "en"),
    )
    return page.replace(_PLACE, escape(number))


@lru_cache(maxsize=256)
def _page(outage: Outage, *, has_number: bool, theme: str, tries_again: bool, language: str) -> str:
    """Kept, because of a crowd most get this page, while the machine has better things to do than to make it anew."""
    context = {
        "outage": outage,
        "number": _PLACE if has_number else "",
        "theme": theme,
        "tries_again": tries_again,
        "language": language,
    }
    return render_to_string("pages/outage.html", context)
