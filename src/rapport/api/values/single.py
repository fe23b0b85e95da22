"""Single values: texts, choices, numbers, days, links."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.governance.domains import Choice, DecimalNumber, Link, ValueProblem

from .kind import Kind, Schema, refuse

_LONGEST_TEXT = 2_000
_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,10})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_MANY_OPTIONS = 60
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _longest(domain: Any) -> int:
    return int(getattr(domain, "longest", _LONGEST_TEXT))


def _text_schema(domain: Any) -> Schema:
    return {"type": "string", "maxLength": _longest(domain)}


def check_text(domain: Any, raw: Any) -> str:
    """The text, if it is one and short enough."""
    if not isinstance(raw, str):
        raise refuse(_("a text"))
    if len(raw) > _longest(domain):
        longest = {"longest": _longest(domain)}
        raise ValueProblem(_("At most %(longest)d characters fit here. Shorten it.") % longest)
    return raw


def _plain(value: Any) -> Any:
    """Texts as they are; what else a domain that is unknown here may hold, as JSON or as text."""
    if value is None or value == "":
        return None
    return value if isinstance(value, str | int | float | list | dict) else str(value)


def _time_schema(_domain: Any) -> Schema:
    return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}


def _check_time(_domain: Any, raw: Any) -> str:
    if not isinstance(raw, str) or not _TIME.fullmatch(raw):
        raise refuse(_('a time of the day, such as "09:30"'))
    return raw


def _write_time(value: Any) -> str | None:
    return None if value is None else f"{value:%H:%M}"


def _choice_schema(domain: Choice) -> Schema:
    return {"type": "string", "enum": list(domain.labels())}


def _check_choice(domain: Choice, raw: Any) -> str:
    if not isinstance(raw, str):
        raise refuse(_("a text"))
    if raw not in domain.labels():
        known = ", ".join(list(domain.labels())[:_MANY_OPTIONS])
        raise ValueProblem(_("“%(text)s” is none of: %(known)s.") % {"text": raw[:60], "known": known})
    return raw


def _check_boolean(_domain: Any, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise refuse(_("true or false"))
    return raw


def _whole_schema(domain: DecimalNumber) -> Schema:
    bounds = {"minimum": domain.least, "maximum": domain.most}
    return {"type": "integer"} | {name: int(bound) for name, bound in bounds.items() if bound is not None}


def _check_whole(_domain: Any, raw: Any) -> int:
    if isinstance(raw, Decimal) and raw == raw.to_integral_value() and abs(raw) < 10**18:
        return int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise refuse(_("a whole number"))
    return raw


def _amount_schema(domain: DecimalNumber) -> Schema:
    return {"type": "string", "pattern": f"^{_DECIMAL.pattern}$", "examples": ["1234.50"]}


def _decimal_schema(domain: DecimalNumber) -> Schema:
    told = _("Exact, without zeros at its end.")
    return {"type": "string", "pattern": f"^{_DECIMAL.pattern}$", "examples": ["76", "12.5"], "description": told}


def _check_decimal(_domain: Any, raw: Any) -> Decimal:
    if not isinstance(raw, str) or not _DECIMAL.fullmatch(raw):
        raise refuse(_('a number as text, such as "1234.50"'))
    return Decimal(raw)


def _write_amount(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _write_decimal(value: Any) -> str | None:
    """The shortest text that is exactly this number: a column keeps as many places as any of its values may need."""
    whole, point, places = f"{value:f}".partition(".") if value is not None else ("", "", "")
    shortest = places.rstrip("0")
    return f"{whole}{point}{shortest}" if shortest else whole or None


def _day_schema(_domain: Any) -> Schema:
    return {"type": "string", "format": "date"}


def _check_day(_domain: Any, raw: Any) -> date:
    try:
        if isinstance(raw, str) and _DAY.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise refuse(_('a day, such as "2026-03-31"'))


def _write_day(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _moment_schema(_domain: Any) -> Schema:
    return {"type": "string", "format": "date-time"}


def _check_moment(_domain: Any, raw: Any) -> datetime:
    try:
        if isinstance(raw, str) and _MOMENT.fullmatch(raw):
            return datetime.fromisoformat(raw.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise refuse(_('a moment with its offset, such as "2026-03-31T09:30:00Z"'))


def write_moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _id_schema(domain: Link) -> Schema:
    return {"type": "string", "format": "uuid", "description": f"id: {domain.target}"}


def check_id(_domain: Any, raw: Any) -> str:
    """The id of a record."""
    try:
        if isinstance(raw, str) and len(raw) == 36:
            return str(UUID(raw))
    except ValueError:
        pass
    raise refuse(_("the id of a record"))


def _write_id(value: Any) -> str | None:
    return None if value is None else str(value)


def _same(value: Any) -> Any:
    return value


TEXT = Kind(_text_schema, _plain, check_text)
_WHOLE = Kind(_whole_schema, _same, _check_whole)
_AMOUNTS = Kind(_amount_schema, _write_amount, _check_decimal)
_DECIMALS = Kind(_decimal_schema, _write_decimal, _check_decimal)
SINGLE = {
    **dict.fromkeys(("text", "long_text", "email", "phone", "url", "vat", "iban", "open_list"), TEXT),
    **dict.fromkeys(("integer", "year"), _WHOLE),
    "amount": _AMOUNTS,
    **dict.fromkeys(("decimal", "percentage"), _DECIMALS),
    "choice": Kind(_choice_schema, _plain, _check_choice),
    "boolean": Kind(lambda _domain: {"type": "boolean"}, _same, _check_boolean),
    "date": Kind(_day_schema, _write_day, _check_day),
    "time": Kind(_time_schema, _write_time, _check_time),
    "datetime": Kind(_moment_schema, write_moment, _check_moment),
    "link": Kind(_id_schema, _write_id, check_id),
}
