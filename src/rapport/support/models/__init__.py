"""The tables of support."""

from .ticket import Channel, Ticket, TicketStatus

__all__ = ["Channel", "Ticket", "TicketStatus"]
