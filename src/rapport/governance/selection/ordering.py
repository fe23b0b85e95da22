"""In which order: by an indexed column always, by any other only while the selection is small enough to sort."""

from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from rapport.core.actors import Actor
from rapport.core.records import Record

from ..dictionary import Field, entry_of
from ..domains import Choice, Link
from ..own.columns import is_quick
from .fields import selectable_fields
from .operators import Family, family_of

ADDED, TITLE = "id", "title"
_KEPT = frozenset({"sort_name"})
_MOST_OPTIONS = 60
_UNORDERED = frozenset({Family.ENTRIES})


@dataclass(frozen=True)
class Order:
    """What rows are ordered by; `is_indexed` says whether that is fast on any number of rows.

    Rows without a value come last in both directions; rows of one value are in the order of their ids.
    """

    field: str
    expression: Combinable
    output: "models.Field[Any, Any]"
    _: KW_ONLY
    is_indexed: bool
    is_nullable: bool
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.field}" if self.descending else self.field


def order_by(written: str, record_type: str, *, actor: Actor) -> Order | None:
    """The order that a text such as "-amount" asks for; None when one can't order by that."""
    name = written.removeprefix("-")
    field = selectable_fields(record_type, actor).get(name)
    model = entry_of(record_type).model
    if name == ADDED:
        falling = written.startswith("-")
        return Order(ADDED, F("pk"), model._meta.pk, is_indexed=True, is_nullable=False, descending=falling)
    if name == TITLE or (name == "name" and _is_kept(model)):
        return _by_title(model, written)
    family = family_of(field) if field else None
    if field is None or family is None or family in _UNORDERED or field.domain.kind == "long_text":
        return None
    column = _output(model._meta.get_field(name))
    expression, output = _expression(field, column, actor)
    indexed = is_quick(model, name) if field.own else isinstance(expression, F) and _has_index(model, name)
    nullable = field.own or column.null or field.is_link
    return Order(name, expression, output, is_indexed=indexed, is_nullable=nullable, descending=written.startswith("-"))


def _by_title(model: type[Record], written: str) -> Order:
    """By the column kept for sorting; where there is none, by the name in lower case."""
    column = _naming_column(model)
    output = _output(model._meta.get_field(column))
    is_text = isinstance(output, models.CharField) and column not in _KEPT
    expression = Lower(column, output_field=models.TextField()) if is_text else F(column)
    indexed, falling = _has_index(model, column), written.startswith("-")
    return Order(TITLE, expression, output, is_indexed=indexed, is_nullable=output.null, descending=falling)


def _is_kept(model: type[Record]) -> bool:
    return _naming_column(model) in _KEPT


def _has_index(model: type[Record], column: str) -> bool:
    """Whether an index of all rows, or of all that have a value, begins with this column and so gives them in order."""
    filled = Q((f"{column}__isnull", False))
    known = (model._meta.concrete_model or model)._meta.indexes
    whole = [index for index in known if index.condition in (None, filled) and index.fields]
    return column == ADDED or any(index.fields[0].lstrip("-") == column for index in whole)


def _expression(
    field: Field, column: "models.Field[Any, Any]", actor: Actor
) -> "tuple[Combinable, models.Field[Any, Any]]":
    domain = field.domain
    if isinstance(domain, Link):
        return _linked(domain, field.name, actor)
    if not isinstance(column, models.CharField | models.TextField):
        return F(field.name), column
    if type(domain) is Choice and len(domain.options) <= _MOST_OPTIONS:
        return _by_position(domain, field), models.IntegerField()
    return Lower(field.name, output_field=models.TextField()), models.TextField()


def _by_position(domain: Choice, field: Field) -> Case:
    """By the place of the choice; own choices leave those without one to the end."""
    places = [When(**{field.name: code}, then=Value(place)) for place, code in enumerate(domain.options)]
    otherwise = None if field.own else Value(len(places))
    return Case(*places, default=otherwise, output_field=models.IntegerField())


def _linked(domain: Link, name: str, actor: Actor) -> "tuple[Combinable, models.Field[Any, Any]]":
    """By the name of the linked record, as far as the actor may see it: the order tells nothing of hidden ones."""
    model = domain.model
    column = _naming_column(model)
    visible = model.objects.visible_to(actor).filter(pk=OuterRef(f"{name}_id")).values(column)
    output = _output(model._meta.get_field(column))
    by_name: Combinable = Subquery(visible, output_field=output)
    return by_name, output


def _naming_column(model: type[Record]) -> str:
    names = {field.name for field in model._meta.concrete_fields}
    return next((name for name in ("sort_name", "position", "name", "subject", "number") if name in names), "id")


def _output(column: Any) -> "models.Field[Any, Any]":
    """The kind of values a column gives; a computed one says it apart."""
    output: models.Field[Any, Any] = getattr(column, "output_field", None) or column
    return output
