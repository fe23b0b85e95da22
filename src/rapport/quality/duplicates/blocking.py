"""Which records are compared at all: those that share a key that few others have."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations

from .tables import Records

_MOST_IN_A_BLOCK = 40
_BEGINNING = 7

Named = Mapping[str, str]


def _person(row: Named) -> Iterator[str]:
    given, family, company = row["given"], row["family"], row["company"]
    if family and given:
        yield f"name {' '.join(sorted(f'{given} {family}'.split()))}"
    if family and company:
        yield f"family {family[:_BEGINNING]} {company}"
    if given and company:
        yield f"given {given} {company[:_BEGINNING]} {family[:1]}"
    if family and row["town"]:
        yield f"town {family} {row['town']}"


def _organisation(row: Named) -> Iterator[str]:
    if name := row["name"]:
        yield f"name {' '.join(sorted(name.split()))}"
        yield f"begins {name.replace(' ', '')[:_BEGINNING]}"
        yield f"words {' '.join(name.split()[-2:])}"
    if row["street"] and row["postcode"]:
        yield f"street {row['street']} {row['postcode']}"


_KEYS: Mapping[str, tuple[Callable[[Named], Iterator[str]], tuple[str, ...]]] = {
    "person": (_person, ("mail", "phone")),
    "organisation": (_organisation, ("domain", "vat", "number", "mail", "phone")),
}


def blocks_of(records: Records) -> list[Sequence[int]]:
    """Rows that share a key, as places in the table; keys that too many share tell nothing."""
    by_key: dict[str, list[int]] = defaultdict(list)
    names = [column.key for column in records.columns]
    for place, values in enumerate(records.rows):
        for key in keys_of(records.record_type, dict(zip(names, values, strict=True))):
            by_key[key].append(place)
    return [places for places in by_key.values() if 1 < len(places) <= _MOST_IN_A_BLOCK]


def keys_of(record_type: str, row: Named) -> set[str]:
    """What a record may be found by."""
    composed, single = _KEYS[record_type]
    return {*composed(row), *(f"{name} {row[name]}" for name in single if row[name])}


def candidate_pairs(blocks: Sequence[Sequence[int]], *, among: Collection[int] | None = None) -> set[tuple[int, int]]:
    """The pairs to compare, each once; with `among` only those with one of these rows."""
    pairs: set[tuple[int, int]] = set()
    for places in blocks:
        if among is None:
            pairs.update(combinations(places, 2))
        else:
            pairs.update(pair for pair in combinations(places, 2) if pair[0] in among or pair[1] in among)
    return pairs
