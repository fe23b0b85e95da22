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
    if given and family:
        yield f"letters {given[:1]} {''.join(sorted(family))}"
        yield f"begins {given[:3]} {family[:4]}"
    if given and row["town"]:
        yield f"given {given} {row['town']} {family[:2]}"
    if row["phone"]:
        yield f"digits {''.join(sorted(row['phone']))} {given[:1]}"


def _organisation(row: Named) -> Iterator[str]:
    if name := row["name"]:
        yield f"name {' '.join(sorted(name.split()))}"
        yield f"begins {name.replace(' ', '')[:_BEGINNING]}"
        yield f"words {' '.join(name.split()[-2:])}"
    if row["street"] and row["postcode"]:
        yield f"street {row['street']} {row['postcode']}"


_KEYS: Mapping[str, tuple[Callable[[Named], Iterator[str]], tuple[str, ...]]] = {
    "person": (_person, ("mail", "phone")),
    "lead": (_person, ("mail", "phone")),
    "organisation": (_organisation, ("domain", "vat", "number", "mail", "phone")),
}


def blocks_of(records: Records) -> list[Sequence[int]]:
    """Rows that share a key, as places in the table; where too many share it, a key and one more value."""
    by_key: dict[str, list[int]] = defaultdict(list)
    names = [column.key for column in records.columns]
    for place, values in enumerate(records.rows):
        for key in keys_of(records.record_type, dict(zip(names, values, strict=True))):
            by_key[key].append(place)
    return [part for places in by_key.values() if len(places) > 1 for part in _small_enough(records, places)]


def _small_enough(records: Records, places: Sequence[int]) -> Iterator[Sequence[int]]:
    """A block that isn't too large as it is; of another its parts that agree in one more column."""
    if len(places) <= _MOST_IN_A_BLOCK:
        yield places
        return
    for column in range(len(records.columns)):
        parts: dict[str, list[int]] = defaultdict(list)
        for place in places:
            if value := records.rows[place][column]:
                parts[value].append(place)
        yield from (part for part in parts.values() if 1 < len(part) <= _MOST_IN_A_BLOCK)


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
