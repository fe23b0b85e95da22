"""Amounts against the past: of the same customer, and of the same product.

An amount is unusual when its logarithm lies more than 3.5 robust standard deviations from the median (median absolute
deviation, Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993), and by a factor of at least five.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import log10
from statistics import median
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES
from rapport.governance.domains.numbers import read_number

from ..checking import Verdict
from ..checking.verdict import doubtful
from .question import Question

_TYPES = frozenset({"opportunity", "order", "contract"})
_FEWEST, _MOST = 6, 400
_DEVIATIONS, _TO_SIGMA = 3.5, 1.4826
_LEAST_FACTOR = 5
_LINKS: Mapping[str, str] = {"organisation": "organisation_id", "product": "product_id"}


def out_of_the_usual(question: Question) -> Verdict | None:
    """Whether an amount is unlike those before it."""
    if question.record_type not in _TYPES or question.field.name != "amount":
        return None
    try:
        amount = read_number(question.text)
    except Problem:
        return None
    if amount is None or amount <= 0:
        return None
    for link, column in _LINKS.items():
        past = _past(question, link, column)
        if len(past) >= _FEWEST and (factor := _off_by(amount, past)):
            return _told(link, factor, past)
    return None


def _past(question: Question, link: str, column: str) -> list[Decimal]:
    """Amounts of visible records of the type with the same link and currency, newest first."""
    model: Any = RECORD_TYPES[question.record_type]
    if not hasattr(model, column) or f"{question.record_type}.amount" in question.actor.hidden_fields:
        return []
    try:
        key = UUID(question.others.get(link, ""))
    except ValueError:
        return []
    rows = model.objects.visible_to(question.actor).filter(**{column: key}, amount__gt=0).exclude(pk=question.record_id)
    currency = question.others.get("currency", "")
    rows = rows.filter(currency=currency) if currency else rows
    return list(rows.order_by("-created_at").values_list("amount", flat=True)[:_MOST])


def _off_by(amount: Decimal, past: Sequence[Decimal]) -> float:
    """By which factor it lies beyond the usual, below 1 for less; 0 where it does not."""
    logs = [log10(value) for value in past]
    middle = median(logs)
    spread = median(abs(value - middle) for value in logs) * _TO_SIGMA
    distance = log10(amount) - middle
    if abs(distance) < max(_DEVIATIONS * spread, log10(_LEAST_FACTOR)):
        return 0.0
    return float(10**distance)


def _told(link: str, factor: float, past: Sequence[Decimal]) -> Verdict:
    words = {"usual": f"{round(median(past)):,}", "count": len(past)}
    if factor > 1:
        words["factor"] = f"{factor:.0f}"
        text = (
            _("%(factor)s times the usual with this customer (median %(usual)s of %(count)s).")
            if link == "organisation"
            else _("%(factor)s times the usual for this product (median %(usual)s of %(count)s).")
        )
    else:
        text = (
            _("Far below the usual with this customer (median %(usual)s of %(count)s).")
            if link == "organisation"
            else _("Far below the usual for this product (median %(usual)s of %(count)s).")
        )
    return doubtful(text % words, confidence=0.8, code="unusual")
