"""Lists kept for a short while in the process, because working one out asks a dozen questions.

A kept list is one's own for as long as one did nothing and one's rights are the same; what others change in it is seen
after `KEPT_FOR` seconds. Whether its records may still be seen is asked each time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from threading import Lock
from time import monotonic
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.core.often_asked import often_asked
from rapport.core.sight import seen_among

from .entries import Listing

KEPT_FOR, MOST_KEPT = 120.0, 300

_kept: "OrderedDict[Hashable, tuple[float, Listing]]" = OrderedDict()
_lock = Lock()


def kept_listing(actor: Actor, work_out: Callable[[Actor], Listing]) -> Listing:
    """The list as it was worked out a short while ago, less what may not be seen any longer; else worked out anew."""
    newest = _newest_event(by=actor.user_id) if actor.user_id else []
    key = (actor.rights, *newest, today(), get_language())
    with _lock:
        at, found = _kept.get(key, (0.0, None))
    if found is not None and monotonic() - at < KEPT_FOR:
        return _still_seen(actor, found)
    found = work_out(actor)
    with _lock:
        _kept[key] = (monotonic(), found)
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


@often_asked
def _newest_event(*, by: UUID) -> QuerySet[Event, int]:
    return Event.objects.filter(actor_id=by).order_by("-id").values_list("pk", flat=True)[:1]


def _still_seen(actor: Actor, found: Listing) -> Listing:
    seen = seen_among(actor, found.records)
    if len(seen) == sum(map(len, found.records.values())):
        return found
    return replace(found, entries=tuple(one for one in found.entries if one.suggestion.record.pk in seen))
