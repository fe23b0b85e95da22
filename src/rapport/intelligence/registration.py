"""What intelligence plugs into lower layers: it listens to events, and hides what follows from hidden fields."""

from dataclasses import replace

from django.db import transaction

from rapport.core.actors import Actor
from rapport.core.events import OUTLETS
from rapport.core.projections import PROJECTIONS, Projection, WrittenRows
from rapport.core.records import Record
from rapport.core.telling import TELLING
from rapport.identity.actors import CONSEQUENCES

from .models import Estimator
from .outlooks import hidden_with, outlooks
from .predictions import predictions
from .scoring import action
from .scoring.noting import note


def register() -> None:
    """Done once, when Django is ready."""
    OUTLETS.append(note)
    TELLING.append(chances_that_tell)
    CONSEQUENCES.append(conceal_chances)
    PROJECTIONS.append(Projection(_notice, lambda _ids: None))
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
    """Another version is live, or was taken back: all scores are given anew."""
    if model is Estimator and not new:
        for name in sorted({str(values["prediction"]) for _key, values in rows}):
            _score_anew(name)


def _score_anew(name: str) -> None:
    from .jobs import score_all, tell_outlook  # the queue is loaded after the models

    again = tell_outlook if name in outlooks() else score_all
    transaction.on_commit(lambda: again.defer(name=name))
