"""Questions about orders and contracts: what ends soon, where notice is due, what a customer bought."""

from datetime import timedelta

from django.db.models import QuerySet

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.directory.models import Organisation

from .models import Contract, ContractStatus, Order, OrderStatus


def contracts_ending(actor: Actor, *, days: int = 90) -> QuerySet[Contract]:
    """Contracts in force that end within these days, the first to end first."""
    return (
        _in_force(actor)
        .filter(ends_on__gte=today(), ends_on__lte=today() + timedelta(days=days))
        .order_by("ends_on", "id")
    )


def notice_due(actor: Actor, *, days: int = 30) -> QuerySet[Contract]:
    """Active contracts whose last day to give notice comes within these days, the first first."""
    active = _in_force(actor).filter(status=ContractStatus.ACTIVE)
    return active.filter(notice_by__gte=today(), notice_by__lte=today() + timedelta(days=days)).order_by(
        "notice_by", "id"
    )


def orders_of(actor: Actor, organisation: Organisation) -> QuerySet[Order]:
    """The orders of a customer that count, newest first."""
    orders = Order.objects.visible_to(actor).filter(organisation=organisation)
    return orders.exclude(status=OrderStatus.CANCELLED).order_by("-ordered_on", "-id")


def contracts_of(actor: Actor, organisation: Organisation) -> QuerySet[Contract]:
    """The contracts of a customer, those that run longest first."""
    return Contract.objects.visible_to(actor).filter(organisation=organisation).order_by("-ends_on", "-id")


def _in_force(actor: Actor) -> QuerySet[Contract]:
    in_force = (ContractStatus.ACTIVE, ContractStatus.NOTICE_GIVEN)
    return Contract.objects.visible_to(actor).filter(status__in=in_force).select_related("organisation")
