"""Currencies: which ones we use, which is our own, and what the others are worth in it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.core.flags import one_at_most, raised
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb


class Currency(Record):
    """A currency we use. `rate` is what one unit is worth in the base currency; the base's own is 1."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8, null=True, blank=True)
    rate_on = models.DateField(_("rate of"), null=True, blank=True)
    is_base = models.BooleanField(_("base currency"), default=False)
    raised_base = raised("is_base")

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        constraints = [
            one_at_most(
                "raised_base",
                name="one_base_currency",
                message=_("Another currency is the base. Use “Make base currency” instead."),
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__gt=0),
                name="rate_is_positive",
                violation_error_message=_("A rate must be above zero."),
            ),
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The code."""
        return str(values.get("code") or "")

    @verb(label=_("Set rate"), past=_("set the rate of"), permission="currency.change")
    def set_rate(self, rate: Decimal, *, on: date | None = None) -> None:
        """Set what one unit is worth in the base currency, and on which day that was so."""
        if self.is_base:
            raise Problem(_("The base currency is always worth 1. Set the rates of the others."))
        self.rate, self.rate_on = rate, on or today()
        self.check_facts()
        self.save()

    @verb(label=_("Make base currency"), past=_("made the base currency"), permission="currency.change")
    def make_base(self) -> None:
        """Count in this currency from now on; the other rates are turned into it where this one's rate is known."""
        own = self.rate
        for other in Currency.objects.exclude(pk=self.pk):
            other.is_base = False
            other.rate = round(other.rate / own, 8) if other.rate and own else None
            other.rate_on = today() if other.rate else None
            other.save()
        self.is_base, self.rate, self.rate_on = True, Decimal(1), None
        self.save()


def base_currency() -> str:
    """The code of the currency we count in."""
    found = Currency.objects.filter(is_base=True).values_list("code", flat=True).first()
    return found or str(settings.BASE_CURRENCY)
