"""Conditions: how they are written, understood and answered."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.clock import fixed_at
from rapport.governance.selection import Condition, Matched, Misfit, Selection, match, order_by
from rapport.governance.selection.matching import combined, match_all
from rapport.governance.selection.operators import operators_for
from rapport.governance.selection.periods import offered_periods, span_of
from rapport.identity.actors import actor_for
from rapport.identity.models import Team, User

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def cast(as_system: Actor) -> SimpleNamespace:
    north, south = Team.create(name="North"), Team.create(name="South")
    alice = User.create(name="Alice Ålund", email="alice@north.example", team=north, job_title="Seller")
    charlie = User.create(name="Charlie", email="charlie@south.example", team=south)
    nobody = User.create(name="100% _none_")
    return SimpleNamespace(north=north, south=south, alice=alice, charlie=charlie, nobody=nobody)


def found(*texts: str, actor: Actor = SYSTEM, any_of: bool = False) -> set[str]:
    selection = Selection(tuple(Condition.read(text) for text in texts), any_of)
    matches = match_all(selection, "user", actor=actor)
    assert all(isinstance(item, Matched) for group in matches for item in group)
    names = User.objects.visible_to(actor).filter(combined(matches, any_of=any_of)).values_list("name", flat=True)
    return set(names)


texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(texts, max_size=4))
def test_values_are_written_so_that_they_are_read_back_whatever_they_hold(values: list[str]) -> None:
    condition = Condition("name", "is", tuple(values))
    assert Condition.read(str(condition)).values == condition.values or condition.values == ("",)


def test_a_selection_survives_its_way_through_the_address() -> None:
    selection = Selection.read(
        {"f": ["name:contains:a", "role:is:seller|manager"], "f1": ["email:empty"], "match": ["any"]}
    )
    parameters: dict[str, list[str]] = {}
    for name, value in selection.parameters():
        parameters.setdefault(name, []).append(value)
    assert Selection.read(parameters) == selection


def test_an_alternative_joins_its_neighbour_and_one_left_alone_leaves_the_group() -> None:
    first, second = Condition.read("name:contains:a"), Condition.read("name:contains:b")
    joined = Selection((first,)).joined_to(first, second)
    assert [len(group) for group in joined.groups()] == [2]
    assert joined.without(joined.conditions[1]).conditions == (first,)


def test_text_is_compared_whatever_its_case(cast: SimpleNamespace) -> None:
    assert found("name:contains:ALICE") == {"Alice Ålund"}
    assert found("name:starts:char") == {"Charlie"}
    assert found("name:is:charlie") == {"Charlie"}
    assert found("name:lacks:i") == {"100% _none_"}


def test_signs_that_mean_something_to_the_database_are_taken_literally(cast: SimpleNamespace) -> None:
    assert found("name:contains:%") == {"100% _none_"}
    assert found("name:contains:_none_") == {"100% _none_"}


def test_is_not_includes_the_empty_ones(cast: SimpleNamespace) -> None:
    assert "100% _none_" in found("email:not:alice@north.example")
    assert found("email:empty") == {"100% _none_"}
    assert found("job_title:filled") == {"Alice Ålund"}


def test_links_are_compared_by_record_by_text_and_by_oneself(cast: SimpleNamespace) -> None:
    alice = actor_for(cast.alice)
    assert found(f"team:is:{cast.north.pk}") == {"Alice Ålund"}
    assert found("team:contains:south") == {"Charlie"}
    assert found("team:is:my_team", actor=alice) == {"Alice Ålund"}
    assert found(f"team:not:{cast.north.pk}") == {"Charlie", "100% _none_"}
    assert found("team:empty") == {"100% _none_"}


def test_and_or_groups_work_both_ways_round(cast: SimpleNamespace) -> None:
    assert found("name:contains:alice", "email:empty", any_of=True) == {"Alice Ålund", "100% _none_"}
    assert found("name:contains:alice", "email:empty") == set()


def test_days_are_those_of_ones_own_time_zone_and_periods_of_today(cast: SimpleNamespace) -> None:
    assert found("created_at:within:today") == {"Alice Ålund", "Charlie", "100% _none_"}
    assert found("created_at:before:today") == set()
    assert found("created_at:after:today-1") == {"Alice Ålund", "Charlie", "100% _none_"}
    assert found("created_at:between:2020-01-01|2020-12-31") == set()


def test_each_period_on_offer_has_a_span() -> None:
    with fixed_at(NOON):
        assert all(span_of(key) for key in offered_periods())
        quarter = span_of("last_quarter")
    assert quarter is not None
    assert (quarter.first.isoformat(), quarter.last.isoformat()) == ("2025-10-01", "2025-12-31")


@pytest.mark.parametrize(
    "text",
    [
        "", ":", "nonsense:is:1", "password:is:x", "name:explode:1", "name:contains:", "name:contains:a|b",
        "role:is:emperor", "team:is:not-an-id", "team:is:00000000-0000-0000-0000-000000000000",
        "created_at:on:3000-99-99",
        "created_at:within:the_age_of_reason", "created_at:between:2020-01-01", "created_at:on:0001-01-01",
        "pk:is:1", "name__regex:is:.*", "team__name:contains:x", "is_active:is:1",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_explained_and_never_raises(text: str, as_system: Actor) -> None:
    outcome = match(Condition.read(text), "user", actor=as_system)
    assert isinstance(outcome, Misfit)
    assert outcome.reason


@given(
    texts, st.sampled_from(["name", "role", "team", "created_at", "is_active", "email"]), st.lists(texts, max_size=3)
)
def test_no_text_whatever_breaks_the_reading(operator: str, field: str, values: list[str]) -> None:
    with acting_as(SYSTEM):
        assert match(Condition(field, operator, tuple(values)), "user", actor=SYSTEM)


def test_every_operator_of_every_described_field_can_be_asked(as_system: Actor) -> None:
    from rapport.governance.dictionary import entries
    from rapport.governance.selection.fields import selectable_fields
    from tests.governance.operands import example_of

    for record_type, entry in entries().items():
        for field in selectable_fields(record_type, as_system).values():
            for operator in operators_for(field):
                texts = example_of(operator.operand, field)
                if texts is None:
                    continue
                outcome = match(Condition(field.name, operator.key, texts), record_type, actor=SYSTEM)
                assert isinstance(outcome, Matched), (record_type, field.name, operator.key, outcome)
                list(entry.model.objects.visible_to(SYSTEM).filter(outcome.q)[:1])


@pytest.mark.django_db
def test_an_index_of_all_rows_that_have_a_value_gives_them_in_order() -> None:
    names = ("-closed_on", "amount", "expected_close", "next_step_on")
    indexed = {name: order_by(name, "opportunity", actor=SYSTEM) for name in names}
    assert {name: order is not None and order.is_indexed for name, order in indexed.items()} == {
        "-closed_on": True,
        "amount": True,
        "expected_close": True,
        "next_step_on": False,  # its index holds open ones only
    }
