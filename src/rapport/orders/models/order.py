"""Orders: what a customer bought."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.verbs import verb
from rapport.identity.models import OwnedRecord

from ..numbering import next_numbers, number_rows


class OrderStatus(models.TextChoices):
    """How far an order has come."""

    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", _("Confirmed")
    DELIVERED = "delivered", _("Delivered")
    INVOICED = "invoiced", _("Invoiced")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


class Order(OwnedRecord):
    """Something that a customer bought on a day; `amount` is that of its lines once it has any."""

    territory_path: ClassVar[str] = "organisation_id"

    SEQUENCE: ClassVar[str] = "orders_order_number"
    PREFIX: ClassVar[str] = "O-"

    number = models.CharField(_("number"), max_length=60, blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="orders", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        "directory.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ordered by"),
        db_index=False,
    )
    opportunity = models.ForeignKey(
        "pipeline.Opportunity",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("opportunity"),
    )
    ordered_on = models.DateField(_("ordered"), default=today)
    delivered_on = models.DateField(_("delivered"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=OrderStatus.choices, default=OrderStatus.CONFIRMED)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["-ordered_on", "-id"], name="order_newest_first"),
            models.Index(fields=["number"], name="order_by_number"),
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """Its number."""
        return str(values.get("number") or _("Order"))

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by its number and description."""
        return str(values.get("description") or "")

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Orders without a number get the next one."""
        super().complete_rows(rows)
        number_rows(rows, cls.SEQUENCE, prefix=cls.PREFIX)

    def clean(self) -> None:
        """An order is delivered after it was placed."""
        if self.delivered_on and self.delivered_on < self.ordered_on:
            raise ValidationError({"delivered_on": _("Delivered before it was ordered. Correct one of the two days.")})

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; an order without a number gets the next one."""
        if not self.number:
            self.number = next_numbers(self.SEQUENCE, prefix=self.PREFIX, count=1)[0]
        super().save(*args, **options)

    @verb(label=_("Add a line"), past=_("added a line to"), permission="order.change", sets="orderline")
    def add_line(
        self,
        product: Product | None = None,
        *,
        quantity: Decimal,
        unit_price: Decimal,
        discount: Decimal = Decimal(0),
        description: str = "",
    ) -> None:
        """Add what was bought; the order's amount follows. The discount is in per cent."""
        from .order_line import OrderLine  # lines refer to orders

        priced = {"quantity": quantity, "unit_price": unit_price, "discount": discount}
        OrderLine.create(order=self, product=product, description=description, **priced)

    @verb(label=_("Mark as delivered"), past=_("delivered"), permission="order.change")
    def deliver(self, *, on: date | None = None) -> None:
        """Say that the customer got everything, today or on another day."""
        if self.status == OrderStatus.CANCELLED:
            raise Problem(_("This order was cancelled. Reopen it first."))
        self.status, self.delivered_on = OrderStatus.DELIVERED, on or today()
        self.check_facts()
        self.save()

    @verb(label=_("Cancel"), past=_("cancelled"), permission="order.change")
    def cancel(self) -> None:
        """Say that nothing will come of it."""
        self.status = OrderStatus.CANCELLED
        self.save()

    @verb(label=_("Reopen"), past=_("reopened"), permission="order.change")
    def reopen(self) -> None:
        """Take a cancellation back."""
        if self.status != OrderStatus.CANCELLED:
            raise Problem(_("This order is not cancelled."))
        self.status = OrderStatus.CONFIRMED
        self.save()

    def take_amount_of_lines(self) -> None:
        """Make the amount that of the lines; part of the verb that changed them."""
        self.amount = self.lines.aggregate(total=models.Sum("amount"))["total"]
        self.save()
