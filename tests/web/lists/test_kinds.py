"""Every list that is registered: its columns exist, its views make sense, its page opens."""

from collections.abc import Callable

import pytest
from django.test import Client

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
