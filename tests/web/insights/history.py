"""A history of sales in which those that met the customer early went on faster."""

import random
from datetime import timedelta

from rapport.activities.models import Meeting
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.bulk import create_many
from rapport.core.clock import now
from rapport.core.work import Work, working
from rapport.identity.models import User
from rapport.pipeline.models import Opportunity, Stage, StageVisit, Status


def make_history(seller: User, *, sales: int = 240) -> None:
    """Lost and won sales of the last three years; each second one with a meeting on its fourth day."""
    begin()
    stages = {stage.code: stage for stage in Stage.objects.all()}
    chance = random.Random(5)
    with acting_as(SYSTEM), working(Work("opportunity.import", SYSTEM)):
        plans = [(now() - timedelta(days=1_000 - 3 * number), number % 2 == 0) for number in range(sales)]
        goal = [chance.expovariate(1 / (25 if met else 70)) + 20 for _start, met in plans]
        rows = [
            {
                "name": f"Sale {number}",
                "owner_id": seller.pk,
                "stage_id": stages["S6"].pk,
                "status": Status.WON if met else Status.LOST,
                "opened_on": start.date(),
                "closed_on": (start + timedelta(days=goal[number] + 5)).date(),
            }
            for number, (start, met) in enumerate(plans)
        ]
        keys = create_many(Opportunity, rows)
        visits = [
            {"opportunity_id": key, "stage_id": stages[code].pk, "entered_at": entered, "left_at": left}
            for key, (start, _met), days in zip(keys, plans, goal, strict=True)
            for code, entered, left in (
                ("S1", start, start + timedelta(days=days)),
                ("S5", start + timedelta(days=days), start + timedelta(days=days + 5)),
            )
        ]
        create_many(StageVisit, visits)
        meetings = [
            {"at": start + timedelta(days=4), "subject": "Visit", "about": [("opportunity", key)], "attendees": []}
            for key, (start, met) in zip(keys, plans, strict=True)
            if met
        ]
        create_many(Meeting, meetings)
