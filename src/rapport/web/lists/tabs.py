"""The views of a list as tabs: those that ship with it, one's own, and those others share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.often_asked import often_asked
from rapport.governance.selection.fields import selectable_fields
from rapport.identity.models import SavedView

from .setup import Address, Parameters, Setup, says_something
from .spec import BuiltInView, Label, ListSpec


@dataclass(frozen=True)
class Tab:
    """One view; `saved` where somebody made it."""

    key: str
    label: Label
    query: str
    href: str
    saved: SavedView | None = None
    is_current: bool = False


@dataclass(frozen=True)
class Place:
    """Where somebody is: the address, the tabs, the tab it started from, and whether it was changed since."""

    address: Address
    tabs: tuple[Tab, ...]
    current: Tab | None
    is_changed: bool
    notes: tuple[str, ...] = ()


def place_of(spec: ListSpec, parameters: Parameters, actor: Actor) -> Place:
    """Read an address: the setup it holds, or else that of the view it names, or else of the view that opens first."""
    tabs = _tabs(spec, actor)
    key = (parameters.get("view") or [""])[-1]
    has_setup = says_something(parameters)
    current = next((tab for tab in tabs if tab.key == key), None)
    notes = (_("This view no longer exists, or it is not shared with you."),) if key and current is None else ()
    if current is None and not has_setup:
        current = _opening(tabs, actor)
    setup = Setup.read(parameters) if has_setup else Setup.of_query(current.query if current else "")
    is_changed = has_setup and setup != Setup.of_query(current.query if current else "")
    address = Address(spec.path, current.key if current else "", setup)
    shown = tuple(replace(tab, is_current=tab == current) for tab in tabs)
    return Place(address, shown, current, is_changed, notes)


def _tabs(spec: ListSpec, actor: Actor) -> list[Tab]:
    shipped = [
        Tab(view.key, view.label, view.query, f"{spec.path}?view={view.key}")
        for view in spec.views
        if _makes_sense(view, spec, actor)
    ]
    return shipped + [_saved_tab(spec, view) for view in _saved_views(actor, for_type=spec.record_type)]


@often_asked
def _saved_views(actor: Actor, *, for_type: str) -> QuerySet[SavedView]:
    return SavedView.objects.visible_to(actor).filter(for_type=for_type).order_by("position", "id")


def _makes_sense(view: BuiltInView, spec: ListSpec, actor: Actor) -> bool:
    """Whether the actor reads every field that the view selects by."""
    if not actor.hidden_fields:
        return True
    known = selectable_fields(spec.record_type, actor)
    return all(condition.field in known for condition in Setup.of_query(view.query).selection.conditions)


def _saved_tab(spec: ListSpec, view: SavedView) -> Tab:
    return Tab(str(view.pk), view.name, view.query, f"{spec.path}?view={view.pk}", saved=view)


def _opening(tabs: Sequence[Tab], actor: Actor) -> Tab | None:
    """One's own first view, else a shared one, else the first that ships."""
    first = [tab for tab in tabs if tab.saved and tab.saved.is_default]
    own = [tab for tab in first if tab.saved and tab.saved.owner_id == actor.user_id]
    return next(iter([*own, *first, *tabs]), None)


def saved_key(text: str) -> UUID | None:
    """The id of a saved view from an address, None for one that ships."""
    try:
        return UUID(text)
    except ValueError:
        return None
