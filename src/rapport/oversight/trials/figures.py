"""The figures of the blind part: people, machine and the mean of both, on the same cases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from ..models import Trial, TrialCase
from .registration import Measure, Registration, Tie
from .statistics.measures import (
    Answers,
    Chances,
    Discordant,
    Pairs,
    area,
    costs,
    discordant,
    errors,
    hits,
)
from .statistics.sequential import FEWEST, Interval, interval_of, needed, spread_of

FEWEST_PEOPLE = 3
"""Of fewer people no figures are told to others: one could be told from them."""


@dataclass(frozen=True)
class Quality:
    """How good one side's estimates were; shares and errors from 0 to 1, the cost per case."""

    error: float
    area: float | None
    hits: float
    cost: float


@dataclass(frozen=True)
class Comparison:
    """People and machine on the cases of which both gave an estimate and the outcome is known.

    `difference` is positive where the machine is better, and valid at every look; those `over_…` are positive where the
    mean of both is better than one of them. `one_look` is McNemar's test on the first planned pairs.
    """

    n: int
    people: Quality
    machine: Quality
    together: Quality
    difference: Interval | None
    over_people: Interval | None
    over_machine: Interval | None
    one_look: Discordant | None
    needed: int | None


@dataclass(frozen=True)
class Counts:
    """How far the cases of a trial are."""

    taken: int
    waiting: int
    lapsed: int
    no_view: int
    abstained: int
    awaiting: int
    paired: int
    people: int


def answered(trial: Trial, *, user_id: UUID | None = None) -> "QuerySet[TrialCase]":
    """The cases that count, in the order in which they were answered."""
    found = TrialCase._base_manager.filter(trial=trial, outcome__isnull=False, percent__isnull=False)
    found = found.filter(machine__chance__isnull=False)
    return (found.filter(user_id=user_id) if user_id else found).order_by("answered_at", "pk")


def pairs_of(cases: "QuerySet[TrialCase]") -> Pairs:
    """The estimates and answers of these cases."""
    rows = list(cases.values_list("percent", "machine__chance", "outcome"))
    people = [percent / 100 for percent, _chance, _outcome in rows if percent is not None]
    return Pairs(people, [float(chance or 0) for _p, chance, _o in rows], [bool(outcome) for _p, _c, outcome in rows])


def compared(pairs: Pairs, form: Registration) -> Comparison | None:
    """All figures of these pairs; None while there are none."""
    if not pairs.n:
        return None
    told = list(differences(pairs.people, pairs.machine, pairs.answers, form))
    enough = pairs.n >= FEWEST
    return Comparison(
        pairs.n,
        _quality(pairs.people, pairs.answers, form),
        _quality(pairs.machine, pairs.answers, form),
        _quality(pairs.together, pairs.answers, form),
        interval_of(told, planned=form.planned),
        _interval(pairs.people, pairs.together, pairs.answers, form),
        _interval(pairs.machine, pairs.together, pairs.answers, form),
        discordant(pairs.first(form.planned), half_is_yes=form.tie is Tie.YES) if pairs.n >= form.planned else None,
        needed(matters=form.matters, spread=spread_of(told)) if enough else None,
    )


def differences(one: Chances, other: Chances, answers: Answers, form: Registration) -> Iterator[float]:
    """By how much the other is better than the one, case by case, in the registered measure."""
    if form.measure is Measure.ERROR:
        pairs = zip(errors(one, answers), errors(other, answers), strict=True)
        return (first - second for first, second in pairs)
    half = form.tie is Tie.YES
    right = zip(hits(one, answers, half_is_yes=half), hits(other, answers, half_is_yes=half), strict=True)
    return (float(second) - float(first) for first, second in right)


def counts_of(trial: Trial) -> Counts:
    """How far it is."""
    rows = list(
        TrialCase._base_manager.filter(trial=trial).values_list(
            "user_id", "answered_at", "lapsed_at", "percent", "machine__chance", "outcome_at", "outcome"
        )
    )
    given = [row for row in rows if row[1] is not None]
    views = [row for row in given if row[3] is not None]
    told = [row for row in views if row[4] is not None]
    return Counts(
        taken=len(rows),
        waiting=sum(row[1] is None and row[2] is None for row in rows),
        lapsed=sum(row[2] is not None for row in rows),
        no_view=len(given) - len(views),
        abstained=len(views) - len(told),
        awaiting=sum(row[5] is None for row in told),
        paired=sum(row[6] is not None for row in told),
        people=len({row[0] for row in told if row[6] is not None}),
    )


def _interval(one: Chances, other: Chances, answers: Answers, form: Registration) -> Interval | None:
    return interval_of(list(differences(one, other, answers, form)), planned=form.planned)


def _quality(chances: Chances, answers: Answers, form: Registration) -> Quality:
    return Quality(
        _mean(errors(chances, answers)),
        area(chances, answers),
        _mean([float(hit) for hit in hits(chances, answers, half_is_yes=form.tie is Tie.YES)]),
        _mean(costs(chances, answers, miss=form.miss)),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
