"""How single values are turned into one another; all of it gives None for what can't be."""

from datetime import date, datetime
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

from django.utils import timezone

ARITHMETIC = Context(prec=50, traps=[DivisionByZero, InvalidOperation, Overflow])
_LARGEST = Decimal(10) ** 24


def number(value: Any) -> Decimal | None:
    """A number that can be kept."""
    if value is None:
        return None
    found = value if isinstance(value, Decimal) else Decimal(str(value))
    return found if found.is_finite() and abs(found) < _LARGEST else None


def day(value: Any) -> date | None:
    """A day; of a moment, the day it is on in the time zone of the installation."""
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return timezone.localdate(value, timezone.get_default_timezone()) if timezone.is_aware(value) else value.date()
    return value or None


def text(value: Any) -> str | None:
    """A value as text: days in ISO 8601, numbers without needless zeros."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        shown = f"{value:f}"
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    return value.isoformat() if isinstance(value, date) else str(value)
