"""Missing values are estimated from similar records, called estimates, and become values only when accepted."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from rapport.cli.commands import export
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import ApiToken, FieldRule, Scope, User
from rapport.oversight.actions import Level
from rapport.oversight.models import AutonomyLevel, MachineRun, RunState, StopSwitch
from rapport.oversight.stopping import INSTANCE
from rapport.quality.findings.full import run_in_full
from rapport.quality.imputing import deciding, keeping
from rapport.quality.imputing.keeping import estimate_all
from rapport.quality.imputing.measuring import Measured, measure
from rapport.quality.imputing.neighbours import Guesser, Way
from rapport.quality.imputing.reading import seen_neighbours
from rapport.quality.models import Estimate, EstimateFigures, EstimateState, Finding
from tests.cast import Cast, make_cast, seen_by
from tests.importing.test_command_line import command

TRADES = {"Foods": "Food", "Logistics": "Logistics", "Clinic": "Healthcare", "Steel": "Manufacturing"}
Browser = Callable[[User], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def signed_in() -> Browser:
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def unknown(cast: Cast) -> Iterator[Organisation]:
    """Of four dozen organisations, whose names tell their industry, one whose industry nobody knows; estimated."""
    dice = random.Random(5)
    with cast.acting(cast.alice):
        for number in range(48):
            trade = sorted(TRADES)[number % 4]
            Organisation.create(
                owner=cast.alice, name=f"{number} {trade}", industry=TRADES[trade], country=dice.choice(["PT", "FR"])
            )
        record = Organisation.create(owner=cast.alice, name="Northmere Steel", country="PT")
    estimate_all()
    return record


def of(record: Organisation, field: str = "industry") -> Estimate:
    return Estimate.objects.get(record_id=record.pk, field=field)


def test_q6_a_missing_value_is_estimated_with_method_neighbours_confidence_and_date(unknown: Organisation) -> None:
    found = of(unknown)
    assert found.value == "Manufacturing"
    assert found.confidence >= 0.7
    assert found.method
    assert found.expires_at > found.made_at
    names = Organisation.objects.filter(pk__in=[one["id"] for one in found.neighbours]).values_list("name", flat=True)
    assert names
    assert all(name.endswith("Steel") for name in names)
    assert MachineRun.objects.filter(action="quality.impute").exists()


def test_the_record_stays_empty_for_filters_exports_and_lists_of_values(unknown: Organisation) -> None:
    unknown.refresh_from_db()
    assert unknown.industry == ""
    assert unknown not in Organisation.objects.filter(industry="Manufacturing")


def test_pages_say_that_it_is_estimated(unknown: Organisation, cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.alice)
    page = browser.get(f"/organisations/{unknown.pk}/").content.decode()
    assert "fact-estimated" in page
    assert "estimated, " in page
    told = browser.get(f"/estimates/{of(unknown).pk}/").content.decode()
    assert "is an estimate, no fact" in told
    rows = browser.get("/organisations/?cols=industry").content.decode()
    assert 'class="estimate"' in rows


def test_accepted_it_is_a_value_that_says_where_it_comes_from(
    unknown: Organisation, cast: Cast, signed_in: Browser
) -> None:
    estimate = of(unknown)
    answer = signed_in(cast.alice).post(f"/estimates/{estimate.pk}/accept/")
    assert answer.status_code == 302
    unknown.refresh_from_db()
    estimate.refresh_from_db()
    assert (unknown.industry, estimate.state) == ("Manufacturing", EstimateState.ACCEPTED)
    event = Event.objects.order_by("-pk")[0]
    assert (event.source, event.actor_name) == (deciding.SOURCE, "Alice Almeida")
    assert "fact-estimated" not in signed_in(cast.alice).get(f"/organisations/{unknown.pk}/").content.decode()


def test_refused_it_does_not_come_back(unknown: Organisation, cast: Cast, signed_in: Browser) -> None:
    estimate = of(unknown)
    signed_in(cast.alice).post(f"/estimates/{estimate.pk}/refuse/")
    estimate_all()
    assert of(unknown).state == EstimateState.REFUSED
    assert "fact-estimated" not in signed_in(cast.alice).get(f"/organisations/{unknown.pk}/").content.decode()


def test_neighbours_that_somebody_may_not_see_are_not_named(unknown: Organisation, cast: Cast) -> None:
    seen_by("organisation", Scope.OWNER)
    with cast.acting(cast.alice) as alice:
        assert seen_neighbours(of(unknown), alice)
    with cast.acting(cast.charlie) as charlie:
        assert seen_neighbours(of(unknown), charlie) == []


def test_whoever_does_not_see_the_record_meets_no_estimate(
    unknown: Organisation, cast: Cast, signed_in: Browser
) -> None:
    seen_by("organisation", Scope.OWNER)
    stranger = signed_in(cast.charlie)
    assert stranger.get(f"/estimates/{of(unknown).pk}/").status_code == 404
    assert stranger.post(f"/estimates/{of(unknown).pk}/accept/").status_code == 404
    unknown.refresh_from_db()
    assert unknown.industry == ""


def test_figures_are_shown_by_field_and_what_cannot_be_guessed_is_left_alone(
    unknown: Organisation, cast: Cast, signed_in: Browser
) -> None:
    known = EstimateFigures.objects.get(record_type="organisation", field="industry")
    assert known.right_when_shown > known.most_frequent
    left_alone = EstimateFigures.objects.get(record_type="organisation", field="country")
    assert left_alone.abstains_because
    assert not Estimate.objects.filter(field="country").exists()
    assert "Left alone" in signed_in(cast.dora).get("/settings/estimates/").content.decode()


def test_a_value_typed_meanwhile_ends_the_estimate(unknown: Organisation, cast: Cast, signed_in: Browser) -> None:
    with acting_as(SYSTEM):
        unknown.change(industry="Food")
    assert signed_in(cast.alice).post(f"/estimates/{of(unknown).pk}/accept/").status_code == 404
    unknown.refresh_from_db()
    assert unknown.industry == "Food"


def test_noise_is_abstained_from() -> None:
    dice = random.Random(1)
    described = [[f"word={dice.randrange(30)}", f"country={dice.randrange(5)}"] for _row in range(300)]
    found = measure(described, [dice.choice("ABC") for _row in range(300)])
    assert found.figures.abstains
    assert measure(described[:5], ["A"] * 5).figures.reason == "few"


def test_numbers_are_guessed_within_a_factor_of_two() -> None:
    sizes = {"kiosk": 3.0, "plant": 400.0}
    described = [[f"name={kind}"] for kind in sizes] * 30
    found = measure(described, [sizes[words[0].removeprefix("name=")] for words in described])
    assert found.figures.right == 1
    assert found.figures.most_frequent < 0.6
    guess = Guesser(described, [400.0 if "plant" in words[0] else 3.0 for words in described]).guess([["name=plant"]])
    assert guess[0] is not None
    assert guess[0][Way.VOTE].value == 400
    assert json.dumps(guess[0][Way.VOTE].value)


def test_the_single_nearest_record_is_asked_where_it_knows_better_than_a_vote() -> None:
    dice = random.Random(2)
    bases = [[f"{place}={dice.randrange(3)}" for place in range(20)] for _pair in range(150)]
    alike = [[*base[:19], f"19={half}"] for base in bases for half in range(2)]
    found = measure(alike, [letter for _base in bases for letter in [dice.choice("ABCDEF")] * 2])
    assert found.way is Way.SINGLE
    assert found.figures.right == found.figures.single_nearest > found.figures.most_frequent


def _told(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content
    return answer.getvalue().decode()


def test_files_of_lists_and_of_everything_leave_estimates_out(
    unknown: Organisation, cast: Cast, signed_in: Browser, tmp_path: Path
) -> None:
    rows = csv.reader(io.StringIO(_told(signed_in(cast.dora), "/organisations/export.csv?cols=industry")))
    assert ["Northmere Steel", ""] in [row[:2] for row in rows]
    assert command(export, "organisation", str(tmp_path / "all.csv")) == 0
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["industry"] for row in csv.DictReader(stream) if row["name"] == "Northmere Steel"] == [""]


def test_q6_a_file_tells_estimates_in_columns_of_their_own_when_asked(
    unknown: Organisation, cast: Cast, signed_in: Browser
) -> None:
    browser = signed_in(cast.dora)
    assert "estimates=1" in _told(browser, "/organisations/?cols=industry")
    assert "estimates=1" not in _told(browser, "/organisations/?cols=website")
    rows = list(csv.reader(io.StringIO(_told(browser, "/organisations/export.csv?cols=industry&estimates=1"))))
    assert rows[0][1:] == ["Industry", "Industry: estimated", "Industry: how sure"]
    [told] = [row for row in rows if row[0] == "Northmere Steel"]
    assert told[1:3] == ["", "Manufacturing"]
    assert 0.7 <= float(told[3]) <= 1
    assert all(row[2:] == ["", ""] for row in rows[1:] if row[1])


def test_the_api_leaves_estimates_out(unknown: Organisation, cast: Cast) -> None:
    with acting_as(actor_for(cast.dora)):
        key = ApiToken.issue(name="Program", scopes=("*",)).key
    program = Client(headers={"Authorization": f"Bearer {key}"})
    assert not json.loads(_told(program, f"/api/v1/organisations/{unknown.pk}"))["industry"]
    found = json.loads(_told(program, "/api/v1/organisations?filter=industry:is:Manufacturing&limit=200"))
    assert len(found["items"]) == 12
    assert str(unknown.pk) not in {one["id"] for one in found["items"]}


def test_q6_the_api_tells_estimates_apart_from_the_record_when_asked(unknown: Organisation, cast: Cast) -> None:
    with acting_as(actor_for(cast.alice)):
        key = ApiToken.issue(name="Program", scopes=("*",)).key
    program = Client(headers={"Authorization": f"Bearer {key}"})
    [told] = json.loads(_told(program, f"/api/v1/organisations/{unknown.pk}/estimates"))["items"]
    assert (told["field"], told["value"], told["confidence"] > 0.7) == ("industry", "Manufacturing", True)
    assert {"method", "neighbours", "made_at", "expires_at"} < told.keys()
    assert program.get(f"/api/v1/opportunities/{unknown.pk}/estimates").status_code == 404
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="organisation", field="industry", right="hidden")
    assert not json.loads(_told(program, f"/api/v1/organisations/{unknown.pk}/estimates"))["items"]


def test_filters_counts_and_offered_values_leave_estimates_out(
    unknown: Organisation, cast: Cast, signed_in: Browser
) -> None:
    browser = signed_in(cast.alice)
    assert "Northmere Steel" not in _told(browser, "/organisations/?f=industry:is:Manufacturing")
    assert "Northmere Steel" in _told(browser, "/organisations/?f=industry:none")
    listing = browser.get("/organisations/?f=industry:is:Manufacturing").context["page"]
    assert len(listing.rows) == 12


def test_the_completeness_of_records_counts_an_estimate_as_missing(unknown: Organisation) -> None:
    run_in_full()
    about = Finding.objects.filter(record_id=unknown.pk, field="industry")
    assert about.exists()


def test_off_the_job_estimates_nothing_and_shows_nothing_more(unknown: Organisation, cast: Cast) -> None:
    with cast.acting(cast.dora):
        AutonomyLevel.choose(action="quality.impute", level=Level.OFF, reason="We want none.")
    estimate_all()
    assert not Estimate.objects.exists()


@pytest.fixture
def released(db: None) -> Iterator[None]:
    """The switch as it was: the test's end checks as a commit does."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_stopswitch SET is_pulled = false")


@pytest.mark.usefixtures("released")
def test_the_switch_ends_the_job_before_it_begins_and_while_it_computes(
    unknown: Organisation, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [(one.pk, one.made_at) for one in Estimate.objects.all()]

    def pulled_meanwhile(described: Any, values: Any) -> Measured:
        with cast.acting(cast.bob):
            StopSwitch.pull(key=INSTANCE, reason="It went wrong.")
        return measure(described, values)

    monkeypatch.setattr(keeping, "measure", pulled_meanwhile)
    estimate_all()
    assert MachineRun.objects.latest("started_at").state == RunState.STOPPED
    assert [(one.pk, one.made_at) for one in Estimate.objects.all()] == before
    runs = MachineRun.objects.count()
    estimate_all()
    assert MachineRun.objects.count() == runs
