"""What a source finds: something to do about a record, with its reason, its worth and the step that begins it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from rapport.core.records import Record

Label = str | Promise


class Kind(models.TextChoices):
    """What is to be done."""

    WRITE = "write", _("Write")
    CALL = "call", pgettext_lazy("to do", "Call")
    MEET = "meet", _("Meet")
    OFFER = "offer", _("Offer")
    PLAN = "plan", _("Plan")
    WORK = "work", pgettext_lazy("to do", "Do")
    DECIDE = "decide", _("Decide")
    FIX = "fix", _("Correct")
    ESCALATE = "escalate", _("Escalate")
    WAIT = "wait", pgettext_lazy("to do", "Wait")


@dataclass(frozen=True)
class Money:
    """An amount in the base currency, to be written as money."""

    amount: Decimal


@dataclass(frozen=True)
class Days:
    """So many days, to be written with the right form of the word."""

    count: int

    def __str__(self) -> str:
        return ngettext("%(days)s day", "%(days)s days", self.count) % {"days": self.count}


Word = str | int | date | Money | Days | Promise


@dataclass(frozen=True)
class Told:
    """A sentence to be translated, and the words and figures that are filled in."""

    text: Label
    words: Mapping[str, Word] = field(default_factory=dict)

    def plainly(self, base: str) -> str:
        """For programs: days as in ISO 8601, money with the code of the base currency."""
        told = {name: _plain(value, base) for name, value in self.words.items()}
        return str(self.text) % told


def _plain(value: Word, base: str) -> str | int:
    if isinstance(value, Money):
        return f"{round(value.amount, 2)} {base}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Effect:
    """Which part of money × chance doing it adds or saves (0.05: 5 %), and whether that was measured or is assumed."""

    size: float
    told: Told
    is_measured: bool = False


@dataclass(frozen=True)
class Worth:
    """What doing it brings, and what it takes: money × chance × effect, for so many minutes.

    `chance` is how likely it is that the money is at stake at all: that the deal can be won, that the customer leaves.
    """

    money: Decimal
    money_from: Label
    chance: float
    chance_from: Label
    effect: Effect
    minutes: int

    @property
    def value(self) -> Decimal:
        """The expected value in the base currency."""
        return self.money * Decimal(str(self.chance)) * Decimal(str(self.effect.size))

    @property
    def per_hour(self) -> Decimal:
        """The expected value for each hour that it takes."""
        return self.value * 60 / self.minutes


class How(StrEnum):
    """How the one key begins it."""

    FORM = "form"
    TASK = "task"
    VERB = "verb"
    FACT = "fact"
    OPEN = "open"


@dataclass(frozen=True)
class Step:
    """The form of a new record, a task made at once, the form of a verb, a fact to fill in, or a page to open.

    `name` is the type, verb or field; `values` are filled in.
    """

    how: How
    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """A record that a reason rests on."""

    title: str
    record_type: str
    record_id: UUID


@dataclass(frozen=True)
class Suggestion:
    """One thing to do about a record.

    `episode` stands for the situation it answers: the same as long as nothing about it changes, whatever day it is.
    """

    source: str
    record: Record
    kind: Kind
    todo: Told
    why: Told
    worth: Worth
    day: date
    episode: str
    step: Step
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        """What tells it apart from all others, and from the next one of its kind about the same record."""
        return f"{self.source}:{self.record.record_type}:{self.record.pk}:{self.episode}"[:200]
