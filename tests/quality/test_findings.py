"""Findings follow the records: they open, end, are dismissed and come back; the tallies count them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Sum

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now, today
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.identity.models import FieldRule, Scope
from rapport.leads.capture import VISITOR
from rapport.leads.models import Lead
from rapport.orders.models import Contract, Order
from rapport.quality.board.comparing import compare_teams, interval
from rapport.quality.board.figures import Asked, figures_for
from rapport.quality.board.sight import findings_for, rules_for
from rapport.quality.board.sources import Source
from rapport.quality.findings.full import run_in_full
from rapport.quality.models import Dismissal, Finding, FullRun, OwnRule, Snapshot, Tally
from tests.cast import Cast, seen_by
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db

WRONG = [{"kind": "work", "value": "ann@gmial.com"}]
RIGHT = [{"kind": "work", "value": "ann@gmail.com"}]


def open_of(rule: str) -> list[Finding]:
    return list(Finding.objects.filter(rule=rule, state="open"))


def counted(rule: str) -> int:
    return Tally.objects.filter(rule=rule).aggregate(total=Sum("open"))["total"] or 0


def ann(cast: Cast, **values: Any) -> Person:
    with cast.acting(cast.alice):
        return Person.create(
            **{"first_name": "Ann", "last_name": "Bell", "emails": WRONG, "owner": cast.alice} | values
        )


def test_q1_a_finding_opens_with_the_record_and_ends_when_it_is_put_right(cast: Cast) -> None:
    person = ann(cast)
    do_jobs()
    (found,) = open_of("email_misspelt")
    assert (found.record_id, found.proposal, found.source) == (person.pk, RIGHT, "web")
    assert counted("email_misspelt") == 1
    with cast.acting(cast.alice):
        person.change(emails=RIGHT)
    do_jobs()
    assert not open_of("email_misspelt")
    assert counted("email_misspelt") == 0
    assert Finding.objects.get(rule="email_misspelt").state == "fixed"


def test_undoing_what_put_it_right_opens_it_again(cast: Cast) -> None:
    person = ann(cast)
    with cast.acting(cast.alice):
        person.change(emails=RIGHT)
        do_jobs()
        undo_event(Event.objects.latest("id"))
    do_jobs()
    assert len(open_of("email_misspelt")) == 1


def test_what_is_linked_changes_what_is_found(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", lifecycle="customer")
        Order.create(organisation=acme)
    do_jobs()
    assert [one.record_id for one in open_of("orders_without_contract")] == [acme.pk]
    with cast.acting(cast.alice):
        Contract.create(organisation=acme)
    do_jobs()
    assert not open_of("orders_without_contract")


def test_a_deleted_record_takes_its_findings_along(cast: Cast) -> None:
    person = ann(cast)
    do_jobs()
    with cast.acting(cast.alice):
        person.remove()
    do_jobs()
    assert not Finding.objects.filter(record_id=person.pk).exists()
    assert not Tally.objects.exists()


def test_a_dismissal_holds_until_the_value_changes_and_can_be_undone(cast: Cast) -> None:
    person = ann(cast)
    do_jobs()
    with cast.acting(cast.alice):
        Dismissal.dismiss(open_of("email_misspelt")[0], reason="She really writes it so.")
        dismissed = Event.objects.latest("id")
        person.change(job_title="Buyer")
        do_jobs()
        assert not open_of("email_misspelt")
        undo_event(dismissed)
        person.change(job_title="Head buyer")
        do_jobs()
        assert open_of("email_misspelt")


def test_a_full_run_finds_the_same_counts_everything_and_keeps_the_month(cast: Cast) -> None:
    ann(cast)
    do_jobs()
    before = {(one.rule, one.record_id) for one in Finding.objects.filter(state="open")}
    with acting_as(SYSTEM):
        run = run_in_full()
    assert {(one.rule, one.record_id) for one in Finding.objects.filter(state="open")} == before
    assert run.found == len(before)
    assert Snapshot.objects.filter(rule="email_misspelt").get().open == 1


def test_a_full_run_that_was_cut_short_is_taken_up_where_it_stood(cast: Cast) -> None:
    with cast.acting(cast.alice):
        first, second = sorted((Organisation.create(name=name) for name in ("Beta", "Gamma")), key=lambda one: one.pk)
    Finding.objects.all().delete()
    cut = FullRun.objects.create(started_at=now(), total=2, done=1, record_type="organisation", last_id=first.pk)
    with acting_as(SYSTEM):
        run = run_in_full()
    assert (run.pk, run.done > cut.done, run.ended_at is None) == (cut.pk, True, False)
    judged = set(Finding.objects.filter(record_type="organisation").values_list("record_id", flat=True))
    assert judged == {second.pk}
    with acting_as(SYSTEM):
        assert run_in_full().pk != cut.pk
    assert Finding.objects.filter(record_id=first.pk).exists()


def test_months_are_kept_this_one_follows_at_once_and_one_without_findings_counts(cast: Cast) -> None:
    dora = actor_for(cast.dora)
    assert not figures_for(dora, Asked()).months
    with acting_as(SYSTEM):
        person = ann(cast)
        run_in_full()
        asked = Asked(record_type="person")
        open_now = figures_for(dora, asked).months[-1].open
        last = today().replace(day=1) - timedelta(days=1)
        Snapshot.objects.update(month=last.replace(day=1))
        person.remove()
        do_jobs()
        run_in_full()
    before, present = figures_for(dora, asked).months
    assert (before.open, before.records, present.open) == (open_now, 1, 0)
    Snapshot.objects.exclude(month=present.month).filter(rule__gt="").delete()
    assert [(month.open, month.records) for month in figures_for(dora, asked).months] == [(0, 1), (0, 0)]


def test_q1_errors_come_from_where_the_value_came_from(cast: Cast) -> None:
    with acting_as(VISITOR):
        Lead.submit(last_name="Bell", emails="ann@gmial.com")
    do_jobs()
    sources = {share.key: share.open for share in figures_for(actor_for(cast.dora), Asked(record_type="lead")).sources}
    assert set(sources) == {Source.FORM}


def test_q1_the_board_counts_only_what_one_may_see(cast: Cast) -> None:
    seen_by("person", Scope.TEAM)
    ann(cast)
    ann(cast, owner=cast.charlie)
    do_jobs()
    for user, count in ((cast.alice, 1), (cast.charlie, 1), (cast.bob, 1), (cast.dora, 2)):
        actor = actor_for(user)
        lines = {line.key: line.open for line in figures_for(actor, Asked()).lines}
        assert lines["email_misspelt"] == count
        assert findings_for(actor, rules_for(actor)).filter(rule="email_misspelt").count() == count


def test_a_finding_in_a_hidden_field_is_not_told(cast: Cast) -> None:
    ann(cast)
    do_jobs()
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="person", field="emails", right="hidden")
    actor = actor_for(cast.alice)
    assert "email_misspelt" not in {line.key for line in figures_for(actor, Asked(record_type="person")).lines}
    assert not findings_for(actor, rules_for(actor)).filter(rule="email_misspelt").exists()


def test_q7_a_rule_of_one_s_own_reaches_over_links(cast: Cast) -> None:
    with acting_as(SYSTEM):
        rule = OwnRule.create(
            name="Person at a customer without a phone",
            for_type="person",
            query="f=organisation.lifecycle:is:customer&f=phones:empty",
        )
        acme = Organisation.create(name="Acme", lifecycle="prospect")
        person = Person.create(last_name="Bell", organisation=acme)
        do_jobs()
        assert not open_of(rule.key)
        acme.change(lifecycle="customer")
        do_jobs()
        assert [one.record_id for one in open_of(rule.key)] == [person.pk]


def test_teams_are_compared_by_what_is_expected_of_their_mix(cast: Cast) -> None:
    with acting_as(SYSTEM):
        for number in range(120):
            owner = cast.alice if number < 60 else cast.charlie
            wrong = owner == cast.alice or number % 6 == 0
            Person.create(
                last_name=f"Bell{chr(97 + number % 26)}",
                emails=WRONG if wrong else RIGHT,
                phones=[],
                owner=owner,
            )
        run_in_full()
    better, worse = compare_teams(actor_for(cast.dora), Asked(record_type="person", dimension="plausibility"))
    assert (better.name, worse.name) == ("South", "North")
    assert better.is_better
    assert worse.is_worse


def test_the_interval_is_that_of_the_tables() -> None:
    low, high = interval(10, 10.0)
    assert round(low, 2) == 0.48
    assert round(high, 2) == 1.84
