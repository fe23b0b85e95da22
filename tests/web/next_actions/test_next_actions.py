"""D7: what to do next, as somebody meets it: on Today, beside a record, and answered by one key."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client

from rapport.activities.models import Task
from rapport.core.clock import fixed_at, now, today
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.insights.models import NextActionAnswer, ShownAction
from rapport.insights.next_actions.action import NAME
from rapport.insights.next_actions.learning.deciding import decide
from rapport.leads.models import Lead
from rapport.oversight.actions import Level
from rapport.oversight.models import AutonomyLevel, StopSwitch
from rapport.oversight.stopping import action_key
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.csv_answers import rows_of
from tests.rights.rules import hide

SignedIn = Callable[[User], Client]
LINE = ">Plan the next step of Pumps</a>"


@pytest.fixture(autouse=True)
def pipeline(fresh: None) -> None:
    """Opportunities need a pipeline."""


@pytest.fixture
def deal(cast: Cast) -> Opportunity:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        return Opportunity.create(name="Pumps", organisation=acme, amount=Decimal(9_000), owner=cast.alice)


def page(client: Client, address: str = "/next/") -> str:
    answer = client.get(address, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    return answer.content.decode()


def key_of(deal: Opportunity, source: str = "no_next_step") -> str:
    return ShownAction.objects.get(source=source, record_id=deal.pk).key


def test_d7_from_the_list_to_what_came_of_it(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    for address in ("/next/", "/next/today/", f"/opportunities/{deal.pk}/panel/next/"):
        text = page(client, address)
        assert LINE in text, address
        assert "Nothing is planned" in text
        assert "an hour" in text
    answer = client.post("/next/take/", {"key": key_of(deal), "next": "/"})
    assert answer.headers["Location"] == f"/opportunities/{deal.pk}/edit/next_step/?next=%2F"
    assert LINE not in page(client)
    with fixed_at(now() + timedelta(days=1)):
        assert LINE in page(client), "it was begun, but nothing came of it"
    saved = client.post(f"/opportunities/{deal.pk}/edit/next_step/?next=%2F", {"next_step": "Call Zoé"})
    assert saved.headers["Location"] == "/", "back to the list"
    with fixed_at(now() + timedelta(days=1)):
        assert LINE not in page(client)


def test_fifteen_lines_come_first_and_the_rest_one_link_further(
    cast: Cast, deal: Opportunity, signed_in: SignedIn
) -> None:
    with cast.acting(cast.alice):
        for number in range(21):
            Opportunity.create(name=f"Valves {number} & <b>", amount=Decimal(number + 1), owner=cast.alice)
    client = signed_in(cast.alice)
    first, longer = page(client), page(client, "/next/?lines=75")
    assert first.count("data-proposal") == 15
    assert 'href="?lines=75"' in first
    assert longer.count("data-proposal") == 22
    keys = [row.key for row in ShownAction.objects.all()]
    assert {longer.count(f'name="key" value="{key}"') for key in keys} == {4}, "each has its own buttons"
    assert 'aria-label="Do: Plan the next step of Valves 20 &amp; &lt;b&gt;"' in longer
    assert "& <b>" not in longer
    for text in ("-1", "0", "a", "9" * 30, "²"):
        assert client.get(f"/next/?lines={text}").status_code == 200, text


def test_what_is_put_off_comes_back_on_its_day(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    page(client)
    until = today() + timedelta(days=3)
    answer = client.post("/next/put-off/", {"key": key_of(deal), "until": until.isoformat()}, HTTP_HX_REQUEST="true")
    assert "Put off" in answer.content.decode()
    with fixed_at(now() + timedelta(days=2)):
        assert LINE not in page(client)
    with fixed_at(now() + timedelta(days=3)):
        assert LINE in page(client)


def test_what_is_refused_does_not_come_back_unless_it_is_undone(
    cast: Cast, deal: Opportunity, signed_in: SignedIn
) -> None:
    client = signed_in(cast.alice)
    page(client)
    client.post("/next/refuse/", {"key": key_of(deal), "code": "no_use", "reason": "They buy by themselves."})
    with fixed_at(now() + timedelta(days=90)):
        assert LINE not in page(client)
    event = Event.objects.latest("id")
    assert (event.verb, event.actor_id) == ("nextactionanswer.refuse", cast.alice.pk)
    with cast.acting(cast.alice):
        undo_event(event)
    assert not NextActionAnswer._base_manager.exists()
    assert LINE in page(client)


def test_a_day_that_is_none_or_gone_by_is_told_so(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    page(client)
    for until in ("tomorrow", "2020-01-01", "9999-99-99"):
        assert client.post("/next/put-off/", {"key": key_of(deal), "until": until}).status_code in (409, 422)
    for key in ("", "no_next_step", "no_next_step:opportunity:x:y", f"other:opportunity:{deal.pk}:1"):
        assert client.post("/next/take/", {"key": key}).status_code in (404, 409, 422)
    assert not NextActionAnswer._base_manager.exists()


def test_others_are_told_nothing_and_answer_nothing(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    page(signed_in(cast.alice))
    client = signed_in(cast.charlie)
    assert "Pumps" not in page(client)
    assert client.post("/next/take/", {"key": key_of(deal)}).status_code == 404


def test_the_switch_and_the_level_off_hide_them(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    with cast.acting(cast.dora):
        pulled = StopSwitch.pull(key=action_key(NAME), reason="Something is wrong.")
    assert_hidden(client, deal)
    with cast.acting(cast.dora):
        pulled.release(reason="It was looked at.")
        assert LINE in page(client)
        AutonomyLevel.choose(action=NAME, level=Level.OFF, reason="We want none.")
    assert_hidden(client, deal)


def assert_hidden(client: Client, deal: Opportunity) -> None:
    assert LINE not in page(client)
    assert LINE not in page(client, "/next/today/")
    assert "suggestions are off" in page(client, f"/opportunities/{deal.pk}/panel/next/")


def test_who_may_not_see_a_chance_gets_no_action_by_it(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        lead = Lead.create(first_name="Max", organisation_name="Muster", owner=cast.alice)
    with connection.cursor() as cursor:  # as the scoring job writes it, beside the history
        cursor.execute("UPDATE leads_lead SET chance_to_convert = 60 WHERE id = %s", [lead.pk])
    assert "Answer the lead Max" in page(signed_in(cast.alice))
    hide("lead.chance_to_convert")
    assert "Answer the lead" not in page(signed_in(cast.alice))


def test_a_suggestion_has_the_same_value_in_the_list_and_beside_its_record(
    cast: Cast, deal: Opportunity, signed_in: SignedIn
) -> None:
    with cast.acting(cast.alice):
        lead = Lead.create(first_name="Max", organisation_name="Muster", owner=cast.alice)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leads_lead SET chance_to_convert = 60 WHERE id = %s", [lead.pk])
    client = signed_in(cast.alice)
    worth = "€9,000 × 60% × 20.0% = €1,080"
    for address in ("/next/", f"/leads/{lead.pk}/panel/next/"):
        text = page(client, address)
        assert "Answer the lead Max" in text
        assert worth in " ".join(text.split()), address


def test_a_task_that_is_late_is_among_them(cast: Cast, deal: Opportunity, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        Task.create(subject="Send the price", owner=cast.alice, due_on=today() - timedelta(days=2), about=[deal])
    text = page(signed_in(cast.alice))
    assert "Send the price" in text
    assert "(2 days late)" in text


def test_how_they_fare_is_told_of_many_only(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    text = page(client, "/insights/next-actions/")
    assert "The stated formula ranks" in text
    assert "too few, or of too few people, to tell" in text
    shown_to([cast.alice, cast.bob, cast.charlie], 400)
    text = page(client, "/insights/next-actions/")
    assert "+20.0 points" in text
    assert re.search(r"Of what was suggested, \d+% was done and \d+% refused", text)
    exported = {row["source"]: row for row in rows_of(client.get("/insights/next-actions/export/"))}
    assert any(float(row["changed"] or 0) == pytest.approx(0.2, abs=0.01) for row in exported.values())
    assert any(row["done"] == "" for row in exported.values())
    decide()
    assert "Not enough cases: 3 of 200 lists" in page(client, "/insights/next-actions/")


def shown_to(users: list[User], each: int) -> None:
    """Lines that were up or not by chance alone; those that were up helped in half of the cases, the others in 30 %."""
    at = now() - timedelta(days=20)
    rows = []
    for user in users:
        for number in range(each):
            is_up = number % 2 == 0
            helped = number % 20 < 10 if is_up else number % 20 < 6
            rows.append(
                ShownAction(
                    *(None, user.pk, at.date(), f"step_due:opportunity:{user.pk}:{number}", "step_due", "work"),
                    *("opportunity", user.pk, at, True, 1, 1, is_up, 0.5, "value per hour/1", {}, 0.5),
                    done_at=at if helped else None,
                    moved_at=at if helped else None,
                )
            )
    ShownAction.objects.bulk_create(rows)
