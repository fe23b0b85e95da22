"""The pages of products and price lists."""

from typing import Any

from django.utils.translation import gettext as _

from rapport.web.records.actions import Action
from rapport.web.records.page import Badge, RecordPage

from .panels import PricesOfList, PricesOfProduct


class ProductPage(RecordPage):
    """A product: what it is, what it costs, whether it is offered."""

    record_type = "product"
    chips = ("code", "family", "list_price")
    quick = ("name", "code", "family", "unit", "list_price", "currency")
    looks_alike = True
    actions = (
        Action("withdraw", icon="archive", applies=lambda product: product.is_active),
        Action("offer_again", icon="rotate-ccw", tone="plain", applies=lambda product: not product.is_active),
    )
    panels = (PricesOfProduct,)

    def badges(self, record: Any) -> list[Badge]:
        """Whether it is still sold."""
        return [] if record.is_active else [Badge(_("Withdrawn"), "warning")]


class PriceListPage(RecordPage):
    """A price list."""

    record_type = "pricelist"
    chips = ("currency", "valid_from", "valid_until")
    actions = (
        Action("set_price", icon="tag", tone="plain"),
        Action("make_default", icon="star", applies=lambda price_list: not price_list.is_default),
    )
    panels = (PricesOfList,)

    def badges(self, record: Any) -> list[Badge]:
        """Whether it is the one taken when no other is chosen."""
        return [Badge(_("Default"), "accent")] if record.is_default else []


class PricePage(RecordPage):
    """A price."""

    record_type = "price"
    chips = ("price_list", "product")
