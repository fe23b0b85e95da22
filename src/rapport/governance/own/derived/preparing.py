"""Understands formulas and roll-ups: what each rests on, what it gives; those in a circle are refused."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from rapport.core.records import RECORD_TYPES

from ...dictionary import Field, entries
from ...domains import Amount, Link
from ...formulas import Compiled, FormulaProblem, Source, compile_formula
from ...formulas.meanings import Piece
from ...formulas.operators import label_of
from ...selection import Condition
from ..kinds import FORMULA
from ..storage import Storage
from .inputs import built_in_source, meaning_of, own_source
from .results import formula_domain, kept, rolled_domain, storage_of
from .rolling import HOWS, RollUp

if TYPE_CHECKING:
    from ...models import OwnField

Key = tuple[str, str]


@dataclass(frozen=True)
class Derivation:
    """A derived field that was understood.

    `bases` are the columns and attributes of the same record that it follows from, through other formulas too;
    `rests_on` all fields ("opportunity.amount") that its value tells of; `signature` changes with what it gives.
    """

    own: "OwnField"
    field: Field
    formula: Compiled | None
    roll_up: RollUp | None
    bases: frozenset[str]
    rests_on: frozenset[str]
    rolls_up: frozenset[str]
    follows_today: bool
    signature: str

    @property
    def key(self) -> str:
        """Under which the value is kept."""
        return self.own.key

    @property
    def storage(self) -> Storage:
        """How the value is kept."""
        return storage_of(self.field.domain)

    def value(self, row: Mapping[str, Any]) -> Any:
        """What the formula gives for a row, as it is kept."""
        return kept(self.field.domain, self.formula.value(row)) if self.formula else None


@dataclass(frozen=True)
class _Known:
    """A field as others can rest on it."""

    field: Field
    source: Source | None
    bases: frozenset[str]
    rests_on: frozenset[str]
    derivation: Derivation | None = None


class Preparation:
    """All own fields in force, understood one after the other as they rest on each other."""

    def __init__(self, plain: Mapping[Key, tuple[Field, str, Storage]], derived: Iterable["OwnField"]) -> None:
        self.plain = plain
        self.derived = {(own.for_type, own.key): own for own in derived}
        self.ready: dict[Key, Derivation] = {}
        self._under_way: list[Key] = []

    def understood(self, key: Key) -> Derivation:
        """The derivation of one field; raises `FormulaProblem` when it makes no sense."""
        if key in self.ready:
            return self.ready[key]
        if key in self._under_way:
            circle = [*self._under_way[self._under_way.index(key) :], key]
            told = " → ".join(f"“{self.derived[one].label}”" for one in circle)
            raise FormulaProblem(_("It would follow from itself: %(circle)s.") % {"circle": told})
        self._under_way.append(key)
        try:
            own = self.derived[key]
            with override(settings.LANGUAGE_CODE):
                derivation = self._formula(own) if own.kind == FORMULA else self._roll_up(own)
        finally:
            self._under_way.pop()
        self.ready[key] = derivation
        return derivation

    def _formula(self, own: "OwnField") -> Derivation:
        compiled = compile_formula(
            own.formula, lambda name: self._source(own.for_type, name), self.labels(own.for_type)
        )
        domain = formula_domain(own, compiled.meaning)
        if own.result == "text":
            run = label_of(Piece(compiled.meaning, compiled.run))
            compiled = Compiled(compiled.source, compiled.meaning, compiled.reads, compiled.follows_today, run)
        inputs = [known for name in compiled.reads if (known := self.known(own.for_type, name))]
        return Derivation(
            own,
            _described(own, domain),
            compiled,
            None,
            bases=frozenset().union(*(known.bases for known in inputs)),
            rests_on=frozenset().union(*(known.rests_on for known in inputs)),
            rolls_up=_rolled_types(inputs),
            follows_today=compiled.follows_today or any(_follows_today(known) for known in inputs),
            signature=_signature(own, inputs),
        )

    def _roll_up(self, own: "OwnField") -> Derivation:
        link = self._link(own)
        over = self._rolled_field(own)
        where = Condition.read(own.rolled_where) if own.rolled_where else None
        sought = self.known(own.rolled_type, where.field) if where else None
        if where is not None and sought is None:
            raise FormulaProblem(_("The condition names a field that is not there. Choose another one."))
        inputs = [known for known in (link, over, sought) if known is not None]
        domain = rolled_domain(own, over.field if over else None)
        roll_up = RollUp(
            own.key,
            own.for_type,
            own.rolled_type,
            next(iter(link.bases)),
            own.rolled_how,
            over.field if over else None,
            where,
            getattr(domain, "places", 0),
            watched=frozenset().union(*(known.bases for known in inputs)) | _currency_of(over),
            watched_derived=frozenset(known.field.name for known in inputs if known.derivation),
        )
        return Derivation(
            own,
            _described(own, domain),
            None,
            roll_up,
            bases=frozenset(),
            rests_on=frozenset().union(*(known.rests_on for known in inputs)),
            rolls_up=_rolled_types(inputs) | (frozenset() if own.for_everyone else frozenset({own.rolled_type})),
            follows_today=roll_up.follows_today or any(_follows_today(known) for known in inputs),
            signature=_signature(own, inputs, domain.currency if isinstance(domain, Amount) else ""),
        )

    def _link(self, own: "OwnField") -> _Known:
        found = self.known(own.rolled_type, own.rolled_link) if own.rolled_type in entries() else None
        if found is None or not isinstance(found.field.domain, Link) or found.field.domain.target != own.for_type:
            raise FormulaProblem(_("Choose which records are rolled up: those that link to this one."))
        if own.rolled_how not in HOWS:
            raise FormulaProblem(_("Choose how the records are rolled up."))
        return found

    def _rolled_field(self, own: "OwnField") -> _Known | None:
        if own.rolled_how == "count":
            return None
        found = self.known(own.rolled_type, own.rolled_field)
        if found is None:
            raise FormulaProblem(_("Choose the field that is rolled up."))
        return found

    def known(self, record_type: str, name: str) -> _Known | None:
        """A field by its name; None when there is none."""
        key, full = (record_type, name), frozenset({f"{record_type}.{name}"})
        if key in self.derived:
            derivation = self.understood(key)
            source = own_source(derivation.field, name, derivation.storage)
            rests_on = full | derivation.rests_on
            return _Known(derivation.field, source, derivation.bases, rests_on, derivation)
        if key in self.plain:
            field, kept_under, storage = self.plain[key]
            source = own_source(field, kept_under, storage)
            return _Known(field, source, frozenset({kept_under}), full)
        field_of_code = self._built_in(record_type, name)
        if field_of_code is None:
            return None
        column: Any = RECORD_TYPES[record_type]._meta.get_field(name)
        built_in = built_in_source(RECORD_TYPES[record_type], field_of_code)
        return _Known(field_of_code, built_in, frozenset({column.attname}), full)

    def _built_in(self, record_type: str, name: str) -> Field | None:
        found = entries()[record_type].fields.get(name) if record_type in entries() else None
        return found if found is not None and not found.own else None

    def _source(self, record_type: str, name: str) -> Source | None:
        """What a name in a formula stands for: a field, or an own one without the beginning of its key."""
        known = self.known(record_type, name) or self.known(record_type, f"own_{name}")
        return known.source if known else None

    def labels(self, record_type: str) -> dict[str, str]:
        """The names of all fields that a formula of this type can read, by their labels in small letters."""
        return {str(field.label).lower(): field.name for field in self.fields(record_type)}

    def fields(self, record_type: str) -> list[Field]:
        """The fields of a type that a formula can read."""
        model = RECORD_TYPES[record_type]
        built_in = [field for field in entries()[record_type].fields.values() if not field.own]
        plain = [field for (for_type, _name), (field, _key, _storage) in self.plain.items() if for_type == record_type]
        ready = [one.field for (for_type, _name), one in self.ready.items() if for_type == record_type]
        return [*(field for field in built_in if built_in_source(model, field)), *plain, *ready]


def _described(own: "OwnField", domain: Any) -> Field:
    return Field(
        own.key,
        own.label,
        domain,
        own.meaning or gettext_lazy("Worked out from other fields."),
        aliases=(own.key.removeprefix("own_"),),
        in_list=own.in_list,
        sortable=own.quick,
        form=False,
        editable=False,
        worked_out=True,
        own=True,
    )


def _currency_of(over: _Known | None) -> frozenset[str]:
    """The column that tells the currency of the rolled-up amounts."""
    domain = over.field.domain if over else None
    return frozenset({domain.currency_field}) if isinstance(domain, Amount) and not domain.currency else frozenset()


def _rolled_types(inputs: Iterable[_Known]) -> frozenset[str]:
    return frozenset().union(*(known.derivation.rolls_up for known in inputs if known.derivation))


def _follows_today(known: _Known) -> bool:
    return known.derivation is not None and known.derivation.follows_today


def _signature(own: "OwnField", inputs: Iterable[_Known], more: str = "") -> str:
    """What the values of a field stand for: when it differs, they are worked out again."""
    parts = [own.formula, own.result, own.currency, str(own.places), own.rolled_type, own.rolled_link]
    parts += [own.rolled_how, own.rolled_field, own.rolled_where, more]
    parts += sorted(known.derivation.signature for known in inputs if known.derivation)
    parts += sorted(str(sorted(meaning_of(known.field).options.items())) for known in inputs)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
