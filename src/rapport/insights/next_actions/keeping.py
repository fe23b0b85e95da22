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

from django.utils.translation import get_language

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.core.records import Record
from rapport.core.sight import seen_among

from .entries import Listing

KEPT_FOR, MOST_KEPT = 120.0, 300

_kept: "OrderedDict[Hashable, tuple[float, Listing]]" = OrderedDict()
_lock = Lock()


def kept_listing(actor: Actor, work_out: Callable[[Actor], Listing]) -> Listing:
    """The list as it was worked out a short while ago, less what may not be seen any longer; else worked out anew."""
    newest = Event.objects.filter(actor_id=actor.user_id).order_by("-id").values_list("pk", flat=True).first()
    key = (actor.rights, newest, today(), get_language())
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


def _still_seen(actor: Actor, found: Listing) -> Listing:
    wanted: dict[type[Record], set[UUID]] = {}
    for entry in found.entries:
        record = entry.suggestion.record
        wanted.setdefault(type(record), set()).add(record.pk)
    seen = seen_among(actor, wanted)
    return replace(found, entries=tuple(one for one in found.entries if one.suggestion.record.pk in seen))
