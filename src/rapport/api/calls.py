"""Around each request: whose token it is, how often it asks, in which language, and what becomes of errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

import orjson
import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from rapport.core.actors import Actor, acting_as
from rapport.core.events import Event, collecting_events
from rapport.identity.at_home import at_home_with
from rapport.identity.models import ApiToken
from rapport.identity.tokens import Spending, actor_of, spend, token_of

from . import telling_again
from .idempotency import once
from .problems import KNOWN, ApiProblem, answer_to, problem_of

log = structlog.get_logger()

WRITING = frozenset({"POST", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Caller:
    """Who asks: the token, and the actor it acts as."""

    token: ApiToken
    actor: Actor
    events: list[Event]


@dataclass(frozen=True)
class Call:
    """One request with its caller."""

    request: HttpRequest
    caller: Caller

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.caller.actor

    @property
    def headers(self) -> Mapping[str, str]:
        """The request's headers."""
        return self.request.headers


Endpoint = Callable[..., HttpResponse]
Again = Callable[..., Any]


@dataclass(frozen=True)
class _Offer:
    """What can be done at an address, and what of its kept answers is told again."""

    by_method: Mapping[str, Endpoint]
    again: Again


def endpoint(*, again: Again = telling_again.nothing, **by_method: Endpoint) -> Callable[..., HttpResponseBase]:
    """A view that hands each method to its endpoint: `endpoint(GET=…, POST=…, again=…)`.

    `again` leaves of an answer that is repeated (see `idempotency`) what the caller may see by then.
    """
    offer = _Offer(by_method, again)

    @csrf_exempt
    @login_not_required
    def view(request: HttpRequest, **address: Any) -> HttpResponseBase:
        try:
            response = _answered(request, offer, address)
        except KNOWN as error:
            response = answer_to(problem_of(error))
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - refusals are no news to us
        return response

    return view


def _answered(request: HttpRequest, offer: _Offer, address: Mapping[str, Any]) -> HttpResponse:
    token = _token(request)
    spending = spend(token)
    if not spending.is_within:
        return _limited(answer_to(_too_many(spending)), spending)
    with at_home_with(token.user, language=_language_asked_for(request)):
        actor = actor_of(token)
        with acting_as(actor), collecting_events() as events:
            call = Call(request, Caller(token, actor, events))
            return _limited(_done(call, offer, address), spending)


def _done(call: Call, offer: _Offer, address: Mapping[str, Any]) -> HttpResponse:
    method = call.request.method or ""
    answer = offer.by_method.get("GET" if method == "HEAD" else method)
    try:
        if answer is None:
            raise _not_offered(offer)
        if method in WRITING:
            return once(
                call.request,
                call.caller.token,
                lambda: _with_event(call, answer(call, **address)),
                again=lambda kept: offer.again(call, kept, **address),
            )
        return answer(call, **address)
    except KNOWN as error:
        return answer_to(problem_of(error))


def _not_offered(offer: _Offer) -> ApiProblem:
    allowed = ", ".join(sorted({*offer.by_method, *(["HEAD"] if "GET" in offer.by_method else [])}))
    return ApiProblem(405, _("Only %(methods)s can be done here.") % {"methods": allowed}, headers={"Allow": allowed})


def _with_event(call: Call, response: HttpResponse) -> HttpResponse:
    """The number of the last event written: what undo is asked with."""
    if call.caller.events:
        response.headers["Rapport-Event"] = str(call.caller.events[-1].pk)
    return response


def _token(request: HttpRequest) -> ApiToken:
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    token = token_of(key.strip()) if kind.lower() == "bearer" else None
    if token is None:
        detail = _("Send “Authorization: Bearer …” with a token that is valid. Make one under Settings › API tokens.")
        raise ApiProblem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="Rapport"'})
    return token


def _language_asked_for(request: HttpRequest) -> str:
    """That of `Accept-Language`; empty where nothing is asked for, which is the user's own."""
    asked = request.headers.get("Accept-Language", "")
    return translation.get_language() or "" if asked.strip(" *") else ""


def _too_many(spending: Spending) -> ApiProblem:
    seconds = _seconds(spending.wait)
    detail = _("Too many requests at once. Wait %(seconds)d s and go on more slowly.") % {"seconds": seconds}
    return ApiProblem(429, detail, headers={"Retry-After": str(seconds)})


def _limited(response: HttpResponse, spending: Spending) -> HttpResponse:
    response.headers["RateLimit-Limit"] = str(spending.limit)
    response.headers["RateLimit-Remaining"] = str(spending.remaining)
    response.headers["RateLimit-Reset"] = str(_seconds(spending.full_in))
    return response


def _seconds(span: timedelta) -> int:
    return max(1, ceil(span.total_seconds()))


def as_json(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A JSON response."""
    response = HttpResponse(orjson.dumps(value, default=str), status=status, content_type="application/json")
    for name, text in (headers or {}).items():
        response.headers[name] = text
    return response
