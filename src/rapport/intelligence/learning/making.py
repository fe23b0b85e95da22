"""From what was learned to what is kept of it."""

from collections.abc import Sequence

import numpy as np

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular import Estimator as Learnt

from .artefact import Artefact, Bounds, Neighbour, artefact_from
from .compressing import compressed
from .kept import keep
from .past import Past

_MOST_NEIGHBOURS = 2_000
_MOST_WORDS = 300
_CLOSE = 1e-6


class NotKept(Exception):
    """What was read back promises something else than what was learned."""


def artefact_with_cases(past: Past, learnt: Learnt, variant: str) -> Artefact:
    """What is kept of all that was learned, in this variant, with the newest past cases beside it."""
    whole, columns = artefact_of(past.columns, learnt, past.sql)
    made = compressed(variant, whole, columns).with_own(past.own)
    return made.with_neighbours(_neighbours(made, past, columns))


def artefact_of(known: Sequence[Column], learnt: Learnt, sql: str) -> tuple[Artefact, list[Column]]:
    """What is kept, and the columns it was learned from; raises `NotKept` where it reads back as something else."""
    design = learnt.design
    used = tuple(part.name for part in design.parts)
    columns = [column for column in known if column.name in used]
    matrices = design.matrices(columns)
    members = tuple(
        (name, keep(name, learned, matrices)) for name, learned in zip(learnt.members, learnt.learned, strict=True)
    )
    bounds = {column.name: _bounds(column) for column in columns}
    made = Artefact(used, sql, design, members, learnt.calibration, learnt.base_rate, bounds)
    read = artefact_from(made.as_text())
    if np.abs(read.chance(columns) - learnt.chance(columns)).max() > _CLOSE:
        raise NotKept(f"{learnt.algorithm}: what was kept differs from what was learned.")
    return made, columns


def size_of(learnt: Learnt, some: Sequence[Column]) -> int:
    """How many characters are kept of what was learned; `some` of its cases are enough to tell."""
    used = {part.name for part in learnt.design.parts}
    matrices = learnt.design.matrices([column for column in some if column.name in used])
    kept = (keep(name, learned, matrices) for name, learned in zip(learnt.members, learnt.learned, strict=True))
    return sum(len(str(one.as_stored())) for one in kept)


def _neighbours(made: Artefact, past: Past, columns: Sequence[Column]) -> list[Neighbour]:
    """The newest past cases."""
    rows = np.arange(max(0, len(past.yes) - _MOST_NEIGHBOURS), len(past.yes))
    added, _rest = made.contributions([column.rows(rows) for column in columns])
    return [
        Neighbour(
            past.record_ids[row], float(past.as_of[row]), bool(past.yes[row]), tuple(np.round(values, 4).tolist())
        )
        for row, values in zip(rows.tolist(), added, strict=True)
    ]


def _bounds(column: Column) -> Bounds:
    missing = float(column.missing.mean())
    if column.numbers is None:
        words = sorted({str(text) for text in column.texts if text is not None})
        return Bounds(None, None, tuple(words) if len(words) <= _MOST_WORDS else (), missing)
    given = column.numbers[~np.isnan(column.numbers)]
    return (
        Bounds(float(given.min()), float(given.max()), (), missing) if len(given) else Bounds(None, None, (), missing)
    )
