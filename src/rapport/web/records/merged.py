"""Addresses of records that were merged into others: they lead on to the record that is there now."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from rapport.core.actors import Actor
from rapport.core.merging.merger import survivor_of
from rapport.core.records import Record
from rapport.web.places import record_address


class MergedAway(Http404):
    """The record is part of another one now, which the actor sees; `answer` leads there."""

    def __init__(self, record_type: str, old: UUID, new: UUID) -> None:
        super().__init__()
        self.record_type, self.old, self.new = record_type, old, new

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The same page of the record that stayed; its main page where something was sent to the old one.

        It isn't to be remembered by browsers: a merger can be undone.
        """
        path = request.get_full_path().replace(str(self.old), str(self.new))
        address = path if request.method in ("GET", "HEAD") else record_address(self.record_type, self.new)
        return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "no-store"})


def refuse_or_lead_on(model: type[Record], record_id: UUID, actor: Actor) -> Http404:
    """What to raise for a record that is not there: the way to the one it was merged into, if the actor sees that."""
    into = survivor_of(record_id)
    if into is not None and model.objects.visible_to(actor).filter(pk=into).exists():
        return MergedAway(model.record_type, record_id, into)
    return Http404()
