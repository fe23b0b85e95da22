"""The deliveries of a webhook: what was sent, what was answered, and sending again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.integrations.models import Delivery, DeliveryState
from rapport.integrations.webhooks.outbox import replay

from ..calls import Call, as_json
from ..parameters import Parameters
from ..problems import ApiProblem, not_found
from ..values import write_moment
from .finding import collection_for, record_for
from .records import need

AT_ONCE, MOST = 50, 200


def deliveries(call: Call, record_id: UUID) -> HttpResponse:
    """The newest first; `state` narrows them."""
    asked = Parameters(call.request, known=("limit", "before", "state"))
    webhook = record_for(call.actor, collection_for(call.actor, "webhooks"), record_id)
    size, before = asked.number("limit", AT_ONCE, least=1, most=MOST), asked.key("before")
    state = asked.choice("state", DeliveryState.values)
    rows = Delivery.objects.filter(webhook_id=webhook.pk).select_related("event").order_by("-id")
    rows = rows.filter(pk__lt=before) if before else rows
    found = list((rows.filter(state=state) if state else rows)[: size + 1])
    following = str(found[size - 1].pk) if len(found) > size else None
    return as_json({"items": [_told(delivery) for delivery in found[:size]], "next": following})


def send_again(call: Call, record_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send one delivery again, under the same id."""
    found = collection_for(call.actor, "webhooks")
    Parameters(call.request, known=())
    webhook = record_for(call.actor, found, record_id)
    need(call, found, "change")
    if not webhook.may_be_changed_by(call.actor):
        raise ApiProblem(403, _("You may not do this: “%(verb)s”. Ask an administrator.") % {"verb": _("Send again")})
    rows = Delivery.objects.filter(webhook_id=webhook.pk, pk=delivery_id)
    if not replay(rows):
        raise not_found()
    return as_json(_told(rows.select_related("event").get()))


def _told(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": str(delivery.pk),
        "event": delivery.event_id,
        "type": delivery.event.verb,
        "at": write_moment(delivery.at),
        "state": delivery.state,
        "attempts": delivery.attempts,
        "tried_at": write_moment(delivery.tried_at),
        "next_at": write_moment(delivery.next_at),
        "status": delivery.status,
        "answer": delivery.answer,
    }
