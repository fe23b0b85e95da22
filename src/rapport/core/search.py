"""Search over all record types: one table of normalised text (see `search_keeping`), typos and accents forgiven.

Candidates come from a trigram index and are capped before they are ranked, so that a broad question
costs no more than a narrow one.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from math import prod
from operator import and_, or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Contains
from rapidfuzz import fuzz

from .actors import Actor
from .likeness import LikeAny, patterns_for
from .often_asked import often_asked
from .rare_parts import MOST_BLOCKS, InBlocks, sample
from .scopes import ExistsPerRow, in_scope
from .search_rights import also_in_title, types_found_by_title
from .spelling import spellings

if TYPE_CHECKING:
    from .records import Record

CANDIDATES = 300
_EVERYTHING = 1_000_000_000
_ACCENTS = re.compile("[\u0300-\u036f]+")  # the accents of Latin script: nearly all there are, and quickly found
_SHORT_WORD = 2
_ENOUGH = 5  # found as it was typed: then nobody asks what may have been meant
_MOST_WORDS_MISSED = 6
_MOST_WAYS = 12  # to spell a question that are asked one by one
_SIGNS = re.compile(r"[\W_]+")

Shape = tuple[tuple[int, int], ...]
"""Of each way to spell a question: how many rare parts are asked, and how many words."""


class SearchEntry(models.Model):
    """What one record is found by; `text` is normalised and starts with a space (see `_word_condition`)."""

    record_id = models.UUIDField(primary_key=True)
    record_type = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        indexes = [GinIndex(OpClass(F("text"), name="gin_trgm_ops"), name="search_text_trigrams")]

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Hit:
    """One record found; `score` from 0 to 100."""

    record_id: UUID
    record_type: str
    title: str
    score: float


UNSEARCHED: set[str] = set()
"""Record types of which nothing is found at present, though their records have entries."""


def normalise(text: str) -> str:
    """Lower case, no accents, single spaces: how text is stored and asked."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(plain.split())


def search(actor: Actor, question: str, *, types: Sequence[str] = (), limit: int = 20) -> list[Hit]:
    """The visible records that best answer the question, best first."""
    asked = normalise(question)[:200]
    if not asked:
        return []
    wanted, by_title = frozenset(_wanted(types)), types_found_by_title(actor, _searched_types())
    found = _holding(actor, wanted, [[word] for word in asked.split()])
    if len(found) < min(limit, _ENOUGH) and len(asked) > _SHORT_WORD:
        found |= _similar(actor, wanted, asked)
    hits = [Hit(e.record_id, e.record_type, e.title, _score(asked, e, by_title)) for e in found.values()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.title))[:limit]


def holding_any(actor: Actor, parts: Sequence[str], *, record_type: str, limit: int) -> list[UUID]:
    """The visible records of a type whose entry holds one of these parts word for word, in no order."""
    by_title = types_found_by_title(actor, _searched_types())
    asked = [word for part in parts if len(word := normalise(part)[:200]) > _SHORT_WORD]
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
    return set(types or _searched_types()) & _searched_types()


def _searched_types() -> set[str]:
    """The types whose records have entries: those that say what they are found by."""
    from .records import RECORD_TYPES, Record  # records import this module

    unsearched = Record.search_text_of.__func__  # type: ignore[attr-defined]
    types = {name for name, model in RECORD_TYPES.items() if model.search_text_of.__func__ is not unsearched}  # type: ignore[attr-defined]
    return types - UNSEARCHED


def _all_words(asked: str, by_title: Set[str]) -> Q:
    condition = Q()
    for word in asked.split():
        condition &= _word_condition(word, by_title)
    return condition


def _word_condition(word: str, by_title: Set[str]) -> Q:
    part = _part(word)
    return Q(text__contains=part) & also_in_title(by_title, Contains, part)


def _part(word: str) -> str:
    """A short word must begin a word: only then can the trigram index answer."""
    return f" {word}" if len(word) <= _SHORT_WORD else word


def _similar(actor: Actor, types: frozenset[str], asked: str) -> dict[UUID, SearchEntry]:
    """What holds all words as they may have been meant; where that is nothing, what holds all but one."""
    meant = spellings(_split(asked))
    found = _holding(actor, types, meant) if meant else {}
    if found or not 1 < len(meant) <= _MOST_WORDS_MISSED:
        return found
    return _holding(actor, types, meant, missing=1)


def _holding(
    actor: Actor, types: frozenset[str], meant: Sequence[Sequence[str]], *, missing: int = 0
) -> dict[UUID, SearchEntry]:
    """Entries that hold the words, each given by all its spellings, but for some that may be missing."""
    asked = None if missing else _by_rare_parts(meant)
    if asked is not None:
        shape, values = asked
        return {entry.record_id: entry for entry in _entries_with_parts(actor, types, shape, **values)}
    words = {f"word{number}": patterns_for(_part(word) for word in each) for number, each in enumerate(meant)}
    found = list[SearchEntry]() if missing else _close_entries(actor, types, meant, words)
    found = found if len(found) == CANDIDATES else _entries_with_words(actor, types, missing, **words)
    return {entry.record_id: entry for entry in found}


def _close_entries(
    actor: Actor, types: frozenset[str], meant: Sequence[Sequence[str]], words: Mapping[str, list[str]]
) -> list[SearchEntry]:
    """Of what many entries hold that lie close together, those from where they do; at most `MOST_BLOCKS` are read."""
    block = sample().dense_block(each[0] for each in meant) if all(len(each) == 1 for each in meant) else None
    if block is None:
        return []
    return _entries_within(actor, types, first=f"({block},0)", end=f"({block + MOST_BLOCKS},0)", **words)


@often_asked
def _entries_within(
    actor: Actor, types: frozenset[str], *, first: str, end: str, **words: list[str]
) -> "models.QuerySet[SearchEntry]":
    by_title, text = types_found_by_title(actor, _searched_types()), Concat("text", Value(""))
    held = [Q(LikeAny(text, each)) & also_in_title(by_title, LikeAny, each) for each in words.values()]
    seen = in_scope(actor, types, type_column="record_type", id_column="record_id")
    return SearchEntry.objects.filter(Q(InBlocks(first, end)), seen, *held)[:CANDIDATES]


def _by_rare_parts(meant: Sequence[Sequence[str]]) -> tuple[Shape, dict[str, Any]] | None:
    """For each way to spell all words: its rare parts and its words; None where that would take longer."""
    if prod(len(each) for each in meant) > _MOST_WAYS:
        return None
    shape, values, known = list[tuple[int, int]](), dict[str, Any](), sample()
    for way, words in enumerate(product(*meant)):
        parts = known.rare_parts(words)
        if not parts:
            return None
        shape.append((len(parts), len(words)))
        values |= {f"part{way}_{place}": f"%{part}%" for place, part in enumerate(parts)}
        values |= {f"word{way}_{place}": patterns_for([_part(word)]) for place, word in enumerate(words)}
    return tuple(shape), values


@often_asked
def _entries_with_parts(
    actor: Actor, types: frozenset[str], shape: Shape, **values: Any
) -> "models.QuerySet[SearchEntry]":
    """The index is asked for the parts alone; then the words are compared, which must not lead to the index again."""
    by_title, ways = types_found_by_title(actor, _searched_types()), list[Q]()
    for way, (parts, words) in enumerate(shape):
        each = [values[f"word{way}_{place}"] for place in range(words)]
        held = [Q(LikeAny(Concat("text", Value("")), one)) & also_in_title(by_title, LikeAny, one) for one in each]
        ways.append(reduce(and_, [*(Q(text__like=values[f"part{way}_{place}"]) for place in range(parts)), *held]))
    seen = in_scope(actor, types, type_column="record_type", id_column="record_id")
    return SearchEntry.objects.filter(seen, reduce(or_, ways))[:CANDIDATES]


@often_asked
def _entries_with_words(
    actor: Actor, types: frozenset[str], missing: int, **words: list[str]
) -> "models.QuerySet[SearchEntry]":
    by_title = types_found_by_title(actor, _searched_types())
    meant = [Q(text__like_any=each) & also_in_title(by_title, LikeAny, each) for each in words.values()]
    enough = combinations(meant, len(meant) - missing)
    seen = in_scope(actor, types, type_column="record_type", id_column="record_id")
    return SearchEntry.objects.filter(seen, reduce(or_, (reduce(and_, some) for some in enough)))[:CANDIDATES]


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
