"""Starting a trial: what may be registered, and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.problems import Forbidden, Problem
from rapport.identity.models import Team
from rapport.identity.models.team import team_and_below

from ..models import Trial, TrialState
from .arms import FOUR
from .registration import MOST_TIMES_PLANNED, Measure, Part, Registration, Tie, hash_of, planned_for
from .registry import Trialled, trialled
from .statistics.sequential import FEWEST

_MOST_SEGMENTS = 3
_LARGEST = 0.5
_MOST_CASES = 50_000
_BOUNDS = {
    "share": (0.01, 1.0),
    "held_back": (0.0, 0.5),
    "miss": (0.1, 100.0),
    "not_worse": (0.001, _LARGEST),
    "shuffled": (0.0, 0.2),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for who starts a trial; `more` are the parts of the form that have a usual value."""

    prediction: str
    team: Team | None
    part: str
    measure: str
    matters: float
    last_day: date
    planned: int | None
    more: Mapping[str, Any]


def registered(actor: Actor, wanted: Wanted) -> tuple[dict[str, Any], str]:
    """The registration as it is kept, and its hash. Raises `Problem` saying what to do, or `Forbidden`."""
    known, part = trialled(wanted.prediction), Part(wanted.part)
    measure = Measure.OUTCOME if part is Part.EFFECT else Measure(wanted.measure)
    _check(actor, wanted)
    form = _registration(wanted, known, part, measure).as_stored()
    return form, hash_of(form)


def _registration(wanted: Wanted, known: Trialled, part: Part, measure: Measure) -> Registration:
    more = dict(wanted.more)
    arms = dict(more.pop("arms", None) or FOUR)
    segments, tie = _segments(known, more.pop("segments", ())), Tie(more.pop("tie", Tie.YES))
    shares = _shares(more, part)
    planned = _planned(wanted, measure, shares)
    with translation.override(None):  # each reads it in their own language
        question, outcome = str(known.question), str(known.yes)
    return Registration(
        prediction=wanted.prediction,
        part=part,
        question=question,
        outcome=outcome,
        horizon_days=known.horizon_days,
        team=str(wanted.team.pk) if wanted.team else "",
        measure=measure,
        matters=wanted.matters,
        planned=planned,
        most=MOST_TIMES_PLANNED * planned,
        last_day=wanted.last_day,
        segments=segments,
        tie=tie,
        arms=arms if part is Part.EFFECT else None,
        **shares,
    )


def _planned(wanted: Wanted, measure: Measure, shares: Mapping[str, Any]) -> int:
    """How many cases are enough: as many as asked for, or as the difference that matters needs."""
    enough = wanted.planned or planned_for(measure, wanted.matters, not_worse=shares.get("not_worse"))
    if not FEWEST <= enough <= _MOST_CASES:
        raise Problem(_("Plan for %(fewest)d cases or more.") % {"fewest": FEWEST})
    return enough


def _check(actor: Actor, wanted: Wanted) -> None:
    _check_reach(actor, wanted.team)
    if not 0 < wanted.matters <= _LARGEST:
        raise Problem(_("The smallest difference that matters lies between 0 and 50 points."))
    if wanted.last_day <= today():
        raise Problem(_("The last day on which cases are taken must lie in the future."))
    running = Trial._base_manager.filter(prediction=wanted.prediction, state=TrialState.RUNNING)
    if any(_overlap(one.team, wanted.team) for one in running.select_related("team")):
        raise Problem(_("A trial of this runs with some of these people already. Wait for its end, or stop it."))


def _check_reach(actor: Actor, team: Team | None) -> None:
    wanted = frozenset(Team._base_manager.values_list("pk", flat=True)) if team is None else team_and_below(team.pk)
    if not (actor.sees_everything or wanted <= actor.team_ids):
        raise Forbidden(_("You may start trials with the teams that you lead. Ask an administrator for others."))


def _overlap(one: Team | None, other: Team | None) -> bool:
    if one is None or other is None:
        return True
    return bool(team_and_below(one.pk) & team_and_below(other.pk))


def _segments(known: Trialled, names: Sequence[str]) -> tuple[str, ...]:
    """Fields of the record that are known while the question is open; others would tell how it ended."""
    unknown = [name for name in names if f"{known.record_type}.{name}" not in known.known_before]
    if unknown or len(names) > _MOST_SEGMENTS:
        raise Problem(_("Choose up to three fields of the record for the segments, known before its end."))
    return tuple(names)


def _shares(more: dict[str, Any], part: Part) -> dict[str, Any]:
    """The rest of the form; whatever is not a part of it is refused. Where nobody is asked, nobody is asked twice."""
    for name, value in more.items():
        if name not in _BOUNDS:
            raise Problem(_("A trial has no “%(name)s”.") % {"name": name})
        least, most = _BOUNDS[name]
        if value is not None and not least <= value <= most:
            raise Problem(
                _("“%(name)s” must lie between %(least)s and %(most)s.") % {"name": name, "least": least, "most": most}
            )
    only_asked = {"not_worse", "shuffled"} if part is Part.EFFECT else set()
    return {name: value for name, value in more.items() if name not in only_asked}
