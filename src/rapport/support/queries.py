"""Questions about tickets: what is open, of whom, and whose turn it is."""

from django.db.models import QuerySet

from rapport.activities.models import Priority
from rapport.core.actors import Actor
from rapport.directory.models import Organisation

from .models import Ticket, TicketStatus


def open_tickets(actor: Actor) -> QuerySet[Ticket]:
    """Tickets that are not solved, the most urgent and oldest first."""
    return (
        Ticket.objects.visible_to(actor)
        .exclude(status__in=TicketStatus.over())
        .order_by(Priority.rank(), "opened_at", "id")
    )


def open_tickets_of(actor: Actor, organisation: Organisation) -> QuerySet[Ticket]:
    """Tickets of one customer that are not solved, the most urgent and oldest first."""
    return open_tickets(actor).filter(organisation=organisation)


def tickets_of(actor: Actor, organisation: Organisation) -> QuerySet[Ticket]:
    """All tickets of one customer, newest first."""
    return Ticket.objects.visible_to(actor).filter(organisation=organisation).order_by("-opened_at", "-id")
