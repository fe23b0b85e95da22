"""Exporting a list: a short one at once, a long one in the background."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.core.clock import today
from rapport.core.problems import Forbidden, Problem
from rapport.web.downloads import Offer, offered
from rapport.web.middleware import ActingRequest

from .files import csv_pieces, xlsx_pieces
from .listing import Listing
from .spec import ListSpec
from .streaming import attachment
from .tabs import Place, place_of
from .views import parameters_of, spec_or_404

AT_ONCE = {"csv": 10_000, "xlsx": 3_000}  # rows that are written in a second or two
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PIECE = 65_536


@require_http_methods(["GET", "POST"])
def export(request: ActingRequest, record_type: str, kind: str) -> HttpResponseBase:
    """The whole list as a file; needs the permission record.export."""
    spec = spec_or_404(record_type, request.actor)
    if not request.actor.may("record.export"):
        raise Forbidden(_("Your role does not allow exporting. Ask an administrator."))
    place = place_of(spec, parameters_of(request.GET), request.actor)
    listing = Listing(spec, place.address.setup, request.actor)
    if listing.has_misfits:
        raise Problem(_("A filter of this list could not be understood, so the file would hold too much. Take it off."))
    estimates = request.GET.get("estimates") == "1"
    if listing.tally.is_more or listing.tally.count > AT_ONCE[kind]:
        return offered(request, _offer(spec, place, listing, kind, estimates=estimates))
    name = _file_name(spec, kind)
    if kind == "csv":
        return attachment(request, csv_pieces(listing, estimates=estimates), name=name, kind="text/csv; charset=utf-8")
    return attachment(request, complete(xlsx_pieces(listing, estimates=estimates)), name=name, kind=_XLSX)


def _file_name(spec: ListSpec, kind: str) -> str:
    return f"{spec.path.strip('/').replace('/', '-')}-{today().isoformat()}.{kind}"


def _offer(spec: ListSpec, place: Place, listing: Listing, kind: str, *, estimates: bool) -> Offer:
    return Offer(
        name=str(place.current.label if place.current and not place.is_changed else spec.entry.plural),
        file_name=_file_name(spec, kind),
        wanted={
            "kind": "list",
            "record_type": spec.record_type,
            "query": place.address.setup.query,
            "format": kind,
            "estimates": estimates,
        },
        count=listing.tally.count,
        is_more=listing.tally.is_more,
        back=str(place.address),
    )


def complete(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The whole is made first: a workbook may refuse a text, and that must be said before anything is sent."""
    file = TemporaryFile()  # noqa: SIM115 - closed when it was sent
    file.writelines(pieces)
    file.seek(0)

    def again() -> Iterator[bytes]:
        with file:
            while piece := file.read(_PIECE):
                yield piece

    return again()
