"""Sending one delivery, and what follows from the answer."""

from datetime import timedelta

import httpx
from django.db import transaction
from django.utils.translation import gettext as _

from rapport.core.clock import now
from rapport.core.outbound import Answer, send
from rapport.core.outbound_addresses import OutboundRefused

from ..models import Delivery, DeliveryState
from .outbox import ask_for
from .payload import payload_of
from .signing import HEADER, signature_of

# Seconds to wait after each failure: 11 tries in about a day.
WAITS = (10, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800)
_KEPT_ANSWER = 2_000
_PATIENCE = 10.0


def attempt(delivery: Delivery) -> None:
    """Send it, and note what was answered; what fails is asked for again later, and parked after a day."""
    body = payload_of(delivery)
    if body is None:
        _note(delivery, DeliveryState.SKIPPED)
        return
    try:
        answer = send(delivery.webhook.url, content=body, headers=_headers(delivery, body), timeout=_PATIENCE)
    except OutboundRefused as refusal:
        answer = Answer(0, str(refusal))
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as failure:
        answer = Answer(0, _("No answer: %(reason)s") % {"reason": type(failure).__name__})
    _settle(delivery, answer)


def _headers(delivery: Delivery, body: bytes) -> dict[str, str]:
    at = int(now().timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "Rapport-Webhook/1",
        "Rapport-Delivery": str(delivery.pk),
        "Rapport-Event": delivery.event.verb,
        HEADER: signature_of(body, secret=delivery.webhook.secret, at=at),
    }


def _settle(delivery: Delivery, answer: Answer) -> None:
    if 200 <= answer.status < 300:
        _note(delivery, DeliveryState.DELIVERED, answer)
    elif delivery.attempts < len(WAITS):
        wait = timedelta(seconds=WAITS[delivery.attempts])
        with transaction.atomic():
            _note(delivery, DeliveryState.WAITING, answer, wait=wait)
            ask_for(delivery, at=delivery.next_at)
    else:
        with transaction.atomic():
            _note(delivery, DeliveryState.PARKED, answer)
            _perhaps_give_up(delivery)


def _note(
    delivery: Delivery, state: DeliveryState, answer: Answer | None = None, *, wait: timedelta | None = None
) -> None:
    delivery.state, delivery.tried_at, delivery.attempts = state, now(), delivery.attempts + 1
    delivery.next_at = now() + wait if wait else None
    delivery.status = answer.status or None if answer else None
    delivery.answer = answer.text[:_KEPT_ANSWER] if answer else ""
    delivery.save()


def _perhaps_give_up(delivery: Delivery) -> None:
    """An address that took nothing since this delivery was first tried, a day ago, is not told any more."""
    since = Delivery.objects.filter(webhook_id=delivery.webhook_id, state=DeliveryState.DELIVERED)
    if delivery.webhook.is_active and not since.filter(tried_at__gt=delivery.at).exists():
        delivery.webhook.give_up()
