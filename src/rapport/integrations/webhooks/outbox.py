"""Which webhooks hear of an event: a delivery for each, in the event's own transaction, so that none is lost."""

from datetime import datetime

from django.db.models import QuerySet

from rapport.core.events import OUTLETS, Event
from rapport.governance.dictionary import entries

from ..models import Delivery, DeliveryState, Webhook

_TOLD_BESIDES = frozenset({"file"})
_TEST = "webhook.send_test"


def put_out(event: Event) -> None:
    """Write a delivery for each webhook that wants the event, and ask for its sending."""
    if event.verb == _TEST and event.subject_id:
        wanting = list(Webhook._base_manager.filter(pk=event.subject_id))
    elif is_told(event.subject_type):
        wanting = [one for one in Webhook._base_manager.filter(is_active=True) if one.wants(event.verb)]
    else:
        return
    for webhook in wanting:
        ask_for(Delivery.objects.create(webhook=webhook, event=event))


def is_told(record_type: str) -> bool:
    """What business is about; not how the product is set up, nor anybody's private lists and notices."""
    entry = entries().get(record_type)
    return entry is not None and (entry.importable or record_type in _TOLD_BESIDES)


def ask_for(delivery: Delivery, *, at: datetime | None = None) -> None:
    """Let the job send it, now or at a moment; within the transaction that says so."""
    from .jobs import deliver  # the queue is loaded after the models

    (deliver.configure(schedule_at=at) if at else deliver).defer(delivery_id=str(delivery.pk))


def replay(deliveries: QuerySet[Delivery]) -> int:
    """Send these again, as if they had never been tried."""
    waiting = list(deliveries.order_by("id")[:10_000])
    for delivery in waiting:
        delivery.state, delivery.attempts, delivery.next_at = DeliveryState.WAITING, 0, None
        delivery.save(update_fields=["state", "attempts", "next_at"])
        ask_for(delivery)
    return len(waiting)


OUTLETS.append(put_out)
