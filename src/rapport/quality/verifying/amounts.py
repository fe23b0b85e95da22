"""Amounts against the past: of the same customer, and of the same product."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES
from rapport.governance.domains.numbers import Integer, read_number

from ..checking import Verdict
from ..checking.verdict import doubtful
from .question import Question
from .usual import UsualAmount, usual_amount

TYPES = frozenset({"opportunity", "order", "contract"})
LINKS: Mapping[str, str] = {"organisation": "organisation_id", "product": "product_id"}
MOST = 400


def out_of_the_usual(question: Question) -> Verdict | None:
    """Whether an amount is unlike those before it."""
    if question.record_type not in TYPES or question.field.name != "amount":
        return None
    try:
        amount = read_number(question.text)
    except Problem:
        return None
    if amount is None or amount <= 0:
        return None
    for link, column in LINKS.items():
        usual = usual_amount(_past(question, link, column))
        if usual and (factor := usual.off_by(amount)):
            return unusual(link, factor, usual)
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
    return list(rows.order_by("-created_at").values_list("amount", flat=True)[:MOST])


def unusual(link: str, factor: float, usual: UsualAmount) -> Verdict:
    """The verdict on an amount that lies beyond the usual by a factor."""
    words = {"usual": Integer().display(round(usual.median)), "count": usual.count}
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
