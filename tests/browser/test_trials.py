"""People against the machine: a manager starts a trial, a seller answers first and then sees the machine's number."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.identity.models import User
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.predictions import predictions
from rapport.intelligence.scoring.scoring import score
from rapport.oversight.models import Trial, TrialCase
from rapport.oversight.trials.keeping_up import go_on
from tests.browser.accessibility import Inspector
from tests.cast import Cast
from tests.intelligence.history import FEW, make_history
from tests.trials.conftest import deal


@pytest.fixture
def at(stage: Cast, sign_on: Callable[[User], Page], live_server: LiveServer) -> Callable[[User, str], Page]:
    """A learned prediction with open opportunities of Alice's; gives the page at an address, ready for keys."""
    make_history(stage)
    with acting_as(SYSTEM):
        learn(predictions()["win_probability"], names=FEW)
    for number in range(3):
        deal(stage, number)
    with acting_as(SYSTEM):
        score(predictions()["win_probability"])

    def page_at(user: User, address: str) -> Page:
        page = sign_on(user)
        page.goto(f"{live_server.url}{address}")
        expect(page.locator("html")).to_have_attribute("data-js", "")
        page.wait_for_load_state("networkidle")
        return page

    return page_at


@pytest.mark.slow
def test_g3_a_trial_from_its_start_to_the_page_of_results(
    at: Callable[[User, str], Page], stage: Cast, context: BrowserContext
) -> None:
    inspector = Inspector(context)
    page = at(stage.bob, "/insights/trials/new/?prediction=win_probability")
    page.get_by_label("Ask again after the number was seen").fill("10")
    page.get_by_label("Share in which the number stays hidden").fill("0")
    _must_be_accessible(inspector, page)
    page.get_by_role("button", name="Register and start").click()
    expect(page.get_by_text("Not enough cases: 0 of").first).to_be_visible()
    trial = Trial._base_manager.get()
    with acting_as(SYSTEM):
        go_on(trial)
    page = at(stage.alice, "/")
    question = page.locator(".trial-question")
    expect(question).to_be_visible()
    _must_be_accessible(inspector, page)
    question.focus()
    expect(question).to_be_focused()
    page.keyboard.press("3")
    expect(page.locator("#today-questions .today-done")).to_contain_text("Now look at a number")
    page.get_by_role("link", name="A number waits for your second estimate").click()
    expect(page.get_by_text("In 10% of cases the number below is another record")).to_be_visible()
    _must_be_accessible(inspector, page)
    page.get_by_label("How likely, in per cent").fill("35")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("30% → 35%")).first).to_be_visible()
    page.get_by_label("How likely, in per cent").fill("55")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tell me without a second estimate").click()
    expect(page.locator(".toast").last).to_contain_text("number")
    _must_be_accessible(inspector, page)
    TrialCase._base_manager.filter(answered_at__isnull=False).update(outcome=True, outcome_at=now())
    page = at(stage.alice, f"/insights/trials/{trial.pk}/")
    expect(page.get_by_text("Only you see this.")).to_be_visible()
    _must_be_accessible(inspector, page)


def _must_be_accessible(inspector: Inspector, page: Page) -> None:
    page.wait_for_load_state("networkidle")
    assert [str(one) for one in inspector.look_at(page)] == []
