"""Webhooks and their deliveries."""

import base64
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import ActorKind, current_actor
from rapport.core.clock import now
from rapport.core.events import Event
from rapport.core.identifiers import uuid7
from rapport.core.outbound_addresses import OutboundRefused, check_target
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import Record
from rapport.core.verbs import Risk, verb

_PATTERN = re.compile(r"\*|[a-z0-9_]{1,40}\.(\*|[a-z0-9_]{1,40})")
MOST_WEBHOOKS = 100


class Webhook(Record):
    """An address that is told of events; its owner's rights decide of which, and what it reads there."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("owner"), related_name="webhooks"
    )
    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address"), max_length=2000)
    events = models.JSONField(_("events"), default=list)
    is_active = models.BooleanField(_("active"), default=True)
    secret_number = models.PositiveIntegerField(_("number of the secret"), default=1)

    shown_once: str = ""

    if TYPE_CHECKING:
        owner_id: UUID

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    @classmethod
    @verb(label=_("Create"), past=_("created"), risk=Risk.EXTERNAL)
    def create(cls, **values: Any) -> Self:
        """Begin to tell an address; its secret is in the result's `shown_once`."""
        if cls._base_manager.count() >= MOST_WEBHOOKS:
            raise Problem(_("There are many webhooks already. Remove one that is no longer used."))
        webhook = cls(**values) if values.get("owner") else cls(**{**values, "owner_id": current_actor().user_id})
        webhook.check_facts()
        webhook.save(force_insert=True)
        webhook.shown_once = webhook.secret
        return webhook

    @property
    def secret(self) -> str:
        """What deliveries are signed with: it follows from the instance's secret and is stored nowhere."""
        text = f"{self.pk}:{self.secret_number}"
        key = salted_hmac("rapport.webhook", text, algorithm="sha256").digest()
        return "whsec_" + base64.urlsafe_b64encode(key).decode().rstrip("=")

    def check_facts(self) -> None:
        """Besides the fields: an address we send to, events that can be, and a person who sets it up."""
        if current_actor().kind is ActorKind.AI:
            raise Forbidden(_("A webhook is set up by a person."))
        try:
            check_target(self.url)
        except OutboundRefused as refusal:
            raise ValidationError({"url": str(refusal)}) from None
        if not self.events or not all(isinstance(one, str) and _PATTERN.fullmatch(one) for one in self.events):
            advice = _("Name events such as opportunity.win, organisation.* or * for all.")
            raise ValidationError({"events": advice})
        super().check_facts()

    def wants(self, event_verb: str) -> bool:
        """Whether it is told of events of this verb."""
        record_type = event_verb.partition(".")[0]
        return any(one in ("*", event_verb, f"{record_type}.*") for one in self.events)

    @verb(label=_("New secret"), past=_("gave a new secret"), risk=Risk.IRREVERSIBLE, permission=".change")
    def renew_secret(self) -> None:
        """Sign with another secret from now on; it is in `shown_once`."""
        self.secret_number += 1
        self.save()
        self.shown_once = self.secret

    @verb(label=_("Pause"), past=_("paused"), permission=".change")
    def pause(self) -> None:
        """Tell it nothing until it goes on; what happens meanwhile can be sent again afterwards."""
        self.is_active = False
        self.save()

    @verb(label=_("Go on"), past=_("let go on"), permission=".change")
    def go_on(self) -> None:
        """Tell it again."""
        self.is_active = True
        self.save()

    @verb(label=_("Send a test"), past=_("sent a test"), risk=Risk.EXTERNAL, permission=".change")
    def send_test(self) -> None:
        """Tell it of this very event."""

    @verb(label=_("Send again"), past=_("sent again"), risk=Risk.EXTERNAL, permission=".change")
    def replay_since(self, since: datetime) -> None:
        """Send everything again that was to be delivered since a moment."""
        from ..webhooks.outbox import replay

        replay(Delivery.objects.filter(webhook=self, at__gte=since))

    @verb(label=_("Give up"), past=_("gave up"), permission=".change")
    def give_up(self) -> None:
        """Stop telling an address that has not answered for a day, and tell its owner."""
        from ..webhooks.giving_up import tell_owner

        self.is_active = False
        self.save()
        tell_owner(self)


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    PARKED = "parked", _("failed")
    SKIPPED = "skipped", _("not for its owner")


class Delivery(models.Model):
    """One event on its way to one webhook; `id` stays the same however often it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["webhook", "-id"], name="delivery_of_webhook")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.state}"
