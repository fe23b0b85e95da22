"""The background jobs of webhooks."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.core.jobs import job

from ..models import Delivery, DeliveryState

KEPT_DAYS = 30


@job(label=_("Tell a webhook"), queue="webhooks", atomic=False)
def deliver(delivery_id: str) -> None:
    """Send one delivery, unless it has come already."""
    from .sending import attempt  # brings the HTTP client, which few processes need

    found = Delivery.objects.select_related("webhook", "webhook__owner", "event").filter(pk=UUID(delivery_id)).first()
    if found is None or found.state != DeliveryState.WAITING:
        return
    attempt(found)


@job(label=_("Forget old deliveries"), schedule="41 3 * * *", lock="forget-deliveries")
def forget_deliveries() -> None:
    """Drop what was sent to webhooks over a month ago."""
    Delivery.objects.filter(at__lt=now() - timedelta(days=KEPT_DAYS)).exclude(state=DeliveryState.WAITING).delete()
