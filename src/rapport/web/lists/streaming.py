"""Answers sent piece by piece, made while they are sent, as the person who asked for them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from django.utils import timezone, translation

from rapport.core.actors import acting_as
from rapport.web.middleware import ActingRequest

Piece = TypeVar("Piece", str, bytes)


def attachment(request: ActingRequest, pieces: Iterator[Piece], *, name: str, kind: str) -> StreamingHttpResponse:
    """A file to keep. The server asks in its own way for the next piece: it must never wait for all of them."""
    own = _as_asked(request, pieces)
    content = _asynchronous(own) if isinstance(request, ASGIRequest) else own
    answer = StreamingHttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _as_asked(request: ActingRequest, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Each piece is made under the actor, language and time zone of the request, which are gone by then."""
    actor, language, zone = request.actor, translation.get_language() or "en", timezone.get_current_timezone()
    while True:
        with ExitStack() as around:
            around.enter_context(acting_as(actor))
            around.enter_context(translation.override(language))
            around.enter_context(timezone.override(zone))
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


async def _asynchronous(pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
    following = sync_to_async(lambda: next(pieces, None))
    while (piece := await following()) is not None:
        yield piece
