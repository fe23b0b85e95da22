"""Search over all record types, typos and accents forgiven: what is asked, and which answers are best."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import Contains
from rapidfuzz import fuzz

from .actors import Actor
from .scopes import ExistsPerRow, in_scope
from .search_candidates import SHORT_WORD, candidates, part_asked
from .search_entries import SearchEntry, normalise, searched_types
from .search_rights import also_in_title, types_found_by_title
from .spelling import spellings

if TYPE_CHECKING:
    from .records import Record

_EVERYTHING = 1_000_000_000
_ENOUGH = 5  # found as it was typed: then nobody asks what may have been meant
_MOST_WORDS_MISSED = 6
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Hit:
    """One record found; `score` from 0 to 100."""

    record_id: UUID
    record_type: str
    title: str
    score: float


def search(actor: Actor, question: str, *, types: Sequence[str] = (), limit: int = 20) -> list[Hit]:
    """The visible records that best answer the question, best first."""
    asked = normalise(question)[:200]
    if not asked:
        return []
    wanted, by_title = frozenset(_wanted(types)), types_found_by_title(actor, searched_types())
    found = candidates(actor, wanted, [[word] for word in asked.split()])
    if len(found) < min(limit, _ENOUGH) and len(asked) > SHORT_WORD:
        found |= _similar(actor, wanted, asked)
    hits = [Hit(e.record_id, e.record_type, e.title, _score(asked, e, by_title)) for e in found.values()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.title))[:limit]


def holding_any(actor: Actor, parts: Sequence[str], *, record_type: str, limit: int) -> list[UUID]:
    """The visible records of a type whose entry holds one of these parts word for word, in no order."""
    by_title = types_found_by_title(actor, searched_types())
    asked = [word for part in parts if len(word := normalise(part)[:200]) > SHORT_WORD]
    if not asked:
        return []
    found = _visible_entries(actor, [record_type]).filter(_any_of(asked, by_title))
    return list(found.values_list("record_id", flat=True)[:limit])


def matching(record_type: str, question: str, actor: Actor) -> "models.QuerySet[SearchEntry, Any]":
    """The ids of the records of one type that hold every word asked, unranked: to narrow a list ordered otherwise.

    The limit, far above any number of records, keeps PostgreSQL from merging this into the list's own query: it
    would then read all entries in the order of their ids instead of asking the trigram index (670 ms against 34).
    """
    return entries_with(record_type, question, actor).values("record_id")[:_EVERYTHING]


def entries_with(record_type: str, question: str, actor: Actor) -> "models.QuerySet[SearchEntry]":
    """The entries themselves: enough where they are only counted and no rule hides any record of the type."""
    words = _all_words(normalise(question)[:200], types_found_by_title(actor, [record_type]))
    return SearchEntry.objects.filter(words, record_type=record_type)


def holds(record_type: str, question: str, actor: Actor) -> Exists:
    """The same as a condition on one row: for the first rows of an order, where very many rows hold the words."""
    words = _all_words(normalise(question)[:200], types_found_by_title(actor, [record_type]))
    return ExistsPerRow(SearchEntry.objects.filter(words, record_id=OuterRef("pk")))


def is_searched(model: "type[Record]") -> bool:
    """Whether records of this type have an entry."""
    return model.search_text_of({}) is not None


def _visible_entries(actor: Actor, types: Sequence[str]) -> "models.QuerySet[SearchEntry]":
    return SearchEntry.objects.filter(in_scope(actor, _wanted(types), type_column="record_type", id_column="record_id"))


def _wanted(types: Sequence[str]) -> set[str]:
    return set(types or searched_types()) & searched_types()


def _all_words(asked: str, by_title: Set[str]) -> Q:
    condition = Q()
    for word in asked.split():
        condition &= _word_condition(word, by_title)
    return condition


def _word_condition(word: str, by_title: Set[str]) -> Q:
    part = part_asked(word)
    return Q(text__contains=part) & also_in_title(by_title, Contains, part)


def _similar(actor: Actor, types: frozenset[str], asked: str) -> dict[UUID, SearchEntry]:
    """What holds all words as they may have been meant; where that is nothing, what holds all but one."""
    meant = spellings(_split(asked))
    found = candidates(actor, types, meant) if meant else {}
    if found or not 1 < len(meant) <= _MOST_WORDS_MISSED:
        return found
    return candidates(actor, types, meant, missing=1)


def _split(asked: str) -> list[str]:
    """The words of a question, without the signs between them."""
    return [word for word in _SIGNS.split(asked) if word]


def _any_of(words: Sequence[str], by_title: Set[str]) -> Q:
    return reduce(or_, (_word_condition(word, by_title) for word in words))


def _score(asked: str, entry: SearchEntry, by_title: Set[str]) -> float:
    title = normalise(entry.title)
    if title == asked:
        return 100.0
    text = title if entry.record_type in by_title else entry.text[:400]
    score = max(fuzz.WRatio(asked, title), 0.9 * fuzz.partial_ratio(asked, text))
    return min(99.0, score + (5.0 if title.startswith(asked) else 0.0))
