"""Webhooks: other programs hear what happens, signed, as far as the owner may see it, for a day if need be."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from pytest_django import Settings

from rapport.activities.models import Notification
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.core.events import Change, Event
from rapport.core.problems import Forbidden
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.models import Scope
from rapport.integrations.models import Delivery, DeliveryState, Webhook
from rapport.integrations.webhooks.jobs import KEPT_DAYS, forget_deliveries
from rapport.integrations.webhooks.sending import WAITS
from rapport.pipeline.models import Opportunity
from rapport_client.webhooks import NotGenuine, verified
from tests.cast import Cast, seen_by
from tests.integrations.listener import Listener, listening
from tests.jobs import do_jobs
from tests.rights.rules import hide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    settings.ALLOWED_PRIVATE_ADDRESSES = ["127.0.0.0/8"]
    with listening() as found:
        yield found


def tell(cast: Cast, listener: Listener, *events: str, owner: Any = None) -> Webhook:
    with cast.acting(cast.dora):
        return Webhook.create(name="ERP", url=listener.url, events=list(events), owner=owner or cast.dora)


def make(cast: Cast, name: str = "Acme", **facts: Any) -> Organisation:
    with cast.acting(cast.alice):
        return Organisation.create(name=name, owner=cast.alice, **facts)


def told(listener: Listener) -> list[dict[str, Any]]:
    return [json.loads(body) for _headers, body in listener.heard]


def test_what_happens_is_told_signed_and_once(cast: Cast, listener: Listener) -> None:
    webhook = tell(cast, listener, "organisation.*")
    acme = make(cast, country="PT")
    do_jobs()
    headers, body = listener.heard[0]
    signature, secret = headers["Rapport-Signature"], webhook.shown_once
    said = verified(body, signature, secret)
    with pytest.raises(NotGenuine):
        verified(body + b" ", signature, secret)
    with pytest.raises(NotGenuine):
        verified(body, signature, secret, now=time.time() + 999)
    assert (said["type"], said["record"]["id"], said["by"]["name"]) == (
        "organisation.create",
        str(acme.pk),
        "Alice Almeida",
    )
    assert said["changes"][0]["after"]["country"] == "PT"
    assert headers["Rapport-Delivery"] == said["id"] == str(Delivery.objects.get().pk)
    assert Delivery.objects.get().state == DeliveryState.DELIVERED
    do_jobs()
    assert len(listener.heard) == 1


def test_only_what_is_wanted_is_told(cast: Cast, listener: Listener) -> None:
    webhook = tell(cast, listener, "organisation.change", "lead.*")
    acme = make(cast)
    with cast.acting(cast.alice):
        acme.change(country="PT")
    with cast.acting(cast.dora):
        webhook.pause()
        acme.change(country="FR")
    do_jobs()
    assert [(one["type"], one["changes"][0]["after"]["country"]) for one in told(listener)] == [
        ("organisation.change", "PT")
    ]


def test_an_undo_is_told_too(cast: Cast, listener: Listener) -> None:
    tell(cast, listener, "*")
    acme = make(cast)
    with cast.acting(cast.alice):
        acme.change(country="PT")
        undo_event(Event.objects.filter(verb="organisation.change").latest("pk"))
    do_jobs()
    assert [bool(one["undoes"]) for one in told(listener)] == [False, False, True]


def test_what_was_rolled_back_is_not_told(cast: Cast, listener: Listener) -> None:
    tell(cast, listener, "*")
    with pytest.raises(RuntimeError), transaction.atomic():
        make(cast)
        raise RuntimeError
    assert not Delivery.objects.exists()


def test_a_webhook_sees_what_its_owner_sees(cast: Cast, listener: Listener) -> None:
    seen_by("organisation", Scope.TEAM)
    hide("organisation.employees")
    tell(cast, listener, "*", owner=cast.charlie)
    make(cast)
    with acting_as(SYSTEM):
        Organisation.create(name="Beta", employees=7, country="PT", owner=cast.charlie)
    do_jobs()
    assert [one["record"]["title"] for one in told(listener)] == ["Beta"]
    assert "employees" not in told(listener)[0]["changes"][0]["after"]
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["delivered", "skipped"]


def test_rights_withdrawn_meanwhile_hold_for_what_waits(cast: Cast, listener: Listener) -> None:
    tell(cast, listener, "*", owner=cast.charlie)
    make(cast)
    with acting_as(SYSTEM):
        cast.charlie.deactivate()
    do_jobs()
    assert not listener.heard


def test_what_fails_is_tried_again_with_growing_pauses(cast: Cast, listener: Listener) -> None:
    listener.answers = [500, 302, 200]
    tell(cast, listener, "*")
    make(cast)
    do_jobs()
    assert [headers["Rapport-Delivery"] for headers, _body in listener.heard] == [str(Delivery.objects.get().pk)] * 3
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.status, delivery.answer) == ("delivered", 3, 200, "thanks")
    assert list(WAITS) == sorted(WAITS)
    assert 20 * 3_600 < sum(WAITS) <= 24 * 3_600


def test_after_a_day_it_is_parked_the_webhook_paused_and_its_owner_told(cast: Cast, listener: Listener) -> None:
    listener.answers = [503]
    webhook = tell(cast, listener, "*")
    make(cast)
    do_jobs()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.PARKED, len(WAITS) + 1)
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert "ERP" in Notification._base_manager.get(user_id=cast.dora.pk).title
    listener.answers = [200]
    with cast.acting(cast.dora):
        webhook.go_on()
        webhook.replay_since(now() - timedelta(days=1))
    do_jobs()
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_an_address_inside_is_refused_when_set_and_when_sent(
    cast: Cast, listener: Listener, settings: Settings
) -> None:
    tell(cast, listener, "*")
    settings.ALLOWED_PRIVATE_ADDRESSES = []
    with pytest.raises(ValidationError, match="private network"):
        tell(cast, listener, "*")
    make(cast)
    do_jobs()
    assert not listener.heard
    assert "private network" in Delivery.objects.get().answer


@pytest.mark.parametrize("events", [[], ["nonsense"], ["organisation.change; drop"], [7]])
def test_events_that_can_not_be_are_refused(cast: Cast, listener: Listener, events: list[Any]) -> None:
    with cast.acting(cast.dora), pytest.raises(ValidationError):
        Webhook.create(name="ERP", url=listener.url, events=events)


def test_people_of_the_company_without_the_right_and_machines_set_up_none(cast: Cast, listener: Listener) -> None:
    for who in (cast.alice, cast.bob, cast.ada):
        with cast.acting(who), pytest.raises(Forbidden):
            Webhook.create(name="Leak", url=listener.url, events=["*"])


def test_a_secret_is_kept_nowhere_and_can_be_renewed(cast: Cast, listener: Listener) -> None:
    webhook = tell(cast, listener, "*")
    first = webhook.shown_once
    with cast.acting(cast.dora):
        webhook.renew_secret()
    assert webhook.shown_once != first
    kept = str(list(Webhook._base_manager.values())) + str(list(Change.objects.values()))
    assert first not in kept
    assert webhook.shown_once not in kept


def test_a_test_is_sent_even_while_it_pauses(cast: Cast, listener: Listener) -> None:
    webhook = tell(cast, listener, "lead.*")
    with cast.acting(cast.dora):
        webhook.pause()
        webhook.send_test()
    do_jobs()
    assert [one["type"] for one in told(listener)] == ["webhook.send_test"]


def test_deliveries_are_kept_for_a_month(cast: Cast, listener: Listener) -> None:
    tell(cast, listener, "*")
    make(cast)
    do_jobs()
    for days, left in ((KEPT_DAYS - 1, 1), (KEPT_DAYS + 1, 0)):
        with fixed_at(now() + timedelta(days=days)):
            forget_deliveries.func.__wrapped__()
        assert Delivery.objects.count() == left


def test_an_event_is_told_of_which_the_owner_sees_only_later_changes(cast: Cast, listener: Listener) -> None:
    seen_by("opportunity", Scope.OWNER)
    tell(cast, listener, "opportunity.change_several", owner=cast.charlie)
    with cast.acting(cast.dora):
        others = [Opportunity.create(name=f"Deal {number}", owner=cast.alice).pk for number in range(203)]
        own = [Opportunity.create(name=f"Own {number}", owner=cast.charlie).pk for number in range(2)]
        Opportunity.change_several([*others, *own], next_step="Call")
    do_jobs()
    (said,) = told(listener)
    assert [one["id"] for one in said["changes"]] == [str(key) for key in own]
    assert said["is_complete"] is True
