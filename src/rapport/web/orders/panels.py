"""Orders and contracts of a customer, and the lines of an order."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import entry_of
from rapport.orders.models import Contract, Order
from rapport.web.places import record_address
from rapport.web.records.panels import Panel
from rapport.web.records.reach import reaches
from rapport.web.records.related import RelatedPanel, Row
from rapport.web.ui import formats


class Orders(RelatedPanel):
    """The orders of an organisation, newest first."""

    key, title, icon = "orders", _("Orders"), "package"
    permission = "order.read"
    related_type, link = "order", "organisation"
    nothing = _("Nothing was ordered yet.")

    def found(self) -> Iterable[Any]:
        """The newest first."""
        orders = Order.objects.visible_to(self.actor).filter(organisation=self.record)
        return orders.order_by("-ordered_on", "-id")[:8]

    def row(self, record: Order) -> Row:
        """With day, state and amount."""
        more = f"{formats.day(record.ordered_on)} · {record.get_status_display()}"
        return Row(record.title, record_address("order", record.pk), aside=amount_of(record), more=more)


class Contracts(RelatedPanel):
    """The contracts of an organisation, those that run first."""

    key, title, icon = "contracts", _("Contracts"), "file-signature"
    permission = "contract.read"
    related_type, link = "contract", "organisation"
    nothing = _("No contracts yet.")

    def found(self) -> Iterable[Any]:
        """Those that end last first."""
        contracts = Contract.objects.visible_to(self.actor).filter(organisation=self.record)
        return contracts.order_by(F("ends_on").desc(nulls_first=True), "-id")[:8]

    def row(self, record: Contract) -> Row:
        """With state, end and amount."""
        ends = _now("until %(day)s") % {"day": formats.day(record.ends_on)} if record.ends_on else ""
        more = " · ".join(part for part in (record.get_status_display(), ends) if part)
        return Row(record.title, record_address("contract", record.pk), aside=amount_of(record), more=more)


class OrderLines(Panel):
    """What was ordered."""

    key, title, icon, template = "lines", _("Lines"), "list", "orders/panels/lines.html"

    def content(self) -> dict[str, Any]:
        """The lines in their order."""
        lines = list(self.record.lines.select_related("product"))
        seen = entry_of("orderline").readable_by(self.actor)
        return {"lines": lines, "currency": self.record.currency, "seen": seen}

    @property
    def add(self) -> str:
        """The form of the verb that adds a line."""
        may = self.actor.may("order.change") and reaches(self.record, self.actor)
        return f"{record_address('order', self.record.pk)}do/add_line/" if may else ""


def amount_of(record: Any) -> str:
    """The amount with its currency, or nothing."""
    if record.amount is None:
        return ""
    return formats.money(record.amount, record.currency) if record.currency else formats.number(record.amount)
