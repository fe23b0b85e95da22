"""Linking to another record: chosen from a list, or typed by name and looked up on saving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.records import Record
from rapport.core.search import search
from rapport.core.search_entries import normalise
from rapport.governance.domains import Link, ValueProblem
from rapport.governance.domains.base import text_of

from .questions import Posted

FEW = 300
_OFFERED = 8


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant."""

    value: str
    title: str


class NotSure(ValueProblem):
    """The typed name fits no record, or several: `candidates` may be meant."""

    def __init__(self, message: str, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        super().__init__(message)


def text_name(name: str) -> str:
    """The name of the input into which a link's title is typed."""
    return f"{name}__text"


def choice_name(name: str) -> str:
    """The name of the list shown when a typed name was not clear."""
    return f"{name}__choice"


def is_searched(model: type[Record]) -> bool:
    """Whether records of a type are found by typing; the others are few and are offered as a whole."""
    own: Any = model.search_text_of
    return own.__func__ is not Record.__dict__["search_text_of"].__func__


def all_candidates(model: type[Record]) -> list[Candidate]:
    """Every visible record of a small type, by title."""
    records = model.objects.visible_to(current_actor())[:FEW]
    found = [Candidate(str(record.pk), record.title) for record in records]
    return sorted(found, key=lambda candidate: normalise(candidate.title))


def read_link(name: str, domain: Link, posted: Posted) -> Record | None:
    """The record meant; raises `ValueProblem` when none was found, `NotSure` when several may be meant."""
    chosen = posted.get(choice_name(name)) or ""
    if chosen:
        return domain.parse(chosen)
    key = posted.get(name) or ""
    text = posted.get(text_name(name))
    if text is None:
        return domain.parse(key)
    if not text.strip():
        return None
    return _still_meant(domain, key, text) or _looked_up(domain, text)


def _still_meant(domain: Link, key: str, text: str) -> Record | None:
    """The record chosen before, unless another name was typed over it."""
    try:
        record = domain.parse(key)
    except ValueProblem:
        return None
    return record if record is not None and normalise(record.title) == normalise(text) else None


def _looked_up(domain: Link, text: str) -> Record | None:
    text = text_of(text)
    hits = search(current_actor(), text, types=[domain.target], limit=_OFFERED)
    same = [hit for hit in hits if normalise(hit.title) == normalise(text)]
    if len(same) == 1:
        return domain.parse(same[0].record_id)
    candidates = [Candidate(str(hit.record_id), hit.title) for hit in same or hits]
    if same:
        message = _("Several records are called “%(text)s”. Choose one.")
    elif candidates:
        message = _("“%(text)s” was not found. Choose what you mean, or create it first.")
    else:
        message = _("“%(text)s” was not found. Check the spelling, or create it first.")
    raise NotSure(message % {"text": text.strip()[:60]}, candidates)
