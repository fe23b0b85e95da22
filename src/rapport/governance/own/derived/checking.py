"""Checks a derived field before it is kept, against all others in force; tells which rest on a field."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rapport.core.actors import SYSTEM
from rapport.core.problems import Problem

from ...dictionary import Field
from ...formulas import FormulaProblem
from ...models import OwnField
from ...selection import Misfit, match
from ..kinds import FORMULA
from .preparing import Derivation, Preparation


def preparation_with(own: OwnField) -> Preparation:
    """All own fields in force, this one as it is now among them."""
    from ..loading import preparation_of  # it reads what is checked here

    others = OwnField._base_manager.filter(removed_at=None).exclude(pk=own.pk).order_by("position", "id")
    return preparation_of([*others, own])


def derivation_of(own: OwnField) -> Derivation:
    """The field as it would be worked out; raises `FormulaProblem` saying why it can't be."""
    preparation = preparation_with(own)
    derivation = preparation.understood((own.for_type, own.key))
    for other in preparation.derived:
        _understand_if_resting(preparation, other, own)
    _check_condition(derivation)
    return derivation


def _understand_if_resting(preparation: Preparation, other: tuple[str, str], own: OwnField) -> None:
    """What rests on the field must still make sense with it; what made none before is no reason to refuse."""
    field = preparation.derived[other]
    if field is not own and own.key and own.key in f"{field.formula} {field.rolled_field} {field.rolled_where}":
        preparation.understood(other)


def _check_condition(derivation: Derivation) -> None:
    where = derivation.roll_up.where if derivation.roll_up else None
    if where is None or derivation.roll_up is None:
        return
    if where.values and set(where.values) & {"me", "my_team"}:
        raise FormulaProblem(_("The condition can't speak of “me”: the value is the same for everybody."))
    matched = match(where, derivation.roll_up.child, actor=SYSTEM)
    if isinstance(matched, Misfit):
        raise FormulaProblem(matched.reason)


def readable_fields(own: OwnField) -> list[Field]:
    """The fields that the formula of an own field may read, those that follow from it left out."""
    preparation = preparation_with(own)
    for key in preparation.derived:
        with suppress(Problem):
            preparation.understood(key)
    circular = {(one.own.for_type, one.key) for one in preparation.ready.values() if _follows(one, own)}
    return [field for field in preparation.fields(own.for_type) if (own.for_type, field.name) not in circular]


def _follows(derivation: Derivation, own: OwnField) -> bool:
    return derivation.key == own.key or f"{own.for_type}.{own.key}" in derivation.rests_on


def understand(own: OwnField) -> None:
    """Raise `ValidationError` where the field makes no sense; keep its formula by keys, not by labels."""
    try:
        derivation = derivation_of(own)
    except FormulaProblem as problem:
        raise ValidationError({"formula" if own.kind == FORMULA else "rolled_type": str(problem)}) from problem
    if derivation.formula:
        own.formula = derivation.formula.source


def resting_on(own: OwnField) -> list[OwnField]:
    """The derived fields in force that follow directly or not from a field."""
    from .force import in_force

    name = f"{own.for_type}.{own.key}"
    return [one.own for one in in_force().all if name in one.rests_on and one.own.pk != own.pk]
