"""Random graphs of records: merging and undoing it changes nothing, and nothing done in between is lost (Q4)."""

import random
from collections.abc import Iterator

import pytest
from django.db import transaction

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.editions import catch_up
from rapport.core.events import Event, collecting_events
from rapport.core.problems import Problem
from rapport.core.undo import undo_event
from rapport.governance.models import OwnField, OwnType
from rapport.identity.models import Scope, Territory
from tests.cast import Cast, seen_by
from tests.directory.graphs import Graph, Row, Stored, derived, stored
from tests.time_given import SHORT_SEED, as_many_as_fit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHORT, LONG = 12, 1_000


@pytest.fixture
def ground(fresh: None, cast: Cast) -> Iterator[Cast]:
    """Own fields and an own type that link to organisations, a territory, a rule that hides other teams' people."""
    with acting_as(SYSTEM):
        OwnType.create(label="Visit", plural="Visits")
        catch_up()
        OwnField.create(for_type="own_visit", kind="link", target="organisation", label="Place")
        OwnField.create(for_type="opportunity", kind="link", target="organisation", label="Rival")
        for kind in ("organisation", "person"):
            OwnField.create(for_type=kind, kind="number", label="Floor")
        catch_up()
        Territory.draw(name="France", query="f=country:is:FR", members=[(cast.charlie, None)])
        seen_by("person", Scope.TEAM)
        yield cast


def check_restored(seed: int, cast: Cast) -> None:
    """Several mergers undone backwards: each time everything is as it was before."""
    with transaction.atomic():
        graph = Graph(seed, cast)
        done: list[tuple[Event, Stored, dict[str, set[str]]]] = []
        for _step in range(graph.random.randint(1, 3)):
            before = stored(), derived()
            with collecting_events() as events:
                graph.attempt(graph.merge)
            done += [(event, *before) for event in events]
        for event, rows, following in reversed(done):
            assert not undo_event(event).conflicts, seed
            assert stored() == rows, seed
            assert derived() == following, seed
        transaction.set_rollback(True)


def check_kept(seed: int, cast: Cast) -> None:
    """A merger undone after a day's work: what was done since stands, the rest is as it was before the merger."""
    with transaction.atomic():
        graph = Graph(seed, cast)
        before = stored()
        with collecting_events() as events:
            graph.attempt(graph.merge)
        merged = stored()
        for _step in range(graph.random.randint(1, 6)):
            graph.edit()
        late = stored()
        if events:
            try:
                with transaction.atomic():
                    conflicts = undo_event(events[0]).conflicts
            except Problem:
                assert stored() == late, seed
            else:
                kept = {(str(one.record_id), one.field) for one in conflicts}
                assert_nothing_lost(before, merged, late, stored(), kept, seed=seed)
        transaction.set_rollback(True)


def assert_nothing_lost(
    before: Stored, merged: Stored, late: Stored, final: Stored, kept: set[tuple[str, str]], *, seed: int
) -> None:
    for table, rows in final.items():
        for key in {*before[table], *merged[table], *late[table], *rows}:
            stages = [found[table].get(key) for found in (before, merged, late, final)]
            assert_row_kept(*stages, listed={name for one, name in kept if one == key}, place=(seed, table, key))


def assert_row_kept(
    before: Row | None,
    merged: Row | None,
    late: Row | None,
    final: Row | None,
    *,
    listed: set[str],
    place: tuple[int, str, str],
) -> None:
    if late is None and merged is not None:
        assert final is None, place  # deleted since
    elif late is None:
        assert final == before, place  # brought back as it was
    elif merged is None:
        assert final == late, place  # made since
    elif before is None:
        assert final == (late if listed else None), place  # made by the merger: gone, unless it was used since
    else:
        assert final is not None, place
        for name in late:
            was_changed = late[name] != merged[name]
            if name == "attributes" and was_changed:
                continue  # each attribute is undone alone; see below
            assert final[name] == (late[name] if was_changed else before[name]), (*place, name)
            if was_changed and merged[name] != before[name]:
                assert name in listed, (*place, name)


def test_q4_merging_and_undoing_it_leaves_everything_as_it_was(ground: Cast) -> None:
    for seed in range(SHORT_SEED, SHORT_SEED + SHORT):
        check_restored(seed, ground)


def test_q4_what_was_done_since_survives_the_undo_of_a_merger(ground: Cast) -> None:
    for seed in range(SHORT_SEED, SHORT_SEED + SHORT):
        check_kept(seed, ground)


@pytest.mark.soak
def test_q4_a_thousand_graphs_merged_and_taken_apart(ground: Cast) -> None:
    first = random.randrange(10**9)
    for seed in as_many_as_fit(range(first, first + LONG)):
        check_restored(seed, ground)
        check_kept(seed, ground)
