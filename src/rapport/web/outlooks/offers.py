"""What to offer a customer next, with the reasons and the records that speak for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.core.actors import Actor
from rapport.directory.models import Organisation
from rapport.intelligence.models import Expectation
from rapport.orders.models import Contract, OrderLine
from rapport.web.places import record_address
from rapport.web.ui import formats

from .panel import OutlookPanel

_CASES = 4
Link = tuple[str, str]


@dataclass(frozen=True)
class Offered:
    """A product, why, and the evidence the reader may see: the customer's own order, and customers who did so."""

    product: Link
    reason: str
    usual: str
    order: Link | None
    cases: Sequence[Link]


class WhatToOffer(OutlookPanel):
    """Up to three products, and contracts that end."""

    key, title, icon, template = "next-offer", _("What to offer"), "gift", "outlooks/next_offer.html"
    outlook_name = "next_offer"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """Only records that the reader may see are named."""
        offers = told.detail["offers"]
        products = _titles(Product, {one[part] for one in offers for part in ("item", "because")}, self.actor)
        customers = _titles(Organisation, {key for one in offers for key in one["cases"]}, self.actor)
        told_of = [self._offered(one, products, customers) for one in offers if one["item"] in products]
        return {"offers": told_of, "ending": self._ending(told.detail["ending"]["cases"])}

    def _offered(self, one: Mapping[str, Any], products: Mapping[str, Link], customers: Mapping[str, Link]) -> Offered:
        order = self._order_with(one["because"])
        because = products.get(one["because"]) if order else None  # what was bought in an order unseen is not told
        reason = _("Customers like them bought it.") if not because else _reason(one, because, products[one["item"]])
        cases = [customers[key] for key in one["cases"] if key in customers][:_CASES]
        usual = gettext("%(percent)s of all customers have it") % {"percent": formats.percent(one["usual"])}
        return Offered(products[one["item"]], str(reason), usual, order, cases)

    def _order_with(self, product: str) -> Link | None:
        """The customer's newest order of a product."""
        if not product:
            return None
        lines = OrderLine.objects.visible_to(self.actor).filter(
            order__organisation=self.record, product_id=UUID(product)
        )
        line = lines.select_related("order").order_by("-order__ordered_on", "-order_id").first()
        return (line.order.title, record_address("order", line.order_id)) if line else None

    def _ending(self, ids: Sequence[str]) -> list[tuple[Link, str]]:
        """Contracts that end within half a year, as far as the reader sees that."""
        if "contract.ends_on" in self.actor.hidden_fields:
            return []
        found = Contract.objects.visible_to(self.actor).filter(pk__in=ids, ends_on__isnull=False).order_by("ends_on")
        return [
            ((one.title, record_address("contract", one.pk)), formats.day(one.ends_on)) for one in found if one.ends_on
        ]


def _titles(model: Any, ids: set[str], actor: Actor) -> dict[str, Link]:
    keys = [UUID(key) for key in ids if key]
    found = model.objects.visible_to(actor).in_bulk(keys)
    return {str(key): (one.title, record_address(model.record_type, key)) for key, one in found.items()}


def _reason(one: Mapping[str, Any], because: Link, item: Link) -> str:
    return gettext("%(n)d of %(of)d customers who bought %(first)s bought %(then)s with it or within a year.") % {
        "n": one["n"],
        "of": one["of"],
        "first": because[0],
        "then": item[0],
    }
