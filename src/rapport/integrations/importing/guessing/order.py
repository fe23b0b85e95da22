"""In which order files are imported: what others link to comes first."""

from collections.abc import Mapping, Sequence

_FIRST = ("team", "user", "product", "organisation", "person", "lead", "opportunity")


def import_order(record_types: Sequence[str], links: Mapping[str, frozenset[str]]) -> tuple[int, ...]:
    """The positions of the files in the order to import them. Links in a circle fall back to the usual order."""
    remaining = set(range(len(record_types)))
    ordered: list[int] = []
    while remaining:
        present = {record_types[position] for position in remaining}
        ready = [position for position in remaining if not _waits(record_types[position], links, present)]
        chosen = min(ready or remaining, key=lambda position: (_usual(record_types[position]), position))
        ordered.append(chosen)
        remaining.discard(chosen)
    return tuple(ordered)


def _waits(record_type: str, links: Mapping[str, frozenset[str]], present: set[str]) -> bool:
    return bool(links.get(record_type, frozenset()) & (present - {record_type}))


def _usual(record_type: str) -> int:
    return _FIRST.index(record_type) if record_type in _FIRST else len(_FIRST)
