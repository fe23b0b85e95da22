"""`text__like_any=[…]`: text that is like any of some patterns, one value in the SQL however many there are.

So that questions with words in them can be kept (see `often_asked`); the trigram indexes answer it as they answer LIKE.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.models import Lookup


def patterns_for(parts: Iterable[str]) -> list[str]:
    """Patterns for texts that hold one of these parts, signs of patterns in them taken as they are."""
    return [f"%{connection.ops.prep_for_like_query(part)}%" for part in parts]


@models.TextField.register_lookup
class Like(Lookup):
    """Like one pattern, given as it is."""

    lookup_name = "like"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The plain operator."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", (*parameters, self.rhs)


@models.TextField.register_lookup
class LikeAny(Lookup):
    """Like at least one of the patterns."""

    lookup_name = "like_any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The patterns as an array."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} LIKE ANY(%s)", (*parameters, self.rhs)
