"""D7: what was suggested is seen to be done, and to have helped, from what happened after."""

from datetime import timedelta
from decimal import Decimal

import pytest

from rapport.activities.models import Mail
from rapport.core.clock import fixed_at, now
from rapport.identity.actors import actor_for
from rapport.insights.models import ShownAction
from rapport.insights.next_actions.following import follow_up, forget_old
from rapport.insights.next_actions.listing import actions_for
from rapport.insights.next_actions.ranking import placed, probability_of_trade
from rapport.insights.next_actions.showing import note_shown
from rapport.pipeline.models import Opportunity
from tests.cast import Cast


@pytest.fixture
def deal(cast: Cast, fresh: None) -> Opportunity:
    with cast.acting(cast.alice):
        return Opportunity.create(name="Pumps", amount=Decimal(9_000), owner=cast.alice, next_step="Call")


def shown(cast: Cast) -> ShownAction:
    actor = actor_for(cast.alice)
    note_shown(actor, actions_for(actor))
    return ShownAction.objects.get()


def test_d7_a_mail_sent_and_its_answer_are_recognised(cast: Cast, deal: Opportunity) -> None:
    with fixed_at(now() + timedelta(days=20)):
        row = shown(cast)
        assert (row.source, row.place, row.rank, row.propensity, row.is_up) == ("silent_opportunity", 1, 1, 1.0, True)
        follow_up()
        assert ShownAction.objects.get().done_at is None
    with fixed_at(now() + timedelta(days=21)), cast.acting(cast.alice):
        Mail.create(subject="How are the pumps?", about=[deal], owner=cast.alice, at=now())
        follow_up()
        row = ShownAction.objects.get()
        assert (row.done_how, row.moved_how) == ("mail", "")
        assert not actions_for(actor_for(cast.alice)).entries, "it is no longer silent"
    with fixed_at(now() + timedelta(days=23)), cast.acting(cast.alice):
        Mail.create(subject="Fine", direction="in", about=[deal], owner=cast.alice, at=now())
        follow_up()
        assert ShownAction.objects.get().moved_how == "answer"
        follow_up()
        forget_old()
        assert ShownAction.objects.count() == 1
    with fixed_at(now() + timedelta(days=500)):
        forget_old()
        assert not ShownAction.objects.exists()


def test_what_somebody_else_does_is_not_done_by_who_was_told(cast: Cast, deal: Opportunity) -> None:
    with fixed_at(now() + timedelta(days=20)):
        shown(cast)
    with fixed_at(now() + timedelta(days=21)), cast.acting(cast.bob):
        Mail.create(subject="How are the pumps?", about=[deal], owner=cast.bob, at=now())
        follow_up()
    assert ShownAction.objects.get().done_at is None


def test_the_draw_is_as_probable_as_it_is_said_to_be(cast: Cast, deal: Opportunity) -> None:
    """Of many days: each that waits is up as often as its propensity tells, and nothing is shown twice."""
    with fixed_at(now() + timedelta(days=20)):
        (one,) = (entry.suggestion for entry in actions_for(actor_for(cast.alice)).entries)
    many, days = [one] * 9, 2_000
    assert probability_of_trade(len(many)) == 0.25
    ups, promised = 0, 0.0
    for number in range(days):
        order = placed(many, person=cast.alice.pk, day=now().date() + timedelta(days=number))
        assert sorted(each.rank for each in order) == list(range(1, 10))
        last = next(each for each in order if each.rank == 9)
        ups += last.is_up
        promised += last.propensity if last.is_up else 1 - last.propensity
        assert len([each for each in order if each.is_drawn]) in (0, 2)
    assert promised == pytest.approx(days / 12)
    assert ups / days == pytest.approx(1 / 12, abs=0.025)
