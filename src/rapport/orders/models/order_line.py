"""Order lines: what of what, how many, at which price."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.work import work_under_way
from rapport.pipeline.models.opportunity_line import line_amount

from .order import Order

_PRICED = ("quantity", "unit_price", "discount")


class OrderLine(Record):
    """One line of an order; seen by whoever sees the order.

    `amount` is quantity times price less the discount, unless the system it comes from said otherwise.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", verbose_name=_("order"))
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3, default=Decimal(1))
    unit_price = models.DecimalField(_("unit price"), max_digits=18, decimal_places=4, null=True, blank=True)
    discount = models.DecimalField(
        _("discount in %"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """What it says."""
        return str(values.get("description") or _("Order line"))

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """As for orders."""
        return super().restricts(actor) or Order.restricts(actor)

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """The lines of the orders one sees."""
        if not actor.may("orderline.read"):
            return models.Q(pk__in=[])
        return models.Q(order__in=Order.objects.visible_to(actor))

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whoever may change the order."""
        return self.order.may_be_changed_by(actor)

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Lines without an amount get the one that follows from the rest."""
        for row in rows:
            if row.get("amount") is None and row.get("unit_price") is not None:
                row["amount"] = line_amount(row["quantity"], row["unit_price"], row["discount"])

    def clean(self) -> None:
        """The amount follows when quantity, price or discount change."""
        work = work_under_way()
        known = (work.baselines.get(self.pk) if work else None) or {}
        changed = any(known.get(name) != getattr(self, name) for name in _PRICED)
        if changed and self.unit_price is not None:
            self.amount = line_amount(self.quantity, self.unit_price, self.discount)

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row, and the order's amount with it."""
        super().save(*args, **options)
        self.order.take_amount_of_lines()

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; the order's amount follows."""
        order = self.order
        deleted = super().delete(*args, **options)
        order.take_amount_of_lines()
        return deleted
