"""Lists and objects: several choices, ways to reach somebody, addresses, what an activity is about, who attends."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rapport.governance.domains import ContactPoints, Several, Text, ValueProblem
from rapport.governance.domains.contact_lists import ADDRESS_KINDS, ADDRESS_PARTS, MOST_ENTRIES

from .kind import Kind, Schema, refuse
from .single import SINGLE, TEXT, check_id, check_text

_MOST_ITEMS = 200


def _list(item: Schema, most: int = _MOST_ITEMS) -> Schema:
    return {"type": "array", "items": item, "maxItems": most}


def _checked_list(raw: Any, most: int = _MOST_ITEMS) -> list[Any]:
    if not isinstance(raw, list):
        raise refuse(_("a list"))
    if len(raw) > most:
        raise ValueProblem(_("At most %(most)d values fit here. Leave some out.") % {"most": most})
    return raw


def _several_schema(domain: Several) -> Schema:
    return _list(SINGLE.get(domain.each.kind, TEXT).schema(domain.each), domain.most)


def _check_several(domain: Several, raw: Any) -> list[Any]:
    kind = SINGLE.get(domain.each.kind, TEXT)
    return [kind.check(domain.each, one) for one in _checked_list(raw, domain.most)]


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
    return [check_text(Text(320), one) for one in _checked_list(raw)]


def _as_list(value: Any) -> list[Any]:
    return value or []


LISTS = {
    **dict.fromkeys(("emails", "phones", "contact_points"), Kind(_contact_schema, _as_list, _check_contacts)),
    "several": Kind(_several_schema, _as_list, _check_several),
    "addresses": Kind(_addresses_schema, _as_list, _check_addresses),
    "about": Kind(_about_schema, _write_about, _check_about),
    "attendees": Kind(_attendees_schema, _as_list, _check_attendees),
    "mail_addresses": Kind(_mail_schema, _as_list, _check_mail),
}
