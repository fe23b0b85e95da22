"""The entries that may answer a question: found by their words, or by rare parts of these where there are very many.

They are capped before anybody ranks them, so that a broad question costs no more than a narrow one.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import combinations, product
from math import prod
from operator import and_, or_
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat

from .actors import Actor
from .likeness import LikeAny, patterns_for
from .often_asked import often_asked
from .rare_parts import MOST_BLOCKS, InBlocks, sample
from .scopes import in_scope
from .search_entries import SearchEntry, searched_types
from .search_rights import also_in_title, types_found_by_title

CANDIDATES = 300
SHORT_WORD = 2
_MOST_WAYS = 12  # to spell a question that are asked one by one

Shape = tuple[tuple[int, int], ...]
"""Of each way to spell a question: how many rare parts are asked, and how many words."""


def candidates(
    actor: Actor, types: frozenset[str], meant: Sequence[Sequence[str]], *, missing: int = 0
) -> dict[UUID, SearchEntry]:
    """Entries that hold the words, each given by all its spellings, but for some that may be missing."""
    asked = None if missing else _by_rare_parts(meant)
    if asked is not None:
        shape, values = asked
        return {entry.record_id: entry for entry in _entries_with_parts(actor, types, shape, **values)}
    words = {f"word{number}": patterns_for(part_asked(word) for word in each) for number, each in enumerate(meant)}
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
    by_title, text = types_found_by_title(actor, searched_types()), Concat("text", Value(""))
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
        values |= {f"part{way}_{place}": _pattern(part, way) for place, part in enumerate(parts)}
        values |= {f"word{way}_{place}": patterns_for([part_asked(word)]) for place, word in enumerate(words)}
    return tuple(shape), values


def _pattern(part: str, way: int) -> str:
    """Each way writes what two of them may share in its own manner, which says the same.

    PostgreSQL would ask the index for what all ways share alone, which may be no rare part of any: 5 to 27 ms.
    """
    return f"%{part}%" + "%" * way


@often_asked
def _entries_with_parts(
    actor: Actor, types: frozenset[str], shape: Shape, **values: Any
) -> "models.QuerySet[SearchEntry]":
    """The index is asked for the parts alone; then the words are compared, which must not lead to the index again."""
    by_title, ways = types_found_by_title(actor, searched_types()), list[Q]()
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
    by_title = types_found_by_title(actor, searched_types())
    meant = [Q(text__like_any=each) & also_in_title(by_title, LikeAny, each) for each in words.values()]
    enough = combinations(meant, len(meant) - missing)
    seen = in_scope(actor, types, type_column="record_type", id_column="record_id")
    return SearchEntry.objects.filter(seen, reduce(or_, (reduce(and_, some) for some in enough)))[:CANDIDATES]


def part_asked(word: str) -> str:
    """A short word must begin a word: only then can the trigram index answer."""
    return f" {word}" if len(word) <= SHORT_WORD else word
