"""Machines in hand: proposals decided by key, a level chosen, the switch pulled during a run, a run rolled back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.beginnings import begin
from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.oversight.machine import Evidence, Grounds, acting_as_machine, propose
from rapport.oversight.models import AutonomyLevel, MachineRun, RunState
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.oversight.conftest import machine_actions  # noqa: F401 - a fixture


@dataclass(frozen=True)
class Desk:
    """A browser, the cast, and where the pages are."""

    sign_on: Callable[[User], Page]
    cast: Cast
    base: str

    def at(self, user: User, address: str) -> Page:
        """The page at this address, for this user, with its scripts ready."""
        page = self.sign_on(user)
        page.goto(f"{self.base}{address}")
        expect(page.locator("html")).to_have_attribute("data-js", "")
        page.wait_for_load_state("networkidle")
        return page


@pytest.fixture
def desk(sign_on: Callable[[User], Page], stage: Cast, live_server: LiveServer, machine_actions: None) -> Desk:  # noqa: F811
    """Alice's organisations, for each of which a machine proposes a country."""
    begin()
    with stage.acting(stage.alice):
        made = [Organisation.create(name=name, owner=stage.alice) for name in ("Acme", "Beta", "Gamma")]
    with acting_as_machine("quality.fill_empty", on_behalf_of=stage.alice) as run:
        for one in made:
            grounds = Grounds([Evidence(one, "name", (0, 4), one.name)], 0.96, "rules.country/1", "Its name is French.")
            propose(run, grounds, one.change, country="FR")
    return Desk(sign_on, stage, live_server.url)


def test_proposals_are_decided_by_key(desk: Desk) -> None:
    page = desk.at(desk.cast.alice, "/proposals/")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".proposal")).to_have_count(2)
    expect(page.locator(".proposal-decided")).to_contain_text("Acme")
    page.keyboard.press("r")
    expect(page.locator(".proposal")).to_have_count(1)
    expect(page.locator(".proposal-decided").last).to_contain_text("Beta")
    assert list(Organisation.objects.order_by("name").values_list("country", flat=True)) == ["FR", "", ""]
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone").first).to_be_visible()


def test_by_keys_a_person_answers_before_the_machine_is_shown(desk: Desk) -> None:
    with desk.cast.acting(desk.cast.charlie):
        deal = Opportunity.create(name="Pumps", owner=desk.cast.charlie)
    with acting_as_machine("quality.fill_empty", on_behalf_of=desk.cast.charlie) as run:
        propose(run, Grounds(why="The buyer wrote so."), deal.change, expected_close=date(2031, 7, 14))
    page = desk.at(desk.cast.charlie, "/proposals/")
    expect(page.get_by_text("The buyer wrote so.")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.get_by_label("Expected close").fill("2031-03-01")
    expect(page.get_by_text("The buyer wrote so.")).to_have_count(0)
    page.get_by_role("button", name="Answer, then show the proposal").click()
    expect(page.get_by_text("The buyer wrote so.")).to_be_visible()
    expect(page.get_by_text("You answered:")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".proposal-decided")).to_contain_text("Pumps")
    deal.refresh_from_db()
    assert deal.expected_close == date(2031, 7, 14)


def test_an_administrator_chooses_a_level(desk: Desk) -> None:
    page = desk.at(desk.cast.dora, "/ai-control/")
    page.get_by_role("row", name="Fill an empty field").get_by_role("link", name="Choose a level").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Level").select_option("3")
    dialog.get_by_label("Reason").fill("It does well.")
    dialog.get_by_role("button", name="Choose").click()
    expect(dialog).to_contain_text("So far: 0 reviewed")
    dialog.get_by_label("Level").select_option("0")
    dialog.get_by_role("button", name="Choose").click()
    expect(page.get_by_role("row", name="Fill an empty field")).to_contain_text("0 · off")
    assert AutonomyLevel.objects.get().level == 0


def test_the_switch_stops_a_run_that_goes_on(desk: Desk) -> None:
    over = threading.Event()
    runner = threading.Thread(target=_run_on, args=(over,))
    runner.start()
    try:
        page = desk.at(desk.cast.bob, "/ai-control/")
        page.get_by_role("button", name="Stop all machines").click()
        expect(page.get_by_text("All machines are stopped")).to_be_visible()
        runner.join(5)
        assert not runner.is_alive()
    finally:
        over.set()
        runner.join()
    assert MachineRun.objects.get(action="test.act").state == RunState.STOPPED
    desk.at(desk.cast.alice, "/proposals/")
    expect(page.get_by_text("Machines are stopped").first).to_be_visible()
    page = desk.at(desk.cast.dora, "/ai-control/")
    page.get_by_label("Why machines may go on").fill("Mended.")
    page.get_by_role("button", name="Let machines go on").click()
    expect(page.get_by_role("button", name="Stop all machines")).to_be_visible()


def _run_on(over: threading.Event) -> None:
    with acting_as_machine("test.act", cap=100_000):
        while not over.wait(0.02):
            Organisation.objects.filter(name="Gamma").get().change(industry="Steel")
    connection.close()


def test_a_run_is_rolled_back_by_one_click(desk: Desk) -> None:
    with acting_as_machine("test.act_with_undo", cap=8) as run:
        for number in range(12_000):
            Organisation.create(name=f"Wrong {number}")
    assert Organisation.objects.count() == 11
    page = desk.at(desk.cast.dora, "/ai-control/runs/")
    page.get_by_role("link", name="test.act_with_undo").click()
    page.get_by_role("button", name="Undo the whole run").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("8 things were undone.").first).to_be_visible()
    assert (Organisation.objects.count(), MachineRun.objects.get(pk=run.record.pk).state) == (3, RunState.UNDONE)
