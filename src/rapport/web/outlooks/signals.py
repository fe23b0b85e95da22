"""The signals of a place in the portfolio in words."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rapport.core.actors import Actor
from rapport.intelligence.portfolio import names
from rapport.orders.models import Contract, Order
from rapport.web.ui import formats


def _days(value: float, _currency: str) -> str:
    days = round(value)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": formats.number(days)}


def _money(value: float, currency: str) -> str:
    return formats.money(round(value), currency)


def _count(value: float, _currency: str) -> str:
    return formats.number(round(value))


_WORDS: Mapping[str, tuple[str | Promise, Callable[[float, str], str]]] = {
    "revenue": (_("Ordered in 12 months"), _money),
    "months": (_("Months of the last 12 with an order"), _count),
    "held": (_("A contract runs on for"), _days),
    "early": (_("Products bought when they were new"), _count),
    "linked": (_("Customers in their group or with a person in common"), _count),
    "contacts": (_("Mails, calls and meetings in 12 months"), _count),
    "tenure": (_("Customer for"), _days),
    "families": (_("Product families bought from"), _count),
    "people": (_("People in contact with us"), _count),
}
assert set(_WORDS) == set(names.SIGNALS)

_COUNTED: Sequence[tuple[type[Order] | type[Contract], frozenset[str]]] = (
    (Order, frozenset({"revenue", "months", "early", "tenure", "families"})),
    (Contract, frozenset({"held"})),
)
"""Which signals count which records."""

Signal = tuple[str | Promise, str, float]
Hidden = Mapping[UUID, frozenset[str]]


def hidden_from(actor: Actor, customers: Collection[UUID]) -> Hidden:
    """The signals by customer that count an order or contract which the actor may not see."""
    found: dict[UUID, frozenset[str]] = {}
    for model, counting in _COUNTED:
        theirs = model._base_manager.filter(organisation__in=customers)
        seen: Any = model.objects.visible_to(actor).filter(organisation__in=customers).values("pk")
        unseen = theirs.exclude(pk__in=seen)
        for customer in unseen.values_list("organisation", flat=True).distinct():
            found[customer] = found.get(customer, frozenset()) | counting
    return found


def in_words(
    signals: Sequence[tuple[str, float, float]], currency: str, hidden: frozenset[str] = frozenset()
) -> list[Signal]:
    """Label, value and rank of each; no value of what is hidden, for it would tell of records one may not see.

    Amounts are in our own `currency`.
    """
    return [
        (_WORDS[name][0], "" if name in hidden else _WORDS[name][1](value, currency), rank)
        for name, value, rank in signals
    ]


def told(
    kept: Mapping[str, Sequence[float]], among: Sequence[str], currency: str, hidden: frozenset[str] = frozenset()
) -> list[Signal]:
    """Those of one axis, as a record keeps them."""
    return in_words([(name, kept[name][0], kept[name][1]) for name in among if name in kept], currency, hidden)
