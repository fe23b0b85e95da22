"""Pages by keyset: put together they are the whole list, in order, with empty and equal values, both ways."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.bulk import create_many
from rapport.core.work import Work, working
from rapport.governance.selection import Order, Page, Position, order_by, page_of
from rapport.identity.models import Team, User

words = st.none() | st.sampled_from(["a", "b", "é", "~", 'q"', "a" * 40])


def the_order(text: str) -> Order:
    order = order_by(text, "user", actor=SYSTEM)
    assert order is not None
    return order


def pages_forwards(order: Order, size: int) -> list[Page[User]]:
    pages = [page_of(User.objects.all(), order, size=size)]
    while (place := pages[-1].next) is not None:
        pages.append(page_of(User.objects.all(), order, size=size, after=through_the_address(place, order)))
    return pages


def through_the_address(place: Position, order: Order) -> Position:
    read = Position.read(str(place), order)
    assert read == place
    return read


class Pages(TestCase):
    """Hypothesis with a transaction per example."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(words, max_size=14),
        st.integers(1, 5),
        st.sampled_from(["email", "-email", "role", "-team", "id", "-id", "-created_at"]),
    )
    def test_pages_put_together_are_the_whole_list_forwards_and_backwards(
        self, values: list[str | None], size: int, written: str
    ) -> None:
        fill(values)
        order = the_order(written)
        pages = pages_forwards(order, size)
        keys = [row.pk for page in pages for row in page.rows]
        assert keys == expected(order)
        page, back = pages[-1], [pages[-1].rows]
        while page.previous is not None:
            place = through_the_address(page.previous, order)
            page = page_of(User.objects.all(), order, size=size, before=place)
            back.insert(0, page.rows)
        assert not page.previous
        full = [row.pk for rows in back[1:] for row in rows]
        assert full == keys[len(keys) - len(full) :]
        assert back[0] == [] or back[0][0].pk == keys[0]


def fill(values: list[str | None]) -> None:
    """Rows written past the verbs' checks, so that e-mails may be odd."""
    with acting_as(SYSTEM), working(Work("user.create", SYSTEM)):
        team = create_many(Team, [{"name": "One"}])[0]
        create_many(
            User,
            [
                {"name": "x", "email": f"{position:02}{value}" if value else None, "team_id": team if value else None}
                for position, value in enumerate(values)
            ],
        )


def expected(order: Order) -> list[object]:
    rows = list(User.objects.annotate(sort_value=order.expression))
    filled = sorted(
        (r for r in rows if r.sort_value is not None), key=lambda r: (r.sort_value, r.pk), reverse=order.descending
    )
    empty = sorted((r for r in rows if r.sort_value is None), key=lambda r: r.pk, reverse=order.descending)
    return [row.pk for row in filled + empty]
