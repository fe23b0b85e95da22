"""Where opportunities stand, and what moving them asks for."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from rapport.core.bulk import create_many
from rapport.core.clock import fixed_at, now, today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.pipeline.models import Opportunity, StageVisit, Status
from rapport.pipeline.models.opportunity.needs import StageNeeds
from rapport.pipeline.queries import stays_of, time_in_stages
from tests.cast import Cast
from tests.conftest import all_rows
from tests.pipeline.sales import cycle, sale, stage

pytestmark = pytest.mark.usefixtures("fresh")
TABLES = ("pipeline_opportunity", "pipeline_stagevisit", "pipeline_opportunityline")


def test_a_new_opportunity_stands_in_the_first_stage_and_belongs_to_the_owner_s_team(cast: Cast) -> None:
    machine = sale(cast, amount=Decimal(12_000))
    assert machine.stage == stage("S1")
    assert (machine.status, machine.team, machine.win_probability) == (Status.OPEN, cast.north, 10)
    assert machine.days_in_stage == 0


def test_a_stage_asks_for_exactly_what_it_needs_and_lacks(cast: Cast) -> None:
    machine = sale(cast, need="Faster packing")
    with cast.acting(cast.alice), pytest.raises(StageNeeds, match="needs: Main contact") as needs:
        machine.move_to(stage("S3"))
    assert needs.value.fields == ("person",)
    machine.refresh_from_db()
    assert machine.stage == stage("S1")
    assert not StageVisit.objects.exists()


def test_what_a_stage_needs_can_be_given_with_the_move(cast: Cast) -> None:
    machine = sale(cast)
    with cast.acting(cast.alice):
        machine.move_to(stage("S4"), amount=Decimal(9_000), expected_close=today())
    machine.refresh_from_db()
    assert (machine.stage, machine.amount) == (stage("S4"), Decimal(9_000))


def test_an_opportunity_advances_stage_by_stage(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme")
        ann = Person.create(last_name="Ames", organisation=acme)
    machine = sale(cast, organisation=acme, person=ann, need="Speed", amount=Decimal(5), expected_close=today())
    with cast.acting(cast.alice):
        for code in ("S2", "S3", "S4"):
            machine.advance()
            assert machine.stage == stage(code)
        machine.advance(next_step="Send the contract")
        assert machine.stage == stage("S5")
        machine.advance()
        assert (machine.stage, machine.status) == (stage("S6"), Status.WON)
        with pytest.raises(Problem, match="last stage"):
            machine.advance()


def test_a_changed_stage_is_a_move_with_all_it_asks_for(cast: Cast) -> None:
    machine = sale(cast)
    with cast.acting(cast.alice):
        with pytest.raises(StageNeeds):
            machine.change(stage=stage("S4"))
        machine.refresh_from_db()
        machine.change(stage=stage("S4"), amount=Decimal(1), expected_close=today())
    assert [stay.stage.code for stay in stays_of(machine)] == ["S1", "S4"]


def test_status_and_pipeline_are_not_edited_by_hand(cast: Cast) -> None:
    machine = sale(cast)
    with cast.acting(cast.alice):
        machine.change(status="open", name="Bigger machine")
        with pytest.raises(ValidationError, match="move, win, lose or park"):
            machine.change(status="won")


def test_a_new_opportunity_in_a_later_stage_knows_what_that_stage_asks_for(cast: Cast) -> None:
    with pytest.raises(ValidationError) as wrong:
        sale(cast, stage=stage("S4"), amount=Decimal(1))
    assert set(wrong.value.message_dict) == {"expected_close"}
    assert sale(cast, stage=stage("S4"), amount=Decimal(1), expected_close=today()).stage == stage("S4")


def test_an_open_opportunity_always_stands_somewhere(cast: Cast) -> None:
    machine = sale(cast)
    with cast.acting(cast.alice), pytest.raises(ValidationError, match="Choose the stage"):
        machine.change(stage=None)


def test_stages_speak_the_user_s_language(cast: Cast) -> None:
    with override("fr"):
        assert stage("S1").title.startswith("S1 ")


def test_an_amount_is_never_without_its_currency(cast: Cast) -> None:
    machine = sale(cast)
    assert machine.currency == ""
    with cast.acting(cast.alice):
        machine.change(amount=Decimal(5))
    assert machine.currency == "EUR"


def test_the_stays_of_an_opportunity_tell_how_long_it_stood_where(cast: Cast) -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with fixed_at(start):
        machine = sale(cast, amount=Decimal(1), expected_close=today(), organisation=_acme(cast))
    with cast.acting(cast.alice) as alice:
        with fixed_at(start + timedelta(days=3)):
            machine.move_to(stage("S2"))
        with fixed_at(start + timedelta(days=10)):
            machine.move_to(stage("S4"))
        with fixed_at(start + timedelta(days=12)):
            assert [(stay.stage.code, stay.days) for stay in stays_of(machine)] == [("S1", 3), ("S2", 7), ("S4", 2)]
            assert machine.days_in_stage == 2
        times = time_in_stages(alice, cycle())
    assert times[stage("S2").pk].average == timedelta(days=7)


def test_undoing_a_move_restores_stage_age_and_history(cast: Cast) -> None:
    machine = sale(cast, organisation=_acme(cast))
    before = all_rows(*TABLES)
    with cast.acting(cast.alice):
        machine.move_to(stage("S2"))
        undo_event(Event.objects.latest("id"))
    assert all_rows(*TABLES) == before


def test_the_other_team_neither_sees_nor_moves_it_and_the_manager_does(cast: Cast) -> None:
    machine = sale(cast, organisation=_acme(cast))
    assert not Opportunity.objects.visible_to(actor_for(cast.charlie)).exists()
    assert not Opportunity.objects.visible_to(cast.stranger).exists()
    for outsider in (cast.charlie, cast.stranger):
        with cast.acting(outsider), pytest.raises(Forbidden):
            machine.move_to(stage("S2"))
    with cast.acting(cast.bob):
        machine.move_to(stage("S2"))
    with cast.acting(cast.ada), pytest.raises(Forbidden):
        machine.move_to(stage("S1"))


def test_many_rows_written_at_once_get_their_places_too(cast: Cast) -> None:
    rows = [
        {"name": "open", "opened_on": date(2026, 1, 5)},
        {"name": "won", "status": "won", "closed_on": date(2026, 2, 1)},
        {"name": "lost", "status": "lost"},
        {"name": "known stage", "stage_id": stage("S4").pk},
    ]
    with cast.acting(cast.alice):
        _Many.create_all(rows)
    found = {row.name: row for row in Opportunity.objects.all()}
    assert found["open"].stage == stage("S1")
    assert found["open"].stage_since == datetime(2026, 1, 5, tzinfo=UTC)
    assert found["won"].stage == stage("S6")
    assert (found["lost"].stage, found["lost"].closed_on) == (None, today())
    assert found["known stage"].stage == stage("S4")
    assert found["known stage"].stage_since is not None
    assert found["known stage"].stage_since <= now()


class _Many:
    """Writes rows at once, within a verb, as an import does."""

    @staticmethod
    def create_all(rows: list[dict[str, object]]) -> None:
        from rapport.core.actors import current_actor
        from rapport.core.work import Work, working

        with working(Work("opportunity.create", current_actor())):
            create_many(Opportunity, rows)


def _acme(cast: Cast) -> Organisation:
    with cast.acting(cast.alice):
        return Organisation.create(name="Acme")
