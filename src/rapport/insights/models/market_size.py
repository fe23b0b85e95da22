"""How large a market is in a year, as somebody entered it: what our own share is measured against."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from rapport.catalog.policies import name_currencies
from rapport.core.records import Record
from rapport.governance.domains import Country

from ..market_share.conditions import problem_with

FIRST_YEAR, LAST_YEAR = 1900, 2100


class MarketSize(Record):
    """What all sellers together sell in a market in a year: an industry, a country, both, or one under its own name."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    conditions = models.CharField(_("organisations"), max_length=1000, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    amount = models.DecimalField(
        _("market size"), max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("market size")
        verbose_name_plural = _("market sizes")
        constraints = [
            models.UniqueConstraint(
                "name",
                "industry",
                "country",
                MD5("conditions"),
                "year",
                name="one_size_of_a_market_in_a_year",
                violation_error_message=_("The size of this market in this year is there already. Change that one."),
            )
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The market and the year."""
        return f"{market_title(values)}, {values.get('year') or ''}"

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by its source too."""
        return str(values.get("source") or "")

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """A size without a currency is in the base one."""
        name_currencies(rows)

    def clean(self) -> None:
        """It says which market it is of, and its conditions make sense."""
        if not (self.name or self.industry or self.country):
            raise ValidationError({"name": _("Say which market: choose an industry, a country, or give it a name.")})
        if problem := problem_with(self.conditions):
            raise ValidationError({"conditions": problem})

    def save(self, *args: object, **options: object) -> None:
        """Write the row, its size with a currency."""
        name_currencies([self.__dict__])
        super().save(*args, **options)


def market_title(values: Mapping[str, Any]) -> str:
    """What a market is called: its own name, else "Retail, France"."""
    country = str(values.get("country") or "")
    parts = [str(values.get("industry") or ""), Country().display(country) if country else ""]
    return str(values.get("name") or "") or ", ".join(part for part in parts if part)
