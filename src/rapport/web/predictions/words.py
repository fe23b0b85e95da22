"""Values of features, and what they speak for, in words."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.catalog.queries import base_currency
from rapport.governance.dictionary import entry_of
from rapport.intelligence.features.feature import Feature, Unit
from rapport.web.ui import formats

Value = float | str | None


def value_in_words(feature: Feature, value: Value) -> str:
    """What the record has of a feature."""
    if value is None or value == "":
        return _("not known")
    if isinstance(value, str) or (feature.worded_by and feature.unit is Unit.COUNT):
        return _worded(feature, value)
    return _NUMBERS[feature.unit](value)


def _worded(feature: Feature, value: float | str) -> str:
    record_type, _dot, name = feature.worded_by.partition(".")
    if not name:
        return str(value)
    told = int(value) if isinstance(value, float) and value.is_integer() else value
    return str(entry_of(record_type).fields[name].domain.display(told))


def _days(value: float) -> str:
    days = max(0, round(value))
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _day(value: float) -> str:
    """How far a day is ahead, or behind."""
    days = abs(round(value))
    if not days:
        return _("that day")
    if value > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


def _count(value: float) -> str:
    return formats.number(value, decimals=0 if value == round(value) else 1)


def _money(value: float) -> str:
    return formats.money(value, base_currency())


_NUMBERS: Mapping[Unit, Callable[[float], str]] = {
    Unit.DAYS: _days,
    Unit.DAY: _day,
    Unit.COUNT: _count,
    Unit.MONEY: _money,
    Unit.MARK: _count,
    Unit.YES_NO: lambda value: _("yes") if value else _("no"),
}


def size_in_words(points: float) -> str:
    """How much a reason counts, from the points (0 to 1) that it makes."""
    size = abs(points)
    if size >= 0.15:
        return _("strongly")
    return _("clearly") if size >= 0.05 else _("a little")


def beside_the_usual(chance: float, usual: float) -> str:
    """A chance beside the usual one."""
    if usual > 0 and chance >= 1.3 * usual:
        times = formats.number(chance / usual, decimals=1)
        return _("%(times)s times the usual %(usual)s") % {"times": times, "usual": formats.percent(usual)}
    if chance <= 0.7 * usual:
        return _("well below the usual %(usual)s") % {"usual": formats.percent(usual)}
    return _("about the usual %(usual)s") % {"usual": formats.percent(usual)}
