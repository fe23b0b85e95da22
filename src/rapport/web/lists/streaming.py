"""Answers sent piece by piece, made while they are sent, as the person who asked for them."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TypeVar

from django.http import StreamingHttpResponse
from django.utils import timezone, translation

from rapport.core.actors import acting_as
from rapport.identity.actors import refuse_if_rights_changed
from rapport.web.middleware import ActingRequest

Piece = TypeVar("Piece", str, bytes)
RIGHTS_ASKED_EVERY = 10.0  # seconds


def attachment(request: ActingRequest, pieces: Iterator[Piece], *, name: str, kind: str) -> StreamingHttpResponse:
    """A file to keep."""
    answer = StreamingHttpResponse(_as_asked(request, pieces), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _as_asked(request: ActingRequest, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Each piece is made under the actor, language and time zone of the request, which are gone by then.

    A long file ends, unfinished, within seconds of a change of its reader's rights.
    """
    actor, language, zone = request.actor, translation.get_language() or "en", timezone.get_current_timezone()
    asked = time.monotonic()
    while True:
        if time.monotonic() - asked >= RIGHTS_ASKED_EVERY:
            refuse_if_rights_changed(actor)
            asked = time.monotonic()
        with ExitStack() as around:
            around.enter_context(acting_as(actor))
            around.enter_context(translation.override(language))
            around.enter_context(timezone.override(zone))
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
