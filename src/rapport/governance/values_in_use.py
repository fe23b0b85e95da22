"""Lists that grow by use: a few values to start with, and whatever the records hold that the actor may see."""

import time
from collections.abc import Callable, Hashable, Mapping

from django.utils.translation import gettext

from rapport.core.actors import SYSTEM, Actor, actor_if_any
from rapport.core.records import Record

_KEPT_FOR = 20.0
_MOST_VALUES = 500
_MOST_KEPT = 200


def values_in_use(
    model: type[Record], column: str, *, to_start_with: tuple[str, ...] = ()
) -> Callable[[], Mapping[str, str]]:
    """A function giving the values of a column, value → label; asked of the database every now and then."""
    stored = _Stored(model, column)

    def known() -> Mapping[str, str]:
        values = {*to_start_with, *stored.seen_by(actor_if_any() or SYSTEM)}
        return dict(sorted(((value, gettext(value)) for value in values), key=lambda item: item[1].casefold()))

    return known


class _Stored:
    """The values of one column, kept for a while for each set of rights."""

    def __init__(self, model: type[Record], column: str) -> None:
        self._model, self._column = model, column
        self._kept: dict[Hashable, tuple[str, ...]] = {}
        self._period = 0

    def seen_by(self, actor: Actor) -> tuple[str, ...]:
        """Those of the records that the actor sees; none where the field is hidden from it."""
        if f"{self._model.record_type}.{self._column}" in actor.hidden_fields:
            return ()
        self._forget_old()
        rights = _rights(self._model, actor)
        found = self._kept.get(rights)
        if found is None:
            found = self._kept[rights] = self._asked(actor)
        return found

    def _asked(self, actor: Actor) -> tuple[str, ...]:
        rows = self._model.objects.visible_to(actor).exclude(**{self._column: ""}).order_by(self._column)
        return tuple(rows.values_list(self._column, flat=True).distinct()[:_MOST_VALUES])

    def _forget_old(self) -> None:
        period = int(time.monotonic() / _KEPT_FOR)
        if period != self._period or len(self._kept) >= _MOST_KEPT:
            self._kept, self._period = {}, period


def _rights(model: type[Record], actor: Actor) -> Hashable:
    """What decides which records of the type the actor sees; the same for all who see every one."""
    if not model.restricts(actor):
        return None
    reach = (actor.team_ids, actor.territory_ids, actor.shared_types, frozenset(actor.scopes.items()))
    return (actor.user_id, actor.permissions, *reach)
