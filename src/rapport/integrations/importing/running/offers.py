"""Creating the records that rows name and that nobody had, where that was decided."""

from itertools import groupby

from rapport.core.bulk import create_many
from rapport.core.records import RECORD_TYPES
from rapport.core.work import current_work
from rapport.integrations.importing.choices import Choice
from rapport.integrations.importing.kinds import Offer, Values, kind_of
from rapport.integrations.models import Decision, DecisionKind, Import


def make_offers(subject: Import, *, limit: int) -> int:
    """Create the next records, at most `limit`; returns how many."""
    waiting = Decision.objects.filter(part_of=subject, kind=DecisionKind.LINK, choice=Choice.CREATE, made=False)
    decisions = list(waiting.exclude(new_id=None).order_by("link_to", "id")[:limit])
    for record_type, group in groupby(decisions, key=lambda item: item.link_to):
        offers = offers_of(subject, record_type)
        rows = [{"id": item.new_id, **_offered(offers[item.pk], record_type)} for item in group]
        create_many(RECORD_TYPES[record_type], rows)
    Decision.objects.filter(pk__in=[item.pk for item in decisions]).update(made=True)
    if decisions:
        current_work().detail |= {"created_by_offer": len(decisions)}
    return len(decisions)


def offers_of(subject: Import, record_type: str) -> dict[int, Offer]:
    """By decision, the records of a type that are made on offer, in the order in which their names appear."""
    chosen = Decision.objects.filter(part_of=subject, kind=DecisionKind.LINK, choice=Choice.CREATE, link_to=record_type)
    names = list(chosen.exclude(new_id=None).order_by("id").values_list("pk", "value"))
    return {key: Offer(name, place, len(names)) for place, (key, name) in enumerate(names, start=1)}


def _offered(offer: Offer, record_type: str) -> Values:
    """The columns of a record made from a mere name."""
    kind = kind_of(record_type)
    return kind.offer(offer) if kind.offer else {kind.title_field: offer.name}
