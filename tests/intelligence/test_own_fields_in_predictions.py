"""Own fields as features: what an administrator added counts for the chance of a record, as of the day of each case."""

import random
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from django.test import Client

from rapport.cli.entry import parsed
from rapport.core.actors import SYSTEM, acting_as, current_actor
from rapport.core.bulk import change_many, create_many
from rapport.core.clock import fixed_at, now, today
from rapport.core.editions import catch_up
from rapport.core.work import Work, working
from rapport.governance.models import OwnField
from rapport.identity.actors import actor_for
from rapport.identity.models import FieldRule
from rapport.intelligence.features.resting import set_own_fields_of
from rapport.intelligence.learning.artefact import load
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.learning.nightly import _learn_and_score
from rapport.intelligence.learning.own_fields import asked_by, offer_of
from rapport.intelligence.learning.past import Past, past_of
from rapport.intelligence.learning.promoting import is_due
from rapport.intelligence.models import Estimator, EstimatorState, Score
from rapport.intelligence.predictions import predictions
from rapport.intelligence.scoring.following import catch_up_once
from rapport.intelligence.scoring.scoring import score
from rapport.leads.models import Lead
from tests.cast import Cast
from tests.clients import signed_in
from tests.intelligence.history import FEW
from tests.intelligence.test_needs_of_predictions import text_at
from tests.own_fields.making import own

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LEADS = predictions()["lead_conversion"]
MACHINES, REGION = "own_machines__number", "own_region__choice"
_CASES = 360


def make_fields(cast: Cast) -> None:
    """Those that tell, those that peek, one that hardly anybody fills, and one of a kind that isn't looked at."""
    with cast.acting(cast.dora):
        own("number", label="Machines", for_type="lead", places=0)
        own("choice", label="Region", for_type="lead", choices=["North", "South"])
        own("boolean", label="Budget approved", for_type="lead")
        own("date", label="Line stops on", for_type="lead")
        own("amount", label="Yearly spend", for_type="lead")
        own("choice", label="Reason they signed", for_type="lead", choices=["Price", "Service"])
        own("choice", label="Signed by", for_type="lead", choices=["Director", "Buyer"])
        own("number", label="Seldom", for_type="lead")
        own("text", label="Whatever", for_type="lead")


def make_leads(cast: Cast) -> None:
    """Written day by day as they came: those with many machines convert, and nothing else tells."""
    dice = random.Random(8)
    begun, ended = defaultdict(list), defaultdict(dict)
    for number in range(_CASES):
        day = today() - timedelta(days=900 - 8 * (number // 4))
        row, is_won = _lead(number, day, dice)
        begun[day].append(row)
        last = {"own_signed_by": dice.choice(["director", "buyer"])} if is_won else {}
        end = {"status": "converted", "converted_on": day + timedelta(days=40)} if is_won else {"status": "discarded"}
        ended[day + timedelta(days=40)][row["id"]] = end | last
    with cast.acting(cast.alice):
        for day in sorted({*begun, *ended}):
            with fixed_at(datetime.combine(day, time(9), UTC)):
                _write_day(begun.get(day, []), ended.get(day, {}))


def _lead(number: int, day: object, dice: random.Random) -> tuple[dict, bool]:
    machines = dice.randint(1, 40)
    is_won = dice.random() < (0.8 if machines > 20 else 0.1)
    told = {
        "id": UUID(int=dice.getrandbits(128), version=4),
        "last_name": f"Lead {number}",
        "received_on": day,
        "own_machines": str(machines),
        "own_region": dice.choice(["north", "south"]),
        "own_budget_approved": dice.random() < 0.5,
        "own_line_stops_on": (day + timedelta(days=dice.randint(30, 200))).isoformat(),
        "own_yearly_spend": str(dice.randint(100, 900)),
    }
    if is_won and dice.random() < 0.7:
        told["own_reason_they_signed"] = dice.choice(["price", "service"])
    if number % 40 == 0:
        told["own_seldom"] = "3"
    return told, is_won


def _write_day(rows: list[dict], changes: dict) -> None:
    for name, write in (("create", lambda: create_many(Lead, rows)), ("change", lambda: change_many(Lead, changes))):
        if rows if name == "create" else changes:
            with working(Work(f"lead.{name}", current_actor())) as work:
                write()
                work.write_event(Lead)


@pytest.fixture
def taught(cast: Cast) -> Estimator:
    """Learned of leads with own fields, with two open ones scored."""
    make_fields(cast)
    make_leads(cast)
    with cast.acting(cast.alice):
        for name, machines in (("Many", 36), ("Few", 3)):
            Lead.create(
                last_name=name,
                owner=cast.alice,
                own_machines=machines,
                own_region="north",
                own_budget_approved=True,
                own_line_stops_on=today() + timedelta(days=60),
                own_yearly_spend=500,
            )
    with acting_as(SYSTEM):
        estimator = learn(LEADS, names=FEW)
        score(LEADS)
    catch_up()
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    return estimator


def _open(name: str) -> Lead:
    return Lead._base_manager.get(last_name=name)


def test_s1_an_own_field_counts_and_is_named_as_a_reason(cast: Cast, alice: Client, taught: Estimator) -> None:
    many, few = _open("Many"), _open("Few")
    assert many.chance_to_convert > few.chance_to_convert + 30
    panel = text_at(alice, f"/leads/{many.pk}/panel/chance/")
    assert "Machines: 36" in panel
    assert "Machines: 36.0" not in panel
    assert "Similar past cases" in panel
    page = text_at(alice, "/insights/predictions/lead_conversion/")
    assert "Machines" in page
    assert "Reason they signed: is filled almost only where the answer is the same" in page
    assert "Signed by: too few past cases had a value at their time" in page
    assert "Seldom: too few past cases had a value at their time" in page
    assert "Whatever" not in page
    card = alice.get("/insights/predictions/lead_conversion/card/?as=text").content.decode()
    assert "- Left out: Reason they signed: is filled almost only" in card
    assert "Machines" in card
    assert taught.figures["shuffled_roc_auc"] == pytest.approx(0.5, abs=0.15)
    used = load(taught.pk).features
    assert MACHINES in used
    assert "own_reason_they_signed__choice" not in used
    assert "own_signed_by__choice" not in used


@pytest.mark.usefixtures("taught")
def test_the_command_names_own_fields_that_were_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    command, options = parsed(["train", "lead_conversion"])
    with acting_as(SYSTEM):
        assert command.run(options) == 0
    assert "left out Seldom: too few past cases had a value" in capsys.readouterr().out


def test_s1_a_change_of_an_own_field_gives_the_chance_anew(cast: Cast, taught: Estimator) -> None:
    few = _open("Few")
    before = few.chance_to_convert
    with cast.acting(cast.alice):
        few.change(own_machines=38)
    with acting_as(SYSTEM):
        assert catch_up_once()
    few.refresh_from_db()
    assert few.chance_to_convert > before + 30


def test_q5_who_may_not_see_an_own_field_sees_no_chance_that_rests_on_it(
    cast: Cast, alice: Client, taught: Estimator
) -> None:
    many = _open("Many")
    with cast.acting(cast.dora):
        FieldRule.create(role="seller", for_type="lead", field="own_machines", right="hidden")
    catch_up()
    assert LEADS.field in actor_for(cast.alice).hidden_fields
    assert LEADS.field not in actor_for(cast.dora).hidden_fields
    assert "Machines" not in text_at(alice, f"/leads/{many.pk}/")
    assert "Machines" not in alice.get(f"/leads/{many.pk}/panel/chance/").content.decode()
    assert "Machines: 36" in text_at(signed_in(cast.dora), f"/leads/{many.pk}/panel/chance/")
    with acting_as(SYSTEM):
        assert is_due(LEADS)
        assert MACHINES not in [one.name for one in offer_of(LEADS).own]
        learn(LEADS, names=FEW)
    again = Estimator._base_manager.order_by("-version").first()
    assert MACHINES not in [f"{one['key']}__{one['kind']}" for one in again.figures["own_fields"]["learned"]]


def test_q5_a_number_given_before_another_version_went_live_stays_hidden_with_what_it_rests_on(
    cast: Cast, alice: Client, taught: Estimator
) -> None:
    many = _open("Many")
    with cast.acting(cast.dora):
        FieldRule.create(role="seller", for_type="lead", field="own_machines", right="hidden")
    with acting_as(SYSTEM):
        plain = learn(LEADS, names=FEW)
        if plain.artefact:
            plain.promote(reason="For the trial")
    catch_up()
    assert Score.objects.get(record_id=many.pk).estimator_id == taught.pk
    assert "Machines" not in alice.get(f"/leads/{many.pk}/panel/chance/").content.decode()
    set_own_fields_of({})  # as if many versions had come since
    assert LEADS.field not in actor_for(cast.alice).hidden_fields
    assert "Chance to convert" not in text_at(alice, f"/leads/{many.pk}/panel/chance/")


def test_s1_a_removed_own_field_counts_as_missing_until_it_is_learned_anew(
    cast: Cast, alice: Client, taught: Estimator
) -> None:
    many, few = _open("Many"), _open("Few")
    with cast.acting(cast.dora):
        for field in OwnField.objects.filter(for_type="lead"):
            field.remove()
    catch_up()
    with acting_as(SYSTEM):
        score(LEADS)
        assert is_due(LEADS)
    for one in (many, few):
        one.refresh_from_db()
    assert many.chance_to_convert == few.chance_to_convert
    kept = dict(zip(load(taught.pk).features, Score.objects.get(record_id=many.pk).inputs, strict=True))
    assert kept[MACHINES] is None
    assert "Machines" in text_at(alice, "/insights/predictions/lead_conversion/")
    assert "Machines: 36" not in text_at(alice, f"/leads/{many.pk}/panel/chance/")
    with acting_as(SYSTEM):
        _learn_and_score(LEADS)
    newest = Estimator._base_manager.filter(prediction="lead_conversion").order_by("-version").first()
    assert newest.version > taught.version
    assert newest.figures["own_fields"]["offered"] == []


def test_s1_a_renamed_own_field_is_told_by_its_new_name(cast: Cast, alice: Client, taught: Estimator) -> None:
    with cast.acting(cast.dora):
        OwnField.objects.get(key="own_machines").change(label="Pumps in the plant")
    catch_up()
    assert "Pumps in the plant: 36" in text_at(alice, f"/leads/{_open('Many').pk}/panel/chance/")


def test_s1_a_case_knows_own_fields_as_they_were_on_its_day(cast: Cast, taught: Estimator) -> None:
    asked = LEADS.with_own(offer_of(LEADS).own)
    before = past_of(asked, as_of=now())
    with cast.acting(cast.alice), working(Work("lead.change", current_actor())) as work:
        change_many(Lead, {UUID(key): {"own_machines": "99"} for key in before.record_ids})
        work.write_event(Lead)
    after = past_of(asked, as_of=now())
    assert _by_record(before) == _by_record(after)
    columns = {column.name: column for column in after.columns}
    assert not columns[MACHINES].missing.any()
    assert columns[MACHINES].numbers.max() <= 40
    stops = columns["own_line_stops_on__date"].numbers
    assert 0 < stops.min() < stops.max() <= 200
    assert set(columns["own_budget_approved__boolean"].numbers) == {0.0, 1.0}
    assert set(columns[REGION].texts) == {"north", "south"}


def test_a_field_of_another_kind_is_not_the_one_that_was_learned_with(taught: Estimator) -> None:
    assert all(one.is_read == (one.name in load(taught.pk).features) for one in asked_by(LEADS, taught).own)
    OwnField._base_manager.filter(key="own_machines").update(kind="text")
    read = {one.name for one in asked_by(LEADS, taught).own if one.is_read}
    assert MACHINES not in read
    assert read


def _by_record(past: Past) -> dict[str, list]:
    told = zip(*(column.texts if column.numbers is None else column.numbers for column in past.columns), strict=True)
    return {key: [str(value) for value in values] for key, values in zip(past.record_ids, told, strict=True)}
