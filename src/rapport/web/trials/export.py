"""The figures of a trial as CSV: of the team for those who lead it, one's own for oneself."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from rapport.oversight.models import Trial
from rapport.oversight.trials.figures import Comparison
from rapport.web.insights.csv_files import csv_file, must_export
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest

from .results import own_results, results_of
from .views import found_for, sees_team

_COLUMNS = (
    *("among", "value", "cases", "who", "brier", "roc_auc", "hit_rate", "cost"),
    *("machine_better_by", "machine_better_low", "machine_better_high"),
)


@require_GET
def export(request: ActingRequest, trial_id: UUID) -> HttpResponse:
    """What its page tells this reader."""
    must_read(request)
    must_export(request.actor)
    trial = found_for(request, trial_id)
    rows = list(_of_team(trial)) if sees_team(request.actor, trial) else []
    own = own_results(trial, request.actor.user_id)
    return csv_file("trial.csv", _COLUMNS, [*rows, *(_compared("own", "", own) if own else ())])


def _of_team(trial: Trial) -> Iterator[list[Any]]:
    told = results_of(trial)
    for arm in told.arms:
        yield ["arm", arm.label, arm.counts.known, "", *[None] * 7]
    for among, found in (("all", told.found), ("held_back", told.held_back)):
        if found:
            yield from _compared(among, "", found)
    for segment in told.segments:
        yield from _compared(segment.label, segment.value, segment.found)


def _compared(among: str, value: str, found: Comparison) -> Iterator[list[Any]]:
    """A row each for people, the machine, and the mean of both."""
    difference = found.difference
    better = [round(one, 4) for one in (difference.mean, difference.low, difference.high)] if difference else [None] * 3
    for who in ("people", "machine", "together"):
        quality = getattr(found, who)
        figures = (quality.error, quality.area, quality.hits, quality.cost)
        told = [None if figure is None else round(figure, 4) for figure in figures]
        yield [among, value, found.n, who, *told, *(better if who == "machine" else [None] * 3)]
