"""Rights over rows of many record types at once: what search and timelines ask of their entries.

Each type says with `own_scope` what an actor may see of it. What holds alike for several types (an activity is about
nothing hidden) is a *shared scope*, asked once for all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Exists, OuterRef, Q

from .actors import Actor

SharedScope = Callable[[Actor, str, type[Exists]], Q]

_looks_through_many: ContextVar[bool] = ContextVar("looks_through_many", default=False)


@contextmanager
def looking_through_many() -> Iterator[None]:
    """SQL made inside is for a question that looks through very many rows: to count them, or to add them up."""
    token = _looks_through_many.set(True)
    try:
        yield
    finally:
        _looks_through_many.reset(token)


class ExistsPerRow(Exists):
    """`Exists`, but never turned into a join or a hash of the whole other table.

    PostgreSQL plans an EXISTS inside an OR for as many rows as the outer query has without its LIMIT, and then hashes
    the other table for a page of thirty rows. It leaves a subquery with OFFSET 0 as it is.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


class ExistsInShortTable(Exists):
    """`Exists` in a table that is short beside the one asked: row by row for a page, hashed once for very many rows."""

    def as_sql(self, compiler: Any, connection: Any, template: str | None = None, **extra: Any) -> Any:
        """As `looking_through_many` says at this moment."""
        usual = Exists.template if _looks_through_many.get() else ExistsPerRow.template
        return super().as_sql(compiler, connection, template=template or usual, **extra)


def in_scope(actor: Actor, record_types: Iterable[str], *, type_column: str, id_column: str) -> Q:
    """The condition that a row stands for a record of one of these types that the actor may see."""
    from .records import RECORD_TYPES  # records import the search, which asks here

    types = sorted(record_types)
    condition = Q((f"{type_column}__in", types))
    sharing: dict[SharedScope, list[str]] = defaultdict(list)
    for record_type in types:
        model = RECORD_TYPES[record_type]
        own = model.own_scope(actor)
        if own is not None:
            seen = model._base_manager.filter(own, pk=OuterRef(id_column))
            condition &= ~Q((type_column, record_type)) | Q(ExistsPerRow(seen))
        for scope in model.shared_scopes:
            sharing[scope].append(record_type)
    for scope, sharers in sharing.items():
        if shared := scope(actor, id_column, ExistsPerRow):
            condition &= ~Q((f"{type_column}__in", sharers)) | shared
    return condition
