"""The registries as rows of text, for `./rapport list`."""

from collections.abc import Callable, Iterator
from importlib import import_module

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise
from django.utils.translation import override

from rapport.cli.command import all_commands
from rapport.core.jobs import JOBS
from rapport.core.reactions import REACTIONS
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import entries

Row = dict[str, str]


def load_everything() -> None:
    """Imports the pages, which register some things only when they are imported."""
    import_module(get_resolver().urlconf_name)  # type: ignore[arg-type]


def _commands() -> list[Row]:
    return [{"name": command.name, "help": command.help} for command in all_commands()]


def _verbs() -> list[Row]:
    found = sorted(VERBS.values(), key=lambda verb: verb.name)
    return [
        {"name": verb.name, "label": _text(verb.label), "risk": verb.risk.value, "permission": verb.permission}
        for verb in found
    ]


def _events() -> list[Row]:
    return [
        {"verb": verb.name, "past": _text(verb.past)} for verb in sorted(VERBS.values(), key=lambda verb: verb.name)
    ]


def _reactions() -> list[Row]:
    return [{"verb": verb, "reaction": name} for verb in sorted(REACTIONS) for name in REACTIONS[verb]]


def _jobs() -> list[Row]:
    found = sorted(JOBS.values(), key=lambda job: job.name)
    return [{"name": job.name, "schedule": job.schedule or "-", "label": _text(job.label)} for job in found]


def _records() -> list[Row]:
    found = sorted(entries().items())
    return [{"name": name, "label": _text(entry.label), "fields": str(len(entry.fields))} for name, entry in found]


def _fields() -> list[Row]:
    return [
        {"name": f"{record_type}.{field.name}", "label": _text(field.label), "personal": field.personal.value}
        for record_type, entry in sorted(entries().items())
        for field in entry.fields.values()
    ]


def _pages() -> list[Row]:
    return [{"address": address, "name": name} for address, name in _addresses(get_resolver(), "/")]


def _addresses(resolver: URLResolver, start: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        address = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.name or ""


def _text(label: str | Promise) -> str:
    with override("en"):
        return str(label)


REGISTRIES: dict[str, Callable[[], list[Row]]] = {
    "commands": _commands,
    "events": _events,
    "fields": _fields,
    "jobs": _jobs,
    "pages": _pages,
    "reactions": _reactions,
    "records": _records,
    "verbs": _verbs,
}
