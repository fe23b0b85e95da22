"""The board of data quality: what judging every record takes, and how fast the board answers afterwards."""

import os
import sys

from django.db import connection
from django.db.models import Count

from benchmarks.measuring import Load, Request, Target
from benchmarks.pages import PORT, prepare, serving, session_cookie
from benchmarks.sizes import Size
from benchmarks.spending import peak_megabytes, spent_so_far
from rapport.identity.models import User
from rapport.quality.findings.full import run_in_full
from rapport.quality.models import Finding, FullRun, Tally

ROLES = ("administrator", "manager", "seller")
ADDRESSES = {
    "Board": "/quality/",
    "Board, completeness": "/quality/?dimension=completeness",
    "Board, teams compared": "/quality/compared/",
}


def run(size: Size, *, requests: int, judges: bool) -> None:
    """Prepare, judge every record unless that was begun before, and ask for the board as three roles see it."""
    prepare(size)
    print(f"Load of the machine: {os.getloadavg()[0]:.1f}", flush=True)
    if judges or not FullRun.objects.exists():
        _judge()
    print(f"{_open():,} open findings in {Tally.objects.count():,} tallies\n", flush=True)
    print("| page | seen by | CPU ms | DB ms | median | p95 | kB |\n|---|---|---|---|---|---|---|", flush=True)
    with serving() as (server, database):
        for role in ROLES:
            user = _busiest(role)
            if user is None:
                continue
            target = Target("127.0.0.1", PORT, server, database, {"Cookie": session_cookie(user)})
            for name, path in ADDRESSES.items():
                print(_row(name, role, target.measure(Request(path), requests=requests, concurrency=1)), flush=True)
    print(f"\nLoad of the machine: {os.getloadavg()[0]:.1f}", flush=True)


def _judge() -> None:
    begun = spent_so_far()
    done = run_in_full()
    spent = spent_so_far() - begun
    print(f"{done.total:,} records judged in {spent.wall:,.0f} s, peak memory {peak_megabytes()} MB:", end=" ")
    print(f"{spent.python:,.0f} s of Python, {spent.database:,.0f} s of the database", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _open() -> int:
    return Finding.objects.filter(state="open").count()


def _busiest(role: str) -> User | None:
    """The user of a role with the most tallies, or any if none has some."""
    owners = Tally.objects.values("owner_id").annotate(many=Count("pk")).order_by("-many")
    ranked = [row["owner_id"] for row in owners if row["owner_id"]]
    users = {user.pk: user for user in User.objects.filter(role=role, is_active=True)}
    return next((users[pk] for pk in ranked if pk in users), next(iter(users.values()), None))


def _row(name: str, role: str, load: Load) -> str:
    if load.status != 200:
        sys.exit(f"{name} answered {load.status} to a user of the role {role}.")
    figures = (load.server, load.database, load.median, load.p95)
    return f"| {name} | {role} | " + " | ".join(f"{one:.1f}" for one in figures) + f" | {load.bytes / 1000:.0f} |"
