"""Days in the wrong order: an end before its beginning."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rapport.governance.dictionary import entry_of
from rapport.governance.domains import ValueProblem
from rapport.governance.domains.times import read_date

from ..checking import Verdict
from ..checking.verdict import bad, doubtful
from .question import Question

_BEFORE: Mapping[tuple[str, str], str] = {
    ("contract", "ends_on"): "starts_on",
    ("opportunity", "closed_on"): "opened_on",
    ("opportunity", "expected_close"): "opened_on",
    ("order", "delivered_on"): "ordered_on",
    ("ticket", "solved_at"): "opened_at",
    ("ticket", "first_answer_at"): "opened_at",
    ("meeting", "ends_at"): "at",
    ("affiliation", "until"): "since",
    ("campaign", "ends_on"): "starts_on",
}
_FAR = 30


def out_of_order(question: Question) -> Verdict | None:
    """Whether a day lies before the one that must come first, or is far off."""
    if question.field.domain.kind not in ("date", "datetime"):
        return None
    day = _day(question.text)
    if day is None:
        return None
    name = _BEFORE.get((question.record_type, question.field.name), "")
    first = _day(question.others.get(name, "")) if name else None
    if first and day < first:
        words = {"field": entry_of(question.record_type).fields[name].label}
        return bad(_("It lies before “%(field)s”: one of the two is wrong.") % words, confidence=0.97)
    return _far_off(day)


def out_of_order_in(record_type: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Of a row in stored form, each day that lies before the one that must come first, with that one."""
    for (of_type, name), before in _BEFORE.items():
        if of_type != record_type or not values.get(name) or not values.get(before):
            continue
        day, first = (_day(str(values[part]).replace(" ", "T")) for part in (name, before))
        if day and first and day < first:
            yield name, before


def _far_off(day: date) -> Verdict | None:
    from rapport.core.clock import today

    if abs(day.year - today().year) <= _FAR:
        return None
    return doubtful(_("%(year)s is far off.") % {"year": day.year}, confidence=0.6)


def _day(text: str) -> date | None:
    try:
        return read_date(text.partition("T")[0])
    except ValueProblem:
        return None
