"""Estimates count as missing: filters, files, the API and counts leave them out, or tell them apart when asked."""

import csv
import io
import json
from pathlib import Path

from django.test import Client

from rapport.cli.commands import export
from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import ApiToken, FieldRule
from rapport.quality.findings.full import run_in_full
from rapport.quality.models import Finding
from tests.cast import Cast
from tests.importing.test_command_line import command
from tests.quality.imputing.estimates import Browser, shown


def test_the_record_stays_empty_for_filters_exports_and_lists_of_values(unknown: Organisation) -> None:
    unknown.refresh_from_db()
    assert unknown.industry == ""
    assert unknown not in Organisation.objects.filter(industry="Manufacturing")


def test_files_of_lists_and_of_everything_leave_estimates_out(
    unknown: Organisation, cast: Cast, signed_in: Browser, tmp_path: Path
) -> None:
    rows = csv.reader(io.StringIO(shown(signed_in(cast.dora), "/organisations/export.csv?cols=industry")))
    assert ["Northmere Steel", ""] in [row[:2] for row in rows]
    assert command(export, "organisation", str(tmp_path / "all.csv")) == 0
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["industry"] for row in csv.DictReader(stream) if row["name"] == "Northmere Steel"] == [""]


def test_q6_a_file_tells_estimates_in_columns_of_their_own_when_asked(
    unknown: Organisation, cast: Cast, signed_in: Browser
) -> None:
    browser = signed_in(cast.dora)
    assert "estimates=1" in shown(browser, "/organisations/?cols=industry")
    assert "estimates=1" not in shown(browser, "/organisations/?cols=website")
    rows = list(csv.reader(io.StringIO(shown(browser, "/organisations/export.csv?cols=industry&estimates=1"))))
    assert rows[0][1:] == ["Industry", "Industry: estimated", "Industry: how sure"]
    [told] = [row for row in rows if row[0] == "Northmere Steel"]
    assert told[1:3] == ["", "Manufacturing"]
    assert 0.7 <= float(told[3]) <= 1
    assert all(row[2:] == ["", ""] for row in rows[1:] if row[1])


def test_the_api_leaves_estimates_out(unknown: Organisation, cast: Cast) -> None:
    with acting_as(actor_for(cast.dora)):
        key = ApiToken.issue(name="Program", scopes=("*",)).key
    program = Client(headers={"Authorization": f"Bearer {key}"})
    assert not json.loads(shown(program, f"/api/v1/organisations/{unknown.pk}"))["industry"]
    found = json.loads(shown(program, "/api/v1/organisations?filter=industry:is:Manufacturing&limit=200"))
    assert len(found["items"]) == 12
    assert str(unknown.pk) not in {one["id"] for one in found["items"]}


def test_q6_the_api_tells_estimates_apart_from_the_record_when_asked(unknown: Organisation, cast: Cast) -> None:
    with acting_as(actor_for(cast.alice)):
        key = ApiToken.issue(name="Program", scopes=("*",)).key
    program = Client(headers={"Authorization": f"Bearer {key}"})
    [told] = json.loads(shown(program, f"/api/v1/organisations/{unknown.pk}/estimates"))["items"]
    assert (told["field"], told["value"], told["confidence"] > 0.7) == ("industry", "Manufacturing", True)
    assert {"method", "neighbours", "made_at", "expires_at"} < told.keys()
    assert program.get(f"/api/v1/opportunities/{unknown.pk}/estimates").status_code == 404
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="organisation", field="industry", right="hidden")
    assert not json.loads(shown(program, f"/api/v1/organisations/{unknown.pk}/estimates"))["items"]


def test_filters_counts_and_offered_values_leave_estimates_out(
    unknown: Organisation, cast: Cast, signed_in: Browser
) -> None:
    browser = signed_in(cast.alice)
    assert "Northmere Steel" not in shown(browser, "/organisations/?f=industry:is:Manufacturing")
    assert "Northmere Steel" in shown(browser, "/organisations/?f=industry:none")
    listing = browser.get("/organisations/?f=industry:is:Manufacturing").context["page"]
    assert len(listing.rows) == 12


def test_the_completeness_of_records_counts_an_estimate_as_missing(unknown: Organisation) -> None:
    run_in_full()
    about = Finding.objects.filter(record_id=unknown.pk, field="industry")
    assert about.exists()
