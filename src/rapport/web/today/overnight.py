"""What others changed in one's own records since yesterday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from rapport.core.actors import Actor, ActorKind
from rapport.core.clock import today
from rapport.core.concealing import silent_events
from rapport.core.events import Event
from rapport.core.records import RECORD_TYPES
from rapport.core.verbs import VERBS
from rapport.web.places import has_page, record_address

LOOKED_AT = 2_000
_OWNED = ("opportunity", "organisation", "person", "lead", "contract", "order", "ticket", "task")
_EVENING = time(18)


@dataclass(frozen=True)
class Happening:
    """One event in words, about a record of one's own."""

    who: str
    what: str
    title: str
    href: str
    at: datetime
    is_machine: bool


def changed_overnight(actor: Actor, *, limit: int = 12) -> list[Happening]:
    """Since yesterday evening, by others, newest first; among the newest events of the whole company."""
    since = timezone.make_aware(datetime.combine(today() - timedelta(days=1), _EVENING))
    newest = Event.objects.order_by("-id").values("pk")[:LOOKED_AT]
    found = Event.objects.filter(pk__in=newest, at__gte=since, subject_type__in=_OWNED, subject_id__isnull=False)
    events = list(found.exclude(actor_id=actor.user_id).order_by("-id")[:300])
    own = _own(actor, events)
    of_own = [event for event in events if event.subject_id in own]
    silent = silent_events(actor, of_own)
    return [_happening(event) for event in of_own if event.pk not in silent][:limit]


def _own(actor: Actor, events: Sequence[Event]) -> set[UUID]:
    """The ids among the subjects that the actor owns and sees; one question for all types."""
    wanted: dict[str, set[UUID]] = {}
    for event in events:
        if event.subject_id and has_page(event.subject_type):
            wanted.setdefault(event.subject_type, set()).add(event.subject_id)
    mine = Q(("owner_id", actor.user_id))
    parts = [
        RECORD_TYPES[kind].objects.visible_to(actor).filter(mine, pk__in=keys).values_list("pk")
        for kind, keys in wanted.items()
    ]
    return {key for (key,) in parts[0].union(*parts[1:])} if parts else set()


def _happening(event: Event) -> Happening:
    assert event.subject_id is not None
    verb = VERBS.get(event.verb)
    return Happening(
        who=event.actor_name,
        what=str(verb.past) if verb else event.verb,
        title=event.subject_label,
        href=record_address(event.subject_type, event.subject_id),
        at=event.at,
        is_machine=event.actor_kind in (ActorKind.AI, ActorKind.AUTOMATION),
    )
