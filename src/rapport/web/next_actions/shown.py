"""Suggestions as lines of a page: every figure in words, and where the one key leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.catalog.queries import current_rates
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.insights.models import WhyNot
from rapport.insights.next_actions.entries import Entry
from rapport.insights.next_actions.ranking import Placed
from rapport.insights.next_actions.suggestion import How, Kind, Money, Step, Suggestion, Told
from rapport.web.places import creation_address, record_address
from rapport.web.ui import formats

ICONS: Mapping[str, str] = {
    Kind.WRITE: "mail",
    Kind.CALL: "phone",
    Kind.MEET: "calendar-days",
    Kind.OFFER: "package",
    Kind.PLAN: "arrow-right",
    Kind.WORK: "list-checks",
    Kind.DECIDE: "sparkles",
    Kind.FIX: "wrench",
    Kind.ESCALATE: "triangle-alert",
    Kind.WAIT: "hourglass",
}


@dataclass(frozen=True)
class Line:
    """One suggestion in words. `worth` is what it brings per hour, `formula` how that and its place come about."""

    key: str
    kind: str
    icon: str
    todo: str
    href: str
    why: str
    also: Sequence[str]
    evidence: Sequence[tuple[str, str]]
    due: str
    is_late: bool
    worth: str
    minutes: str
    formula: Sequence[str]
    is_drawn: bool
    is_waiting: bool


@dataclass(frozen=True)
class Answers:
    """What the buttons of a line need: whether one may answer, the days and reasons offered, and where to return to.

    `written` keeps their markup, which all lines of a page share.
    """

    may: bool
    reasons: Sequence[tuple[str, Any]]
    tomorrow: date
    next_week: date
    back_to: str
    written: list[str] = field(default_factory=list)


def answers_for(actor: Actor, back_to: str) -> Answers:
    """What the buttons of the lines shown to somebody need."""
    day = today()
    may = actor.may("nextactionanswer.refuse")
    return Answers(may, WhyNot.choices, day + timedelta(days=1), day + timedelta(days=7), back_to)


def lines_of(entries: Sequence[Entry]) -> list[Line]:
    """The entries of a list, in its order."""
    base = current_rates().base if entries else settings.BASE_CURRENCY
    return [_line(entry, base, today()) for entry in entries]


def _line(entry: Entry, base: str, day: date) -> Line:
    one = entry.suggestion
    return Line(
        key=one.key,
        kind=str(one.kind.label),
        icon=ICONS[one.kind],
        todo=in_words(one.todo, base),
        href=_place_of(one),
        why=in_words(one.why, base),
        also=[in_words(other.why, base) for other in entry.also],
        evidence=[(each.title, record_address(each.record_type, each.record_id)) for each in one.evidence],
        due=formats.nearby_day(one.day) if one.day != day else "",
        is_late=one.day < day,
        worth=_("%(money)s an hour") % {"money": _money(one.worth.per_hour, base)},
        minutes=_minutes(one.worth.minutes),
        formula=_formula(entry, base),
        is_drawn=entry.placed.is_drawn,
        is_waiting=one.kind == Kind.WAIT,
    )


def in_words(told: Told, base: str) -> str:
    """A sentence with its words and figures filled in."""
    return str(told.text) % {name: _word(value, base) for name, value in told.words.items()}


def _word(value: Any, base: str) -> Any:
    if isinstance(value, Money):
        return _money(value.amount, base)
    if isinstance(value, date):
        return formats.day(value)
    return value if isinstance(value, int) else str(value)


def _money(amount: Decimal, base: str) -> str:
    return formats.money(round(amount, 0), base, compact=amount >= 10_000)


def _minutes(minutes: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _formula(entry: Entry, base: str) -> list[str]:
    worth = entry.suggestion.worth
    sums = _("%(money)s × %(chance)s × %(effect)s = %(value)s, in about %(minutes)s: %(per_hour)s an hour.") % {
        "money": _money(worth.money, base),
        "chance": formats.percent(worth.chance),
        "effect": formats.percent(worth.effect.size, decimals=1),
        "value": _money(worth.value, base),
        "minutes": _minutes(worth.minutes),
        "per_hour": _money(worth.per_hour, base),
    }
    return [
        sums,
        _("Money: %(words)s.") % {"words": worth.money_from},
        _("Chance: %(words)s.") % {"words": worth.chance_from},
        _("Effect, %(words)s.") % {"words": in_words(worth.effect.told, base)},
        _why_here(entry.placed),
    ]


def _why_here(placed: Placed) -> str:
    if not placed.is_drawn:
        return _("Place %(place)d by what it brings an hour.") % {"place": placed.place}
    words = {"place": placed.place, "rank": placed.rank, "share": formats.percent(placed.propensity)}
    return (
        _(
            "By its worth it would stand at place %(rank)d. Chance put it at place %(place)d today, as it does with"
            " one line on a part of the days, to learn whether another order is better (it stands on this side of"
            " the line on %(share)s of the days)."
        )
        % words
    )


def address_of(suggestion: Suggestion, *, back_to: str) -> str:
    """Where the one key leads; empty for what is done at once."""
    step = suggestion.step
    here = _place_of(suggestion)
    if step.how is How.FORM:
        return creation_address(step.name, **step.values, next=back_to)
    if step.how is How.VERB:
        return f"{here}do/{step.name}/" + _given(step, back_to)
    if step.how is How.FACT:
        return f"{here}edit/{step.name}/" + _given(step, back_to)
    return "" if step.how is How.TASK else here


def _place_of(one: Suggestion) -> str:
    """The page of the record; proposals are decided on the page of all of them."""
    return record_address(one.record.record_type, one.record.pk) or reverse("proposals")


def _given(step: Step, back_to: str) -> str:
    return "?" + urlencode({**step.values, "next": back_to})
