"""Records as columns to compare: names without legal forms, bare digits, web domains, towns."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.records import RECORD_TYPES
from rapport.core.search_entries import normalise
from rapport.directory.mail_domains import organisation_domain
from rapport.quality.checking.companies import without_form

_DIGITS = re.compile(r"\D+")
_SIGNS = re.compile(r"[^\w]+")
TELLING_DIGITS = 9
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
Values = Mapping[str, Any]


class Kind(StrEnum):
    """How nearly equal values of a column are recognised."""

    NAME = "name"
    GIVEN_NAME = "given name"
    FAMILY_NAME = "family name"
    CODE = "code"
    PHONE = "phone"
    EXACT = "exact"


@dataclass(frozen=True)
class Compared:
    """A column of the comparison: what it is called, the fields it is made of, how it is read and compared.

    `alike` are the shares of true duplicates in which it agrees, nearly agrees and differs, as long as no duplicates
    are known to learn them from. Columns of one `about` repeat each other: together they count as one strong field.
    """

    key: str
    label: str | Promise
    fields: tuple[str, ...]
    read: Callable[[Values], str]
    kind: Kind
    alike: tuple[float, float, float]
    about: str = ""


def _name(name: str) -> Callable[[Values], str]:
    return lambda row: folded(str(row[name] or ""))


def _company(name: str) -> Callable[[Values], str]:
    return lambda row: folded(without_form(str(row[name] or "")))


def _code(name: str) -> Callable[[Values], str]:
    return lambda row: _SIGNS.sub("", str(row[name] or "")).upper()


def _of_address(part: str) -> Callable[[Values], str]:
    return lambda row: folded(str((row["addresses"] or [{}])[0].get(part) or ""))


def folded(text: str) -> str:
    """Small letters without accents, strokes and signs."""
    return " ".join(_SIGNS.sub(" ", normalise(text).translate(_STROKES)).split())


def bare_phone(number: str) -> str:
    """The last digits, which are the same however the number is written."""
    return _DIGITS.sub("", number)[-TELLING_DIGITS:]


def _mail(row: Values) -> str:
    return str((row["emails"] or [{}])[0].get("value", "")).lower()


def _phone(row: Values) -> str:
    return bare_phone(str((row["phones"] or [{}])[0].get("value", "")))


def _domain(row: Values) -> str:
    """That of the website, else of the first e-mail address."""
    return str(row["domain"] or "") or organisation_domain(_mail(row))


_PLACE = (
    Compared("street", _("Street"), ("addresses",), _of_address("street"), Kind.NAME, (0.65, 0.2, 0.15), "place"),
    Compared("town", _("Town"), ("addresses",), _of_address("city"), Kind.NAME, (0.8, 0.08, 0.12), "place"),
    Compared(
        "postcode", _("Postal code"), ("addresses",), _of_address("postal_code"), Kind.EXACT, (0.8, 0, 0.2), "place"
    ),
)


def _contact(field: str, *, company: str) -> tuple[Compared, ...]:
    """Somebody one talks to: a name, ways to reach them, the company that a field tells."""
    likeness = Kind.NAME, (0.75, 0.1, 0.15), "place"
    return (
        Compared("given", _("First name"), ("first_name",), _name("first_name"), Kind.GIVEN_NAME, (0.8, 0.197, 0.003)),
        Compared("family", _("Last name"), ("last_name",), _name("last_name"), Kind.FAMILY_NAME, (0.86, 0.1, 0.04)),
        Compared("mail", _("E-mail"), ("emails",), _mail, Kind.CODE, (0.65, 0.1, 0.25)),
        Compared("company", _("Organisation"), (field,), _company(company), *likeness),
        Compared("phone", _("Phone"), ("phones",), _phone, Kind.PHONE, (0.6, 0.05, 0.35), "place"),
        *_PLACE,
    )


COMPARED: Mapping[str, tuple[Compared, ...]] = {
    "organisation": (
        Compared("name", _("Name"), ("name",), _company("name"), Kind.NAME, (0.6, 0.3, 0.1)),
        Compared("domain", _("Web domain"), ("website", "emails"), _domain, Kind.EXACT, (0.8, 0, 0.2), "web"),
        Compared("vat", _("VAT number"), ("vat_number",), _code("vat_number"), Kind.CODE, (0.9, 0.06, 0.04)),
        Compared(
            "number", _("Company number"), ("company_number",), _code("company_number"), Kind.CODE, (0.9, 0.06, 0.04)
        ),
        Compared("mail", _("E-mail"), ("emails",), _mail, Kind.EXACT, (0.6, 0, 0.4), "web"),
        Compared("phone", _("Phone"), ("phones",), _phone, Kind.PHONE, (0.7, 0.05, 0.25), "place"),
        *_PLACE,
    ),
    "person": _contact("organisation", company="organisation__name"),
    "lead": _contact("organisation_name", company="organisation_name"),
}
_READ = {
    "organisation": ("name", "domain", "vat_number", "company_number", "emails", "phones", "addresses"),
    "person": ("first_name", "last_name", "organisation__name", "emails", "phones", "addresses"),
    "lead": ("first_name", "last_name", "organisation_name", "emails", "phones", "addresses"),
}
_LEFT_OUT = {"lead": Q(status="converted")}

Row = tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """Records as a table: their ids, oldest first, and for each the values of the columns in their order."""

    record_type: str
    ids: Sequence[UUID]
    rows: Sequence[Row]

    @property
    def columns(self) -> tuple[Compared, ...]:
        """What is compared."""
        return COMPARED[self.record_type]


def read_records(record_type: str) -> Records:
    """All records of a type, as they are compared."""
    compared = COMPARED[record_type]
    ids: list[UUID] = []
    rows: list[Row] = []
    for values in _stored(record_type):
        ids.append(values["id"])
        rows.append(tuple(one.read(values) for one in compared))
    return Records(record_type, ids, rows)


def row_of(record_type: str, values: Values) -> Row:
    """Values that are no record yet, as they are compared; `organisation__name` is the name that the link leads to."""
    known = dict.fromkeys(_READ[record_type]) | {"domain": host_of(str(values.get("website") or ""))} | dict(values)
    return tuple(one.read(known) for one in COMPARED[record_type])


def host_of(address: str) -> str:
    """The host of a web address as it is typed, without `www.`; empty when it has none."""
    text = address.strip()[:300]
    try:
        host = urlsplit(text if "://" in text else f"https://{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""


def _stored(record_type: str) -> Iterator[Values]:
    """What is compared of the records of a type; leads that were converted are somebody else by now."""
    there = RECORD_TYPES[record_type]._base_manager.exclude(_LEFT_OUT.get(record_type, Q(pk__in=[])))
    rows = there.order_by("id").values("id", *_READ[record_type])
    return iter(rows.iterator(chunk_size=5_000))
