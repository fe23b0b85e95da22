"""The tickets of a customer."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from rapport.support.models import Ticket, TicketStatus
from rapport.web.places import record_address
from rapport.web.records.related import RelatedPanel, Row
from rapport.web.ui import formats


class Tickets(RelatedPanel):
    """The tickets of an organisation or a person, open ones first."""

    key, title, icon = "tickets", _("Tickets"), "life-buoy"
    permission = "ticket.read"
    related_type = "ticket"
    nothing = _("No questions or complaints.")

    @property
    def link(self) -> str:  # type: ignore[override]
        """The field of a ticket that names this record."""
        return str(self.record.record_type)

    def found(self) -> Iterable[Any]:
        """Open ones first, then the newest."""
        over = Case(When(status__in=TicketStatus.over(), then=Value(1)), default=Value(0), output_field=IntegerField())
        tickets = Ticket.objects.visible_to(self.actor).filter(**{self.link: self.record.pk})
        return tickets.annotate(is_over=over).order_by("is_over", "-opened_at")[:8]

    def row(self, record: Ticket) -> Row:
        """With state, priority and age."""
        more = f"{record.get_priority_display()} · {formats.ago(record.opened_at)}"
        return Row(record.title, record_address("ticket", record.pk), aside=record.get_status_display(), more=more)
