"""Every address of the product with its parameters filled in from a small world."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rapport.core.actors import SYSTEM
from rapport.core.events import Event
from rapport.core.records import Record
from rapport.governance.dictionary import entries, entry_of
from rapport.governance.own.types import own_types
from rapport.identity.models import ApiToken, SavedView
from rapport.integrations.models import ImportFile
from rapport.quality.duplicates.tables import COMPARED
from rapport.quality.models import Estimate, Finding
from rapport.web.help.topics import topics
from rapport.web.places import SLUGS
from rapport.web.records.composer import KINDS
from rapport.web.records.page import page_of
from rapport.web.records.panels import Panel


@dataclass(frozen=True)
class Address:
    """One address to look at: the name of its pattern and a path with parameters filled in."""

    pattern: str
    path: str


class UnknownParameter(AssertionError):
    """A pattern has a parameter that nobody told us how to fill; add it to `PARAMETERS` here."""


def all_addresses(world: Mapping[str, Record]) -> Iterator[Address]:
    """Each pattern at least once, and each that takes a record type once for each type."""
    for pattern in _patterns(get_resolver()):
        name = str(pattern.name)
        for asked in _filled(list(pattern.pattern.converters), Asked(name, {}, world)):
            yield Address(name, reverse(name, kwargs=dict(asked.values)))


@dataclass(frozen=True)
class Asked:
    """A pattern of which some parameters are filled in; the next one is asked for."""

    pattern: str
    values: Mapping[str, Any]
    world: Mapping[str, Record]

    @property
    def record_type(self) -> str:
        """The record type the address is about: a parameter, or told by the pattern (`file-content`, `people-cell`)."""
        told = self.pattern.partition("-")[0]
        by_slug = {slug: record_type for record_type, slug in SLUGS.items()}
        return str(self.values.get("record_type") or by_slug.get(told, told))


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        elif pattern.name:
            yield pattern


def _filled(names: list[str], asked: Asked) -> Iterator[Asked]:
    if not names:
        yield asked
        return
    for value in _values(names[0], asked):
        yield from _filled(names[1:], replace(asked, values={**asked.values, names[0]: value}))


def _values(name: str, asked: Asked) -> list[Any]:
    record_type = name.removesuffix("_id")
    if name in PARAMETERS:
        return PARAMETERS[name](asked)
    if record_type != name and record_type in asked.world:
        return [asked.world[record_type].pk]
    raise UnknownParameter(f"Tell tests/architecture/addresses.py how to fill “{name}” of {asked.pattern}.")


def _record_types(asked: Asked) -> list[Any]:
    if asked.pattern.startswith("duplicate"):
        return list(COMPARED)
    found = [record_type for record_type in SLUGS if record_type in entries() and record_type in asked.world]
    is_own = asked.pattern == "own" or asked.pattern.startswith("own-")
    return [record_type for record_type in found if record_type in own_types()] if is_own else found


def _record_ids(asked: Asked) -> list[Any]:
    return [asked.world[asked.record_type].pk]


def _editable_fields(asked: Asked) -> list[Any]:
    fields = entry_of(asked.record_type).fields.values()
    return [field.name for field in fields if field.form and field.editable][:2]


def _verbs(asked: Asked) -> list[Any]:
    page, record = page_of(asked.record_type), asked.world[asked.record_type]
    return [action.verb for action in page.actions_for(record, SYSTEM)]


def _panels(asked: Asked) -> list[Any]:
    record = asked.world[asked.record_type]
    return [panel.key for panel in page_of(asked.record_type).panels if _is_there(panel(record, SYSTEM))]


def _is_there(panel: Panel) -> bool:
    rows = panel.rests_on() if panel.applies() else ()
    return panel.applies() and (not rows or any(found.exists() for found in rows))


def _kinds(asked: Asked) -> list[Any]:
    return list(KINDS) if page_of(asked.record_type).timeline else []


def _events(asked: Asked) -> list[Any]:
    return [Event.objects.latest("pk").pk]


def _views(asked: Asked) -> list[Any]:
    slug = asked.pattern.rpartition("-view")[0]
    told = asked.values.get("record_type")
    for_type = told or next(record_type for record_type, known in SLUGS.items() if known == slug)
    return [SavedView.objects.get(for_type=for_type).pk]


PARAMETERS: dict[str, Callable[[Asked], list[Any]]] = {
    "alarm_id": lambda _asked: [],  # only POST is answered
    "estimator_id": lambda _asked: [],  # only POST is answered
    "prediction": lambda _asked: ["win_probability"],
    "outlook": lambda _asked: ["lifetime_value"],
    "pattern": lambda _asked: ["early_meeting"],
    "action": lambda asked: ["pause"] if asked.pattern == "settings-webhook-action" else ["retry"],
    "checked_field": lambda _asked: ["emails"],
    "checked_type": lambda _asked: ["person"],
    "action_name": lambda _asked: ["quality.fill_empty"],
    "counted_topic": lambda _asked: ["sources"],
    "collection": lambda _asked: ["organisations", "files", "webhooks"],
    "delivery_id": lambda asked: [asked.world["webhook"].pk],  # any: only POST is answered
    "described_type": lambda _asked: ["organisation"],
    "download_id": lambda asked: [asked.world["download"].pk],
    "estimate_id": lambda _asked: list(Estimate.objects.values_list("pk", flat=True)[:1]),
    "event_id": _events,
    "finding_id": lambda _asked: list(Finding.objects.values_list("pk", flat=True)[:1]),
    "figures": lambda _asked: ["none"],
    "file_id": lambda asked: [ImportFile.objects.get(part_of=asked.world["import"].pk).pk],
    "job_id": lambda _asked: [1],
    "key": _panels,
    "kind": _kinds,
    "name": _editable_fields,
    "number": lambda _asked: [1],
    "provider_id": lambda asked: [asked.world["signonprovider"].pk],
    "record_id": _record_ids,
    "record_type": _record_types,
    "own_field_id": lambda asked: [asked.world["ownfield"].pk],
    "own_type_id": lambda asked: [asked.world["owntype"].pk],
    "own_kind": lambda _asked: ["choice"],
    "pk": lambda _asked: [],  # one's own passkey: see tests/web/signon
    "request_name": lambda _asked: ["check"],
    "rule": lambda _asked: ["email_misspelt", "mandatory_missing"],
    "rule_id": lambda asked: [asked.world["secondfactorrule"].pk],
    "session_id": lambda _asked: [],  # one's own session: see tests/web/signon
    "token": lambda _asked: ["none"],
    "trial_id": lambda _asked: [],  # none in this world: it would withhold; see tests/trials
    "trialcase_id": lambda _asked: [],  # only POST is answered
    "token_id": lambda _asked: [ApiToken._base_manager.latest("pk").pk],
    "upload_id": lambda _asked: [UUID(int=1)],  # any: GET is not answered
    "topic": lambda _asked: [topic.name for topic in topics()],
    "uidb64": lambda _asked: ["nobody"],
    "verb": _verbs,
    "view_id": _views,
}
