"""Own fields are fast on big lists: an index is made for each, and the list's queries use it."""

import pytest
from django.db import connection

from rapport.core.actors import SYSTEM
from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.governance.own.columns import is_quick
from rapport.governance.selection import Condition, Matched, match, order_by, page_of
from tests.jobs import do_jobs

from .making import own
from .test_everywhere import CASES

pytestmark = pytest.mark.usefixtures("as_system")


def own_indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'i' AND relname ~ '^own_[0-9a-f]{20}$'")
        return {name for (name,) in cursor.fetchall()}


def plan_of(rows: object) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    return str(rows.explain())  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [kind for kind in CASES if kind != "long_text"])
def test_filter_and_order_of_every_kind_use_its_index(kind: str) -> None:
    key = own(kind, **({"target": "organisation"} if kind == "link" else {})).key
    do_jobs()
    catch_up()
    assert is_quick(Organisation, key)
    rows = Organisation.objects.all()
    if kind != "link":  # its filter by text asks the search, its filter by record this index
        matched = match(Condition.read(f"{key}:{CASES[kind].condition}"), "organisation", actor=SYSTEM)
        assert isinstance(matched, Matched)
        if kind != "boolean" and CASES[kind].condition != "filled":
            assert "own_" in plan_of(rows.filter(matched.q)).replace(key, "")
    order = order_by(key, "organisation", actor=SYSTEM)
    assert order is not None
    if kind not in ("several", "link"):
        assert order.is_indexed
        filled = rows.annotate(sort_value=order.expression).filter(sort_value__isnull=False)
        plan = plan_of(filled.order_by("sort_value", "pk")[:50])
        assert "own_" in plan.replace(key, "")
        assert "Sort" not in plan
    page_of(rows, order, size=10)


def test_a_field_is_not_sorted_on_big_lists_before_its_index_is_there() -> None:
    key = own("number").key
    order = order_by(key, "organisation", actor=SYSTEM)
    assert order is not None
    assert not order.is_indexed


def test_an_index_goes_with_its_field_and_comes_back_with_it() -> None:
    field = own("number")
    do_jobs()
    catch_up()
    made = own_indexes()
    assert len(made) == 1
    field.remove()
    removal = Event.objects.latest("id")
    catch_up()
    do_jobs()
    assert not own_indexes()
    undo_event(removal)
    catch_up()
    do_jobs()
    assert own_indexes() == made


def test_new_choices_ask_for_a_new_index() -> None:
    field = own("choice")
    do_jobs()
    catch_up()
    before = own_indexes()
    field.change(choices=[*field.choices, {"label": "Bronze"}])
    catch_up()
    assert not is_quick(Organisation, field.key)
    do_jobs()
    catch_up()
    assert is_quick(Organisation, field.key)
    assert len(own_indexes()) == len(before)
    assert own_indexes() != before
