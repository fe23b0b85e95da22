"""A right taken away is gone with the next request, at pages and for programs, and soon in work that is under way.

Named after trust goal G-B5.
"""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from rapport.activities.models import Notification
from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, User
from rapport.identity.roles import Role
from rapport.integrations.importing import jobs
from rapport.integrations.importing.running import run
from rapport.integrations.importing.service import Upload, start_import
from rapport.integrations.models import Delivery, Import, Status, Webhook
from rapport.integrations.webhooks.payload import payload_of
from rapport.pipeline.models import Opportunity
from rapport.web.lists import jobs as bulk
from rapport.web.lists import streaming
from tests.api.conftest import Program
from tests.cast import Cast, seen_by
from tests.rights.matrix import text_of
from tests.rights.rules import hide, lock

Withdraw = Callable[[Cast], None]


def close_account(cast: Cast) -> None:
    _change(cast.charlie, is_active=False)


def take_role(cast: Cast) -> None:
    _change(cast.charlie, role=Role.READ_ONLY)


def _change(user: User, **values: Any) -> None:
    with acting_as(SYSTEM):
        user.change(**values)


def stop_sharing(cast: Cast) -> None:
    deal = Opportunity.objects.get()
    with acting_as(SYSTEM):
        deal.stop_sharing(deal.share_with(user=cast.charlie).pk)


def hide_amount(cast: Cast) -> None:
    hide("opportunity.amount")


@pytest.fixture
def deal(fresh: None, cast: Cast) -> Opportunity:
    """Alice's, shared with Charlie, who hears of it by a webhook too."""
    with cast.acting(cast.charlie), acting_as(SYSTEM):
        Webhook.create(name="ERP", url="https://192.88.99.9/hook", events=["opportunity.*"], owner=cast.charlie)
    with cast.acting(cast.alice):
        deal = Opportunity.create(name="Nightfall", amount=Decimal(7_316_529), owner=cast.alice)
        deal.share_with(user=cast.charlie, may_edit=True)
        deal.change(next_step="Call")
    return deal


@pytest.mark.parametrize("withdraw", [close_account, stop_sharing, hide_amount])
def test_the_next_request_is_refused_everywhere(cast: Cast, deal: Opportunity, withdraw: Withdraw) -> None:
    browser, program = Client(), Program(cast.charlie)
    browser.force_login(cast.charlie)
    asked = [f"/opportunities/{deal.pk}/", "/opportunities/?cols=amount&view=all", "/opportunities/export.csv?view=all"]

    def told() -> str:
        pages = [text_of(browser.get(path)) for path in [*asked, "/palette/?q=nightfall", "/notifications/"]]
        answers = [
            text_of(program.get(path)) for path in (f"opportunities/{deal.pk}", "opportunities", "notifications")
        ]
        deliveries = [payload_of(one) for one in Delivery.objects.select_related("event", "webhook__owner")]
        sent = [text.decode() for text in deliveries if text]
        return " ".join([*pages, *answers, *sent]).replace(",", "")

    secret = "7316529" if withdraw is hide_amount else "Nightfall"
    assert secret in told()
    withdraw(cast)
    assert secret not in told()


def test_a_role_taken_away_writes_nothing_more(cast: Cast, deal: Opportunity) -> None:
    browser, program = Client(), Program(cast.charlie)
    browser.force_login(cast.charlie)
    take_role(cast)
    assert browser.post("/organisations/new/", {"name": "Beta"}).status_code == 403
    assert program.post("organisations", {"name": "Beta"}).status_code == 403
    assert browser.post(f"/opportunities/{deal.pk}/edit/next_step/", {"next_step": "No"}).status_code in {403, 404}
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("withdraw", [close_account, take_role, lambda _cast: lock("organisation.employees")])
def test_a_running_import_stops_at_its_next_part(
    cast: Cast, fresh: None, withdraw: Withdraw, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cast.acting(cast.charlie):
        rows = b"name,employees\n" + b"".join(b"Firm %s,%d\n" % (bytes([65 + row]) * 3, row) for row in range(12))
        started = start_import([Upload("organisations.csv", io.BytesIO(rows))])
    jobs.check_now(started)
    started.options = {"chunk": 4}
    told = run.set_progress

    def after_first(*progress: Any) -> None:
        told(*progress)
        if Organisation.objects.count() == 4:
            withdraw(cast)

    monkeypatch.setattr(run, "set_progress", after_first)
    jobs.run_now(started)
    ended = Import.objects.get()
    assert (Organisation.objects.count(), ended.status) == (4, Status.FAILED)
    assert ended.problem


def test_records_changed_in_the_background_are_those_one_may_change_by_then(cast: Cast, fresh: None) -> None:
    seen_by("organisation", Scope.OWNER)
    with cast.acting(cast.charlie):
        mine = Organisation.create(name="Mine", owner=cast.charlie)
    close_account(cast)
    asked = {"record_type": "organisation", "ids": [str(mine.pk)], "user_id": str(cast.charlie.pk)}
    bulk.remove_in_background.func(_context(), **asked, batch_id=str(uuid4()))
    assert Organisation.objects.filter(pk=mine.pk).exists()


def _context() -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(job=SimpleNamespace(id=1, attempts=0))


def test_a_file_that_is_being_sent_ends_unfinished(cast: Cast, fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "RIGHTS_ASKED_EVERY", 0.0)
    with cast.acting(cast.charlie):
        for number in range(3):
            Organisation.create(name=f"Firm {number}", employees=number, owner=cast.charlie)
    browser = Client()
    browser.force_login(cast.charlie)
    pieces = iter(browser.get("/organisations/export.csv").streaming_content)  # type: ignore[attr-defined]
    assert next(pieces)
    hide("organisation.employees")
    with pytest.raises(Exception, match="rights were changed"):
        list(pieces)


def test_what_one_was_told_loses_its_name_with_the_record(cast: Cast, deal: Opportunity) -> None:
    program = Program(cast.charlie)
    assert "Nightfall" in text_of(program.get("notifications"))
    stop_sharing(cast)
    key = Notification.objects.filter(user=cast.charlie).latest("id").pk
    for path in ("notifications", f"notifications/{key}", "notifications?filter=item_title:contains:Nightfall"):
        assert "Nightfall" not in text_of(program.get(path)).replace("contains:Nightfall", ""), path
    assert program.get("notifications?filter=item_title:contains:x").status_code == 422
    assert Notification.objects.filter(item_title="Nightfall").exists()
