"""What intelligence plugs into lower layers: it listens to events, and hides what follows from hidden fields."""

from collections import defaultdict
from dataclasses import replace

from django.db import transaction

from rapport.core.actors import Actor
from rapport.core.editions import keep_up, renew
from rapport.core.events import OUTLETS
from rapport.core.projections import PROJECTIONS, Projection, WrittenRows
from rapport.core.records import Record
from rapport.core.telling import TELLING
from rapport.governance.models import OwnField
from rapport.identity.actors import CONSEQUENCES

from .features.resting import own_fields_of, set_own_fields_of
from .models import Estimator, EstimatorState
from .outlooks import hidden_with, outlooks
from .predictions import predictions
from .scoring import action
from .scoring.noting import note

_RESTING = "own fields of predictions"
_GIVING = (EstimatorState.LIVE, EstimatorState.RETIRED, EstimatorState.WITHDRAWN)
_BEFORE = 2
"""Versions that changed last, whose numbers may still stand where no others were given since."""


def register() -> None:
    """Done once, when Django is ready."""
    OUTLETS.append(note)
    TELLING.append(chances_that_tell)
    CONSEQUENCES.append(conceal_chances)
    PROJECTIONS.append(Projection(_notice, lambda _ids: None))
    keep_up(_RESTING, _read_own_fields)
    action.register()


def chances_that_tell(field: str) -> list[str]:
    """The chances that rest on a field, such as "opportunity.amount"."""
    return [one.field for one in predictions().values() if field in one.rests_on] + sorted(
        hidden_with(frozenset({field}))
    )


def conceal_chances(actor: Actor) -> Actor:
    """The actor, with the chances hidden that follow from what is hidden from it."""
    if not actor.hidden_fields:
        return actor
    more = {one.field for one in predictions().values() if one.rests_on & actor.hidden_fields}
    more |= hidden_with(actor.hidden_fields)
    if more <= actor.hidden_fields:
        return actor
    return replace(actor, hidden_fields=actor.hidden_fields | more, locked_fields=actor.locked_fields | more)


def _notice(model: type[Record], rows: WrittenRows, *, new: bool = False) -> None:
    """Another version is live, or was taken back: all scores are given anew. So they are where one that is live learned
    with an own field that was removed.
    """
    if model is Estimator and not new:
        renew(_RESTING)
        for name in sorted({str(values["prediction"]) for _key, values in rows}):
            _score_anew(name)
    if model is OwnField and not new:
        gone = {f"{values['for_type']}.{values['key']}" for _key, values in rows if values.get("removed_at")}
        for name in [name for name in predictions() if own_fields_of(name) & gone]:
            _score_anew(name)


def _read_own_fields(edition: str) -> None:
    """Those of the version that is live and of the one that was before: its numbers stand until all are given anew."""
    if not edition:
        set_own_fields_of({})
        return
    since = Estimator._base_manager.filter(state__in=_GIVING).order_by("prediction", "-updated_at")
    told: dict[str, list[frozenset[str]]] = defaultdict(list)
    for name, state, learned in since.values_list("prediction", "state", "figures__own_fields__learned"):
        if state == EstimatorState.LIVE or len(told[name]) < _BEFORE:
            told[name].append(frozenset(f"{one['record_type']}.{one['key']}" for one in learned or ()))
    set_own_fields_of({name: frozenset[str]().union(*found) for name, found in told.items()})


def _score_anew(name: str) -> None:
    from .jobs import score_all, tell_outlook  # the queue is loaded after the models

    again = tell_outlook if name in outlooks() else score_all
    transaction.on_commit(lambda: again.defer(name=name))
