"""Fills an empty database with what a sales team has after years: few large customers, many small ones.

Who owns how much, how many people an organisation has, what activities are about: all follow a power law. Made by
the same bulk writes as imports, so with full history, search entries and timelines. The same size and seed give the
same names and numbers (identifiers and time stamps differ).
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from benchmarks import words
from benchmarks.sizes import Size
from rapport.activities.models import Call, Mail, Meeting, Note, Task
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.bulk import create_many
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.core.work import Work, working
from rapport.directory.models import Organisation, Person
from rapport.identity.models import Team, User
from rapport.identity.roles import Role
from rapport.pipeline.models import Opportunity, Stage

Row = dict[str, Any]
CHUNK = 2_000
PASSWORD = "benchmark all day"  # noqa: S105 - of users that exist only in benchmarks
_STATUSES = ("open", "won", "lost", "parked")


class Filling:
    """One run of the generator."""

    def __init__(self, size: Size, *, seed: int = 11, say: Callable[[str], None] = print) -> None:
        self.size = size
        self.chance = random.Random(seed)
        self.say = say
        self.moment = now()

    def fill(self) -> None:
        """Make everything, in order of who refers to whom."""
        with acting_as(SYSTEM):
            self.owners = self._team()
            self.organisations = self._write(Organisation, self.size.organisations, self._organisation)
            self.people = self._write(Person, self.size.people, self._person)
            stages = list(Stage.objects.order_by("position"))
            self.selling = [stage for stage in stages if stage.is_selling]
            self.following = next(stage for stage in stages if not stage.is_selling)
            self.opportunities = self._write(Opportunity, self.size.opportunities, self._opportunity)
            for model, share in ((Mail, 0.45), (Call, 0.2), (Note, 0.15), (Meeting, 0.12), (Task, 0.08)):
                self._write(model, int(self.size.activities * share), self._activity(model))

    def _team(self) -> list[UUID]:
        teams = [Team.create(name=f"Team {number + 1}") for number in range(self.size.teams)]
        for number in range(self.size.users):
            role = Role.ADMINISTRATOR if number == 0 else Role.MANAGER if number <= len(teams) else Role.SELLER
            name = f"{self.chance.choice(words.FIRST)} {words.LAST[number % len(words.LAST)]}"
            user = User.create(
                name=name, email=f"user{number}@rapport.example", role=role, team=teams[number % len(teams)]
            )
            if number < 8:
                user.choose_password(PASSWORD)
        return list(User.objects.order_by("email").values_list("pk", flat=True))

    def _write(self, model: type[Record], count: int, make: Callable[[int], Row]) -> list[UUID]:
        rows, written = (make(number) for number in range(count)), list[UUID]()
        while chunk := list(islice(rows, CHUNK)):
            written += write_chunk(model, chunk)
        self.say(f"  {len(written):>9,} {model._meta.verbose_name_plural}")
        return written

    def _organisation(self, number: int) -> Row:
        chance = self.chance
        name = f"{chance.choice(words.COINED)}{chance.choice(words.ENDINGS)} {chance.choice(words.TRADES)} {number}"
        host = f"{name.split(maxsplit=1)[0].lower()}{number}.example"
        town, country = chance.choice(words.TOWNS)
        address = {"kind": "office", "street": f"Main street {number % 200}", "city": town, "country": country}
        return {
            "name": name,
            "industry": chance.choice(words.INDUSTRIES),
            "employees": int(chance.paretovariate(0.8) * 8) % 300_000,
            "country": country,
            "website": f"https://{host}",
            "emails": [{"kind": "work", "value": f"info@{host}"}],
            "phones": [{"kind": "switchboard", "value": f"+351{210_000_000 + number}"}],
            "addresses": [address],
            "owner_id": self._skewed(self.owners),
            "created_at": self._past(),
        }

    def _person(self, number: int) -> Row:
        first, last = self.chance.choice(words.FIRST), self.chance.choice(words.LAST)
        return {
            "first_name": first,
            "last_name": f"{last}-{words.LAST[number % len(words.LAST)]}",
            "job_title": self.chance.choice(words.JOBS),
            "organisation_id": self._skewed(self.organisations),
            "emails": [{"kind": "work", "value": f"{first}.{last}.{number}@mail.example".lower()}],
            "phones": [{"kind": "mobile", "value": f"+351{910_000_000 + number}"}],
            "owner_id": self._skewed(self.owners),
            "created_at": self._past(),
        }

    def _opportunity(self, number: int) -> Row:
        chance = self.chance
        status = chance.choices(_STATUSES, weights=(12, 40, 44, 4))[0]
        stage = self.following if status == "won" else chance.choice(self.selling)
        opened = self._past()
        row: Row = {
            "name": f"{chance.choice(words.OFFERS)} {number}",
            "organisation_id": self._skewed(self.organisations),
            "person_id": self._skewed(self.people),
            "pipeline_id": stage.pipeline_id,
            "stage_id": stage.pk,
            "status": status,
            "amount": int(chance.lognormvariate(9.5, 1.1)),
            "currency": "EUR",
            "opened_on": opened.date(),
            "owner_id": self._skewed(self.owners),
            "created_at": opened,
            "stage_since": opened,
        }
        if status in ("won", "lost"):
            return row | {"closed_on": (opened + timedelta(days=chance.randint(5, 200))).date()}
        due = (self.moment + timedelta(days=chance.randint(-20, 180))).date()
        return row | {"expected_close": due, "next_step": "Call back", "next_step_on": due}

    def _activity(self, model: type[Record]) -> Callable[[int], Row]:
        def make(number: int) -> Row:
            about = self.chance.choice((("person", self.people), ("opportunity", self.opportunities)))
            row: Row = {
                "at": self._past(),
                "subject": f"{self.chance.choice(words.SUBJECTS)} {number}",
                "text": " ".join(self.chance.choices(words.PROSE, k=30)),
                "owner_id": self._skewed(self.owners),
                "about": [(about[0], self._skewed(about[1]))],
            }
            if model is Task:
                is_open = self.chance.random() < 0.1
                row |= {"status": "open" if is_open else "done", "due_on": (row["at"] + timedelta(days=7)).date()}
            return row

        return make

    def _skewed(self, keys: list[UUID]) -> UUID:
        return skewed(keys, self.chance)

    def _past(self) -> datetime:
        return past(self.moment, self.chance)


def skewed(keys: list[UUID], chance: random.Random) -> UUID:
    """Early ones far more often than late ones: about 40 % of the choices fall on the first tenth."""
    return keys[int(len(keys) * chance.random() ** 2.5)]


def past(moment: datetime, chance: random.Random) -> datetime:
    """Some time in the three years before, more often lately."""
    return moment - timedelta(minutes=int(chance.random() ** 1.5 * 60 * 24 * 365 * 3))


def write_chunk(model: type[Record], rows: list[Row]) -> list[UUID]:
    """Write rows by one verb of the system; gives their keys."""
    work = Work(f"{model.record_type}.create", SYSTEM)
    with transaction.atomic(), working(work):
        keys = create_many(model, rows)
        work.write_event(model)
    return keys
