"""Figures that are kept: told again while they are new, and worked out anew when asked, by one at a time."""

import csv
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import product
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.identity.models import SightLoss, User
from rapport.identity.roles import Role
from rapport.insights.kept.freshening import forget, freshen
from rapport.insights.kept.keeping import ANEW, figures_for
from rapport.insights.kept.question import Asked, Kept, Question
from rapport.insights.models import KeptFigures
from tests.cast import Cast
from tests.jobs import do_jobs
from tests.web.insights.whispers import make_lead, told

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def in_an_hour() -> datetime:
    return now() + timedelta(minutes=61)


def test_what_is_kept_is_told_again_until_it_is_too_old_or_brought_up_to_date(cast: Cast, signed_in: SignedIn) -> None:
    make_lead(cast.alice)
    alice = signed_in(cast.alice)
    assert told(alice, "Whisper", "Rumour") == {"Whisper"}
    make_lead(cast.alice, "Rumour")
    assert told(alice, "Whisper", "Rumour") == {"Whisper"}
    with fixed_at(now() + ANEW):
        assert "less than a minute old" not in alice.post("/insights/trends/", follow=True).content.decode()
        assert told(alice, "Whisper", "Rumour") == {"Whisper", "Rumour"}
    make_lead(cast.alice, "Hearsay")
    with fixed_at(in_an_hour()):
        assert told(alice, "Hearsay") == {"Hearsay"}
    assert "As of" in alice.get("/insights/trends/").content.decode()


@pytest.mark.parametrize("page", ["trends", "who-and-where", "segments", "forecast"])
def test_they_are_worked_out_once_a_minute_at_most(cast: Cast, signed_in: SignedIn, page: str) -> None:
    bob = signed_in(cast.bob)
    asked_at = now()
    with fixed_at(asked_at):
        bob.get(f"/insights/{page}/")
    with fixed_at(asked_at + timedelta(seconds=50)):
        answer = bob.post(f"/insights/{page}/", follow=True).content.decode()
    assert "These figures are less than a minute old." in answer
    assert set(KeptFigures.objects.values_list("as_of", flat=True)) == {asked_at}


@pytest.mark.django_db(transaction=True)
def test_who_asks_for_what_is_being_worked_out_waits_for_it(cast: Cast) -> None:
    began, may_end, made = Event(), Event(), []

    def slowly(asked: Asked) -> Kept[int]:
        made.append(now())
        began.set()
        assert may_end.wait(30)
        return Kept(len(made), made[-1])

    question = Question("slow", int, slowly)
    with ThreadPoolExecutor(2) as people:
        first = people.submit(asked_apart, question)
        assert began.wait(30)
        second = people.submit(asked_apart, question)
        with pytest.raises(TimeoutError):
            second.result(0.5)
        may_end.set()
        assert first.result(30) == second.result(30) == 1


def asked_apart(question: Question[int]) -> int:
    """What is told to somebody with a connection of their own."""
    try:
        return figures_for(question, SYSTEM).figures
    finally:
        connection.close()


def test_it_takes_few_questions_the_second_time(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    make_lead(cast.alice)
    pages = ("trends", "who-and-where", "segments", "forecast", "predictions")
    for user, page in product((cast.bob, cast.dora), pages):
        client, path = signed_in(user), f"/insights/{page}/"
        client.get(path)
        with django_assert_max_num_queries(12):
            client.get(path)


def test_figures_agree_with_the_records_behind_them(cast: Cast, signed_in: SignedIn) -> None:
    make_lead(cast.alice)
    alice = signed_in(cast.alice)
    alice.get("/insights/trends/")
    make_lead(cast.alice)
    page = alice.get("/insights/trends/sources/?value=Whisper").content.decode()
    assert page.count('class="cell-title" href="/leads/') == 2
    assert 'class="number">2</td>' in page
    rows = csv.DictReader(io.StringIO(alice.get("/insights/trends/export/").content.decode()))
    assert [row["records"] for row in rows if row["value"] == "Whisper"] == ["2"]


def test_each_has_its_own_unless_it_sees_everything(cast: Cast, signed_in: SignedIn) -> None:
    make_lead(cast.alice)
    with acting_as(SYSTEM):
        other = User.create(name="Dan", email="dan@rapport.example", role=Role.ADMINISTRATOR)
    for user in (cast.alice, cast.charlie, cast.dora, other):
        signed_in(user).get("/insights/trends/")
    assert KeptFigures.objects.filter(question="trends").count() == 3
    for user in (cast.dora, other):
        signed_in(user).get("/insights/who-and-where/")
    own = KeptFigures.objects.filter(question="who-where")
    assert set(own.values_list("user_id", flat=True)) == {cast.dora.pk, other.pk}
    assert KeptFigures.objects.filter(question="who-where-company").count() == 1


def test_figures_looked_at_lately_are_made_anew_before_they_are_too_old(cast: Cast, signed_in: SignedIn) -> None:
    make_lead(cast.alice)
    alice, noon = signed_in(cast.alice), now().replace(hour=12)
    with fixed_at(noon):
        assert told(alice, "Whisper") == {"Whisper"}
        alice.get("/insights/who-and-where/")
    make_lead(cast.alice, "Rumour")
    later = noon + timedelta(minutes=45)
    with fixed_at(later), acting_as(SYSTEM):
        assert freshen() == 4
        assert freshen() == 0
    with fixed_at(later + timedelta(minutes=30)):
        assert told(alice, "Rumour") == {"Rumour"}
    assert set(KeptFigures.objects.values_list("as_of", flat=True)) == {later}


def test_nothing_is_made_anew_for_who_has_other_rights_or_none(cast: Cast, signed_in: SignedIn) -> None:
    make_lead(cast.alice)
    for user in (cast.alice, cast.charlie):
        signed_in(user).get("/insights/trends/")
    with acting_as(SYSTEM):
        cast.alice.change(role=Role.READ_ONLY)
        cast.charlie.change(is_active=False)
        with fixed_at(now() + timedelta(minutes=45)):
            assert freshen() == 0
    assert not KeptFigures.objects.exists()


def test_what_is_too_old_is_forgotten_but_for_the_time_it_took(cast: Cast, signed_in: SignedIn) -> None:
    lead = make_lead(cast.alice)
    signed_in(cast.alice).get("/insights/trends/")
    took_long()
    with acting_as(SYSTEM):
        lead.remove()
    forget()
    assert KeptFigures.objects.exclude(figures=b"").exists()
    assert SightLoss.objects.exists()
    with fixed_at(now() + timedelta(hours=31)):
        forget()
    assert set(KeptFigures.objects.values_list("figures", "milliseconds")) == {(b"", 4000)}
    assert not SightLoss.objects.exists()
    with fixed_at(now() + timedelta(days=8)):
        forget()
    assert not KeptFigures.objects.exists()


def took_long() -> None:
    """What was worked out so far took four seconds each time, as it does among a million people."""
    KeptFigures.objects.update(milliseconds=4000)


def asked_for(page: str) -> str:
    """The address that the page asks every two seconds."""
    found = re.search(r'hx-get="(/insights/awaited/[^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("page", ["trends", "who-and-where", "segments", "forecast"])
def test_the_last_figures_are_told_with_their_time_while_newer_ones_take_long(
    cast: Cast, signed_in: SignedIn, page: str
) -> None:
    bob, address, noon = signed_in(cast.bob), f"/insights/{page}/", datetime(2026, 11, 24, 12, tzinfo=UTC)
    with fixed_at(noon):
        bob.get(address)
    took_long()
    with fixed_at(noon + timedelta(minutes=90)):
        older = bob.get(address).content.decode()
        assert "As of 12:00" in older
        assert "Newer figures are being worked out." in older
        assert "being worked out" in bob.get(asked_for(older)).content.decode()
        assert do_jobs().count("insights.jobs.work_out_figures") == 1
        assert "Newer figures are there." in bob.get(asked_for(older)).content.decode()
        newer = bob.get(address).content.decode()
    assert "As of 13:30" in newer
    assert "Newer figures" not in newer


@pytest.mark.parametrize("page", ["trends", "who-and-where", "segments", "forecast"])
def test_who_asks_first_is_told_that_it_takes_long(cast: Cast, signed_in: SignedIn, page: str) -> None:
    address = f"/insights/{page}/"
    signed_in(cast.bob).get(address)
    took_long()
    dora = signed_in(cast.dora)
    for _again in range(2):
        waiting = dora.get(address).content.decode()
        assert "The figures are being worked out" in waiting
        assert "As of" not in waiting
        assert "HX-Refresh" not in dora.get(asked_for(waiting)).headers
    assert do_jobs().count("insights.jobs.work_out_figures") == 1
    assert dora.get(asked_for(waiting)).headers["HX-Refresh"] == "true"
    assert "As of" in dora.get(address).content.decode()


def test_a_job_works_nothing_out_for_a_closed_account(cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.bob).get("/insights/trends/")
    took_long()
    signed_in(cast.alice).get("/insights/trends/")
    with acting_as(SYSTEM):
        cast.alice.change(is_active=False)
    do_jobs()
    assert not KeptFigures.objects.filter(user_id=cast.alice.pk).exists()
