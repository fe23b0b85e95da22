"""What is special about the page of one record type. Everything else follows from the dictionary.

A domain writes, in `rapport/web/<domain>/pages.py`, a class for each type that needs more than the defaults:

    class OpportunityPage(RecordPage):
        record_type = "opportunity"
        chips = ("stage", "amount")
        actions = (Action("win", icon="trophy", tone="primary"), …)
        panels = (StagePath, Lines, …)
"""

from collections.abc import Mapping
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, ClassVar

from django.utils.functional import Promise

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import Field, RecordTypeEntry, entries, entry_of
from rapport.governance.domains import Link
from rapport.governance.own.types import own_types
from rapport.web.places import SLUGS, record_address

from .actions import Action, offered_actions
from .listed import list_of
from .own_panels import own_panels
from .panels import EVERYWHERE, Panel, those_that_apply
from .reach import reaches
from .sharing import sharing_actions, sharing_panels

Label = str | Promise

_PAGES: dict[str, "RecordPage"] = {}


class RecordPage:
    """The page of one record type; subclasses register themselves.

    `chips` are fields shown beside the title, `hidden_facts` are left out of the facts, `quick` are the fields of the
    short form in the dialog (all when empty), `hidden_verbs` are never offered, `timeline` shows what happened,
    `told_while_new` is the name of an address that tells something of what is typed into the form for a new one.
    """

    record_type: ClassVar[str] = ""
    chips: ClassVar[tuple[str, ...]] = ()
    hidden_facts: ClassVar[tuple[str, ...]] = ()
    quick: ClassVar[tuple[str, ...]] = ()
    actions: ClassVar[tuple[Action, ...]] = ()
    hidden_verbs: ClassVar[tuple[str, ...]] = ()
    panels: ClassVar[tuple[type[Panel], ...]] = ()
    timeline: ClassVar[bool] = False
    avatar: ClassVar[str] = ""
    looks_alike: ClassVar[bool] = False
    related: ClassVar[tuple[str, ...]] = ()
    told_while_new: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        """Register the page of a concrete type."""
        if cls.record_type:
            _PAGES[cls.record_type] = cls(cls.record_type)

    def __init__(self, record_type: str) -> None:
        self.type = record_type

    @property
    def entry(self) -> RecordTypeEntry:
        """The dictionary's entry of the type."""
        return entry_of(self.type)

    @property
    def model(self) -> type[Record]:
        """The record type."""
        return self.entry.model

    @property
    def slug(self) -> str:
        """The first part of its addresses."""
        return SLUGS[self.type]

    @property
    def list_address(self) -> str:
        """Where all records of the type are listed; empty for types without a list."""
        return list_of(self.type)

    @property
    def way_back(self) -> str:
        """Where to go when a record is gone."""
        return self.list_address or "/"

    def address(self, record: Record) -> str:
        """Where one record has its page."""
        return record_address(self.type, record.pk)

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The links fetched together with a record."""
        links = [name for name, field in self.entry.fields.items() if isinstance(field.domain, Link) and not field.own]
        return (*links, *self.related)

    def facts(self, record: Record) -> list[Field]:
        """The fields shown as facts of this record, in order."""
        return [field for name, field in self.entry.fields.items() if name not in self.hidden_facts]

    def form_fields(self, record: Record | None) -> list[Field]:
        """The fields asked for in the whole form."""
        return [field for field in self.entry.fields.values() if field.form]

    def asked_of(self, actor: Actor, record: Record | None) -> list[Field]:
        """The fields of the whole form that the actor may fill in."""
        entry = self.entry
        allowed = entry.fillable_by(actor) if record is None else entry.editable_by(actor)
        return [field for field in self.form_fields(record) if field.name in allowed]

    def quick_fields(self) -> list[Field]:
        """The fields of the short form for a new record."""
        wanted = self.quick or tuple(self.entry.fields)
        return [self.entry.fields[name] for name in wanted if self.entry.fields[name].form]

    def badges(self, record: Record) -> list["Badge"]:
        """States worth seeing beside the title; none by default."""
        return []

    def prefilled(self, given: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """Answers to put into a new form where the address gives none: by default, the actor owns it."""
        owned = "owner" in self.entry.fields and actor.user_id is not None
        return {"owner": str(actor.user_id)} if owned else {}

    def create(self, values: Mapping[str, Any]) -> Record:
        """Call the verb that makes a record from the form's values."""
        return self.model.create(**values)

    def actions_for(self, record: Record, actor: Actor) -> list[Action]:
        """The verbs to offer for this record, declared ones first."""
        declared = (*self.actions, *sharing_actions(self.model, actor))
        return offered_actions(self.model, record, actor, declared=declared, hidden=self.hidden_verbs)

    def panels_for(self, record: Record, actor: Actor, *, wide: bool = False) -> list[Panel]:
        """The panels to show beside this record, or those over its whole width."""
        kinds = (*EVERYWHERE, *self.panels, *own_panels(self.type), *sharing_panels(self.model))
        return those_that_apply([panel(record, actor) for panel in kinds if panel.is_wide is wide])

    def may(self, actor: Actor, verb: str, record: Record | None = None) -> bool:
        """Whether the actor may call a verb of the type, on this record if one is given."""
        declared = VERBS.get(f"{self.type}.{verb}")
        if declared is None or not actor.may(declared.permission):
            return False
        return record is None or reaches(record, actor)


class Badge:
    """A state in a word; `tone` is one of "", "good", "bad", "warning", "accent"."""

    def __init__(self, text: Label, tone: str = "") -> None:
        self.text, self.tone = text, tone


def page_of(record_type: str) -> RecordPage:
    """The page of a record type; raises `KeyError` when it has no place or no dictionary entry."""
    discover()
    if record_type not in SLUGS or record_type not in entries():
        raise KeyError(record_type)
    known = _PAGES.get(record_type)
    if known is None:
        known = _PAGES[record_type] = _made(record_type)
    return known


def _made(record_type: str) -> RecordPage:
    """The page of a type that says nothing special; own types carry a timeline."""
    page = RecordPage(record_type)
    if record_type in own_types():
        page.timeline = True  # type: ignore[misc]
    return page


@cache
def discover() -> None:
    """Import `pages` of every package below `rapport.web` that has one."""
    import rapport.web

    for module in iter_modules(rapport.web.__path__):
        name = f"rapport.web.{module.name}.pages"
        if module.ispkg and find_spec(name):
            import_module(name)
