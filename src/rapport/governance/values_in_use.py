"""Lists that grow by use: a few values to start with, and whatever the records hold."""

import time
from collections.abc import Callable, Mapping
from functools import cache

from django.db.models import Model
from django.utils.translation import gettext

_KEPT_FOR = 20.0
_MOST_VALUES = 500


def values_in_use(
    model: type[Model], column: str, *, to_start_with: tuple[str, ...] = ()
) -> Callable[[], Mapping[str, str]]:
    """A function giving the values of a column, value → label; asked of the database every now and then."""

    @cache
    def stored(_period: int) -> tuple[str, ...]:
        stored.cache_clear()
        rows = model._base_manager.exclude(**{column: ""}).values_list(column, flat=True)
        return tuple(rows.order_by(column).distinct()[:_MOST_VALUES])

    def known() -> Mapping[str, str]:
        values = {*to_start_with, *stored(int(time.monotonic() / _KEPT_FOR))}
        return dict(sorted(((value, gettext(value)) for value in values), key=lambda item: item[1].casefold()))

    return known
