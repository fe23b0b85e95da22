"""Every key of the product, declared once: the browser obeys this list and the `?` page shows it.

`action` names what `frontend/src/*.ts` registers under that name. Entries without action or address are explained here
and handled where they act (a board, a form). Keys that go to a page come from the navigation.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, Text


@dataclass(frozen=True)
class Key:
    """One key or sequence ("g p"), as the browser script spells it; "mod" is Ctrl or Cmd."""

    keys: str
    label: Text
    action: str = ""
    href: str = ""

    @property
    def caps(self) -> list[str]:
        """The keys as printed on a keyboard: "g p" -> G, P."""
        return [_cap(part) for stroke in self.keys.split() for part in stroke.split("+")]

    @property
    def binding(self) -> dict[str, Any]:
        """What the browser script needs to obey it."""
        return {"keys": self.keys, **({"action": self.action} if self.action else {"href": self.href})}


@dataclass(frozen=True)
class KeyGroup:
    """Keys that belong together on the `?` page."""

    label: Text
    keys: tuple[Key, ...]


def _cap(part: str) -> str:
    named = {"mod": "Ctrl", "Enter": "↵", "Escape": "Esc", "ArrowKeys": "← ↑ ↓ →"}
    return named.get(part, part.upper() if len(part) == 1 else part)


EVERYWHERE = KeyGroup(
    _("Everywhere"),
    (
        Key("mod+k", _("Search, go anywhere, do anything"), action="palette"),
        Key("/", _("Search"), action="palette"),
        Key("c", _("Create"), action="create"),
        Key("g n", _("Notifications"), href="/notifications/"),
        Key("?", _("Show all keys"), action="help"),
    ),
)
LISTS = KeyGroup(
    _("Lists"),
    (
        Key("j", _("Next row"), action="next"),
        Key("k", _("Previous row"), action="previous"),
        Key("Enter", _("Open"), action="open"),
        Key("x", _("Select"), action="select"),
        Key("e", _("Edit"), action="edit"),
        Key("f", _("Add a filter"), action="filter"),
    ),
)
PROPOSALS = KeyGroup(
    _("Proposals and suggestions"),
    (
        Key("a", _("Accept, begin"), action="accept"),
        Key("r", _("Reject"), action="reject"),
        Key("z", _("Put a suggestion off until tomorrow"), action="put-off"),
    ),
)
ESTIMATES = KeyGroup(
    _("Questions of a trial"),
    tuple(Key(str(number), _("So likely, in tens of a hundred"), action="estimate") for number in range(1, 10)),
)
BOARD = KeyGroup(
    _("Board"),
    (
        Key("Space", _("Take a card, put it down")),
        Key("ArrowKeys", _("Go to the next card; move the card you hold")),
        Key("Escape", _("Bring the card back")),
    ),
)
EDITING = KeyGroup(
    _("Editing"),
    (
        Key("Enter", _("Save the field")),
        Key("mod+Enter", _("Save a longer text")),
        Key("Escape", _("Leave the field as it was")),
        Key("Alt+Enter", _("Take the correction, or the value offered, under the field")),
        Key("Alt+1", _("Open the record that the new one may be")),
    ),
)


REVIEWING = KeyGroup(
    _("Records side by side"),
    (
        *(Key(str(number), _("This one stays"), action="review") for number in (1, 2, 3, 4, 5, 6)),
        Key("m", _("Merge"), action="review"),
        Key("d", _("Not the same"), action="review"),
        Key("l", _("Later"), action="review"),
    ),
)


def going(entries: list[Entry]) -> KeyGroup:
    """The keys that go to a page."""
    return KeyGroup(_("Go to"), tuple(Key(f"g {e.key}", e.label, href=e.href) for e in entries if e.key))


def groups(entries: list[Entry]) -> list[KeyGroup]:
    """All keys, for the `?` page."""
    found = (EVERYWHERE, going(entries), LISTS, PROPOSALS, ESTIMATES, REVIEWING, BOARD, EDITING)
    return [group for group in found if group.keys]


def bindings(entries: list[Entry]) -> list[dict[str, Any]]:
    """All keys the browser script obeys."""
    return [key.binding for group in groups(entries) for key in group.keys if key.action or key.href]
