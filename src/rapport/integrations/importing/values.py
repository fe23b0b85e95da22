"""Reading cells as the values of a field: each distinct text once, with what a person should know about it."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from rapport.governance.dictionary import Field
from rapport.governance.domains import Domain, OpenList, ValueProblem
from rapport.integrations.importing.apart import Apart
from rapport.integrations.importing.guessing.notation import Notation, notation_of, plain_date, plain_number
from rapport.integrations.importing.guessing.placeholders import is_placeholder
from rapport.integrations.importing.similarity import comparable
from rapport.integrations.models import DecisionKind

_CACHED = 50_000
_NUMBERS = frozenset({"integer", "decimal", "amount", "percentage", "year"})
_DATES = frozenset({"date", "datetime"})
_OF_A_FORM = frozenset({"email", "emails", "phone", "phones", "url", "boolean", "vat", "iban"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as a value in stored form (None: nothing there), or what has to be known or decided about it first."""

    value: Any = None
    kind: DecisionKind | None = None
    reason: str = ""
    suggestion: str = ""
    takes: str = ""
    similarity: float | None = None


_EMPTY = Reading()


class ColumnReader:
    """Reads the cells of one column as values of one field."""

    def __init__(self, field: Field, notation: Notation, *, apart: Apart) -> None:
        self.field = field
        self._apart = apart
        self._domain: Domain = field.domain
        self._notation = notation
        self._is_plain = self._domain.kind not in (_NUMBERS | _DATES)
        self._has_form = not self._is_plain or self._domain.kind in _OF_A_FORM
        self._is_list = isinstance(self._domain, OpenList) or self._domain.kind == "choice"
        self._known: dict[str, Reading] = {}
        self._seen_values = _spellings(self._domain)

    def read(self, raw: str) -> Reading:
        """What a cell says."""
        if not raw or raw.isspace():
            return _EMPTY
        reading = self._known.get(raw)
        if reading is None:
            reading = self._as_told(raw.strip())
            if len(self._known) < _CACHED:
                self._known[raw] = reading
        return reading

    def _as_told(self, raw: str) -> Reading:
        """As it reads; where somebody said that it isn't what it reads as, something to be decided."""
        reading = self._read(raw)
        if reading.kind is not DecisionKind.SAME or not self._apart.has(self.field.name, raw):
            return reading
        kind = DecisionKind.BAD
        if self._is_list:
            kind = DecisionKind.OPEN if isinstance(self._domain, OpenList) else DecisionKind.CLOSED
        return Reading(kind=kind, reason=_("Somebody said that it isn't what it reads as."))

    def _read(self, raw: str) -> Reading:
        if self._has_form and is_placeholder(raw):
            return Reading(None, DecisionKind.SAME, _("This says that there is nothing; the field stays empty."))
        plain = raw if self._is_plain else self._plain(raw, self._notation)
        if plain is None:
            return self._read_otherwise(raw)
        try:
            value = self._domain.parse(plain)
        except ValueProblem as problem:
            return self._refused(problem)
        if value is None or value == []:
            return _EMPTY
        return self._understood(raw, stored(value)) if self._is_list else Reading(stored(value))

    def _plain(self, raw: str, notation: Notation) -> str | None:
        if self._domain.kind in _NUMBERS:
            return plain_number(raw, notation)
        if self._domain.kind in _DATES:
            return plain_date(raw, notation)
        return raw

    def _read_otherwise(self, raw: str) -> Reading:
        """A number or date that isn't written as the others of its column, but clearly in another way."""
        own = notation_of([raw])
        plain = self._plain(raw, own) if own.decimal_seen and own.order_seen else None
        if plain is None:
            return Reading(
                kind=DecisionKind.BAD, reason=_("This can't be read as “%(field)s”.") % {"field": self.field.label}
            )
        try:
            return self._same(stored(self._domain.parse(plain)), plain)
        except ValueProblem as problem:
            return self._refused(problem)

    def _refused(self, problem: ValueProblem) -> Reading:
        if self._domain.kind != "choice":
            return Reading(kind=DecisionKind.BAD, reason=str(problem))
        code = problem.suggestion or ""
        shown = self._domain.display(code) if code else ""
        alike = round(problem.similarity / 100, 3) if code else None
        return Reading(None, DecisionKind.CLOSED, str(problem), shown, code, alike)

    def _understood(self, raw: str, value: Any) -> Reading:
        """A value of a list: known, known but written differently, or new."""
        if isinstance(self._domain, OpenList):
            if comparable(raw) not in self._seen_values:
                return Reading(value, DecisionKind.OPEN, _("This isn't in the list yet."))
            return Reading(value) if raw == value else self._same(value, value)
        if self._domain.kind == "choice" and comparable(raw) not in self._seen_values:
            return self._same(value, self._domain.display(value))
        return Reading(value)

    def _same(self, value: Any, shown: str) -> Reading:
        return Reading(value, DecisionKind.SAME, _("This is the same, written differently."), shown, str(value))


def _spellings(domain: Domain) -> frozenset[str]:
    """What values of a list are called in all languages; reading those is no interpretation."""
    if isinstance(domain, OpenList):
        return frozenset(comparable(label) for label in domain.labels())
    labels = getattr(domain, "labels", None)
    if domain.kind != "choice" or labels is None:
        return frozenset()
    spellings: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, label in labels().items():
                spellings |= {comparable(code), comparable(str(label)), *map(comparable, str(label).split(" – "))}
    return frozenset(spellings)


def stored(value: Any) -> Any:
    """A value as JSON keeps it and the database reads it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return value
