"""Comparisons as the database makes them: one function per family of operators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone

from rapport.core.actors import Actor
from rapport.core.search import is_searched, matching

from ..dictionary import Field
from ..domains import Link
from .entries import EntriesContain, NamedIn
from .operands import ME, MY_TEAM
from .operators import Family
from .periods import Span


@dataclass(frozen=True)
class Comparison:
    """One field of one record type, compared by one operator with values already read."""

    model: type[models.Model]
    field: Field
    operator: str
    values: tuple[Any, ...]
    actor: Actor

    @property
    def name(self) -> str:
        """The model's field."""
        return self.field.name


def condition_of(comparison: Comparison, family: Family) -> Q:
    """What the database is asked."""
    if comparison.operator == "empty":
        return _empty(comparison)
    if comparison.operator == "filled":
        return ~_empty(comparison)
    return _BUILDERS[family](comparison)


def _empty(comparison: Comparison) -> Q:
    column: models.Field[Any, Any] = comparison.model._meta.get_field(comparison.name)  # type: ignore[assignment]
    missing = Q(**{f"{comparison.name}__isnull": True})
    if comparison.field.own:
        return missing
    if isinstance(column, models.JSONField):
        return missing | Q(**{f"{comparison.name}__in": [[], {}]})
    return missing | Q(**{comparison.name: ""}) if column.empty_strings_allowed and _is_text(column) else missing


def _is_text(column: "models.Field[Any, Any]") -> bool:
    return isinstance(column, models.CharField | models.TextField)


def _text(comparison: Comparison) -> Q:
    name, value = comparison.name, comparison.values[0]
    match comparison.operator:
        case "contains":
            return Q(**{f"{name}__icontains": value})
        case "lacks":
            return ~Q(**{f"{name}__icontains": value})
        case "starts":
            return Q(**{f"{name}__istartswith": value})
    if comparison.field.own and comparison.operator == "is":
        return Q(Exact(Lower(name), Lower(models.Value(value))))  # as the index that orders by it has it
    found = Q(**{f"{name}__iexact": value})
    return ~found if comparison.operator == "not" else found


def _one_of(comparison: Comparison) -> Q:
    if comparison.operator in ("contains", "lacks"):
        return _text(comparison)
    found = Q(**{f"{comparison.name}__in": comparison.values})
    return ~found if comparison.operator == "not" else found


def _boolean(comparison: Comparison) -> Q:
    is_set = Q(**{comparison.name: True})
    return is_set if comparison.operator == "yes" else ~is_set


def _number(comparison: Comparison) -> Q:
    name, values = comparison.name, comparison.values
    match comparison.operator:
        case "least":
            return Q(**{f"{name}__gte": values[0]})
        case "most":
            return Q(**{f"{name}__lte": values[0]})
        case "between":
            return Q(**{f"{name}__gte": min(values), f"{name}__lte": max(values)})
    found = Q(**{name: values[0]})
    return ~found if comparison.operator == "not" else found


def _time_of_day(comparison: Comparison) -> Q:
    bound = "gte" if comparison.operator == "least" else "lte"
    return Q(**{f"{comparison.name}__{bound}": comparison.values[0]})


def _day(comparison: Comparison) -> Q:
    return _time(comparison, lower=lambda day: day, upper=lambda day: day + timedelta(days=1))


def _moment(comparison: Comparison) -> Q:
    return _time(comparison, lower=_midnight, upper=lambda day: _midnight(day + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _time(comparison: Comparison, *, lower: Callable[[date], Any], upper: Callable[[date], Any]) -> Q:
    """A range that an index can answer: from the start of a day to before the start of the one after the last."""
    name, values = comparison.name, comparison.values
    if comparison.operator == "before":
        return Q(**{f"{name}__lt": lower(values[0])})
    if comparison.operator == "after":
        return Q(**{f"{name}__gte": upper(values[0])})
    span = values[0] if isinstance(values[0], Span) else Span(min(values), max(values))
    return Q(**{f"{name}__gte": lower(span.first), f"{name}__lt": upper(span.last)})


def _link(comparison: Comparison) -> Q:
    if comparison.operator == "contains":
        return _link_text(comparison)
    found = _linked_to(comparison)
    return ~found if comparison.operator == "not" else found


def _linked_to(comparison: Comparison) -> Q:
    keys = [value for value in comparison.values if value not in (ME, MY_TEAM)]
    if ME in comparison.values:
        keys.append(comparison.actor.user_id)
    found = Q(**{f"{comparison.name}_id__in": keys})
    if MY_TEAM in comparison.values:
        teams = list(comparison.actor.team_ids)
        return found | Q(**{f"{comparison.name}__in": _members(comparison, teams) if _is_user(comparison) else teams})
    return found


def _members(comparison: Comparison, teams: list[UUID]) -> "models.QuerySet[Any, Any]":
    domain = comparison.field.domain
    assert isinstance(domain, Link)
    return domain.model.objects.filter(Q(("team_id__in", teams))).values("pk")


def _is_user(comparison: Comparison) -> bool:
    domain = comparison.field.domain
    return isinstance(domain, Link) and domain.target == "user"


def _link_text(comparison: Comparison) -> Q:
    """By the text of the linked record, among those the actor may see: no filter tells of hidden records."""
    domain, text = comparison.field.domain, comparison.values[0]
    assert isinstance(domain, Link)
    visible = domain.model.objects.visible_to(comparison.actor)
    if is_searched(domain.model):
        visible = visible.filter(pk__in=matching(domain.target, text, comparison.actor))
    else:
        visible = visible.filter(Q(("name__icontains", text)))
    return Q(**{f"{comparison.name}__in": visible.values("pk")})


def _entries(comparison: Comparison) -> Q:
    begins = comparison.operator == "starts"
    found = Q(EntriesContain(models.F(comparison.name), comparison.values[0], begins=begins))
    return ~found if comparison.operator == "lacks" else found


def _several(comparison: Comparison) -> Q:
    found = Q(**{f"{comparison.name}__has_any_keys": list(comparison.values)})
    return ~found if comparison.operator == "not" else found


def _about(comparison: Comparison) -> Q:
    """By the text of the records that something is about; who sees it sees those too."""
    found = Q(NamedIn(models.F(comparison.name), comparison.values[0], comparison.actor))
    return ~found if comparison.operator == "lacks" else found


_BUILDERS: Mapping[Family, Callable[[Comparison], Q]] = {
    Family.TEXT: _text,
    Family.OPEN_LIST: _one_of,
    Family.CHOICE: _one_of,
    Family.BOOLEAN: _boolean,
    Family.NUMBER: _number,
    Family.TIME: _time_of_day,
    Family.DAY: _day,
    Family.MOMENT: _moment,
    Family.LINK: _link,
    Family.ENTRIES: _entries,
    Family.SEVERAL: _several,
    Family.ABOUT: _about,
}
