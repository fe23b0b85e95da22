"""Random graphs of records around organisations and people, and everything that is stored, to compare."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from rapport.activities.models import Call, Meeting, Note, Task
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.directory.models import Affiliation, Organisation, Person
from rapport.governance.dictionary import entry_of
from rapport.identity.models import SavedView
from rapport.leads.models import Lead
from rapport.orders.models import Contract, Order
from rapport.pipeline.models import Opportunity
from rapport.support.models import Ticket
from tests.cast import Cast

Row = dict[str, Any]
Stored = dict[str, dict[str, Row]]

_WRITTEN_BY_ITSELF = {"updated_at", "sort_name", "domain", "derived"}
_TOWNS = ("Lyon", "Porto", "Cork")
_JOBS = ("", "Buyer", "Head of plant")
_COUNTRIES = ("", "FR", "PT")


def stored() -> Stored:
    """Every row of every record type, by table and id, but for what the database writes itself."""
    found: Stored = {}
    for model in {model._meta.concrete_model for model in RECORD_TYPES.values()}:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT id::text, to_jsonb(t)::text FROM "{table}" t')
            rows = [(key, json.loads(row)) for key, row in cursor.fetchall()]
        found[table] = {key: {n: v for n, v in row.items() if n not in _WRITTEN_BY_ITSELF} for key, row in rows}
    return found


def derived() -> dict[str, set[str]]:
    """The tables that follow from records: the search, the timelines, what lies in territories."""
    found = {}
    for name in ("core.SearchEntry", "activities.TimelineEntry", "identity.TerritoryPlace"):
        table = apps.get_model(name)._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT (to_jsonb(t) - 'id')::text FROM \"{table}\" t")
            found[table] = {row for (row,) in cursor.fetchall()}
    return found


class Graph:
    """A few organisations and people that probably stand for the same, and what hangs on them."""

    def __init__(self, seed: int, cast: Cast) -> None:
        self.random, self.cast = Random(seed), cast
        self.organisations = [self._organisation() for _ in range(3)]
        self.people = [self._person() for _ in range(3)]
        for _ in range(self.random.randint(4, 12)):
            self.attempt(self.random.choice(self._makers()))

    def attempt(self, step: Callable[[], object]) -> None:
        """Do something that may be refused; then nothing of it is done."""
        try:
            with transaction.atomic():
                step()
        except (Problem, ValidationError):
            pass

    def merge(self) -> None:
        """Merge two organisations, people or leads, with some values chosen from the one that goes."""
        kinds = [kind for kind in (Organisation, Person, Lead) if kind.objects.count() > 1]
        pair = self.random.sample(list(self.random.choice(kinds).objects.order_by("pk")), 2)
        own = () if isinstance(pair[0], Lead) else ("own_floor",)
        names = self.random.sample(("country", "emails", "owner", *own, "addresses"), 2)
        pair[0].merge_into(pair[1], take=",".join(names))  # type: ignore[attr-defined]

    def edit(self) -> None:
        """Do something to a record as people do all day."""
        self.attempt(self.random.choice((self._change, self._change, self._remove, *self._makers())))

    def _makers(self) -> list[Callable[[], object]]:
        return [
            *(self._role, self._deal, self._trade, self._activity),
            *(self._share, self._view, self._own_record, self._lead, self._lead_goes_on),
        ]

    def _organisation(self) -> Organisation:
        parent = self.random.choice((None, *Organisation.objects.order_by("pk")))
        return Organisation.create(name=f"Acme {self.random.randint(1, 9)}", parent=parent, **self._facts())

    def _person(self) -> Person:
        organisation = self._one(Organisation) if self.random.random() < 0.7 else None
        facts = {"job_title": self.random.choice(_JOBS), "organisation": organisation}
        return Person.create(last_name=f"Laurent {self.random.randint(1, 9)}", **facts, **self._facts())

    def _facts(self) -> Row:
        number = self.random.randint(1, 4)
        return {
            "country": self.random.choice(_COUNTRIES),
            "emails": [{"kind": "work", "value": f"zoe{number}@acme.example"}][: number % 3],
            "addresses": [{"kind": "work", "city": self.random.choice(_TOWNS)}],
            "owner": self.random.choice((None, self.cast.alice, self.cast.charlie)),
            "own_floor": self.random.choice((None, 1, 2)),
        }

    def _one(self, kind: type[Record]) -> Any:
        found = list(kind._base_manager.order_by("pk"))
        return self.random.choice(found) if found else None

    def _subjects(self) -> Row:
        return {"organisation": self._one(Organisation), "person": self.random.choice((None, self._one(Person)))}

    def _role(self) -> None:
        Affiliation.create(person=self._one(Person), organisation=self._one(Organisation), role="Advisor")

    def _deal(self) -> None:
        rival = self.random.choice((None, self._one(Organisation)))
        Opportunity.create(name="Pumps", own_rival=rival, **self._subjects())

    def _trade(self) -> None:
        kind, more = self.random.choice(((Order, {}), (Contract, {}), (Ticket, {"subject": "Leaks"})))
        kind.create(**more, **self._subjects())

    def _lead(self) -> None:
        facts = {name: value for name, value in self._facts().items() if name != "own_floor"}
        Lead.create(last_name=f"Ames {self.random.randint(1, 3)}", organisation_name="Acme", **facts)

    def _lead_goes_on(self) -> None:
        lead = self._one(Lead)
        if lead is None:
            self._lead()
        elif self.random.random() < 0.5:
            lead.convert(organisation=self._one(Organisation), with_opportunity=self.random.random() < 0.5)
        else:
            self.random.choice((lead.work, lead.qualify, lambda: lead.discard(reason="No need")))()

    def _activity(self) -> None:
        kinds = self.random.choices((Organisation, Person, Lead), k=2)
        about = [found for kind in kinds if (found := self._one(kind)) is not None]
        if self.random.random() < 0.3:
            Meeting.create(subject="Visit", at=now(), attendees=[self._one(Person)], about=about)
        else:
            self.random.choice((Note, Task, Call)).create(subject="Talk", text="About pumps", about=about)

    def _share(self) -> None:
        with_whom = self.random.choice(({"user": self.cast.charlie}, {"team": self.cast.south}))
        until = self.random.choice((None, date(2099, 1, 1) + timedelta(days=self.random.randint(0, 9))))
        record = self._one(self.random.choice((Organisation, Person)))
        record.share_with(**with_whom, may_edit=self.random.random() < 0.5, until=until)

    def _view(self) -> None:
        name = f"View {self.random.randint(1, 999)}"
        query = f"f=organisation:is:{self._one(Organisation).pk}"
        SavedView.create(owner=self.cast.alice, for_type="person", name=name, query=query)

    def _own_record(self) -> None:
        entry_of("own_visit").model.create(name="Visit", own_place=self._one(Organisation))

    def _change(self) -> None:
        record = self._one(self.random.choice((Organisation, Person, Opportunity, Note, Lead)))
        if isinstance(record, Organisation | Person):
            facts = self._facts()
            name = self.random.choice(list(facts))
            record.change(**{name: facts[name]})
        elif isinstance(record, Opportunity):
            record.change(**self._subjects())
        elif isinstance(record, Note):
            record.change(about=[self._one(Organisation)])

    def _remove(self) -> None:
        record = self._one(self.random.choice((Opportunity, Note, Affiliation, Ticket, Person)))
        if record is not None:
            record.remove()
