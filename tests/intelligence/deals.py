"""Opportunities made up for tests: tenders take four months and are lost on price, referrals one month and are won."""

import random
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.directory.models import Organisation
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity, Stage
from rapport.pipeline.setup import ensure_default_pipeline
from tests.cast import Cast
from tests.intelligence.history import _write


def make_deals(cast: Cast, *, cases: int = 260, seed: int = 5) -> None:
    """So many that ended, begun in the last three years."""
    dice = random.Random(seed)
    with acting_as(SYSTEM):
        ensure_default_pipeline()
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", industry="Energy", country="FR", employees=120)
        mine = {"owner_id": cast.alice.pk, "team_id": cast.north.pk}
        stage = Stage.objects.order_by("position").first()
        _write(Opportunity, [_row(number, cases, dice, acme, stage) | mine for number in range(cases)])


def _row(number: int, cases: int, dice: random.Random, acme: Organisation, stage: object) -> dict:
    opened = today() - timedelta(days=1_090 - number * 900 // cases)
    is_tender = dice.random() < 0.5
    days = dice.randint(100, 140) if is_tender else dice.randint(20, 40)
    won = dice.random() < (0.2 if is_tender else 0.85)
    return {
        "id": UUID(int=dice.getrandbits(128), version=4),
        "name": f"Deal {number}",
        "organisation_id": acme.pk,
        "stage_id": stage.pk,
        "stage_since": datetime.combine(opened, time(), UTC),
        "status": "won" if won else "lost",
        "opened_on": opened,
        "closed_on": opened + timedelta(days=days),
        "expected_close": opened + timedelta(days=60),
        "source": "Tender" if is_tender else "Referral",
        "amount": dice.randint(20, 90) * 1_000,
        "currency": "EUR",
        "loss_reason": "" if won else "Price" if is_tender else "Timing",
    }


def make_leads(cast: Cast, *, cases: int = 240, seed: int = 7) -> None:
    """Converted leads: hospitals become large software deals, farms small ones of sensors."""
    dice = random.Random(seed)
    with acting_as(SYSTEM):
        ensure_default_pipeline()
        products = [Product.create(name=family, family=family) for family in ("Software", "Sensors")]
    with cast.acting(cast.alice):
        stage = Stage.objects.order_by("position").first()
        deals = [_became(number, cases, dice, products, stage) for number in range(cases)]
        _write(Opportunity, deals)
        _write(Lead, [_lead(deal, dice) for deal in deals])


def _became(number: int, cases: int, dice: random.Random, products: list, stage: object) -> dict:
    is_large = dice.random() < 0.5
    return {
        "id": UUID(int=dice.getrandbits(128), version=4),
        "name": f"From lead {number}",
        "stage_id": stage.pk,
        "opened_on": today() - timedelta(days=1_000 - number * 900 // cases),
        "amount": round((80_000 if is_large else 8_000) * dice.uniform(0.6, 1.6)),
        "currency": "EUR",
        "product_id": products[0 if is_large == (dice.random() < 0.85) else 1].pk,
        "description": "large" if is_large else "",
    }


def _lead(deal: dict, dice: random.Random) -> dict:
    is_large = bool(deal["description"])
    return {
        "last_name": deal["name"],
        "industry": "Health care" if is_large else "Agriculture",
        "employees": dice.randint(300, 900) if is_large else dice.randint(3, 40),
        "source": "Website",
        "status": "converted",
        "received_on": deal["opened_on"] - timedelta(days=10),
        "converted_on": deal["opened_on"],
        "opportunity_id": deal["id"],
    }
