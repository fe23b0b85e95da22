"""Today: what asks for attention, one-key completion, the team's day."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from rapport.activities.models import Meeting, Task
from rapport.core.clock import now, today
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, User
from rapport.leads.models import Lead, LeadStatus
from rapport.pipeline.models import Opportunity
from rapport.web.today.own import SHOWN
from tests.cast import Cast, seen_by
from tests.rights.rules import hide

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def pipeline(fresh: None) -> None:
    """Opportunities need a pipeline."""


@pytest.fixture
def task(cast: Cast) -> Task:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        return Task.create(subject="Call back", owner=cast.alice, due_on=today() - timedelta(days=2), about=[acme])


def page(client: Client, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_somebody_new_is_told_how_to_begin(cast: Cast, signed_in: SignedIn) -> None:
    assert "Begin by bringing in what you have" in page(signed_in(cast.alice))


def test_late_tasks_come_with_what_they_are_about(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    text = page(signed_in(cast.alice))
    assert "Call back" in text
    assert "Acme" in text
    assert "2 days ago" in text
    assert "Call back" not in page(signed_in(cast.bob))


def test_a_task_is_completed_from_the_page_and_can_be_undone(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    answer = client.post(f"/today/tasks/{task.pk}/complete/", HTTP_HX_REQUEST="true")
    assert "<s>Call back</s>" in answer.content.decode()
    assert Task.objects.get().is_done
    assert "Call back" not in page(client)
    assert client.post(f"/today/tasks/{task.pk}/complete/").status_code == 302


def test_nobody_completes_a_task_out_of_sight(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    seen_by("task", Scope.TEAM)
    assert signed_in(cast.charlie).post(f"/today/tasks/{task.pk}/complete/").status_code == 404
    assert not Task.objects.get().is_done


def test_meetings_of_the_day_stand_with_their_time(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        Meeting.create(subject="Demo at Acme", owner=cast.alice, at=now())
        Meeting.create(subject="Next week", owner=cast.alice, at=now() + timedelta(days=7))
    text = page(signed_in(cast.alice))
    assert "Demo at Acme" in text
    assert "Next week" not in text


def test_own_opportunities_ask_for_what_is_due(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        late = today() - timedelta(days=3)
        Opportunity.create(name="Late one", amount=Decimal(100), owner=cast.alice, expected_close=late)
        Opportunity.create(name="Step one", owner=cast.alice, next_step="Send offer", next_step_on=today())
        Opportunity.create(name="Calm one", owner=cast.alice, expected_close=today() + timedelta(days=90))
    text = page(signed_in(cast.alice))
    assert "Late one" in text
    assert "Send offer" in text
    assert "Calm one" not in text


def test_new_leads_that_are_ones_own_or_nobodys_come_the_newest_first(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.dora):
        for number in range(SHOWN):
            Lead.create(last_name=f"Older{number:02}", owner=cast.alice)
        Lead.create(last_name="Unclaimed", owner=None)
        Lead.create(last_name="Elsewhere", owner=cast.bob)
        Lead.create(last_name="Working", owner=cast.alice, status=LeadStatus.WORKING)
    found = re.findall(r"Older\d\d|Unclaimed|Elsewhere|Working", page(signed_in(cast.alice)))
    assert list(dict.fromkeys(found)) == ["Unclaimed", *(f"Older{number:02}" for number in range(SHOWN - 1, 0, -1))]


def test_a_new_lead_shows_its_chance_to_those_who_may_see_it(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        lead = Lead.create(last_name="Promising", owner=cast.alice)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leads_lead SET chance_to_convert = 64 WHERE id = %s", [lead.pk])
    shown = '<span class="machine-number push" title="Chance to convert">64%</span>'
    assert shown in page(signed_in(cast.alice))
    hide("lead.chance_to_convert")
    text = page(signed_in(cast.alice))
    assert ("Promising" in text, "64%" in text) == (True, False)


def test_changes_by_others_in_ones_own_records_are_told(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        mine = Organisation.create(name="Mine", owner=cast.alice)
        mine.change(industry="Energy")
    with cast.acting(cast.bob):
        Organisation.objects.get(pk=mine.pk).change(country="PT")
        Organisation.create(name="Not mine", owner=cast.bob)
    text = signed_in(cast.alice).get("/today/overnight/", HTTP_HX_REQUEST="true").content.decode()
    assert text.count("Bob Bernard changed") == 1
    assert "Not mine" not in text
    assert "Alice" not in text


def test_the_lead_of_a_team_sees_the_teams_day(cast: Cast, task: Task, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        Opportunity.create(name="Pumps", amount=Decimal(9000), owner=cast.alice)
    with cast.acting(cast.charlie):
        Opportunity.create(name="South", amount=Decimal(70000), owner=cast.charlie)
    text = page(signed_in(cast.bob), "/?view=team")
    assert "€9,000" in text
    assert "Alice Almeida" in text
    assert "Charlie Costa" not in text
    assert "€70" not in text
    assert "My team" not in page(signed_in(cast.alice), "/?view=team")


def test_today_takes_few_queries(
    cast: Cast, task: Task, signed_in: SignedIn, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = signed_in(cast.bob)
    page(client)
    with django_assert_max_num_queries(12):
        page(client)
