"""Fields that are lists (e-mails, phones, addresses, what it is about) as the single columns others export."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.activities.about import SUBJECT_TYPES
from rapport.activities.domains import AboutRecords
from rapport.governance.dictionary import Field, entries, entry_of
from rapport.governance.domains import Addresses, ContactPoints, Country, Link, Text

ABOUT = "~about."

_ADDRESS_NAMES: dict[str, tuple[str, ...]] = {
    "street": (
        *("street", "address line 1", "street address", "billing street", "mailing street", "address 1: street 1"),
        *("rue", "rua", "logradouro"),
    ),
    "postal_code": (
        *("postal code", "zip", "zip code", "postcode", "zip/postal code", "billing zip/postal code"),
        *("mailing zip/postal code", "billing postal code", "address 1: zip/postal code"),
        *("code postal", "código postal", "cep"),
    ),
    "city": ("city", "town", "ville", "cidade", "localidade", "billing city", "mailing city", "address 1: city"),
    "region": (
        *("region", "state", "province", "county", "state/province", "billing state/province", "billing state"),
        *("mailing state/province", "mailing state", "address 1: state/province", "région", "estado", "distrito"),
    ),
    "country": ("country", "location", "pays", "país", "billing country", "mailing country"),
}
_PHONE_NAMES = {
    "mobile": ("mobile", "mobile phone", "cell", "cell phone", "portable", "telemóvel", "celular"),
    "fax": ("fax", "fax number", "télécopie"),
    "switchboard": ("switchboard", "main phone", "company phone", "standard"),
    "private": ("home phone", "private phone"),
    "other": ("other phone", "second phone"),
}
_EMAIL_NAMES = {
    "private": ("private email", "personal email"),
    "billing": ("billing email", "invoice email"),
    "other": ("other email", "second email", "secondary email"),
}


def parts_of(field: Field, *, taken: frozenset[str]) -> dict[str, Field]:
    """The single columns that a list field can be filled from, by name such as `addresses.city`.

    A part is left out where the record type has a field of its own of that name (`taken`).
    """
    if isinstance(field.domain, Addresses):
        names = {part: aliases for part, aliases in _ADDRESS_NAMES.items() if part not in taken}
        return {f"{field.name}.{part}": _address_part(field, part, aliases) for part, aliases in names.items()}
    if field.name == "about" and isinstance(field.domain, AboutRecords):
        return {f"about.{name}": _about_part(field, name) for name in SUBJECT_TYPES if name in entries()}
    if isinstance(field.domain, ContactPoints):
        names = _PHONE_NAMES if "mobile" in field.domain.kinds else _EMAIL_NAMES
        return {f"{field.name}.{kind}": _contact_part(field, kind, aliases) for kind, aliases in names.items()}
    return {}


def assembled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with the parts put together: {"phones.mobile": "+33…"} becomes an entry of `phones`."""
    whole = {name: value for name, value in values.items() if "." not in name}
    if len(whole) == len(values):
        return whole
    addresses: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        field, _dot, part = name.partition(".")
        if field == "about":
            whole[name] = value
        elif part in _ADDRESS_NAMES:
            addresses.setdefault(field, {"kind": "office"})[part] = value
        elif part:
            entries = whole.setdefault(field, [])
            whole[field] = entries + [entry for entry in _entries(value, part) if entry not in entries]
    for field, entry in addresses.items():
        whole[field] = [*whole.get(field, []), entry]
    return whole


def _entries(value: Any, kind: str) -> list[dict[str, str]]:
    return [{"kind": kind, "value": entry["value"]} for entry in value] if isinstance(value, list) else []


def _address_part(field: Field, part: str, aliases: tuple[str, ...]) -> Field:
    domain = Country() if part == "country" else Text(200)
    return replace(field, name=f"{field.name}.{part}", label=_PART_LABELS[part], domain=domain, aliases=aliases)


def _about_part(field: Field, record_type: str) -> Field:
    entry = entry_of(record_type)
    names = (record_type, str(entry.label), *entry.aliases)
    aliases = (*names, *(f"{name} {ending}" for name in names for ending in ("id", "name", "number")))
    label = f"{field.label} ({entry.label})"
    return replace(field, name=f"about.{record_type}", label=label, domain=Link(record_type), aliases=aliases)


def _contact_part(field: Field, kind: str, aliases: tuple[str, ...]) -> Field:
    label = f"{field.label} ({kind})"
    return replace(field, name=f"{field.name}.{kind}", label=label, aliases=aliases, mandatory=None)


_PART_LABELS = {
    "street": _("Street"),
    "postal_code": _("Postal code"),
    "city": _("City"),
    "region": _("Region"),
    "country": _("Country of the address"),
}
