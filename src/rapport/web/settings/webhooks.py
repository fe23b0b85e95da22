"""Webhooks: which addresses are told what happens, what was sent to them, and sending it again."""

from collections.abc import Callable, Mapping
from typing import cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rapport.core.actors import current_actor
from rapport.integrations.models import Delivery, Webhook
from rapport.integrations.webhooks.outbox import replay
from rapport.web.signon.fresh import fresh_answers

from .access import needs

_SHOWN = 100
_ACTS: Mapping[str, Callable[[Webhook], None]] = {
    "pause": Webhook.pause,
    "go-on": Webhook.go_on,
    "test": Webhook.send_test,
    "remove": Webhook.remove,
}


class WebhookForm(forms.Form):
    """Where to, and what of."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What it is for."))
    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("Where events are sent, such as https://company.com/rapport."),
        widget=forms.URLInput,
    )
    events = forms.CharField(
        label=_("Events"),
        max_length=1000,
        initial="*",
        help_text=_("Of what it is told: opportunity.win, organisation.* or * for all."),
    )

    def clean_events(self) -> list[str]:
        """The words, however they are separated."""
        return str(self.cleaned_data["events"]).replace(",", " ").replace(";", " ").split()


@never_cache
@require_http_methods(["GET", "POST"])
@needs("webhook.change")
@fresh_answers
def webhooks(request: HttpRequest) -> HttpResponse:
    """All webhooks; a POST makes one and shows its secret this once."""
    form, made = WebhookForm(request.POST or None), None
    if request.method == "POST" and form.is_valid() and (made := _make(form)):
        form = WebhookForm()
    context = {"form": form, "made": made, "webhooks": _visible().select_related("owner").order_by("name", "pk")}
    return render(request, "settings/webhooks.html", context, status=422 if form.errors else 200)


def _make(form: WebhookForm) -> Webhook | None:
    try:
        return Webhook.create(**form.cleaned_data)
    except ValidationError as refusal:
        for name, messages in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return None


@never_cache
@require_http_methods(["GET", "POST"])
@needs("webhook.change")
@fresh_answers
def webhook(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """One webhook and what was sent to it; a POST gives it a new secret and shows it this once."""
    found = get_object_or_404(_visible(), pk=webhook_id)
    if request.method == "POST":
        found.renew_secret()
    deliveries = Delivery.objects.filter(webhook=found).select_related("event").order_by("-id")[:_SHOWN]
    return render(request, "settings/webhook.html", {"webhook": found, "deliveries": deliveries})


@require_POST
@needs("webhook.change")
def act(request: HttpRequest, webhook_id: UUID, action: str) -> HttpResponse:
    """Pause it, let it go on, send a test or remove it."""
    found = get_object_or_404(_visible(), pk=webhook_id)
    if action not in _ACTS:
        raise Http404
    _ACTS[action](found)
    return redirect("settings-webhooks") if action == "remove" else redirect("settings-webhook", webhook_id)


@require_POST
@needs("webhook.change")
def send_again(request: HttpRequest, webhook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send one delivery again."""
    found = get_object_or_404(_visible(), pk=webhook_id)
    replay(Delivery.objects.filter(webhook=found, pk=delivery_id))
    return redirect("settings-webhook", webhook_id)


def _visible() -> QuerySet[Webhook]:
    return cast("QuerySet[Webhook]", Webhook.objects.visible_to(current_actor()))
