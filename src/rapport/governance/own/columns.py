"""An own field as a field of its model: `record.own_floor`, `filter(own_floor__gte=3)`, `order_by("own_floor")` work.

The column is virtual: it reads and writes one key of `attributes`. Django's forms of it stand where those of any
other field do, so lists, forms, imports and history ask for it in the same way.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from rapport.core.attributes import COLUMN, DERIVED
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record

from ..domains import Domain, Link
from .storage import LINK, Storage


class OwnValue(models.Func):
    """The value of one attribute, typed: exactly the expression that its index is made of."""

    arity = 1

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The stored expression around the column."""
        column, parameters = compiler.compile(self.source_expressions[0])
        return self.extra["sql"].replace("{column}", column), parameters


class OwnColumn(models.Field):  # type: ignore[type-arg]
    """A field of a model kept under one key of its attributes; `quick` tells that its index is there.

    One whose values are worked out is kept in the column of derived values, and can't be set.
    """

    def __init__(self, *, domain: Domain, storage: Storage, quick: bool = False, worked_out: bool = False) -> None:
        self.domain, self.storage, self.quick, self.worked_out = domain, storage, quick, worked_out
        self.holder = DERIVED if worked_out else COLUMN
        super().__init__(null=True, blank=True)

    @property
    def output_field(self) -> "models.Field[Any, Any]":
        """The kind of values the database gives."""
        return self.storage.output

    @property
    def key(self) -> str:
        """Under which the value is kept; for a link it holds the id of the other record."""
        return self.attname

    def get_attname(self) -> str:
        """`own_site`, or `own_site_id` for a link."""
        return f"{self.name}_id" if self.storage is LINK else self.name

    def get_attname_column(self) -> tuple[str, None]:
        """There is no column of its own."""
        return self.get_attname(), None

    def get_col(self, alias: str | None, output_field: Any = None) -> OwnValue:  # type: ignore[override]
        """What stands for the field in a query."""
        column = self.model._meta.get_field(self.holder).get_col(alias)  # type: ignore[union-attr,arg-type]
        return OwnValue(column, sql=self.storage.sql.replace("{key}", self.key), output_field=self.storage.output)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """The value, if its domain takes it; links are looked up where they are chosen."""
        if isinstance(self.domain, Link) or self.worked_out:
            return value
        try:
            return self.domain.parse(value)
        except Problem as problem:
            raise ValidationError(str(problem)) from problem

    def rewritten(self, value: Any) -> Any:
        """A value in any JSON form that can be read, in the one form in which it is kept."""
        return None if value is None else self.storage.write(self.storage.read(value))

    def join(self, model: type[Record]) -> None:
        """Give the model its way to read and write the value."""
        self.set_attributes_from_name(self.name)
        self.model = model
        setattr(model, self.attname, _Value(self))
        if isinstance(self.domain, Link):
            setattr(model, self.name, _Linked(self, self.domain.target))


class _Value:
    def __init__(self, column: OwnColumn) -> None:
        self.column = column

    def __get__(self, record: Record | None, _owner: object = None) -> Any:
        if record is None:
            return self
        stored = (getattr(record, self.column.holder) or {}).get(self.column.key)
        return None if stored is None else self.column.storage.read(stored)

    def __set__(self, record: Record, value: Any) -> None:
        if self.column.worked_out:
            if value == self.__get__(record):
                return
            raise ValidationError({self.column.name: gettext("This is worked out from other fields. Change those.")})
        kept = {name: stored for name, stored in record.attributes.items() if name != self.column.key}
        stored = self._stored(value)
        record.attributes = kept if stored in (None, "", []) else {**kept, self.column.key: stored}

    def _stored(self, value: Any) -> Any:
        """The value as it is kept; None for nothing. Raises `ValidationError` for what is no value of the field."""
        column = self.column
        try:
            parsed = value if column.storage is LINK else column.domain.parse(value)
            return None if parsed is None else column.storage.write(parsed)
        except (Problem, ValueError, TypeError, ArithmeticError) as problem:
            raise ValidationError({column.name: str(problem)}) from problem


class _Linked:
    """The record that a link leads to; None when it is gone."""

    def __init__(self, column: OwnColumn, target: str) -> None:
        self.column, self.target = column, target

    def __get__(self, record: Record | None, _owner: object = None) -> Any:
        if record is None:
            return self
        key, known = getattr(record, self.column.attname), record._state.fields_cache
        if key is None:
            return None
        found = known.get(self.column.name)
        if found is None or found.pk != key:
            found = RECORD_TYPES[self.target]._base_manager.filter(pk=key).first()
            known[self.column.name] = found
        return found

    def __set__(self, record: Record, value: Record | None) -> None:
        setattr(record, self.column.attname, None if value is None else value.pk)
        record._state.fields_cache[self.column.name] = value


def is_quick(model: type[Record], name: str) -> bool:
    """Whether an index is there for an own field, so that its filters and orders are fast on any number of rows."""
    column = own_columns(model).get(name)
    return column is not None and column.quick


def as_python(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the history keeps them, those of own fields turned into what records give for them."""
    columns = {column.key: column for column in own_columns(model).values()}
    return {
        name: columns[name].storage.read(value) if name in columns and value is not None else value
        for name, value in values.items()
    }


def as_stored(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values read from a file, those of own fields turned into what their attributes hold."""
    columns = {column.key: column for column in own_columns(model).values()}
    if not columns:
        return dict(values)
    return {name: columns[name].rewritten(value) if name in columns else value for name, value in values.items()}


def own_columns(model: type[Record]) -> dict[str, OwnColumn]:
    """The own fields that a model has now, by name."""
    return {field.name: field for field in model._meta.private_fields if isinstance(field, OwnColumn)}
