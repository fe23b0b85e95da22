"""The same questions for every source of next actions, in the situation in which it speaks."""

from datetime import timedelta

import pytest

from rapport.activities.models import ACTIVITY_TYPES
from rapport.core.clock import fixed_at, now, today
from rapport.core.events import Event
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import entries
from rapport.governance.field_rights import hideable_fields
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from rapport.insights.next_actions.entries import Entry
from rapport.insights.next_actions.listing import actions_for, suggestion_named
from rapport.insights.next_actions.ranking import placed
from rapport.insights.next_actions.source import all_sources
from rapport.insights.next_actions.suggestion import How, Suggestion
from rapport.web.next_actions.shown import address_of, lines_of
from tests.cast import Cast
from tests.contracts.next_action_examples import EXAMPLES
from tests.rights.rules import hide

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sorted(all_sources()))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def spoken(name: str, cast: Cast, fresh: None) -> Suggestion:
    """What the source says in its example."""
    with cast.acting(cast.alice):
        EXAMPLES[name](cast.alice)
    found = said(name, cast.alice)
    assert len(found) == 1
    return found[0]


def said(name: str, user: User) -> list[Suggestion]:
    entries_ = actions_for(actor_for(user)).entries
    return [one for entry in entries_ for one in (entry.suggestion, *entry.also) if one.source == name]


def test_it_is_described_and_rests_on_fields_that_exist(name: str) -> None:
    source = all_sources()[name]
    assert source.name == name
    assert all(str(told) for told in (source.label, source.meaning))
    known = {f"{record_type}.{field}" for record_type, entry in entries().items() for field in entry.fields}
    assert source.rests_on <= known
    kinds = {model.record_type for model in ACTIVITY_TYPES}
    assert set(source.done_by) <= kinds | set(VERBS)
    assert set(source.moved_by) <= {"answer"} | set(VERBS)


def test_it_says_nothing_where_there_is_nothing(name: str, cast: Cast, fresh: None) -> None:
    assert not said(name, cast.alice)


def test_it_says_what_why_and_what_it_is_worth(cast: Cast, spoken: Suggestion) -> None:
    assert spoken.worth.value > 0
    assert spoken.worth.minutes > 0
    assert 0 < spoken.worth.chance <= 1
    assert str(spoken.worth.effect.told.text).startswith("measured" if spoken.worth.effect.is_measured else "assumed")
    with cast.acting(cast.alice):
        (line,) = lines_of([Entry(placed([spoken], person=None, day=today())[0])])
        assert line.todo
        assert line.why
        assert "%(" not in " ".join([line.todo, line.why, *line.formula])
        assert address_of(spoken, back_to="/next/") or spoken.step.how is How.TASK


def test_it_says_the_same_again_and_tomorrow(name: str, cast: Cast, spoken: Suggestion) -> None:
    """So that what was refused or put off is known again."""
    events = Event.objects.count()
    with fixed_at(now() + timedelta(days=1)):
        assert [one.key for one in said(name, cast.alice)] == [spoken.key]
    assert Event.objects.count() == events, "it writes nothing"
    assert suggestion_named(actor_for(cast.alice), spoken.record, spoken.key), "it is found beside its record"


def test_it_tells_nobody_else(name: str, cast: Cast, spoken: Suggestion) -> None:
    assert not said(name, cast.charlie)
    charlie, record = actor_for(cast.charlie), spoken.record
    if suggestion_named(charlie, record, spoken.key):
        assert type(record).objects.visible_to(charlie).filter(pk=record.pk).exists(), "beside a record that he sees"


def test_it_is_silent_where_what_it_rests_on_is_hidden(name: str, cast: Cast, spoken: Suggestion) -> None:
    can_be_hidden = {f"{kind}.{field}" for kind, entry in entries().items() for field in hideable_fields(entry)}
    for field in sorted(all_sources()[name].rests_on & can_be_hidden)[:1]:
        hide(field)
        assert not said(name, cast.alice)
