"""What is kept of an estimator: everything that a score follows from, as JSON under a seal of the instance's secret."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

import numpy as np
import orjson
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.intelligence.tabular import Column, ColumnKind
from rapport.intelligence.tabular.calibration import Calibration
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.design import Design, Part, Rates

from ..features.own import OwnFeature
from ..models import Estimator
from .kept import Drawn, Kept, read
from .sealing import seal


@dataclass(frozen=True)
class Bounds:
    """What past cases held in a column: the numbers they lie between, or the words seen; how often nothing was told."""

    least: float | None
    most: float | None
    words: tuple[str, ...]
    missing: float


@dataclass(frozen=True)
class Neighbour:
    """A past case: the record, when it was looked at, what came of it, and what its columns contributed."""

    record_id: str
    as_of: float
    answer: bool
    contributions: tuple[float, ...]


@dataclass(frozen=True)
class Artefact:
    """A learned thing with all it needs. `features` are the names of its columns; `sql` works them out, and
    asks for the own fields `own`, of which not all need be among the features."""

    features: tuple[str, ...]
    sql: str
    design: Design
    members: tuple[tuple[str, Kept], ...]
    calibration: Calibration
    base_rate: float
    bounds: Mapping[str, Bounds]
    neighbours: tuple[Neighbour, ...] = ()
    own: tuple[OwnFeature, ...] = ()

    def chance(self, columns: Sequence[Column]) -> Floats:
        """The calibrated chance of each row, shape (rows,)."""
        matrices = self.design.matrices(columns)
        odds = np.mean([kept.log_odds(matrices) for _name, kept in self.members], axis=0)
        return self.calibration.chance(odds)

    def contributions(self, columns: Sequence[Column]) -> tuple[Floats, float]:
        """What each feature added to the log odds of the calibrated chance, shape (rows, features), and the rest."""
        matrices = self.design.matrices(columns)
        total = np.zeros((len(matrices.plain), len(self.features)))
        rest = 0.0
        for _name, kept in self.members:
            added, start = kept.contributions(matrices)
            total += added @ self._belonging[kept.drawn]
            rest += start
        share = self.calibration.slope / len(self.members)
        return total * share, rest * share + self.calibration.shift

    @cached_property
    def _belonging(self) -> Mapping[str, Floats]:
        """Which column of each matrix belongs to which feature: ones and zeros, shape (columns, features)."""
        place = {name: number for number, name in enumerate(self.features)}
        owners = {
            "plain": self.design.owners([]),
            "steps": [part.name for part in self.design.parts for _ in range(_width(part, "steps"))],
            "lines": [part.name for part in self.design.parts for _ in range(_width(part, "lines"))],
        }
        return {drawn: np.eye(len(place))[[place[name] for name in names]] for drawn, names in owners.items()}

    def at_level(self, level: float) -> "Artefact":
        """The same with the log odds of all moved by this."""
        return replace(self, calibration=replace(self.calibration, shift=self.calibration.shift + level))

    def with_neighbours(self, neighbours: Sequence[Neighbour]) -> "Artefact":
        """The same with past cases to be shown beside others."""
        return replace(self, neighbours=tuple(neighbours))

    def with_own(self, own: Sequence[OwnFeature]) -> "Artefact":
        """The same with the own fields that its statement asks for."""
        return replace(self, own=tuple(own))

    @cached_property
    def near(self) -> Floats:
        """The contributions of the past cases, shape (cases, features)."""
        return np.array([one.contributions for one in self.neighbours], dtype=np.float64)

    def as_text(self) -> str:
        """As JSON."""
        stored = {
            "features": self.features,
            "sql": self.sql,
            "parts": [_part_as_stored(part) for part in self.design.parts],
            "members": [[name, kept.as_stored()] for name, kept in self.members],
            "calibration": asdict(self.calibration),
            "base_rate": self.base_rate,
            "bounds": {name: asdict(bounds) for name, bounds in self.bounds.items()},
            "neighbours": [asdict(one) for one in self.neighbours],
            "own": [asdict(one) for one in self.own],
        }
        return orjson.dumps(stored).decode()


def _width(part: Part, drawn: Drawn) -> int:
    """How many columns of steps or lines a part becomes."""
    missing = Column(part.name, part.kind, np.array([None], dtype=object), _nothing(part.kind))
    return int(getattr(Design((part,)).matrices([missing]), drawn).shape[1])


def _nothing(kind: ColumnKind) -> Floats | None:
    return None if kind in (ColumnKind.CATEGORY, ColumnKind.TEXT) else np.array([np.nan])


def _part_as_stored(part: Part) -> dict[str, Any]:
    stored = asdict(part) | {"borders": part.borders.tolist()}
    return stored | {"rates": [part.rates.mean, part.rates.counts] if part.rates else None}


def _part(stored: Mapping[str, Any]) -> Part:
    rates = stored["rates"]
    counts = {text: (int(rows), float(yes)) for text, (rows, yes) in rates[1].items()} if rates else {}
    return Part(
        stored["name"],
        ColumnKind(stored["kind"]),
        float(stored["middle"]),
        np.array(stored["borders"], dtype=np.float64),
        tuple(stored["switches"]),
        Rates(counts, float(rates[0])) if rates else None,
        float(stored.get("spread", 0.0)),
    )


def artefact_from(text: str) -> Artefact:
    """An artefact from its JSON; nothing in it is run but the statement, in a database that holds the cases only."""
    stored = orjson.loads(text)
    bounds = {name: Bounds(**{**each, "words": tuple(each["words"])}) for name, each in stored["bounds"].items()}
    return Artefact(
        tuple(stored["features"]),
        stored["sql"],
        Design(tuple(_part(part) for part in stored["parts"])),
        tuple((name, read(name, kept)) for name, kept in stored["members"]),
        Calibration(**stored["calibration"]),
        float(stored["base_rate"]),
        bounds,
        tuple(Neighbour(**{**one, "contributions": tuple(one["contributions"])}) for one in stored["neighbours"]),
        tuple(OwnFeature(**one) for one in stored.get("own", [])),
    )


@lru_cache(maxsize=16)
def load(estimator_id: UUID, level: float = 0.0) -> Artefact:
    """The artefact of an estimator, its log odds moved by the level; raises `Problem` where it was changed or its seal
    is another instance's."""
    if level:
        return load(estimator_id).at_level(level)
    text, signature = Estimator._base_manager.values_list("artefact", "signature").get(pk=estimator_id)
    if not constant_time_compare(seal(text), signature):
        raise Problem(_("What was learned can't be trusted: its seal is wrong. Learn again: ./rapport train."))
    return artefact_from(text)
