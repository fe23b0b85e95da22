"""People: names, addresses, roles at several organisations over time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from rapport.core.events import Event
from rapport.core.problems import Forbidden
from rapport.core.undo import undo_event
from rapport.directory.models import Affiliation, Organisation, Person
from rapport.directory.queries import people_named, people_of, people_with_email, roles_of
from rapport.identity.actors import actor_for
from rapport.identity.models import Scope
from tests.cast import Cast, seen_by
from tests.conftest import all_rows

NEW_YEAR = date(2026, 1, 1)


def test_somebody_without_a_name_is_called_by_the_e_mail_address(cast: Cast) -> None:
    with cast.acting(cast.alice):
        person = Person.create(emails=[{"kind": "work", "value": "ann@acme.example"}])
        assert (person.title, person.email) == ("ann@acme.example", "ann@acme.example")
        with pytest.raises(ValidationError, match="name or an e-mail"):
            Person.create(job_title="Buyer")


def test_people_are_found_by_address_whatever_its_case_and_by_name_whatever_its_accents(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        joao = Person.create(
            first_name="João", last_name="Araújo", emails=[{"kind": "work", "value": "Joao.Araujo@acme.example"}]
        )
    assert people_with_email(alice, "joao.araujo@ACME.example").get() == joao
    assert people_named(alice, "joao", "ARAUJO").get() == joao
    assert not people_with_email(alice, "acme.example").exists()


def test_the_index_answers_who_has_an_address(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = people_with_email(actor_for(cast.dora), "ann@acme.example").explain()
    assert "person_by_email" in plan


def test_moving_to_another_organisation_keeps_the_role_left_behind(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        acme, bolt = Organisation.create(name="Acme"), Organisation.create(name="Bolt")
        ann = Person.create(last_name="Ames", organisation=acme, job_title="Buyer", organisation_since=date(2020, 5, 1))
        ann.move_to(bolt, job_title="Head of purchasing", since=NEW_YEAR)
        present, former = roles_of(alice, ann)
    assert (present.organisation, present.title, present.since, present.is_current) == (
        *(bolt, "Head of purchasing", NEW_YEAR),
        True,
    )
    assert (former.organisation, former.title, former.since, former.until) == (
        *(acme, "Buyer", date(2020, 5, 1)),
        NEW_YEAR,
    )
    assert not former.is_current
    assert [member.person for member in people_of(alice, bolt)] == [ann]
    assert not people_of(alice, acme)


def test_undoing_a_move_brings_the_role_back_and_leaves_no_trace(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme, bolt = Organisation.create(name="Acme"), Organisation.create(name="Bolt")
        ann = Person.create(last_name="Ames", organisation=acme, job_title="Buyer")
        before = all_rows("directory_person", "directory_affiliation")
        ann.move_to(bolt, job_title="Head of purchasing")
        undo_event(Event.objects.latest("id"))
    assert all_rows("directory_person", "directory_affiliation") == before


def test_a_further_role_is_shown_at_the_other_organisation_until_it_ends(cast: Cast) -> None:
    with cast.acting(cast.alice) as alice:
        acme, board = Organisation.create(name="Acme"), Organisation.create(name="Chamber of Commerce")
        ann = Person.create(last_name="Ames", organisation=acme)
        role = ann.add_role(board, role="Board member", since=NEW_YEAR)
        assert [(m.person, m.title, m.is_main) for m in people_of(alice, board)] == [(ann, "Board member", False)]
        with pytest.raises(ValidationError, match="ends before it begins"):
            role.end(on=date(2025, 1, 1))
        role.end()
        assert not people_of(alice, board)


def test_roles_are_seen_and_changed_by_whoever_may_see_the_person(cast: Cast) -> None:
    seen_by("person", Scope.TEAM)
    with cast.acting(cast.alice):
        ann = Person.create(last_name="Ames", owner=cast.alice)
        role = ann.add_role(Organisation.create(name="Acme"), role="Adviser")
    assert not Affiliation.objects.visible_to(actor_for(cast.charlie)).exists()
    assert Affiliation.objects.visible_to(actor_for(cast.bob)).get() == role
    with cast.acting(cast.charlie), pytest.raises(Forbidden):
        role.end()
    with cast.acting(cast.bob):
        role.end()
