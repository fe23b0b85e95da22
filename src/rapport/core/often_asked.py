"""Questions that pages ask all the time: their SQL is made once and kept, only the values that change are put in anew.

Making the SQL of a question with rights in it takes Python longer than asking it and reading the rows. So:

    @often_asked
    def _open_tasks(actor: Actor, *, record_id: UUID) -> QuerySet[Task]:
        return Task.objects.visible_to(actor).filter(IS_OPEN, about=record_id)

    tasks = _open_tasks(actor, record_id=record.pk)  # a list

What is given by position shapes the question: for each such set of arguments the SQL is made once in each process. An
actor counts with all its rights, so that other rights are another question; the day and the time zone count, and what
users define (see `core.editions`). What is given by name is only put in: it must reach the SQL as it is, and never be
None; of lists it asks `among` instead of `in`. The function asks for nothing besides: neither the moment, nor the
current actor, nor any rows.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Lookup, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler
from django.utils.timezone import get_current_timezone_name

from .actors import Actor
from .clock import today
from .editions import times_read
from .prepared import rows_of
from .scopes import looking_through_many

MOST_KEPT = 1_000  # of about 15 kB each

Asked = ParamSpec("Asked")
Row = TypeVar("Row")

Rows = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

_kept: dict[Hashable, "_Kept | None"] = {}


class NotPutIn(TypeError):
    """A value given by name does not stand in the SQL as it was given: give it by position."""


def often_asked(question: "Callable[Asked, QuerySet[Any, Row]]") -> Callable[Asked, list[Row]]:
    """Turn a function that makes a queryset into one that gives its rows, and that makes the SQL once."""
    return _asking(question, rows_at_once)


def planned_once(question: "Callable[Asked, QuerySet[Any, Row]]") -> Callable[Asked, list[Row]]:
    """As `often_asked`, and each connection plans it once: where a record's key leads to the rows, whoever looks."""
    return _asking(question, rows_of)


def _asking(question: "Callable[Asked, QuerySet[Any, Row]]", rows: "Rows") -> Callable[Asked, list[Row]]:
    @wraps(question)
    def ask(*shape: Asked.args, **values: Asked.kwargs) -> list[Row]:
        kept = _kept_for(question, shape, values)
        return kept.ask(values, rows) if kept else []

    return ask


def often_summed(sql: str) -> "Callable[[Callable[Asked, QuerySet[Any, Any]]], Callable[Asked, list[tuple[Any, ...]]]]":
    """As `often_asked`, for what the rows come to: `sql` stands around the question, such as
    `SELECT COUNT(*) FROM ({}) AS found`.
    """

    def decorate(question: "Callable[Asked, QuerySet[Any, Any]]") -> Callable[Asked, list[tuple[Any, ...]]]:
        @wraps(question)
        def ask(*shape: Asked.args, **values: Asked.kwargs) -> list[tuple[Any, ...]]:
            with looking_through_many():
                kept = _kept_for(question, shape, values)
            return kept.sum(sql, values) if kept else []

        return ask

    return decorate


def _kept_for(question: Callable[..., Any], shape: tuple[Any, ...], values: Mapping[str, Any]) -> "_Kept | None":
    key = (question, *values, times_read(), today(), get_current_timezone_name(), *map(_key, shape))
    try:
        return _kept[key]
    except KeyError:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        made = _kept[key] = _make(question, shape, values)
        return made


def _key(given: Any) -> Hashable:
    return given.rights if isinstance(given, Actor) else given


def _make(question: Callable[..., Any], shape: tuple[Any, ...], values: Mapping[str, Any]) -> "_Kept | None":
    """The SQL with marks where the values go; None for a question that no row can answer."""
    marks = {name: _mark(value, number) for number, (name, value) in enumerate(values.items())}
    queryset = question(*shape, **marks)
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    places = {place: name for place, found in enumerate(parameters) for name in marks if found == marks[name]}
    if missing := marks.keys() - set(places.values()):
        raise NotPutIn(f"{question.__qualname__}: {', '.join(sorted(missing))}")
    converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
    for name in ("query", "connection", "where", "having", "qualify"):  # large, and of no more use
        setattr(compiler, name, None)
    rows = queryset._iterable_class  # noqa: SLF001 - Django has no public way to ask
    return _Kept(compiler, rows, converters, sql, tuple(parameters), places)


def _mark(value: Any, number: int) -> Any:
    """A value of the same type that occurs nowhere else."""
    marks: dict[type, Any] = {
        UUID: UUID(int=0xA5C3_0000_7E11_4000_8B0B_0000_0000_0000 + number),
        date: date(1583, 1, 1) + timedelta(days=number),
        datetime: datetime(1583, 1, 1, tzinfo=UTC) + timedelta(days=number),
        list: [f"\ue0a5{number}"],
        str: f"\ue0a5{number}",
    }
    return marks[type(value)]


def rows_at_once(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@dataclass(frozen=True)
class _Kept:
    """The SQL of a question, what makes rows of the answer, the values that never change and the places of others."""

    compiler: Any
    rows: type[Any]
    converters: Mapping[int, Any]
    sql: str
    parameters: tuple[Any, ...]
    places: Mapping[int, str]

    def ask(self, values: Mapping[str, Any], rows: Rows) -> list[Any]:
        """The rows for these values."""
        compiler = copy(self.compiler)  # threads share the kept one
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        found = rows(self.sql, self._filled(values))
        if compiler.has_extra_select:  # what it is sorted by and not asked for
            found = [row[: compiler.col_count] for row in found]
        compiler.execute_sql = lambda *_given, **_options: [found]
        compiler.get_converters = lambda _columns: self.converters
        compiler.has_composite_fields = lambda _columns: False  # no key of ours has two columns
        return list(self.rows(_Answer(compiler)))

    def sum(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What a statement around the question makes of its rows."""
        return rows_at_once(sql.format(self.sql), self._filled(values))

    def _filled(self, values: Mapping[str, Any]) -> list[Any]:
        parameters = list(self.parameters)
        for place, name in self.places.items():
            parameters[place] = _sent(values[name])
        return parameters


def _sent(value: Any) -> Any:
    """As the database gets it: ids as one text, which it reads as an array; writing them one by one takes long."""
    if type(value) is list and value and type(value[0]) is UUID:
        return f"{{{','.join([f'{one.int:032x}' for one in value])}}}"
    return value


class _Answer:
    """All that Django asks of a queryset and its query while it makes rows."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: Mapping[str, Any] = {}

    def __init__(self, compiler: SQLCompiler) -> None:
        self.query, self._compiler = self, compiler

    def get_compiler(self, using: str) -> SQLCompiler:
        """The one that is ready."""
        return self._compiler


@UUIDField.register_lookup
class Among(Lookup):
    """`id__among=[…]`: as `id__in`, but one value in the SQL however many there are, so that it can be put in.

    It may be an array that the database makes, too.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """An array, which PostgreSQL reads as it would read the values one by one."""
        left, parameters = self.process_lhs(compiler, connection)
        right, more = compiler.compile(self.rhs) if hasattr(self.rhs, "as_sql") else ("%s", [self.rhs])
        return f"{left} = ANY({right})", (*parameters, *more)
