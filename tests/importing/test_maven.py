"""The four files of a hardware seller go in with their dirt; each of the 8,800 opportunities is accounted for."""

from pathlib import Path

import pytest

from rapport.directory.models import Organisation
from rapport.identity.models import Team, User
from rapport.insights.forecasting.standing_then import keep_standings_then
from rapport.insights.forecasting.volume import foretell
from rapport.insights.models import VolumeForecast
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import report_of
from rapport.integrations.models import ExternalLink, Import
from rapport.pipeline.models import Opportunity, Stage

from .conftest import checked, imported, outcomes
from .test_hostile_files import DATA

FOLDER = DATA.parent / "maven_crm_opportunities"
NAMES = ("accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("as_system", "sales_cycle"),
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="the Maven files aren't here; set RAPPORT_DATA to the folder that holds them"
    ),
]


def maven() -> dict[str, str | bytes]:
    return {name: Path(FOLDER / name).read_bytes() for name in NAMES}


def test_every_file_is_recognised_and_mapped() -> None:
    files = {file.name: file for file in checked(maven()).files.all()}
    assert {name: file.record_type for name, file in files.items()} == {
        "accounts.csv": "organisation",
        "products.csv": "product",
        "sales_teams.csv": "user",
        "sales_pipeline.csv": "opportunity",
    }
    assert files["sales_pipeline.csv"].mapping == {
        "opportunity_id": "external_id",
        "sales_agent": "owner",
        "product": "product",
        "account": "organisation",
        "deal_stage": "stage",
        "engage_date": "opened_on",
        "close_date": "expected_close",
        "close_value": "amount",
    }


def test_each_row_is_accounted_for_and_nothing_is_lost() -> None:
    subject = imported(maven())
    assert outcomes(subject) == {
        "accounts.csv": (85, 0, 0, 0, 0),
        "products.csv": (7, 0, 0, 0, 0),
        "sales_teams.csv": (35, 0, 0, 0, 0),
        "sales_pipeline.csv": (8800, 0, 0, 0, 0),
    }
    assert Opportunity.objects.count() == ExternalLink.objects.filter(record_type="opportunity").count() == 8800
    assert Opportunity.objects.filter(organisation=None, status="open").count() == 1425
    assert Opportunity.objects.filter(product__name="GTX Pro").count() == 1480
    assert {status: Opportunity.objects.filter(status=status).count() for status in ("won", "lost", "open")} == {
        "won": 4238,
        "lost": 2473,
        "open": 2089,
    }


def test_nothing_is_guessed_silently() -> None:
    report = report_of(imported(maven()))
    interpretations = {(note.field, note.value): (note.taken_as, note.rows) for note in report.interpretations}
    assert interpretations["product", "GTXPro"] == ("GTX Pro", 1480)
    offers = {(note.field, note.value): note.rows for note in report.created_by_offer}
    assert offers["industry", "technolgy"] == 12
    assert offers["stage", "Engaging"] == 1589
    countries = {note.value: note.rows for note in report.kept_aside if note.field == "country"}
    assert countries == {"Philipines": 1, "Korea": 1}
    bioholding = Organisation.objects.get(name="Bioholding")
    assert bioholding.country == ""
    assert ExternalLink.objects.get(record_id=bioholding.pk).extra == {"Country": "Philipines"}


@pytest.mark.slow
def test_undo_after_a_night_leaves_nothing_and_the_files_go_in_again() -> None:
    subject = imported(maven())
    keep_standings_then()
    foretell()
    assert VolumeForecast.objects.exclude(team=None).exists()
    jobs.undo_now(subject)
    counts = [model.objects.count() for model in (Opportunity, Organisation, User, Team, Stage)]
    assert counts == [0, 0, 0, 0, 6]
    assert sum(count[0] for count in outcomes(imported(maven())).values()) == 8927
    assert Import.objects.count() == 2


@pytest.mark.slow
def test_the_files_again_change_nothing() -> None:
    imported(maven())
    assert {count[2] for count in outcomes(imported(maven())).values()} == {85, 7, 35, 8800}
