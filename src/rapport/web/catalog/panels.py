"""Prices of a product, and of a price list."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Price
from rapport.web.places import record_address
from rapport.web.records.reach import reaches
from rapport.web.records.related import RelatedPanel, Row
from rapport.web.ui import formats


class PricesOfProduct(RelatedPanel):
    """What a product costs on each price list."""

    key, title, icon = "prices", _("Prices"), "tag"
    permission = "price.read"
    related_type = "price"
    nothing = _("Only its list price is known.")

    def found(self) -> Iterable[Any]:
        """By price list."""
        prices = Price.objects.visible_to(self.actor).filter(product=self.record).select_related("price_list")
        return prices.order_by("price_list__name")[:8]

    def row(self, record: Price) -> Row:
        """The price list and the price."""
        cost = formats.money(record.amount, record.price_list.currency)
        return Row(record.price_list.name, record_address("pricelist", record.price_list_id), aside=cost)


class PricesOfList(RelatedPanel):
    """What each product costs on a price list."""

    key, title, icon = "prices", _("Prices"), "tag"
    permission = "price.read"
    related_type, link = "price", "price_list"
    nothing = _("No prices yet. Set the first one.")

    def found(self) -> Iterable[Any]:
        """By product."""
        prices = Price.objects.visible_to(self.actor).filter(price_list=self.record).select_related("product")
        return prices.order_by("product__sort_name", "id")[:8]

    def row(self, record: Price) -> Row:
        """The product and the price."""
        cost = formats.money(record.amount, self.record.currency)
        return Row(record.product.name, record_address("product", record.product_id), aside=cost)

    @property
    def add(self) -> str:
        """The form of the verb that sets a price."""
        may = self.actor.may("pricelist.change") and reaches(self.record, self.actor)
        return f"{record_address('pricelist', self.record.pk)}do/set_price/" if may else ""
