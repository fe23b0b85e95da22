"""Campaigns: what we do to be found, to which leads are traced back."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.records import Record


class CampaignKind(models.TextChoices):
    """The means of a campaign."""

    EVENT = "event", _("Event")
    MAILING = "mailing", _("Mailing")
    WEBINAR = "webinar", _("Webinar")
    ADVERTISING = "advertising", _("Advertising")
    CONTENT = "content", _("Content")
    REFERRAL = "referral", _("Referral programme")
    CALLS = "calls", _("Calls")
    OTHER = "other", _("Other")


class Campaign(Record):
    """An effort of a limited time to win leads."""

    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=CampaignKind.choices, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [models.UniqueConstraint(fields=["name"], name="campaign_name_is_unique")]

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by name."""
        return ""

    def clean(self) -> None:
        """A campaign begins before it ends."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The campaign ends before it begins. Correct one of the two days.")})
