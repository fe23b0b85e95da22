"""Price lists: what products cost for whom, in which currency, from when to when."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.flags import one_at_most, raised
from rapport.core.records import Record
from rapport.core.verbs import verb

from .product import Product


class PriceList(Record):
    """A named set of prices in one currency; the default one is used where no other is chosen."""

    name = models.CharField(_("name"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    is_default = models.BooleanField(_("default"), default=False)
    raised_default = raised("is_default")

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        constraints = [
            models.UniqueConstraint(fields=["name"], name="price_list_name_is_unique"),
            one_at_most(
                "raised_default",
                name="one_default_price_list",
                message=_("Another price list is the default. Use “Make default” instead."),
            ),
        ]

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by name and currency."""
        return str(values.get("currency") or "")

    def clean(self) -> None:
        """A price list begins before it ends."""
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The list ends before it begins. Correct one of the two days.")})

    @verb(label=_("Make default"), past=_("made the default"), permission="pricelist.change")
    def make_default(self) -> None:
        """Use this list where no other is chosen."""
        for other in PriceList.objects.filter(is_default=True).exclude(pk=self.pk):
            other.is_default = False
            other.save()
        self.is_default = True
        self.save()

    @verb(label=_("Set price"), past=_("set a price in"), permission="pricelist.change", sets="price")
    def set_price(self, product: Product, amount: Decimal) -> "Price":
        """Set what a product costs on this list."""
        price = Price.objects.filter(price_list=self, product=product).first()
        price = price or Price(price_list=self, product=product)
        price.amount = amount
        price.check_facts()
        price.save()
        return price


class Price(Record):
    """What one product costs on one price list, per unit."""

    price_list = models.ForeignKey(
        PriceList, on_delete=models.CASCADE, related_name="prices", verbose_name=_("price list"), db_index=False
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="prices", verbose_name=_("product"))
    amount = models.DecimalField(_("price"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            models.UniqueConstraint(fields=["price_list", "product"], name="one_price_per_product_and_list"),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="price_is_not_negative",
                violation_error_message=_("A price can't be below zero."),
            ),
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The amount."""
        return str(values.get("amount") or "")
