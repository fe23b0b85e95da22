"""Between JSON and the values of fields: for each kind of value domain its schema, how it is written and read.

What is read is checked strictly, so that the schema tells the truth; then the domain itself has the last word.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.governance.dictionary import Field
from rapport.governance.domains import (
    Choice,
    ContactPoints,
    DecimalNumber,
    Domain,
    Link,
    Several,
    Text,
    ValueProblem,
)
from rapport.governance.domains.contact import ADDRESS_KINDS, ADDRESS_PARTS, MOST_ENTRIES

Schema = dict[str, Any]
Write = Callable[[Any], Any]

_LONGEST_TEXT = 2_000
_MOST_ITEMS = 200
_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,10})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_MANY_OPTIONS = 60
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Kind:
    """One family of values: `schema` of a single value (never null), `write` to JSON, `check` what came as JSON."""

    schema: Callable[[Any], Schema]
    write: Write
    check: Callable[[Any, Any], Any]


def schema_of(domain: Domain) -> Schema:
    """The JSON schema of a value of the domain."""
    return kind_of(domain).schema(domain)


def writer_of(domain: Domain) -> Write:
    """How a stored value becomes JSON; nothing becomes null."""
    return kind_of(domain).write


def parsed(field: Field, raw: Any) -> Any:
    """The value to store for what came as JSON; raises `ValueProblem`."""
    if raw is None:
        return field.domain.parse(None)
    return field.domain.parse(kind_of(field.domain).check(field.domain, raw))


def kind_of(domain: Domain) -> Kind:
    """The kind of a domain; one that is unknown here is written and read as text."""
    return _KINDS.get(domain.kind, _TEXT)


def refuse(expected: str) -> ValueProblem:
    """What is said of a value of the wrong kind."""
    return ValueProblem(_("Expected %(kind)s here.") % {"kind": expected})


def _longest(domain: Any) -> int:
    return int(getattr(domain, "longest", _LONGEST_TEXT))


def _text_schema(domain: Any) -> Schema:
    return {"type": "string", "maxLength": _longest(domain)}


def _check_text(domain: Any, raw: Any) -> str:
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


def _decimal_schema(domain: DecimalNumber) -> Schema:
    return {"type": "string", "pattern": f"^{_DECIMAL.pattern}$", "examples": ["1234.50"]}


def _check_decimal(_domain: Any, raw: Any) -> Decimal:
    if not isinstance(raw, str) or not _DECIMAL.fullmatch(raw):
        raise refuse(_('a number as text, such as "1234.50"'))
    return Decimal(raw)


def _write_decimal(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


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


def _list(item: Schema, most: int = _MOST_ITEMS) -> Schema:
    return {"type": "array", "items": item, "maxItems": most}


def _checked_list(raw: Any, most: int = _MOST_ITEMS) -> list[Any]:
    if not isinstance(raw, list):
        raise refuse(_("a list"))
    if len(raw) > most:
        raise ValueProblem(_("At most %(most)d values fit here. Leave some out.") % {"most": most})
    return raw


def _several_schema(domain: Several) -> Schema:
    return _list(schema_of(domain.each), domain.most)


def _check_several(domain: Several, raw: Any) -> list[Any]:
    return [kind_of(domain.each).check(domain.each, one) for one in _checked_list(raw, domain.most)]


def object_schema(parts: Mapping[str, Schema], *, required: tuple[str, ...] = ()) -> Schema:
    """An object with these members and no others."""
    schema: Schema = {"type": "object", "properties": dict(parts), "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {})


def checked_object(raw: Any, known: Mapping[str, Any], *, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The object, if it has no other members than those known; raises `ValueProblem`."""
    if not isinstance(raw, dict):
        raise refuse(_("an object"))
    unknown = [name for name in raw if name not in known]
    if unknown or not all(name in raw for name in required):
        raise ValueProblem(_("An object here has these members: %(known)s.") % {"known": ", ".join(known)})
    return raw


def _text_member(raw: Mapping[str, Any], name: str, longest: int) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise ValueProblem(
            _("“%(name)s” must be a text of at most %(longest)d characters.") % {"name": name, "longest": longest}
        )
    return value


def _contact_schema(domain: ContactPoints) -> Schema:
    kind = {"type": "string", "enum": list(domain.kinds)}
    return _list(
        object_schema({"kind": kind, "value": {"type": "string", "maxLength": 320}}, required=("value",)), MOST_ENTRIES
    )


def _check_contacts(domain: ContactPoints, raw: Any) -> list[Any]:
    return [_contact(domain, one) for one in _checked_list(raw, MOST_ENTRIES)]


def _contact(domain: ContactPoints, raw: Any) -> Any:
    found = checked_object(raw, {"kind": 0, "value": 0}, required=("value",))
    _text_member(found, "value", 320)
    if "kind" in found and found["kind"] not in list(domain.kinds):
        raise ValueProblem(_("“kind” must be one of: %(known)s.") % {"known": ", ".join(domain.kinds)})
    return found


def _addresses_schema(_domain: Any) -> Schema:
    parts = {part: {"type": "string", "maxLength": 200} for part in ADDRESS_PARTS}
    return _list(object_schema({"kind": {"type": "string", "enum": list(ADDRESS_KINDS)}, **parts}), MOST_ENTRIES)


def _check_addresses(_domain: Any, raw: Any) -> list[Any]:
    return [_address(one) for one in _checked_list(raw, MOST_ENTRIES)]


def _address(raw: Any) -> Any:
    found = checked_object(raw, {"kind": 0, **dict.fromkeys(ADDRESS_PARTS, 0)})
    for part in ADDRESS_PARTS:
        _text_member(found, part, 200)
    if "kind" in found and found["kind"] not in ADDRESS_KINDS:
        raise ValueProblem(_("“kind” must be one of: %(known)s.") % {"known": ", ".join(ADDRESS_KINDS)})
    return found


REFERENCE: Schema = object_schema(
    {"type": {"type": "string", "maxLength": 40}, "id": {"type": "string", "format": "uuid"}}, required=("type", "id")
)


def _about_schema(_domain: Any) -> Schema:
    return _list({"$ref": "#/components/schemas/Reference"})


def _check_about(_domain: Any, raw: Any) -> list[Any]:
    return [_reference(one) for one in _checked_list(raw)]


def _reference(raw: Any) -> dict[str, str]:
    found = checked_object(raw, {"type": 0, "id": 0}, required=("type", "id"))
    return {"type": _text_member(found, "type", 40), "id": check_id(None, found["id"])}


def _write_about(value: Any) -> list[dict[str, str]]:
    return [{"type": one["type"], "id": one["id"]} for one in value or []]


def _attendees_schema(_domain: Any) -> Schema:
    kinds = {"type": "string", "enum": ["person", "user", "guest"]}
    name = {"type": "string", "minLength": 1, "maxLength": 200}
    return _list(
        object_schema({"type": kinds, "id": {"type": "string", "format": "uuid"}, "name": name}, required=("name",))
    )


def _check_attendees(_domain: Any, raw: Any) -> list[Any]:
    return [_attendee(one) for one in _checked_list(raw)]


def _attendee(raw: Any) -> dict[str, str]:
    found = checked_object(raw, {"type": 0, "id": 0, "name": 0}, required=("name",))
    name = _text_member(found, "name", 200)
    if "id" not in found:
        return {"name": name}
    if found.get("type") not in ("person", "user"):
        raise ValueProblem(_("“type” must be one of: %(known)s.") % {"known": "person, user"})
    return {"type": found["type"], "id": check_id(None, found["id"]), "name": name}


def _mail_schema(_domain: Any) -> Schema:
    return _list({"type": "string", "maxLength": 320})


def _check_mail(_domain: Any, raw: Any) -> list[str]:
    return [_check_text(Text(320), one) for one in _checked_list(raw)]


def _as_list(value: Any) -> list[Any]:
    return value or []


def _same(value: Any) -> Any:
    return value


_TEXT = Kind(_text_schema, _plain, _check_text)
_CHOICE = Kind(_choice_schema, _plain, _check_choice)
_WHOLE = Kind(_whole_schema, _same, _check_whole)
_DECIMALS = Kind(_decimal_schema, _write_decimal, _check_decimal)
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("text", "long_text", "email", "phone", "url", "vat", "open_list"), _TEXT),
    **dict.fromkeys(("integer", "year"), _WHOLE),
    **dict.fromkeys(("decimal", "amount", "percentage"), _DECIMALS),
    **dict.fromkeys(("emails", "phones", "contact_points"), Kind(_contact_schema, _as_list, _check_contacts)),
    "choice": _CHOICE,
    "boolean": Kind(lambda _domain: {"type": "boolean"}, _same, _check_boolean),
    "date": Kind(_day_schema, _write_day, _check_day),
    "time": Kind(_time_schema, _write_time, _check_time),
    "datetime": Kind(_moment_schema, write_moment, _check_moment),
    "link": Kind(_id_schema, _write_id, check_id),
    "several": Kind(_several_schema, _as_list, _check_several),
    "addresses": Kind(_addresses_schema, _as_list, _check_addresses),
    "about": Kind(_about_schema, _write_about, _check_about),
    "attendees": Kind(_attendees_schema, _as_list, _check_attendees),
    "mail_addresses": Kind(_mail_schema, _as_list, _check_mail),
}
LISTS = frozenset(
    {"several", "emails", "phones", "contact_points", "addresses", "about", "attendees", "mail_addresses"}
)
