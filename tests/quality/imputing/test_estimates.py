"""An estimate is made, shown, accepted, refused or ended."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.directory.models import Organisation
from rapport.identity.models import Scope
from rapport.oversight.actions import Level
from rapport.oversight.models import AutonomyLevel, MachineRun, RunState, StopSwitch
from rapport.oversight.stopping import INSTANCE
from rapport.quality.imputing import deciding, keeping
from rapport.quality.imputing.keeping import estimate_all
from rapport.quality.imputing.measuring import Measured, measure
from rapport.quality.imputing.reading import seen_neighbours
from rapport.quality.models import Estimate, EstimateFigures, EstimateState
from tests.cast import Cast, seen_by
from tests.quality.imputing.estimates import Browser, of


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
