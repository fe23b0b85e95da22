"""Insights over many opportunities: statements and seconds of the bridge, of trends, and of who and where.

    ./rapport bench insights --people 100000

Here `--people` counts opportunities. Each is changed within the week, which is the worst case of the bridge.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.beginnings import begin
from rapport.core.bulk import change_many, create_many
from rapport.core.clock import fixed_at, now, today
from rapport.core.work import Work, working
from rapport.identity.models import Team, User
from rapport.identity.roles import Role
from rapport.insights.forecasting.accuracy import measured, said_of
from rapport.insights.forecasting.bridge import bridge
from rapport.insights.forecasting.periods import coming_periods
from rapport.insights.forecasting.standing import standings
from rapport.insights.forecasting.standing_then import stood_at
from rapport.insights.market_share.shares import shares
from rapport.insights.trends.finding import trends
from rapport.insights.who_where.stays import Scope, limits, tallies_by
from rapport.pipeline.models import Opportunity, Stage, StageVisit, Status

CHUNK = 5_000


def run(records: int) -> None:
    """Fill, change every opportunity within the week, and ask."""
    begin()
    with acting_as(SYSTEM):
        if Opportunity.objects.count() < records:
            _fill(records)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"{Opportunity.objects.count():,} opportunities; load {os.getloadavg()[0]:.1f}")
        periods = coming_periods()
        _ask("what stands, eight periods", lambda: standings(SYSTEM, periods, among=Q()))
        _ask("bridge of a quarter", lambda: bridge(SYSTEM, periods[0], among=Q()))
        _ask("trends", lambda: trends(SYSTEM))
        _ask("market share", lambda: shares(SYSTEM))
        _ask("pipeline as it stood when a month began", lambda: stood_at(today().replace(day=1)))
        _ask("accuracy of all together", lambda: measured(said_of(None, None)))
        _ask("who and where, by team", lambda: tallies_by(Scope(), limits(), "team_id"))


def _ask(name: str, question: Callable[[], Any]) -> None:
    question()
    begun, cpu = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as asked:
        question()
    taken, busy = time.perf_counter() - begun, 1000 * (time.process_time() - cpu)
    print(f"{name}: {len(asked)} statements, {taken:.2f} s, {busy:.0f} CPU ms without the database's", flush=True)


def _fill(records: int) -> None:
    chance = random.Random(5)
    teams = [Team.create(name=f"Team {place}") for place in range(8)]
    users = [
        User.create(
            name=f"Seller {place}", email=f"seller{place}@bench.example", role=Role.SELLER, team=teams[place % 8]
        )
        for place in range(60)
    ]
    stages = list(Stage.objects.filter(kind="selling").order_by("position").values_list("pk", flat=True))
    for begun in range(0, records, CHUNK):
        rows = [_row(chance, users, stages) for _place in range(min(CHUNK, records - begun))]
        with transaction.atomic(), fixed_at(now() - timedelta(days=30)), working(Work("opportunity.import", SYSTEM)):
            keys = create_many(Opportunity, rows)
            create_many(StageVisit, [_visit(chance, key, stages) for key in keys])
        with transaction.atomic(), working(Work("opportunity.change_many", SYSTEM)):
            change_many(Opportunity, {key: {"amount": 100 + chance.randrange(90_000)} for key in keys})


def _row(chance: random.Random, users: list[User], stages: list[Any]) -> dict[str, Any]:
    status = chance.choice([Status.OPEN, Status.OPEN, Status.WON, Status.LOST])
    closed = today() - timedelta(days=chance.randrange(700)) if status != Status.OPEN else None
    return {
        "name": f"Sale {chance.randrange(10**9)}",
        "owner_id": chance.choice(users).pk,
        "stage_id": chance.choice(stages),
        "status": status,
        "amount": chance.randrange(100, 90_000),
        "currency": "EUR",
        "opened_on": (closed or today()) - timedelta(days=chance.randrange(40, 200)),
        "expected_close": today() + timedelta(days=chance.randrange(-20, 120)),
        "closed_on": closed,
    }


def _visit(chance: random.Random, key: Any, stages: list[Any]) -> dict[str, Any]:
    left = now() - timedelta(days=chance.randrange(1, 300))
    stay = timedelta(days=chance.randrange(2, 60))
    return {"opportunity_id": key, "stage_id": chance.choice(stages), "entered_at": left - stay, "left_at": left}
