"""In which order: by an indexed column always, by any other only while the selection is small enough to sort."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Expression, F, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from rapport.core.actors import Actor
from rapport.core.records import Record

from ..dictionary import Field, entry_of
from ..domains import Choice, Link
from .fields import selectable_fields
from .operators import Family, family_of

ADDED = "id"
_MOST_OPTIONS = 60


@dataclass(frozen=True)
class Order:
    """What rows are ordered by; `is_indexed` says whether that is fast on any number of rows.

    Rows without a value come last in both directions; rows of one value are in the order of their ids.
    """

    field: str
    expression: Combinable
    output: "models.Field[Any, Any]"
    is_indexed: bool
    is_nullable: bool
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.field}" if self.descending else self.field


def order_by(written: str, record_type: str, *, actor: Actor) -> Order | None:
    """The order that a text such as "-amount" asks for; None when one can't order by that."""
    name = written.removeprefix("-")
    field = selectable_fields(record_type).get(name)
    model = entry_of(record_type).model
    if name == ADDED:
        falling = written.startswith("-")
        return Order(ADDED, F("pk"), model._meta.pk, is_indexed=True, is_nullable=False, descending=falling)
    family = family_of(field) if field else None
    if field is None or family is None or family is Family.ENTRIES or field.domain.kind == "long_text":
        return None
    column: models.Field[Any, Any] = model._meta.get_field(sorted_columns(model).get(name, name))  # type: ignore[assignment]
    expression, output = _expression(field, column, actor)
    return Order(name, expression, output, field.sortable, column.null, written.startswith("-"))


def sorted_columns(model: type[Record]) -> Mapping[str, str]:
    """Field → the column with its values in a form fit for ordering (lower case, no accents), where there is one."""
    columns: Mapping[str, str] = getattr(model, "sorted_columns", {})
    return columns


def _expression(
    field: Field, column: "models.Field[Any, Any]", actor: Actor
) -> "tuple[Combinable, models.Field[Any, Any]]":
    domain = field.domain
    if isinstance(domain, Link):
        return _linked(domain, field.name, actor)
    if field.sortable or not isinstance(column, models.CharField | models.TextField):
        return F(column.name), column
    if type(domain) is Choice and len(domain.options) <= _MOST_OPTIONS:
        return _by_position(domain, column)
    return Lower(column.name, output_field=models.TextField()), models.TextField()


def _by_position(domain: Choice, column: "models.Field[Any, Any]") -> "tuple[Expression, models.Field[Any, Any]]":
    places = [When(**{column.name: code}, then=Value(place)) for place, code in enumerate(domain.options)]
    return Case(*places, default=Value(len(places)), output_field=models.IntegerField()), models.IntegerField()


def _linked(domain: Link, name: str, actor: Actor) -> "tuple[Expression, models.Field[Any, Any]]":
    """By the name of the linked record, as far as the actor may see it: the order tells nothing of hidden ones."""
    model = domain.model
    column = sorted_columns(model).get("name", _naming_column(model))
    visible = model.objects.visible_to(actor).filter(pk=OuterRef(f"{name}_id")).values(column)
    return Subquery(visible, output_field=model._meta.get_field(column)), model._meta.get_field(column)  # type: ignore[arg-type, return-value]


def _naming_column(model: type[Record]) -> str:
    names = {field.name for field in model._meta.concrete_fields}
    return next((name for name in ("position", "name", "last_name", "subject") if name in names), "id")
