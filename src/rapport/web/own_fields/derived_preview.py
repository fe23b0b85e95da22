"""What a formula or roll-up would give for a few real records, or what is wrong with it."""

from dataclasses import dataclass
from uuid import UUID

from rapport.core.actors import Actor
from rapport.core.attributes import DERIVED, spread
from rapport.core.records import RECORD_TYPES
from rapport.core.snapshots import recorded_fields
from rapport.governance.domains import Amount
from rapport.governance.formulas import FormulaProblem
from rapport.governance.models import OwnField
from rapport.governance.own.derived.checking import derivation_of
from rapport.governance.own.derived.force import in_force
from rapport.governance.own.derived.preparing import Derivation
from rapport.governance.own.derived.results import kept

_SHOWN = 5
DERIVED_FACTS = (
    *("label", "formula", "result", "currency", "places", "rolled_type", "rolled_link", "rolled_how", "rolled_field"),
    *("rolled_where", "for_everyone"),
)


@dataclass(frozen=True)
class DerivedPreview:
    """Titles and values of some records; or a sentence, and the part of the formula that it is about."""

    rows: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    before: str = ""
    wrong: str = ""
    after: str = ""


def preview_of(own: OwnField, actor: Actor) -> DerivedPreview:
    """What the field would give; the newest records that the actor sees serve as examples."""
    try:
        derivation = derivation_of(own)
    except FormulaProblem as problem:
        return _refused(own.formula, problem)
    records = list(RECORD_TYPES[own.for_type].objects.visible_to(actor).order_by("-pk")[:_SHOWN])
    values = _values(derivation, [record.pk for record in records])
    return DerivedPreview(tuple((record.title, values[record.pk]) for record in records))


def _refused(source: str, problem: FormulaProblem) -> DerivedPreview:
    if not problem.end:
        return DerivedPreview(problem=str(problem))
    start, end = problem.start, problem.end
    return DerivedPreview((), str(problem), source[:start], source[start:end], source[end:])


def _values(derivation: Derivation, keys: list[UUID]) -> dict[UUID, str]:
    if derivation.roll_up:
        found = derivation.roll_up.values(keys)
        return {key: _shown(derivation, kept(derivation.field.domain, value)) for key, value in found.items()}
    model = RECORD_TYPES[derivation.own.for_type]
    names = [field.attname for field in recorded_fields(model)]
    rows = model._base_manager.filter(pk__in=keys).values(*names, DERIVED)
    return {row["id"]: _shown(derivation, derivation.value({**spread(row), **(row[DERIVED] or {})})) for row in rows}


def _shown(derivation: Derivation, stored: object) -> str:
    if stored is None:
        return "–"
    domain = derivation.field.domain
    shown = domain.display(derivation.storage.read(stored))
    return f"{shown} {domain.currency}".strip() if isinstance(domain, Amount) else shown


def problem_of(own: OwnField) -> str:
    """Why a field that is in force can't be worked out, as when a choice it names is gone; empty when it can."""
    if not own.is_derived or own.pk in {one.own.pk for one in in_force().all}:
        return ""
    try:
        derivation_of(own)
    except FormulaProblem as problem:
        return str(problem)
    return ""
