"""What went wrong, as `application/problem+json` (RFC 9457), in one place and in the caller's language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.problems import Forbidden, Problem, StillNeeded

Text = str | Promise

CONTENT_TYPE = "application/problem+json"
TITLES: Mapping[int, Text] = {
    301: gettext_lazy("This is somewhere else now"),
    400: gettext_lazy("This request could not be read"),
    401: gettext_lazy("A token is needed"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("This can't be done here"),
    409: gettext_lazy("This can't be done now"),
    411: gettext_lazy("The length of the body is needed"),
    412: gettext_lazy("The record was changed meanwhile"),
    413: gettext_lazy("This is too large"),
    415: gettext_lazy("This is not JSON"),
    422: gettext_lazy("Something in the request is wrong"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something failed on our side"),
}


@dataclass(frozen=True)
class Mistake:
    """One wrong value: where it stands (`/name` in the body, or a parameter's name), and what to do."""

    detail: str
    pointer: str = ""
    parameter: str = ""

    def as_json(self) -> dict[str, str]:
        """Only what is known."""
        known = {"detail": self.detail, "pointer": self.pointer, "parameter": self.parameter}
        return {name: text for name, text in known.items() if text}


@dataclass(eq=False)  # not frozen: a traceback is put on it
class ApiProblem(Exception):
    """Ends a request with this status; `mistakes` name the wrong values."""

    status: int
    detail: str = ""
    mistakes: Sequence[Mistake] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)


def wrong_parameter(name: str, detail: object) -> ApiProblem:
    """A value in the address that makes no sense."""
    return ApiProblem(422, str(detail), [Mistake(str(detail), parameter=name)])


def wrong_values(mistakes: Sequence[Mistake]) -> ApiProblem:
    """Values of the body that make no sense."""
    return ApiProblem(422, " ".join(dict.fromkeys(mistake.detail for mistake in mistakes)), mistakes)


def not_found() -> ApiProblem:
    """What does not exist, and what may not be seen: the same answer."""
    return ApiProblem(404, _("No such address or record, or you may not see it."))


KNOWN = (ApiProblem, Problem, ValidationError, IntegrityError, DataError)


def problem_of(error: Exception) -> ApiProblem:
    """Whatever a verb or a check raised, as a problem; for the kinds of errors in `KNOWN`."""
    if isinstance(error, ApiProblem):
        return error
    if isinstance(error, Forbidden):
        return ApiProblem(403, str(error))
    if isinstance(error, ValidationError):
        return wrong_values(list(_mistakes(error)))
    if isinstance(error, Problem):
        needed = [Mistake(_("This is needed. Fill it in."), f"/{name}") for name in getattr(error, "fields", ())]
        status = 409 if isinstance(error, StillNeeded) or not needed else 422
        return ApiProblem(status, str(error), needed)
    return ApiProblem(409, _("This can't be kept so: it clashes with another record, or a value does not fit."))


def _mistakes(error: ValidationError) -> Iterator[Mistake]:
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, messages in by_field.items():
        pointer = "" if name == NON_FIELD_ERRORS else f"/{name}"
        yield from (Mistake(str(message), pointer) for message in messages)


def as_json(problem: ApiProblem) -> dict[str, Any]:
    """The document of a problem."""
    title = str(TITLES.get(problem.status) or HTTPStatus(problem.status).phrase)
    document: dict[str, Any] = {"type": "about:blank", "title": title, "status": problem.status}
    if problem.detail:
        document["detail"] = problem.detail
    document |= problem.more
    if problem.mistakes:
        document["errors"] = [mistake.as_json() for mistake in problem.mistakes]
    return document


def answer_to(problem: ApiProblem) -> HttpResponse:
    """The response that tells a problem."""
    response = HttpResponse(orjson.dumps(as_json(problem)), status=problem.status, content_type=CONTENT_TYPE)
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response
