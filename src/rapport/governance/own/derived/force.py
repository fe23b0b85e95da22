"""The derivations in force in this process, by what they are asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapport.core.derived import Derived, Deriver, derive_by
from rapport.core.records import RECORD_TYPES

from .preparing import Derivation
from .results import kept
from .rolling import RollUp


@dataclass(frozen=True)
class InForce:
    """All derivations, those that others rest on first; roll-ups by the type they roll up."""

    all: tuple[Derivation, ...] = ()
    by_type: Mapping[str, tuple[Derivation, ...]] = field(default_factory=dict)
    by_child: Mapping[str, tuple[RollUp, ...]] = field(default_factory=dict)

    def of(self, record_type: str) -> tuple[Derivation, ...]:
        """Those of one type."""
        return self.by_type.get(record_type, ())

    def roll_ups(self, record_type: str) -> dict[str, Derivation]:
        """The roll-ups that records of one type have, by key."""
        return {one.key: one for one in self.of(record_type) if one.roll_up}


_current = [InForce()]


def in_force() -> InForce:
    """What holds now."""
    return _current[0]


def put_in_force(derivations: Sequence[Derivation]) -> None:
    """Let these hold, given in the order in which they rest on one another."""
    by_type, by_child = defaultdict(list), defaultdict(list)
    for one in derivations:
        by_type[one.own.for_type].append(one)
        if one.roll_up:
            by_child[one.roll_up.child].append(one.roll_up)
    gone = set(_current[0].by_type) - set(by_type)
    _current[0] = InForce(
        tuple(derivations),
        {name: tuple(found) for name, found in by_type.items()},
        {name: tuple(found) for name, found in by_child.items()},
    )
    for name in gone & set(RECORD_TYPES):
        derive_by(RECORD_TYPES[name], None)
    for name, found in by_type.items():
        derive_by(RECORD_TYPES[name], _deriver(found))


def _deriver(derivations: Iterable[Derivation]) -> Deriver:
    roll_ups = {one.key: kept(one.field.domain, one.roll_up.of_nothing) for one in derivations if one.roll_up}
    formulas: list[tuple[str, Callable[[Mapping[str, Any]], Any]]]
    formulas = [(one.key, one.value) for one in derivations if one.formula]

    def derived(row: Mapping[str, Any], known: Derived | None) -> Derived | None:
        """What a row gives: roll-ups as they stand, nothing rolled up for a new one, then every formula."""
        values = roll_ups if known is None else {key: known.get(key) for key in roll_ups}
        found = {key: value for key, value in values.items() if value is not None}
        for key, value_of in formulas:
            value = value_of({**row, **found} if found else row)
            if value is not None:
                found[key] = value
        return found or None

    return derived
