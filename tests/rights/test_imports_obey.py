"""Imports set, find and change nothing that whoever imports may not set, read or change."""

import io

import pytest

from rapport.core.problems import Problem
from rapport.directory.models import Organisation, Person
from rapport.identity.models import Scope
from rapport.integrations.importing import jobs
from rapport.integrations.importing.mapping import field_options, map_file
from rapport.integrations.importing.service import Upload, start_import
from rapport.integrations.models import Action, Decision, StagedRow
from tests.cast import Cast, seen_by
from tests.rights.rules import hide, lock

ROWS = b"name,employees\nAcme,12\n"


def test_a_locked_field_is_neither_offered_nor_guessed_nor_written(fresh: None, cast: Cast) -> None:
    lock("organisation.employees")
    with cast.acting(cast.alice):
        started = start_import([Upload("organisations.csv", io.BytesIO(ROWS))])
        jobs.check_now(started)
        file = started.files.get()
        assert "employees" not in {option.name for option in field_options("organisation")}
        with pytest.raises(Problem, match="Employees"):
            map_file(file, record_type="organisation", mapping={"name": "name", "employees": "employees"})
        mapped = map_file(file, record_type="organisation")
        assert "employees" not in mapped.mapping.values()
    assert not Organisation.objects.filter(employees=12).exists()


def test_nobody_finds_a_person_by_a_hidden_address(fresh: None, cast: Cast) -> None:
    """Rows that name a person by e-mail find nobody whose e-mails are hidden, be the address right or wrong."""
    with cast.acting(cast.dora):
        Person.create(last_name="Laurent", emails=[{"value": "zoe@secret.example", "kind": "work"}], owner=cast.alice)
    hide("person.emails")
    notes = []
    for address in ("zoe@secret.example", "eva@secret.example"):
        with cast.acting(cast.alice):
            rows = f"name,contact\nPumps,{address}\n".encode()
            started = start_import([Upload("opportunities.csv", io.BytesIO(rows))])
            jobs.check_now(started)
            map_file(started.files.get(), record_type="opportunity", mapping={"name": "name", "contact": "person"})
            jobs.check_now(started)
        found = Decision.objects.filter(part_of=started).values_list("kind", "suggestion", "takes", "reason")
        staged = StagedRow.objects.filter(file__part_of=started).values_list("action", "values", "reason")
        notes.append((sorted(found), [(action, values.get("person_id"), why) for action, values, why in staged]))
    assert notes[0] == notes[1]


def test_an_import_changes_nothing_that_one_may_only_read(fresh: None, cast: Cast) -> None:
    seen_by("organisation", Scope.OWNER)
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", employees=12, owner=cast.alice)
        acme.share_with(user=cast.charlie)
    with cast.acting(cast.charlie):
        started = start_import([Upload("organisations.csv", io.BytesIO(b"name,employees\nAcme,99\nBeta,7\n"))])
        jobs.check_now(started)
        refused = StagedRow.objects.filter(file__part_of=started, action=Action.REJECT).values_list("reason", flat=True)
        assert "not change it" in refused.get()
        jobs.run_now(started)
    assert sorted(Organisation.objects.values_list("name", "employees")) == [("Acme", 12), ("Beta", 7)]
