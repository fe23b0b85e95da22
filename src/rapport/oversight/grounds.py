"""Grounds: why a machine wants something, from which places, and how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from rapport.core.records import Record

LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class Evidence:
    """One place that speaks for it: a record, perhaps its field, the characters from–to, and their very text."""

    record: Record
    field: str = ""
    span: tuple[int, int] | None = None
    text: str = ""

    def as_stored(self) -> dict[str, Any]:
        """As a proposal keeps it."""
        return {
            "type": self.record.record_type,
            "id": str(self.record.pk),
            "title": self.record.title[:300],
            "field": self.field,
            "span": list(self.span) if self.span else None,
            "text": self.text[:1000],
        }


@dataclass(frozen=True)
class Cost:
    """What it took: seconds of computing, tokens of a language model, money as text ("0.0021 EUR")."""

    seconds: float = 0.0
    tokens: int = 0
    money: str = ""

    def as_stored(self) -> dict[str, Any]:
        """As a proposal keeps it."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Grounds:
    """The grounds of a call.

    `confidence` is a probability from 0 to 1, or None where there is none. `estimator` names who says so with its
    version ("rules.email/1"). `why` is one sentence, an English text that was marked for translation (`gettext_noop`),
    with `words` to fill in. `rests_on` are further records that must be as they are when it is carried out.
    """

    evidence: Sequence[Evidence] = ()
    confidence: float | None = None
    estimator: str = ""
    why: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    rests_on: Sequence[Record] = ()
    expires_in: timedelta = LIFETIME
    cost: Cost = field(default_factory=Cost)
