"""Opportunity lines: one product each, with quantity, price and discount."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.core.actors import Actor
from rapport.core.records import Record

from .opportunity import Opportunity

if TYPE_CHECKING:
    from uuid import UUID

_CENT = Decimal("0.01")


class OpportunityLine(Record):
    """One product of an opportunity; the amount is quantity times price less the discount in per cent."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="lines", verbose_name=_("opportunity")
    )
    product = models.ForeignKey(
        Product,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunity_lines",
        verbose_name=_("product"),
        db_index=False,
    )
    description = models.CharField(_("description"), max_length=200, blank=True)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=3, default=Decimal(1), validators=[MinValueValidator(0)]
    )
    unit_price = models.DecimalField(
        _("unit price"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    discount = models.DecimalField(
        _("discount in %"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, default=Decimal(0), editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    if TYPE_CHECKING:
        opportunity_id: UUID
        product_id: UUID | None

    class Meta:
        verbose_name = _("opportunity line")
        verbose_name_plural = _("opportunity lines")
        ordering = ("position", "id")

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The description, or just what it is."""
        return str(values.get("description") or _("Line"))

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """As for opportunities."""
        return Opportunity.restricts(actor)

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """The lines of the opportunities one sees."""
        return models.Q(opportunity__in=Opportunity.objects.visible_to(actor))

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whoever may change the opportunity."""
        return self.opportunity.may_be_changed_by(actor)

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Work out the amounts."""
        for row in rows:
            row["amount"] = line_amount(row["quantity"], row["unit_price"], row["discount"])

    def save(self, *args: object, **options: object) -> None:
        """Write the row with its amount."""
        self.amount = line_amount(self.quantity, self.unit_price, self.discount)
        super().save(*args, **options)


def line_amount(quantity: Decimal, unit_price: Decimal, discount: Decimal) -> Decimal:
    """Quantity times price less the discount, rounded to the cent, halves up."""
    gross = Decimal(quantity) * Decimal(unit_price)
    return (gross * (100 - Decimal(discount)) / 100).quantize(_CENT, ROUND_HALF_UP)
