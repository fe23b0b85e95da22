"""The registry of what the shell offers: pages to go to, things to create.

A domain registers its entries in `rapport/web/<domain>/navigation.py`, which is found by itself:

    navigation.add(Entry("people", _("People"), icon="users", url="people", permission="person.read", key="e"))
    navigation.add_creation(Creation("person", _("Person"), icon="user-plus", url="person-new", permission="…"))

An entry without a working page must not be registered; a test reverses every address.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.urls import reverse
from django.utils.functional import Promise

Text = str | Promise
Allows = Callable[[str], bool]


class Place(StrEnum):
    """Where an entry stands: among the daily work, or at the foot with the settings."""

    MAIN = "main"
    FOOT = "foot"


@dataclass(frozen=True)
class Entry:
    """A page in the navigation. `key` is the letter after `g`. `on_phone`: one of the few in the bottom bar."""

    name: str
    label: Text
    icon: str
    url: str
    permission: str = ""
    key: str = ""
    order: int = 50
    place: Place = Place.MAIN
    on_phone: bool = False

    def __hash__(self) -> int:
        """By its name: the label would be translated first, thousands of times."""
        return hash(self.name)

    @property
    def href(self) -> str:
        """The address of its page."""
        return self.url if self.url.startswith("/") else _address(self.url)


@dataclass(frozen=True)
class Creation:
    """Something that can be created from everywhere: an entry of the quick-create menu, opened in a dialog."""

    name: str
    label: Text
    icon: str
    url: str
    permission: str = ""
    order: int = 50

    def __hash__(self) -> int:
        """By its name."""
        return hash(self.name)

    @property
    def href(self) -> str:
        """The address of its form."""
        return self.url if self.url.startswith("/") else _address(self.url)


@cache
def _address(name: str) -> str:
    return reverse(name)


MORE_ENTRIES: list[Callable[[], Iterable[Entry]]] = []
MORE_CREATIONS: list[Callable[[], Iterable[Creation]]] = []
_entries: dict[str, Entry] = {}
_creations: dict[str, Creation] = {}


class KeyTaken(ValueError):
    """Two entries of the navigation want the same key."""


def add(entry: Entry) -> None:
    """Registers a page; the key after `g` must be free."""
    rival = next((e for e in _entries.values() if e.key and e.key == entry.key and e.name != entry.name), None)
    if rival:
        message = f"g {entry.key} already goes to {rival.name}; give {entry.name} another key."
        raise KeyTaken(message)
    _entries[entry.name] = entry


def add_creation(creation: Creation) -> None:
    """Registers a form for the quick-create menu."""
    _creations[creation.name] = creation


def entries(allows: Allows, *, place: Place | None = None) -> list[Entry]:
    """The pages somebody may open, in order."""
    known = [*_entries.values(), *(entry for more in MORE_ENTRIES for entry in more())]
    found = [e for e in known if place in {None, e.place} and (not e.permission or allows(e.permission))]
    return sorted(found, key=lambda entry: (entry.place == Place.FOOT, entry.order, entry.name))


def creations(allows: Allows) -> list[Creation]:
    """What somebody may create, in order."""
    known = [*_creations.values(), *(creation for more in MORE_CREATIONS for creation in more())]
    found = [c for c in known if not c.permission or allows(c.permission)]
    return sorted(found, key=lambda creation: (creation.order, creation.name))


def current_entry(path: str, shown: list[Entry]) -> Entry | None:
    """The entry whose page this is, or is below: the longest address that fits."""
    fitting = [e for e in shown if path == e.href or (e.href != "/" and path.startswith(e.href))]
    return max(fitting, key=lambda entry: len(entry.href), default=None)


def discover() -> None:
    """Imports `navigation` of every package below `rapport.web` that has one."""
    import rapport.web

    for module in iter_modules(rapport.web.__path__):
        name = f"rapport.web.{module.name}.navigation"
        if module.ispkg and find_spec(name):
            import_module(name)
