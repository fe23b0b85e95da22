"""Leads in a real browser: who is known already is told while typing; converting proposes them, all by key (Q4)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rapport.core.beginnings import begin
from rapport.directory.models import Organisation, Person
from rapport.identity.models import User
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from tests.cast import Cast

SignOn = Callable[[User], Page]
MAIL = "petra.vogel@acme.example"


@pytest.fixture
def petra(stage: Cast) -> Person:
    begin()
    with stage.acting(stage.alice):
        acme = Organisation.create(name="Acme Steel", owner=stage.alice)
        emails = [{"kind": "work", "value": MAIL}]
        return Person.create(first_name="Petra", last_name="Vogel", emails=emails, organisation=acme, owner=stage.alice)


def test_q4_typing_a_lead_tells_who_is_known_and_a_key_leads_there(
    live_server: Any, stage: Cast, sign_on: SignOn, petra: Person
) -> None:
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/leads/new/")
    page.get_by_label("Last name").fill("Vogel")
    page.get_by_label("First name").fill("Petra")
    page.locator('input[name="emails__value"]').first.press_sequentially(MAIL)
    known = page.locator("#look-alikes").get_by_role("link", name="Petra Vogel")
    expect(known).to_be_visible()
    page.keyboard.press("Alt+1")
    expect(page).to_have_url(f"{live_server.url}/people/{petra.pk}/")
    assert not Lead.objects.exists()


def test_q4_converting_proposes_who_is_known_and_is_done_by_key(
    live_server: Any, stage: Cast, sign_on: SignOn, petra: Person
) -> None:
    with stage.acting(stage.alice):
        emails = [{"kind": "work", "value": MAIL}]
        lead = Lead.create(last_name="Vogel", organisation_name="Acme Steel", emails=emails, owner=stage.alice)
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/leads/{lead.pk}/")
    expect(page.locator("html")).to_have_attribute("data-js", "")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Convert").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Person")).to_have_value("Petra Vogel")
    expect(dialog.get_by_text("same e-mail address").first).to_be_visible()
    dialog.get_by_label("Name of the opportunity").fill("Pumps")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pumps").first).to_be_visible()
    made = Opportunity.objects.get()
    assert (made.person_id, made.organisation_id) == (petra.pk, petra.organisation_id)
    assert Person.objects.count() == 1
