"""Reading a request's body: strict JSON (RFC 8259), small enough, with nothing in it that can't be stored."""

import json
from decimal import Decimal
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .problems import ApiProblem

LARGEST = 4 * 1024 * 1024
DEEPEST = 20
_LONGEST_NUMBER = 40


def json_body(request: HttpRequest) -> Any:
    """The JSON value of the body; raises `ApiProblem` 400, 411, 413, 415 or 422."""
    refuse_unmeasured(request)
    refuse_packed(request)
    content_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise ApiProblem(415, _("Send the body as JSON, with “Content-Type: application/json”."))
    return read_json(raw_body(request))


def refuse_unmeasured(request: HttpRequest) -> None:
    """Raise `ApiProblem` 411 for a body in chunks: without its length it is not read (WSGI), and would seem empty."""
    if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
        raise ApiProblem(411, _("Send the body in one piece, with “Content-Length”."))


def refuse_packed(request: HttpRequest) -> None:
    """Raise `ApiProblem` 415 for a compressed body: a few bytes of it can stand for gigabytes."""
    if request.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity"):
        detail = _("Compressed bodies are not taken. Send it as it is, without “Content-Encoding”.")
        raise ApiProblem(415, detail, headers={"Accept-Encoding": "identity"})


def object_body(request: HttpRequest) -> dict[str, Any]:
    """The body, which must be an object."""
    value = json_body(request)
    if not isinstance(value, dict):
        raise ApiProblem(422, _("Send an object here: {…}."))
    return value


def optional_object(request: HttpRequest) -> dict[str, Any]:
    """The body, or an empty object where none was sent."""
    if request.headers.get("Content-Length", "0") in ("", "0") and "Transfer-Encoding" not in request.headers:
        return {}
    return object_body(request)


def raw_body(request: HttpRequest) -> bytes:
    """The body's bytes, no more than are taken."""
    kept: bytes | None = getattr(request, "_api_body", None)
    if kept is None:
        kept = request.read(LARGEST + 1)
        request._api_body = kept  # type: ignore[attr-defined]  # noqa: SLF001 - read once, used twice
    if len(kept) > LARGEST:
        words = {"most": LARGEST // 1024**2}
        raise ApiProblem(413, _("At most %(most)d MB are taken at once. Send less at a time.") % words)
    return kept


def read_json(raw: bytes) -> Any:
    """The value of a JSON text; raises `ApiProblem` 400 for what is none, 422 for what can't be stored."""
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_constant=_refuse_constant,
            parse_float=_number,
            parse_int=_whole_number,
        )
    except UnicodeDecodeError:
        raise ApiProblem(400, _("The body is not UTF-8. Send it in UTF-8.")) from None
    except RecursionError:
        raise ApiProblem(400, _("The JSON is nested too deeply.")) from None
    except ValueError as error:
        raise ApiProblem(400, _("The body is not JSON: %(reason)s") % {"reason": error}) from None
    _check(value, 0)
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ApiProblem(400, _("“%(name)s” stands twice in one object. Leave one out.") % {"name": double[:60]})
    return found


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _number(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise ApiProblem(422, _("“%(text)s” is too long a number.") % {"text": text[:40]})
    return Decimal(text)


def _whole_number(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONGEST_NUMBER else _number(text)


def _check(value: Any, depth: int) -> None:
    """Nothing deeper than anything here is, no text that a database can't hold."""
    if depth > DEEPEST:
        raise ApiProblem(400, _("The JSON is nested too deeply."))
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            check_text(name)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)


def check_text(text: str) -> None:
    """Raise for NUL characters and halves of characters."""
    if "\x00" in text:
        raise ApiProblem(422, _("A text holds a NUL character. Remove it and try again."))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ApiProblem(422, _("A text holds half a character (a lone surrogate). Remove it.")) from None
