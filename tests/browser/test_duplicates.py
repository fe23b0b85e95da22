"""Looking duplicates through with the keyboard, and taking a merger apart again (Q4)."""

from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation, Person
from rapport.identity.models import User
from rapport.quality.duplicates.running import ask_for_search, run
from tests.cast import Cast


def test_q4_two_are_merged_by_key_and_taken_apart_again(
    sign_on: Callable[[User], Page], stage: Cast, live_server: LiveServer
) -> None:
    with acting_as(SYSTEM):
        facts = {"website": "https://acme.example", "vat_number": "FR40303265045"}
        acme = Organisation.create(name="Acme SAS", industry="Steel", **facts)
        twin = Organisation.create(name="ACME", industry="Metal", **facts)
        zoe = Person.create(last_name="Laurent", organisation=twin)
        run(ask_for_search("organisation"))
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/quality/duplicates/organisation/")
    page.get_by_role("link", name="Acme SAS · ACME").click()
    expect(page.locator('[data-review="2"]')).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-js", "")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("2")
    expect(page.locator('[data-review="2"]')).to_be_checked()
    page.keyboard.press("1")
    page.get_by_role("radio", name="Metal").check()
    page.locator("h1").click()
    page.keyboard.press("m")
    expect(page.get_by_text("Nothing stands twice")).to_be_visible()
    acme.refresh_from_db()
    zoe.refresh_from_db()
    assert (acme.industry, zoe.organisation_id) == ("Metal", acme.pk)
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_text("Undone").first).to_be_visible()
    acme.refresh_from_db()
    zoe.refresh_from_db()
    assert (acme.industry, zoe.organisation_id) == ("Steel", twin.pk)
    asked = urlencode([("record", acme.pk), ("record", twin.pk)])
    page.goto(f"{live_server.url}/quality/duplicates/organisation/compare/?{asked}")
    expect(page.get_by_role("button", name="Merge")).to_be_visible()
