"""A small history of opportunities: those of a referral that somebody wrote to are won more often."""

import random
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from rapport.activities.models import Note
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.bulk import create_many
from rapport.core.clock import today
from rapport.directory.models import Organisation
from rapport.pipeline.models import Opportunity, Stage
from rapport.pipeline.setup import ensure_default_pipeline
from tests.cast import Cast

SOURCES = ("Referral", "Website", "Trade fair")
FEW = ("logistic_regression",)


def make_history(cast: Cast, *, cases: int = 200, signal: bool = True, seed: int = 3) -> list[Opportunity]:
    """So many that ended, begun in the last three years; whether they were won follows from what is known early."""
    dice = random.Random(seed)
    with acting_as(SYSTEM):
        ensure_default_pipeline()
    with cast.acting(cast.alice):
        organisation = Organisation.create(name="Acme", industry="Energy", country="FR", employees=120)
        stage = Stage.objects.order_by("position").first()
        rows = [_row(number, dice, organisation, stage, signal=signal) for number in range(cases)]
        _write(Opportunity, rows)
        made = list(Opportunity.objects.order_by("opened_on", "id"))
        _write(Note, [note for one in made for note in _notes(one)])
    return made


def open_deal(cast: Cast, *, source: str) -> Opportunity:
    """An open deal of Alice\'s that came by this source."""
    with cast.acting(cast.alice):
        found = Opportunity.objects.first()
        assert found is not None
        return Opportunity.create(
            name=f"New by {source}", organisation=found.organisation, source=source, amount=20_000, owner=cast.alice
        )


def more_from(cast: Cast, source: str, *, cases: int = 150) -> None:
    """So many more, begun in the last 300 days, all of one source."""
    dice = random.Random(5)
    with cast.acting(cast.alice):
        organisation, stage = Organisation.objects.first(), Stage.objects.order_by("position").first()
        rows = [_row(190 + number // 3, dice, organisation, stage, signal=True) for number in range(cases)]
        _write(Opportunity, [{**row, "source": source} for row in rows])


def _row(number: int, dice: random.Random, organisation: Organisation, stage: object, *, signal: bool) -> dict:
    opened = today() - timedelta(days=1_050 - number * 4)
    source = dice.choice(SOURCES)
    chance = (0.85 if source == "Referral" else 0.2) if signal else 0.4
    won = dice.random() < chance
    return {
        "id": UUID(int=dice.getrandbits(128), version=4),
        "name": f"Deal {number}",
        "organisation_id": organisation.pk,
        "stage_id": stage.pk,
        "stage_since": datetime.combine(opened, time(), UTC),
        "status": "won" if won else "lost",
        "opened_on": opened,
        "closed_on": opened + timedelta(days=dice.randint(78, 88)),
        "source": source,
        "amount": dice.randint(2, 90) * 1_000,
        "currency": "EUR",
        "loss_reason": "" if won else "Price",
        "next_step": "Send the thanks" if won else "",
    }


def _notes(opportunity: Opportunity) -> list[dict]:
    """One on the day it began; after the end of what was won, thanks: what only the future tells."""
    begun = datetime.combine(opportunity.opened_on, time(9), UTC)
    told = [(begun, "They called")]
    if opportunity.status == "won" and opportunity.closed_on:
        told += [(begun + timedelta(days=120 + day), "Thanks") for day in range(3)]
    return [{"at": at, "text": text, "about": [opportunity]} for at, text in told]


def _write(model: type, rows: list[dict]) -> None:
    from rapport.core.actors import current_actor
    from rapport.core.work import Work, working

    with working(Work(f"{model.record_type}.create", current_actor())) as work:
        create_many(model, rows)
        work.write_event(model)
