"""Own types in the navigation and in the menu of what can be created."""

from collections.abc import Iterator

from rapport.governance.dictionary import entries
from rapport.governance.own.types import in_navigation, own_types
from rapport.web.places import creation_address, list_address
from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation, Entry


def _entries() -> Iterator[Entry]:
    for name in own_types():
        if in_navigation(name):
            entry = entries()[name]
            yield Entry(
                name, entry.plural, icon=entry.icon, url=list_address(name), permission=f"{name}.read", order=60
            )


def _creations() -> Iterator[Creation]:
    for name in own_types():
        entry = entries()[name]
        yield Creation(
            name, entry.label, icon=entry.icon, url=creation_address(name), permission=f"{name}.create", order=90
        )


navigation.MORE_ENTRIES.append(_entries)
navigation.MORE_CREATIONS.append(_creations)
