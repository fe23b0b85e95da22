"""Watching the live version of a prediction: each night what goes in, what comes out, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from rapport.core.clock import now
from rapport.intelligence.tabular import Column, ColumnKind
from rapport.intelligence.tabular.columns import Floats
from rapport.oversight.alarms import alarm, end_alarm

from ..learning.artefact import load
from ..learning.own_fields import asked_by
from ..learning.past import Past, days_of, moment_of, past_of
from ..models import DriftLook, DriftOf, Estimator
from ..predictions.prediction import Prediction
from .comparing import FEWEST, kept_of, shift_of

_MOST_LEARNED = 5_000
_MOST_LATELY = 1_000
_CHANCE = ""
Rows = NDArray[np.intp]
SHIFTED = gettext_noop("The cases that come in now differ from those it was learned from.")
UNKEPT = gettext_noop("What it promises no longer comes true.")
LEARNED_ANEW = gettext_noop("Another version is live, or none.")
IN_LINE = gettext_noop("The newest cases are in line again with those it was learned from.")


@dataclass(frozen=True)
class _Samples:
    """What was learned from, what came since, and of these what has ended."""

    learned: Past
    lately: Past
    ended: Past


def watch(prediction: Prediction) -> list[DriftLook]:
    """Look at the live version, keep what was seen, and ring or end its alarm; returns what alarms."""
    live = Estimator.live_of(prediction.name)
    samples = _samples(prediction, live) if live else None
    if live is None or samples is None:
        end_alarm(prediction.name, reason=LEARNED_ANEW)
        return []
    found = list(_looks(live, samples))
    alarming = [one for one in found if one.is_alarming]
    with transaction.atomic():
        DriftLook.objects.filter(prediction=prediction.name).delete()
        DriftLook.objects.bulk_create(found)
    if alarming:
        of_outcome = any(one.kind == DriftOf.OUTCOME for one in alarming)
        evidence = {"version": live.version, "shifted": [one.as_evidence() for one in alarming]}
        alarm(prediction.name, reason=UNKEPT if of_outcome else SHIFTED, evidence=evidence)
    else:
        end_alarm(prediction.name, reason=IN_LINE)
    return alarming


def _samples(prediction: Prediction, live: Estimator) -> _Samples | None:
    """Cases until now, drawn as those learned from were, whose answers may not be known yet."""
    moment = days_of(now())
    known = prediction.past(moment)
    if not known.known_at:
        return None
    horizon = known.known_at[0] - float(known.cases["as_of"][0].as_py())
    learned_by = days_of(live.as_of)
    until_now = past_of(
        asked_by(prediction, live),
        as_of=moment_of(moment + horizon),
        among=lambda as_of, known_at: np.unique(np.concatenate(_parts(as_of, known_at, learned_by, moment))),
    )
    parts = _parts(until_now.as_of, until_now.known_at, learned_by, moment)
    return _Samples(*map(until_now.rows, parts)) if len(parts[0]) else None


def _parts(as_of: Floats, known_at: Floats, learned_by: float, moment: float) -> tuple[Rows, Rows, Rows]:
    """The places of what was learned from, of what came since, and of what has ended that it couldn't know."""
    learned = np.flatnonzero(known_at <= learned_by)[-_MOST_LEARNED:]
    last = as_of[learned[-1]] if len(learned) else np.inf
    lately = np.flatnonzero((as_of > last) & (as_of <= moment))[-_MOST_LATELY:]
    ended = np.flatnonzero((as_of > learned_by) & (known_at <= moment))[-_MOST_LEARNED:]
    return learned, lately, ended


def _looks(live: Estimator, samples: _Samples) -> Iterator[DriftLook]:
    artefact = load(live.pk, live.level)
    told = {"prediction": live.prediction, "estimator": live, "looked_at": now()}
    columns = [_columns(past, artefact.features) for past in (samples.learned, samples.lately, samples.ended)]
    asked = len(artefact.features) + 2
    if len(samples.lately.yes) >= FEWEST:
        chances = [_as_column(artefact.chance(each)) for each in columns[:2]]
        pairs = [*zip(columns[0], columns[1], strict=True), (chances[0], chances[1])]
        for before, lately in pairs:
            found = shift_of(before, lately)
            kind = DriftOf.SCORE if before.name == _CHANCE else DriftOf.INPUT
            figures = {"psi": round(found.psi, 4), "p_value": found.p_value, "cases": found.cases}
            yield DriftLook(**told, kind=kind, name=before.name, figures=figures, is_alarming=found.is_alarming(asked))
    kept = kept_of(samples.ended.yes, artefact.chance(columns[2])) if len(samples.ended.yes) else None
    if kept:
        figures = {"promised": kept.promised, "came": kept.came, "p_value": kept.p_value, "cases": kept.cases}
        yield DriftLook(**told, kind=DriftOf.OUTCOME, name="", figures=figures, is_alarming=kept.is_alarming(asked))


def _as_column(chance: Floats) -> Column:
    return Column(_CHANCE, ColumnKind.MEASURE, np.full(len(chance), "0", dtype=object), chance)


def _columns(past: Past, names: tuple[str, ...]) -> list[Column]:
    by_name = {column.name: column for column in past.columns}
    return [by_name[name] for name in names]
