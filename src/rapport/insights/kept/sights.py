"""The key of an answer: the question and all that the answer may depend on in who asks."""

from collections.abc import Hashable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from rapport.core.actors import Actor
from rapport.core.clock import today

from .question import Question

_NOBODY: dict[str, Any] = {
    "user_id": None,
    "on_behalf_of": None,
    **dict.fromkeys(("team_ids", "shared_types", "territory_ids", "edited_territory_ids"), frozenset()),
}
"""What makes no difference to what somebody sees who sees everything."""


def key_of(question: Question[Any], actor: Actor, besides: str) -> str:
    """The same for the same rights on the same day, in the same language and time zone."""
    rights = (replace(actor, **_NOBODY) if actor.sees_everything and not question.is_own else actor).rights
    told = (question.name, besides, str(today()), get_current_timezone_name(), get_language(), _plain(rights))
    return sha256(repr(told).encode()).hexdigest()


def _plain(value: Hashable) -> Hashable:
    """The same text in each process: sets have no order of their own."""
    if isinstance(value, frozenset):
        return tuple(sorted((_plain(one) for one in value), key=repr))
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return str(value)
