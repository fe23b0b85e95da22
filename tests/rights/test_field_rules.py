"""Rules that hide or lock a field for a role, as the verbs obey them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.telling import told_by
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.governance.dictionary import entry_of
from rapport.governance.field_rights import hideable_fields
from rapport.identity.actors import actor_for
from rapport.identity.models import FieldRight, FieldRule
from rapport.identity.roles import Role
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.rights.rules import hide, lock


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with cast.acting(cast.alice):
        return Organisation.create(name="Acme", vat_number="", employees=12)


def test_without_rules_every_field_is_read_and_edited(cast: Cast) -> None:
    entry, alice = entry_of("organisation"), actor_for(cast.alice)
    assert entry.readable_by(alice) == entry.editable_by(alice) == entry.fields


def test_a_hidden_field_is_neither_read_nor_edited_and_a_locked_one_is_read(cast: Cast) -> None:
    hide("organisation.employees")
    lock("organisation.annual_revenue")
    entry, alice = entry_of("organisation"), actor_for(cast.alice)
    assert set(entry.fields) - set(entry.readable_by(alice)) == {
        "chance_to_become_customer",
        "employees",
        "risk_of_leaving",
    }
    assert set(entry.fields) - set(entry.editable_by(alice)) >= {"employees", "annual_revenue"}


def test_rules_hold_for_their_role_and_for_the_machine_that_acts_for_it(cast: Cast) -> None:
    hide("organisation.employees")
    assert cast.ada.hidden_fields == {"organisation.employees"} | told_by("organisation.employees")
    assert not actor_for(cast.bob).hidden_fields
    assert not actor_for(cast.dora).hidden_fields


@pytest.mark.parametrize("set_rule", [hide, lock])
def test_nobody_sets_by_name_what_is_locked(cast: Cast, acme: Organisation, set_rule: object) -> None:
    set_rule("organisation.employees")  # type: ignore[operator]
    with cast.acting(cast.alice):
        with pytest.raises(Forbidden, match="Employees"):
            acme.change(employees=13)
        with pytest.raises(Forbidden, match="Employees"):
            Organisation.create(name="Beta", employees=13)
        with pytest.raises(Forbidden, match="Employees"):
            Organisation.change_several([acme.pk], employees=13)
        acme.change(name="Acme Pumps")
    acme.refresh_from_db()
    assert (acme.name, acme.employees) == ("Acme Pumps", 12)


def test_verbs_that_set_fields_of_another_type_obey_its_rules(fresh: None, cast: Cast) -> None:
    lock("opportunity.amount", "opportunityline.unit_price")
    with cast.acting(cast.alice):
        lead = Lead.create(last_name="Muster", organisation_name="Muster")
        with pytest.raises(Forbidden, match="Amount"):
            lead.convert(amount=Decimal(9))
        deal = Opportunity.create(name="Pumps")
        with pytest.raises(Forbidden, match="Amount"):
            deal.win(reason="", amount=Decimal(9))
        with pytest.raises(Forbidden, match="price"):
            deal.add_line(unit_price=Decimal(9))


def test_what_every_record_must_have_can_be_given_when_it_is_made_and_only_then(cast: Cast) -> None:
    lock("organisation.name")
    with cast.acting(cast.alice):
        made = Organisation.create(name="Acme")
        with pytest.raises(Forbidden, match="Name"):
            made.change(name="Other")


@pytest.mark.parametrize(
    "field", ["organisation.name", "person.last_name", "organisation.owner", "opportunity.stage", "lead.status"]
)
def test_what_titles_pages_or_rights_rest_on_can_not_be_hidden(db: None, field: str) -> None:
    with pytest.raises(Problem, match="can't be hidden"):
        hide(field)
    lock(field)


def test_a_rule_is_about_a_field_that_exists_and_never_about_administrators(db: None) -> None:
    with pytest.raises(Problem, match="no such field"):
        hide("organisation.shoe_size")
    with acting_as(SYSTEM), pytest.raises(ValidationError, match="Administrators"):
        FieldRule.create(role=Role.ADMINISTRATOR, for_type="person", field="phones", right=FieldRight.HIDDEN)


def test_a_rule_withdrawn_or_undone_holds_no_longer(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.dora):
        rule = FieldRule.create(role=Role.SELLER, for_type="organisation", field="employees", right=FieldRight.HIDDEN)
    assert actor_for(cast.alice).hidden_fields
    with cast.acting(cast.dora):
        undo_event(Event.objects.latest("id"))
    assert not actor_for(cast.alice).hidden_fields
    assert not FieldRule.objects.filter(pk=rule.pk).exists()


def test_only_administrators_make_rules(cast: Cast) -> None:
    with cast.acting(cast.bob), pytest.raises(Forbidden):
        FieldRule.create(role=Role.SELLER, for_type="organisation", field="employees", right=FieldRight.HIDDEN)


def test_phones_and_e_mails_can_be_hidden(db: None) -> None:
    for model in (Person, Lead):
        assert {"emails", "phones"} <= set(hideable_fields(entry_of(model.record_type)))
