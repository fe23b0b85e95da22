"""Working on a record: a fact edited in place and taken back, quick create from anywhere, adding to the timeline."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation, Person
from rapport.identity.models import User
from rapport.pipeline.models import Opportunity
from rapport.pipeline.setup import ensure_default_pipeline
from rapport.web.places import record_address
from tests.cast import Cast


@dataclass(frozen=True)
class Desk:
    """Alice's browser at the page of Acme, which has a deal."""

    page: Page
    acme: Organisation
    deal: Opportunity
    base: str

    def open(self, address: str) -> None:
        """Goes to a page and waits until its scripts are ready."""
        self.page.goto(f"{self.base}{address}")
        expect(self.page.locator("html")).to_have_attribute("data-js", "")
        self.page.wait_for_load_state("networkidle")


@pytest.fixture
def desk(sign_on: Callable[[User], Page], stage: Cast, live_server: LiveServer) -> Desk:
    """Acme's page, open for Alice."""
    with acting_as(SYSTEM):
        ensure_default_pipeline()
    with stage.acting(stage.alice):
        acme = Organisation.create(name="Acme Steel", industry="Steel", owner=stage.alice)
        deal = Opportunity.create(name="Second press", organisation=acme, owner=stage.alice, currency="EUR")
    desk = Desk(sign_on(stage.alice), acme, deal, live_server.url)
    desk.open(record_address("organisation", acme.pk))
    return desk


def test_a_fact_is_edited_in_place_by_keyboard_and_taken_back(desk: Desk) -> None:
    page = desk.page
    page.locator("#fact-industry a.fact-value").focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name="Industry")
    expect(field).to_be_focused()
    field.fill("Machine tools")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-industry")).to_contain_text("Machine tools")
    expect(page.locator("#record-head")).to_contain_text("Machine tools")
    page.get_by_role("button", name="Undo").last.click()
    expect(page.locator("#fact-industry")).to_contain_text("Steel")


def test_escape_gives_an_edit_up(desk: Desk) -> None:
    page = desk.page
    page.locator("#fact-industry a.fact-value").click()
    page.get_by_role("combobox", name="Industry").fill("Nonsense")
    page.keyboard.press("Escape")
    expect(page.locator("#fact-industry")).to_contain_text("Steel")
    expect(page.locator("#fact-industry form")).to_have_count(0)


def test_a_wrong_value_stays_in_place_with_a_reason(desk: Desk) -> None:
    page = desk.page
    page.get_by_text("more fields, still empty").click()
    page.locator("#fact-website a.fact-value").click()
    page.locator("#fact-website input[name=website]").fill("nowhere")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-website")).to_contain_text("is not a web address")
    expect(page.locator("#fact-website input[name=website]")).to_have_value("nowhere")


def test_a_link_is_chosen_while_typing(desk: Desk, stage: Cast) -> None:
    with stage.acting(stage.alice):
        Organisation.create(name="Élan Group")
    page = desk.page
    page.get_by_text("more fields, still empty").click()
    page.locator("#fact-parent a.fact-value").click()
    page.get_by_role("combobox", name="Part of").press_sequentially("elan", delay=30)
    page.get_by_role("option", name="Élan Group").click()
    page.locator("#fact-parent").get_by_role("button", name="Save").click()
    expect(page.locator("#fact-parent").get_by_role("link", name="Élan Group")).to_be_visible()


def test_c_creates_from_anywhere_and_returns(desk: Desk) -> None:
    page = desk.page
    page.keyboard.press("c")
    page.get_by_role("menuitem", name="Person").click()
    dialog = page.get_by_role("dialog", name="New: Person")
    dialog.get_by_label("First name").fill("Petra")
    dialog.get_by_label("Last name").fill("Vogel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Petra Vogel")).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Petra Vogel")
    assert Person.objects.filter(last_name="Vogel").exists()


def test_what_was_typed_into_a_dialog_is_not_lost_by_a_slip(desk: Desk) -> None:
    page = desk.page
    page.keyboard.press("c")
    page.get_by_role("menuitem", name="Person").click()
    dialog = page.get_by_role("dialog", name="New: Person")
    question = page.get_by_role("dialog", name="What you typed is not saved yet")
    dialog.get_by_label("First name").fill("Petra")
    for slip in (lambda: page.keyboard.press("Escape"), lambda: dialog.get_by_role("button", name="Close").click()):
        slip()
        question.get_by_role("button", name="Cancel").click()
        expect(dialog.get_by_label("First name")).to_have_value("Petra")
    page.keyboard.press("Escape")
    question.get_by_role("button", name="Close without saving").click()
    expect(dialog).to_be_hidden()


def test_a_dialog_without_anything_typed_and_cancel_close_at_once(desk: Desk) -> None:
    page = desk.page
    dialog = page.get_by_role("dialog", name="New: Person")
    for close in (lambda: page.keyboard.press("Escape"), lambda: _type_and_cancel(dialog)):
        page.keyboard.press("c")
        page.get_by_role("menuitem", name="Person").click()
        expect(dialog).to_be_visible()
        close()
        expect(dialog).to_be_hidden()


def _type_and_cancel(dialog: Locator) -> None:
    dialog.get_by_label("First name").fill("Petra")
    dialog.get_by_role("button", name="Cancel").click()


def test_leaving_a_page_with_something_typed_is_asked_about(desk: Desk) -> None:
    page = desk.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#composer textarea").fill("They want it before the fair")
    page.get_by_role("link", name="People", exact=True).first.click()
    expect(page).to_have_url(re.compile("/people/"))
    assert asked == ["beforeunload"]


def test_what_was_sent_or_given_up_is_not_asked_about(desk: Desk) -> None:
    page = desk.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.open("/people/new/")
    page.get_by_label("First name").fill("Petra")
    page.locator("form.form").get_by_role("link", name="Cancel").click()
    expect(page).not_to_have_url(re.compile("/new/"))
    desk.open("/people/new/")
    page.get_by_label("Last name").fill("Vogel")
    page.locator("form.form").get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("heading", name="Vogel")).to_be_visible()
    assert asked == []


def test_one_that_exists_already_is_pointed_out_while_typing(desk: Desk) -> None:
    page = desk.page
    page.keyboard.press("c")
    page.get_by_role("menuitem", name="Organisation").click()
    dialog = page.get_by_role("dialog", name="New: Organisation")
    dialog.get_by_label("Name").press_sequentially("Acme Stel", delay=20)
    expect(dialog.get_by_role("link", name="Acme Steel")).to_be_visible()


def test_a_panel_adds_what_belongs_to_the_record(desk: Desk) -> None:
    page = desk.page
    page.locator("#panel-people").get_by_role("link", name="Add: People").click()
    dialog = page.get_by_role("dialog", name="New: Person")
    expect(dialog.get_by_role("combobox", name="Organisation")).to_have_value("Acme Steel")
    dialog.get_by_label("Last name").fill("Krämer")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-people")).to_contain_text("Krämer")
    expect(page.get_by_role("heading", name="Acme Steel")).to_be_visible()


def test_a_note_appears_on_the_timeline_at_once(desk: Desk) -> None:
    page = desk.page
    page.locator("#composer textarea").fill("They want it before the fair")
    page.locator("#composer").get_by_role("button", name="Save").click()
    expect(page.locator("#timeline")).to_contain_text("They want it before the fair")
    expect(page.locator("#composer textarea")).to_have_value("")
    page.locator("#composer").get_by_role("link", name="Task").click()
    page.locator("#composer").get_by_label("What to do").fill("Send dates")
    page.keyboard.press("Enter")
    expect(page.locator("#timeline")).to_contain_text("Send dates")


def test_a_stage_asks_for_what_it_needs_in_a_dialog(desk: Desk) -> None:
    desk.open(record_address("opportunity", desk.deal.pk))
    page = desk.page
    page.get_by_role("button", name="Proposal").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("needs:")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Lose").click()
    dialog.get_by_label("Reason for losing").fill("Price")
    dialog.get_by_role("button", name="Lose", exact=True).click()
    expect(page.locator("#record-head")).to_contain_text("Lost")


def test_on_a_phone_tabs_choose_the_column(desk: Desk) -> None:
    page = desk.page
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#composer")).to_be_visible()
    expect(page.locator("#fact-industry")).to_be_hidden()
    page.get_by_role("link", name="Facts", exact=True).click()
    expect(page.locator("#fact-industry")).to_be_visible()
    expect(page.locator("#composer")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
