"""D7: how suggestions fare, of everybody together: counted, and what showing them first changed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rapport.core.clock import now
from rapport.identity.models import User
from rapport.insights.models import ShownAction
from rapport.insights.next_actions.faring import faring
from tests.cast import Cast

SHOWN_FIRST, SHOWN_LATER = 60, 90


def test_d7_what_being_shown_first_changed_is_told_with_its_interval(cast: Cast) -> None:
    _show([cast.alice, cast.bob, cast.charlie])
    told = next(one for one in faring() if one.source.name == "silent_opportunity")
    assert (told.shown, told.refused) == (SHOWN_FIRST + SHOWN_LATER, 0)
    assert told.done == pytest.approx((30 + 9) / 150)
    assert told.change is not None
    assert told.change.size == pytest.approx(0.5 - 0.1)
    assert 0 < told.change.low < told.change.size < told.change.high < 1


def test_nothing_is_told_of_what_few_people_were_shown(cast: Cast) -> None:
    _show([cast.alice, cast.bob])
    told = next(one for one in faring() if one.source.name == "silent_opportunity")
    assert (told.shown, told.done, told.change) == (SHOWN_FIRST + SHOWN_LATER, None, None)


def _show(people: list[User]) -> None:
    """Half of those shown first helped, a tenth of the others."""
    rows = [_row(people[number % len(people)], up=True, helped=number % 2 == 0) for number in range(SHOWN_FIRST)]
    rows += [_row(people[number % len(people)], up=False, helped=number % 10 == 0) for number in range(SHOWN_LATER)]
    ShownAction.objects.bulk_create(rows)


def _row(user: User, *, up: bool, helped: bool) -> ShownAction:
    at = now() - timedelta(days=200)
    return ShownAction(
        user=user,
        day=at.date(),
        at=at,
        key=str(uuid4()),
        source="silent_opportunity",
        kind="write",
        record_type="opportunity",
        record_id=uuid4(),
        place=1 if up else 7,
        rank=7,
        is_up=up,
        is_first=True,
        propensity=0.25 if up else 0.75,
        order_by="value per hour/1",
        context={},
        weight=1.0,
        done_at=at + timedelta(days=1) if helped else None,
        moved_at=at + timedelta(days=3) if helped else None,
    )
