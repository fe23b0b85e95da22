"""Where the records of each type live: the addresses of lists, record pages and forms, made in one place.

Addresses are made without Django's `reverse`, because lists make hundreds of them per page; a test compares both.
"""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

SLUGS: Mapping[str, str] = {
    "organisation": "organisations",
    "person": "people",
    "affiliation": "affiliations",
    "opportunity": "opportunities",
    "lead": "leads",
    "campaign": "campaigns",
    "product": "products",
    "pricelist": "price-lists",
    "price": "prices",
    "note": "notes",
    "task": "tasks",
    "meeting": "meetings",
    "call": "calls",
    "mail": "mails",
    "file": "files",
    "order": "orders",
    "contract": "contracts",
    "ticket": "tickets",
    "user": "users",
    "team": "teams",
}


def has_page(record_type: str) -> bool:
    """Whether records of this type have a page of their own."""
    return record_type in SLUGS


def list_address(record_type: str) -> str:
    """`/organisations/`."""
    return f"/{SLUGS[record_type]}/"


def record_address(record_type: str, record_id: UUID | str) -> str:
    """`/organisations/<id>/`; empty for a type without a page."""
    return f"/{SLUGS[record_type]}/{record_id}/" if record_type in SLUGS else ""


def creation_address(record_type: str, **prefilled: object) -> str:
    """`/organisations/new/?name=Acme`: the form, with values filled in and, as `next`, where to return to."""
    given = {name: str(value) for name, value in prefilled.items() if value not in (None, "")}
    return f"/{SLUGS[record_type]}/new/" + (f"?{urlencode(given)}" if given else "")


def choice_address(record_type: str) -> str:
    """`/choose/organisation/`: answers `?q=` with options for a combobox."""
    return f"/choose/{record_type}/"
