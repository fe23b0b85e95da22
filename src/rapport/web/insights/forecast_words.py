"""The forecast in words: periods, kinds and steps under their names, and titles that answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.insights.forecasting.accuracy import Accuracy, Source
from rapport.insights.forecasting.bridge import Bridge, Move, Step
from rapport.insights.forecasting.periods import Period
from rapport.insights.forecasting.standing import Kind, Standing
from rapport.web.ui import formats

if TYPE_CHECKING:
    from .forecast_past import Cell, Row

_SHOWN_MOVES = 5

_LABELS: Mapping[Kind, str | Promise] = {
    Kind.WON: gettext_lazy("Won"),
    Kind.COMMIT: gettext_lazy("Commit"),
    Kind.BEST_CASE: gettext_lazy("Best case"),
    Kind.PIPELINE: gettext_lazy("Pipeline"),
}
_STEPS: Mapping[Step, str | Promise] = {
    Step.NEW: gettext_lazy("New"),
    Step.MOVED_IN: gettext_lazy("Moved into the period"),
    Step.GROWN: gettext_lazy("Grown"),
    Step.SHRUNK: gettext_lazy("Shrunk"),
    Step.SLIPPED: gettext_lazy("Slipped to later"),
    Step.EARLIER: gettext_lazy("Moved to earlier"),
    Step.LOST: gettext_lazy("Lost"),
    Step.PARKED: gettext_lazy("Parked"),
}
SOURCES: Mapping[Source, str | Promise] = {
    Source.MACHINE: gettext_lazy("The machine, from the history"),
    Source.YEAR_BEFORE: gettext_lazy("The same month of the year before"),
    Source.COMMIT: gettext_lazy("Commit"),
    Source.WEIGHTED: gettext_lazy("Open amounts times their probability"),
    Source.PEOPLE: gettext_lazy("The people's own estimates"),
}


def period_label(period: Period) -> str:
    """A period as people say it."""
    if period.is_quarter:
        return _("Q%(quarter)d %(year)d") % {"quarter": period.quarter, "year": period.start.year}
    return formats.month(period.start)


def in_words(found: Standing) -> dict[str, Any]:
    """What stands, under its labels."""
    parts = [(kind, _LABELS[kind], found.parts[kind]) for kind in Kind]
    left_out = sorted({code for _kind, _label, part in parts for code in part.total.left_out})
    return {"parts": parts, "weighted": found.weighted, "left_out": ", ".join(left_out)}


@dataclass(frozen=True)
class Bar:
    """One reason for the difference: in words, by how much, and the largest opportunities behind it."""

    label: str | Promise
    difference: Decimal
    count: int
    moves: tuple[Move, ...]
    size: float


def bars(found: Bridge) -> dict[str, Any]:
    """The steps of the bridge, in order."""
    most = max((abs(one.difference) for one in found.steps.values()), default=Decimal(0)) or Decimal(1)
    lines = [
        Bar(label, one.difference, one.count, one.moves[:_SHOWN_MOVES], float(abs(one.difference) / most))
        for step, label in _STEPS.items()
        if (one := found.steps.get(step))
    ]
    return {"found": found, "bars": lines, "difference": found.after - found.before}


def standing_title(period: Period, found: Standing, currency: str) -> str:
    """What is won, and what is open beside it."""
    still_open = sum((found.parts[kind].total.amount for kind in Kind if kind is not Kind.WON), Decimal(0))
    count = sum(found.parts[kind].count for kind in Kind if kind is not Kind.WON)
    words = {
        "period": period_label(period),
        "won": formats.money(found.parts[Kind.WON].total.amount, currency, compact=True),
        "open": formats.money(still_open, currency, compact=True),
        "count": count,
    }
    told = ngettext(
        "%(period)s: %(won)s won, %(open)s more should close in %(count)d opportunity",
        "%(period)s: %(won)s won, %(open)s more should close in %(count)d opportunities",
        count,
    )
    return told % words


def bridge_title(period: Period, found: Bridge, currency: str) -> str:
    """By how much the volume changed in seven days, and mostly why."""
    name, difference = period_label(period), found.after - found.before
    if not found.steps:
        return _("%(period)s has not changed in the last seven days") % {"period": name}
    step = max(found.steps, key=lambda one: abs(found.steps[one].difference))
    words = {
        "period": name,
        "amount": formats.money(abs(difference), currency, compact=True),
        "reason": _STEPS[step],
        "part": _signed(found.steps[step].difference, currency),
    }
    if not difference:
        told = _("%(period)s is as large as seven days ago, though much moved; the most: %(reason)s, %(part)s")
    elif difference > 0:
        told = _("%(period)s grew by %(amount)s in seven days; the most: %(reason)s, %(part)s")
    else:
        told = _("%(period)s shrank by %(amount)s in seven days; the most: %(reason)s, %(part)s")
    return told % words


def foretold_title(cells: "Sequence[Cell]", currency: str) -> str:
    """What the history foretells for the first whole period, with its interval."""
    if not cells:
        return _("What the history foretells")
    cell = cells[min(1, len(cells) - 1)]
    words = {"period": cell.label, "expected": formats.money(round(cell.expected), currency, compact=True)}
    if cell.low80 is None or cell.high80 is None:
        return _("The history foretells %(expected)s for %(period)s") % words
    ends = {
        "low": formats.money(round(cell.low80), currency, compact=True),
        "high": formats.money(round(cell.high80), currency, compact=True),
    }
    told = _("The history foretells %(expected)s for %(period)s; in four of five cases %(low)s to %(high)s")
    return told % {**words, **ends}


def parts_title(rows: "Sequence[Row]", currency: str) -> str:
    """Of which part with a name the most is expected in the first period shown."""
    named = [row for row in rows if not row.is_rest]
    largest = max(named or rows, key=lambda row: row.cells[0].expected, default=None)
    if largest is None:
        return ""
    whole = sum(row.cells[0].expected for row in rows)
    words = {
        "name": largest.name,
        "period": largest.cells[0].label,
        "expected": formats.money(round(largest.cells[0].expected), currency, compact=True),
        "whole": formats.money(round(whole), currency, compact=True),
    }
    return _("The most is expected of %(name)s: %(expected)s of %(whole)s in %(period)s") % words


def accuracy_title(found: Sequence[Accuracy]) -> str:
    """Who came nearest of those who said something when the months began."""
    told = [one for one in found if one.ahead == 1 and one.off is not None]
    if not told:
        return _("How earlier forecasts did: too few months to say who comes nearest")
    best = min(told, key=lambda one: one.off or 0.0)
    words = {"who": SOURCES[best.source], "off": formats.percent(best.off or 0.0), "n": best.n}
    return _("Nearest when the months began: %(who)s, off by %(off)s on average in %(n)d months") % words


def _signed(amount: Decimal, currency: str) -> str:
    return ("+" if amount > 0 else "") + formats.money(amount, currency, compact=True)
