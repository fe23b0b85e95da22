"""Two people in two browsers: what one takes back, the other is told no longer, though figures are kept."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from rapport.core.actors import SYSTEM, acting_as
from rapport.identity.models import Scope, User
from rapport.insights.models import KeptFigures
from tests.browser.conftest import cookie_of
from tests.cast import Cast, seen_by
from tests.web.insights.whispers import make_lead


def test_figures_are_of_the_new_sight_as_soon_as_a_share_is_taken_back(
    live_server: LiveServer, stage: Cast, sign_on: Callable[[User], Page], browser: Browser
) -> None:
    seen_by("lead", Scope.OWNER)
    lead = make_lead(stage.alice)
    with acting_as(SYSTEM):
        for shared in (lead, make_lead(stage.alice, "Hearsay")):
            shared.share_with(user=stage.charlie)
    charlies = sign_on(stage.charlie)
    charlies.goto(f"{live_server.url}/insights/trends/")
    expect(charlies.get_by_text("2 in the last twelve months (leads)")).to_be_visible()
    with browser.new_context() as context:
        context.add_cookies([cookie_of(stage.alice, live_server)])
        alices = context.new_page()
        alices.goto(f"{live_server.url}/leads/{lead.pk}/?tab=related")
        alices.get_by_role("button", name="Stop sharing").click()
        expect(alices.get_by_text("Shared with nobody else.")).to_be_visible()
        alices.goto("about:blank")
    assert KeptFigures.objects.filter(question="trends", user_id=stage.charlie.pk).exists()
    charlies.reload()
    expect(charlies.get_by_text("1 in the last twelve months (leads)")).to_be_visible()
    charlies.goto(f"{live_server.url}/leads/{lead.pk}/")
    expect(charlies.get_by_text("Meyer")).to_have_count(0)
