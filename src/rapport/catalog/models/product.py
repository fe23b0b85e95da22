"""Products: what we sell, goods and services alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.records import Record
from rapport.core.sorting import sort_key
from rapport.core.verbs import verb

from ..policies import name_currencies


class Product(Record):
    """Something we sell; a withdrawn one stays on the records that name it."""

    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(_("code"), max_length=60, blank=True)
    family = models.CharField(_("family"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    list_price = models.DecimalField(_("list price"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    is_active = models.BooleanField(_("offered"), default=True)
    description = models.TextField(_("description"), blank=True)
    sort_name = sort_key("name")

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="product_code_is_unique",
                violation_error_message=_("Another product has this code."),
            )
        ]

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by code and family too."""
        return f"{values.get('code') or ''} {values.get('family') or ''}"

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """A list price without a currency is in the base one."""
        name_currencies(rows, amount="list_price")

    def save(self, *args: object, **options: object) -> None:
        """Write the row, its price with a currency."""
        name_currencies([self.__dict__], amount="list_price")
        super().save(*args, **options)

    @verb(label=_("Withdraw"), past=_("withdrew"), permission="product.change")
    def withdraw(self) -> None:
        """Stop offering the product; opportunities and orders keep it."""
        self.is_active = False
        self.save()

    @verb(label=_("Offer again"), past=_("offered again"), permission="product.change")
    def offer_again(self) -> None:
        """Offer a withdrawn product again."""
        self.is_active = True
        self.save()
