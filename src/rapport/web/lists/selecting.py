"""Which records a bulk action is about: the rows marked, or all that the list holds."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.web.middleware import ActingRequest

from .listing import MOST_COUNTED, Listing
from .patience import patience
from .spec import ListSpec
from .tabs import place_of, saved_key
from .views import parameters_of


def chosen_ids(request: ActingRequest, spec: ListSpec) -> list[UUID]:
    """The ids of the records meant, each visible to the actor; raises `Problem` when there are none, or too many."""
    if request.POST.get("all") == "1":
        return _all_of_the_list(request, spec)
    asked = [key for text in request.POST.getlist("ids") if (key := saved_key(text))]
    visible = spec.model.objects.visible_to(request.actor).filter(pk__in=asked[: MOST_COUNTED + 1])
    found = list(visible.values_list("pk", flat=True))
    if not found:
        raise Problem(_("No rows are selected. Mark some first."))
    return found


def _all_of_the_list(request: ActingRequest, spec: ListSpec) -> list[UUID]:
    place = place_of(spec, parameters_of(request.GET), request.actor)
    listing = Listing(spec, place.address.setup, request.actor)
    if listing.has_misfits:
        raise Problem(_("A filter of this list could not be understood, so too much would be changed. Take it off."))
    with patience():
        found = list(listing.rows.order_by("pk").values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(found) > MOST_COUNTED:
        raise Problem(_("More than 10,000 records can't be changed at once. Narrow the list with a filter."))
    return found


def records_of(spec: ListSpec, ids: Sequence[UUID], request: ActingRequest) -> list[Record]:
    """The records of these ids that the actor may see."""
    return list(spec.model.objects.visible_to(request.actor).filter(pk__in=ids).order_by("pk"))
