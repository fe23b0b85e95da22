"""Where the records of each type live: the addresses of lists, record pages and forms, made in one place.

Addresses are made without Django's `reverse`, because lists make hundreds of them per page; a test compares both.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode
from uuid import UUID

from rapport.core.attributes import PREFIX
from rapport.governance.own.types import own_types

BUILT_IN: Mapping[str, str] = {
    "organisation": "organisations",
    "person": "people",
    "affiliation": "affiliations",
    "opportunity": "opportunities",
    "lead": "leads",
    "campaign": "campaigns",
    "product": "products",
    "pricelist": "price-lists",
    "price": "prices",
    "marketsize": "market-sizes",
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


class Slugs(Mapping[str, str]):
    """The first part of the addresses by type: those that ship, then `own/site-visit` for each own type."""

    def __getitem__(self, record_type: str) -> str:
        """The slug; raises `KeyError` for a type without a place."""
        known = BUILT_IN.get(record_type)
        if known is not None:
            return known
        if record_type in own_types():
            return f"{OWN}{record_type.removeprefix(PREFIX).replace('_', '-')}"
        raise KeyError(record_type)

    def __iter__(self) -> Iterator[str]:
        """Every type with a place."""
        yield from BUILT_IN
        yield from own_types()

    def __len__(self) -> int:
        """How many there are."""
        return len(BUILT_IN) + len(own_types())


SLUGS = Slugs()
OWN = "own/"
_IN_SETTINGS: Mapping[str, str] = {"download": "export", "webhook": "webhooks"}
_ELSEWHERE: Mapping[str, str] = {
    "stopdrill": "/ai-control/",
    "alarm": "/ai-control/",
    "trial": "/insights/trials/estimates/",
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


def told_address(record_type: str, record_id: UUID | str) -> str:
    """Where somebody goes who is told of a record: its page, or that in the settings; empty where there is none."""
    if record_type in _ELSEWHERE:
        return _ELSEWHERE[record_type]
    in_settings = _IN_SETTINGS.get(record_type)
    return f"/settings/{in_settings}/{record_id}/" if in_settings else record_address(record_type, record_id)


def creation_address(record_type: str, **prefilled: object) -> str:
    """`/organisations/new/?name=Acme`: the form, with values filled in and, as `next`, where to return to."""
    given = {name: str(value) for name, value in prefilled.items() if value not in (None, "")}
    return f"/{SLUGS[record_type]}/new/" + (f"?{urlencode(given)}" if given else "")


def choice_address(record_type: str) -> str:
    """`/choose/organisation/`: answers `?q=` with options for a combobox."""
    return f"/choose/{record_type}/"
