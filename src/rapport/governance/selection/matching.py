"""From a condition as written to what the database is asked, or to the reason why it makes no sense."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.problems import Problem

from ..dictionary import Field, entry_of
from .comparisons import Comparison, condition_of
from .conditions import LONGEST_CONDITION, MOST_CONDITIONS, Condition, Selection
from .fields import selectable_fields
from .operands import read_operand
from .operators import Operator, family_of, operators_for
from .related import match_related, reaches_over


@dataclass(frozen=True)
class Matched:
    """A condition that was understood; `words` say what it compares with."""

    condition: Condition
    field: Field
    operator: Operator
    words: str
    q: Q


@dataclass(frozen=True)
class Misfit:
    """A condition that was not: it selects nothing out, and the reason is shown."""

    condition: Condition
    reason: str


def match(condition: Condition, record_type: str, *, actor: Actor) -> Matched | Misfit:
    """Understand one condition; never raises, whatever was written."""
    if condition.is_cut:
        return _too_long(condition)
    if reaches_over(condition):
        return match_related(condition, record_type, actor=actor, match=match)
    field = selectable_fields(record_type, actor).get(condition.field)
    if field is None:
        return Misfit(condition, _("There is no field “%(name)s” here.") % {"name": condition.field[:60]})
    operator = next((item for item in operators_for(field) if item.key == condition.operator), None)
    family = family_of(field)
    if operator is None or family is None:
        words = {"field": field.label, "operator": condition.operator[:40]}
        return Misfit(condition, _("“%(field)s” can't be compared by “%(operator)s”.") % words)
    try:
        reading = read_operand(operator.operand, field, texts=condition.values, actor=actor)
    except Problem as problem:
        return Misfit(condition, str(problem))
    comparison = Comparison(entry_of(record_type).model, field, operator.key, reading.values, actor)
    return Matched(condition, field, operator, reading.words, condition_of(comparison, family))


def match_all(selection: Selection, record_type: str, *, actor: Actor) -> list[list[Matched | Misfit]]:
    """Every condition, by group; those beyond the most there may be are misfits."""
    surplus = set(selection.conditions[MOST_CONDITIONS:]) - set(selection.conditions[:MOST_CONDITIONS])
    return [
        [_one_too_many(item) if item in surplus else match(item, record_type, actor=actor) for item in group]
        for group in selection.groups()
    ]


def _too_long(condition: Condition) -> Misfit:
    words = {"most": LONGEST_CONDITION}
    return Misfit(condition, _("A filter has at most %(most)d characters. Shorten it, or make two of it.") % words)


def _one_too_many(condition: Condition) -> Misfit:
    words = {"most": MOST_CONDITIONS}
    return Misfit(condition, _("A list takes at most %(most)d filters; the others do nothing. Take some off.") % words)


def combined(groups: Sequence[Sequence[Matched | Misfit]], *, any_of: bool) -> Q:
    """One condition for the database from all that were understood; empty when there are none."""
    within, between = (and_, or_) if any_of else (or_, and_)
    understood = [[item.q for item in group if isinstance(item, Matched)] for group in groups]
    return reduce(between, [reduce(within, group) for group in understood if group], Q())
