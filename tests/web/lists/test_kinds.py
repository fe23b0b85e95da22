"""Every list that is registered: its columns exist, its views make sense, its page opens."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.activities.models import Task
from rapport.core.actors import SYSTEM
from rapport.governance.selection import order_by
from rapport.identity.models import User
from rapport.web.lists.columns import choosable
from rapport.web.lists.listing import Listing
from rapport.web.lists.setup import Setup
from rapport.web.lists.spec import lists
from tests.cast import Cast


@pytest.mark.parametrize("record_type", sorted(lists()))
def test_a_list_is_set_up_with_what_exists(record_type: str, db: None) -> None:
    spec = lists()[record_type]
    assert set(spec.columns) <= set(choosable(spec, SYSTEM))
    assert spec.teaches
    assert order_by(spec.order, record_type, actor=SYSTEM)
    for view in spec.views:
        listing = Listing(spec, Setup.of_query(view.query), SYSTEM)
        assert not listing.has_misfits, listing.matches
        assert set(listing.setup.columns) <= set(choosable(spec, SYSTEM)), view.key
        assert listing.order.field == listing.setup.order.removeprefix("-") or not listing.setup.order


@pytest.mark.parametrize("record_type", sorted(lists()))
def test_every_column_and_every_order_can_be_shown(
    record_type: str, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    spec = lists()[record_type]
    client = signed_in(cast.bob)
    columns = choosable(spec, SYSTEM)
    assert client.get(f"{spec.path}?cols={','.join(columns)}&sort=").status_code == 200
    for name, column in columns.items():
        if column.order:
            answer = client.get(f"{spec.path}?sort=-{name}")
            assert answer.status_code == 200
            assert not answer.context["listing"].notes


def test_a_task_that_is_done_is_not_open_though_nobody_knows_when_it_was_done(cast: Cast) -> None:
    with cast.acting(cast.alice):
        done = Task.create(subject="Call", owner=cast.alice, status="done")
        left = Task.create(subject="Write", owner=cast.alice)
    Task._base_manager.update(done_at=None)
    mine = next(view for view in lists()["task"].views if view.key == "open")
    shown = [row.pk for row in Listing(lists()["task"], Setup.of_query(mine.query), SYSTEM).rows]
    assert left.pk in shown
    assert done.pk not in shown
