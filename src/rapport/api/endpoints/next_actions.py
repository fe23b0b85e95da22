"""What the caller could do next, or what could be done about one record, in the order of the pages."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.catalog.queries import current_rates
from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES, Record
from rapport.insights.next_actions.entries import Entry
from rapport.insights.next_actions.listing import actions_about, actions_for

from ..calls import Call, as_json
from ..parameters import Parameters
from ..problems import wrong_parameter

_ABOUT = re.compile(r"[a-z0-9_]+:[0-9a-fA-F-]{36}")  # as the description of the API has it


def next_actions(call: Call) -> HttpResponse:
    """The suggestions, the first one first; none while machines are stopped."""
    asked = Parameters(call.request, known=("about", "limit"))
    size = asked.number("limit", 20, least=1, most=100)
    about = asked.all("about")
    listing = actions_about(call.actor, _record(call.actor, about[0])) if about else actions_for(call.actor)
    base = current_rates().base
    return as_json(
        {"items": [_told(one, base) for one in listing.entries[:size]], "order": listing.order_by, "currency": base}
    )


def _record(actor: Actor, about: str) -> Record:
    record_type, _colon, text = about.partition(":")
    model = RECORD_TYPES.get(record_type)
    try:
        known = model.objects.visible_to(actor) if model and _ABOUT.fullmatch(about) else None
        record = known.filter(pk=UUID(text)).first() if known is not None else None
    except ValueError:
        record = None
    if record is None:
        raise wrong_parameter("about", _("There is no such record. Write its type and id, such as opportunity:0195…"))
    return record


def _told(entry: Entry, base: str) -> dict[str, Any]:
    one, worth = entry.suggestion, entry.suggestion.worth
    return {
        "key": one.key,
        "place": entry.placed.place,
        "propensity": round(entry.placed.propensity, 4),
        "source": one.source,
        "kind": one.kind.value,
        "todo": one.todo.plainly(base),
        "why": one.why.plainly(base),
        "record": {"type": one.record.record_type, "id": str(one.record.pk), "title": one.record.title},
        "day": one.day.isoformat(),
        "money": str(round(worth.money, 2)),
        "chance": round(worth.chance, 4),
        "effect": round(worth.effect.size, 4),
        "is_measured": worth.effect.is_measured,
        "minutes": worth.minutes,
        "per_hour": str(round(worth.per_hour, 2)),
    }
