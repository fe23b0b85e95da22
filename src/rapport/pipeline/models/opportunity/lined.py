"""Lines: which products an opportunity is about, and how the amount follows from them."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.catalog.queries import base_currency, price_of
from rapport.core.problems import Problem
from rapport.core.verbs import verb

from .facts import Facts

if TYPE_CHECKING:
    from ..opportunity_line import OpportunityLine


class Lined(Facts):
    """Adds the verbs that change lines."""

    class Meta:
        abstract = True

    @verb(
        label=_("Add product"),
        past=_("added a product to"),
        permission="opportunity.change",
        sets="opportunityline",
    )
    def add_line(
        self,
        product: Product,
        *,
        quantity: Decimal = Decimal(1),
        unit_price: Decimal | None = None,
        discount: Decimal = Decimal(0),
        description: str = "",
    ) -> "OpportunityLine":
        """Add a product with a quantity; without a price its list price in this currency is taken."""
        from ..opportunity_line import OpportunityLine  # lines refer to opportunities

        self.currency = self.currency or base_currency()
        price = price_of(product, currency=self.currency) if unit_price is None else unit_price
        if price is None:
            raise ValidationError(
                {"unit_price": _("No price in %(currency)s is known. Enter one.") % {"currency": self.currency}}
            )
        line = OpportunityLine(
            opportunity_id=self.pk,
            product=product,
            quantity=quantity,
            unit_price=price,
            discount=discount,
            description=description,
            position=self._lines().count() + 1,
        )
        line.check_facts()
        line.save()
        self.product = self.product or product
        self._follow_lines()
        return line

    @verb(
        label=_("Change product line"),
        past=_("changed a product line of"),
        permission="opportunity.change",
        sets="opportunityline",
    )
    def change_line(self, line: "OpportunityLine", **values: Any) -> None:
        """Change quantity, price, discount, product or description of a line."""
        self._own(line)
        for name, value in values.items():
            line._meta.get_field(name)
            setattr(line, name, value)
        line.check_facts()
        line.save()
        self._follow_lines()

    @verb(label=_("Remove product"), past=_("removed a product from"), permission="opportunity.change")
    def remove_line(self, line: "OpportunityLine") -> None:
        """Take a product off; the amount stays when no line is left."""
        self._own(line)
        line.delete()
        self._follow_lines()

    def clean(self) -> None:
        """The amount can't differ from its lines."""
        super().clean()
        total = None if self._state.adding else self._line_total()
        if total is not None and self.amount != total:
            raise ValidationError({"amount": _("The amount follows the products below. Change those instead.")})

    def _own(self, line: "OpportunityLine") -> None:
        if line.opportunity_id != self.pk:
            raise Problem(_("This line belongs to another opportunity. Reload the page."))

    def _follow_lines(self) -> None:
        total = self._line_total()
        self.amount = self.amount if total is None else total
        self.save()

    def _lines(self) -> Any:
        return self.lines  # type: ignore[attr-defined]

    def _line_total(self) -> Decimal | None:
        total: Decimal | None = self._lines().aggregate(total=Sum("amount"))["total"]
        return total
