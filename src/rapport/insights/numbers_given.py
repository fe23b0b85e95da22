"""Of how many records predictions and outlooks tell a number, counted over all that there are."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max

from rapport.core.actors import SYSTEM
from rapport.core.clock import now
from rapport.intelligence.models import Estimator, EstimatorState, Expectation, Score

from .kept.keeping import figures_for
from .kept.question import Asked, Kept, Question, kept_question

_OLDEST = timedelta(minutes=10)


@dataclass(frozen=True)
class NumbersGiven:
    """How many records have a number, by the name of the prediction and by that of the outlook."""

    scored: dict[str, int]
    told: dict[str, int]


def _count(_asked: Asked) -> Kept[NumbersGiven]:
    as_of = now()
    scored = Score.objects.filter(chance__isnull=False).values_list("prediction").annotate(n=Count("id"))
    told = Expectation.objects.filter(withheld="").values_list("outlook").annotate(n=Count("id"))
    return Kept(NumbersGiven(dict(scored), dict(told)), as_of)


_NUMBERS: Question[NumbersGiven] = kept_question(Question("numbers-given", NumbersGiven, _count))


def numbers_given() -> NumbersGiven:
    """As it was at most ten minutes ago, and not before the newest version went live; a number names no record."""
    live = Estimator._base_manager.filter(state=EstimatorState.LIVE)
    newest = live.aggregate(newest=Max("updated_at"))["newest"]
    return figures_for(_NUMBERS, SYSTEM, besides=str(newest or ""), oldest=_OLDEST).figures
