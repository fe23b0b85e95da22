"""What a template needs to draw one input."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any

from rapport.core.records import Record
from rapport.governance.dictionary import Field
from rapport.governance.domains import Addresses, Choice, Country, Link, OpenList, Several
from rapport.governance.domains.numbers import Integer
from rapport.quality.verifying import is_verified
from rapport.web.places import choice_address

from .about import titled
from .links import Candidate, all_candidates, choice_name, is_searched, text_name
from .offers import Offered
from .questions import ABOUT, ADDRESSES, CONTACTS, Row, input_kind, row_kinds, row_parts

_WIDE = frozenset({"long_text", ABOUT, CONTACTS, ADDRESSES})


@dataclass(frozen=True)
class Input:
    """One field of a form with its answer and errors; `shown` is text, a list of rows or a record."""

    field: Field
    shown: Any
    errors: tuple[str, ...] = ()
    is_mandatory: bool = False
    candidates: tuple[Candidate, ...] = ()
    typed: str = ""
    nullable: bool = True
    prefix: str = "field"
    clash: "Clash | None" = None
    record_type: str = ""
    offers: tuple[Offered, ...] = ()

    @property
    def check_address(self) -> str:
        """Where a verdict on what is typed is asked for; empty where nothing can be said."""
        if not self.record_type or not is_verified(self.record_type, self.name, self.field.domain.kind):
            return ""
        return f"/quality/verdict/{self.record_type}/{self.name}/"

    @property
    def needed_when(self) -> str:
        """When it must be answered, in words; empty where it never must."""
        return str(self.field.mandatory_when) if self.field.mandatory is not None else ""

    @property
    def name(self) -> str:
        """The name the answer is sent under."""
        return self.field.name

    @property
    def id(self) -> str:
        """The id of the element that takes the focus."""
        return f"{self.prefix}-{self.name}"

    @cached_property
    def kind(self) -> str:
        """Which template draws it."""
        kind = input_kind(self.field.domain)
        if kind == "link" and not is_searched(self.link.model):
            return "choice"
        return "choice" if kind == "boolean" else kind

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"records/inputs/{self.kind}.html"

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width of a form."""
        return self.kind in _WIDE

    @property
    def describedby(self) -> str:
        """The ids of what explains the input, for screen readers."""
        return f"{self.id}-errors {self.id}-help" if self.errors else f"{self.id}-help"

    @property
    def link(self) -> Link:
        """The domain of a link."""
        assert isinstance(self.field.domain, Link)
        return self.field.domain

    @property
    def linked_id(self) -> str:
        """The id of the record linked to, if one was chosen."""
        return str(self.shown.pk) if isinstance(self.shown, Record) else ""

    @property
    def linked_text(self) -> str:
        """What stands in the input of a link: what was typed, else the title of what is linked to."""
        return self.typed or (self.shown.title if isinstance(self.shown, Record) else "")

    @property
    def text_name(self) -> str:
        """The name under which the typed title of a link is sent."""
        return text_name(self.name)

    @property
    def choice_name(self) -> str:
        """The name under which a choice among several meant records is sent."""
        return choice_name(self.name)

    @property
    def choice_address(self) -> str:
        """Where a combobox asks for options."""
        if self.kind == ABOUT:
            return choice_address(ABOUT)
        return choice_address(self.link.target)

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """Code and label of each value to choose from."""
        domain = self.field.domain
        if isinstance(domain, Choice | OpenList):
            return list(domain.labels().items())
        if isinstance(domain, Link):
            return [(candidate.value, candidate.title) for candidate in all_candidates(domain.model)]
        if isinstance(domain, Several) and isinstance(domain.each, Choice):
            return list(domain.each.labels().items())
        return [(code, domain.display(code == "yes")) for code in ("yes", "no")]

    @property
    def boxes(self) -> list[tuple[str, str, bool]]:
        """Code, label and whether it is ticked, of each of several choices."""
        ticked = {code.strip() for code in str(self.shown or "").split(";")}
        return [(code, label, code in ticked) for code, label in self.options]

    @property
    def chosen(self) -> str:
        """The code of the chosen option."""
        return self.linked_id or (self.shown if isinstance(self.shown, str) else "")

    @property
    def may_be_empty(self) -> bool:
        """Whether "nothing" is among the options."""
        return self.nullable and not self.is_mandatory

    @property
    def has_unknown_choice(self) -> bool:
        """Whether the answer is none of the options, and must be shown all the same."""
        return bool(self.chosen) and self.chosen not in dict(self.options)

    @property
    def unknown_label(self) -> str:
        """An answer that is none of the options, as it came or as its record is called."""
        return self.linked_text or self.chosen

    @property
    def rows(self) -> list[Row]:
        """The rows of a list; at least one, so that there is something to fill without scripts."""
        return self.shown or [dict.fromkeys(self.parts, "")]

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns of a list."""
        return row_parts(self.field.domain)

    @property
    def empty_row(self) -> Row:
        """A row to be filled."""
        return dict.fromkeys(self.parts, "")

    @property
    def countries(self) -> list[tuple[str, str]]:
        """The countries of an address."""
        return list(Country().labels().items())

    @property
    def country_codes(self) -> frozenset[str]:
        """Their codes."""
        return frozenset(Country().labels())

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of a list's entries."""
        return row_kinds(self.field.domain)

    @property
    def about(self) -> list[Candidate]:
        """The records that something is about."""
        return titled(self.shown or "")

    @property
    def each_type(self) -> str:
        """The HTML type of the value of a list's entry."""
        return {"emails": "email", "phones": "tel"}.get(self.field.domain.kind, "text")

    @property
    def is_address(self) -> bool:
        """Whether the rows are addresses."""
        return isinstance(self.field.domain, Addresses)

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers fit."""
        return isinstance(self.field.domain, Integer)


@dataclass(frozen=True)
class Clash:
    """Somebody else changed the field while it was being edited."""

    name: str
    who: str
    at: Any
    theirs: str
    mine: str


@dataclass(frozen=True)
class Group:
    """Inputs that belong together."""

    label: str
    inputs: tuple[Input, ...] = dataclass_field(default_factory=tuple)
