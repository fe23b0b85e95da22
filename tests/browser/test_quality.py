"""Data quality in a real browser: a slip is corrected by one key while typing; the board leads to the record."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from rapport.directory.models import Person
from rapport.identity.models import User
from tests.cast import Cast
from tests.jobs import do_jobs

SignOn = Callable[[User], Page]


def test_q2_a_wrong_e_mail_is_corrected_by_one_key_while_typing(live_server: Any, stage: Cast, sign_on: SignOn) -> None:
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/people/new/")
    page.get_by_label("Last name").fill("Bell")
    mail = page.locator('input[name="emails__value"]').first
    mail.press_sequentially("ann@gmial.com")
    expect(page.get_by_text("gmial.com looks like a slip of gmail.com")).to_be_visible()
    mail.press("Alt+Enter")
    expect(mail).to_have_value("ann@gmail.com")
    expect(page.get_by_text("looks like a slip")).to_have_count(0)
    page.locator(".button-primary", has_text="Create").click()
    expect(page.get_by_role("heading", name="Bell").first).to_be_visible()
    assert Person.objects.get().email == "ann@gmail.com"


def test_a_doubtful_value_is_saved_all_the_same(live_server: Any, stage: Cast, sign_on: SignOn) -> None:
    with stage.acting(stage.alice):
        person = Person.create(last_name="Bell", owner=stage.alice)
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/people/{person.pk}/edit/last_name/")
    name = page.get_by_label("Last name")
    name.fill("BELL")
    expect(page.get_by_text("It is written in capitals only.")).to_be_visible()
    name.press("Enter")
    expect(page.get_by_role("heading", name="BELL").first).to_be_visible()


def test_q1_the_board_leads_to_a_record_put_right_and_the_count_goes_down(
    live_server: Any, stage: Cast, sign_on: SignOn
) -> None:
    with stage.acting(stage.alice):
        for name in ("Bell", "Dorn"):
            address = {"kind": "work", "value": f"{name.lower()}@gmial.com"}
            Person.create(last_name=name, emails=[address], owner=stage.alice)
    do_jobs()
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/quality/")
    row = page.get_by_role("row", name="E-mail address with a slip")
    expect(row.locator('td[data-label="Findings"]')).to_have_text("2")
    row.get_by_role("link").click()
    page.get_by_role("row", name="Dorn").get_by_role("button", name="Take").click()
    expect(page.get_by_role("row", name="Dorn")).to_have_count(0)
    page.goto(f"{live_server.url}/quality/")
    expect(row.locator('td[data-label="Findings"]')).to_have_text("1")
    assert Person.objects.get(last_name="Dorn").email == "dorn@gmail.com"


def test_q2_names_the_wrong_way_round_change_places_by_one_key(live_server: Any, stage: Cast, sign_on: SignOn) -> None:
    page = sign_on(stage.alice)
    page.goto(f"{live_server.url}/people/new/")
    first, last = page.locator('input[name="first_name"]'), page.locator('input[name="last_name"]')
    first.fill("Ferreira")
    last.press_sequentially("Joana")
    offer = page.locator('[data-correct][data-name="last_name"]')
    expect(offer).to_be_visible()
    last.press("Alt+Enter")
    expect(last).to_have_value("Ferreira")
    expect(first).to_have_value("Joana")
    expect(page.locator("[data-correct]")).to_have_count(0)
    page.locator(".button-primary", has_text="Create").click()
    expect(page.get_by_role("heading", name="Joana Ferreira").first).to_be_visible()
    assert Person.objects.get(last_name="Ferreira").first_name == "Joana"
