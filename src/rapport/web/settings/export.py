"""Exporting record types, or everything, as a zip of files that an empty instance reads back."""

from django.db.models import Sum
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rapport.activities.models import File
from rapport.core.clock import today
from rapport.governance.dictionary import entry_of
from rapport.integrations.exporting.export import Export, zip_pieces
from rapport.integrations.exporting.formats import FORMATS
from rapport.integrations.exporting.tables import exported_types
from rapport.web.downloads import Offer, offered
from rapport.web.lists.export import complete
from rapport.web.lists.streaming import attachment
from rapport.web.middleware import ActingRequest

from .access import needs
from .downloads import own_downloads

_RECORDS_AT_ONCE = 5_000
_BYTES_AT_ONCE = 20 * 1024**2
_SHOWN = 20


@require_GET
@needs("record.export")
def choose(request: ActingRequest) -> HttpResponseBase:
    """What can be exported, in which format, and what was exported in the last days."""
    types = sorted((entry_of(name) for name in exported_types(request.actor)), key=lambda entry: str(entry.plural))
    return render(
        request,
        "settings/export.html",
        {"types": types, "formats": FORMATS, "downloads": own_downloads()[:_SHOWN]},
    )


@require_http_methods(["GET", "POST"])
@needs("record.export")
def download(request: ActingRequest) -> HttpResponseBase:
    """The record types named with `type`, or all: little is sent at once, much is made in the background."""
    asked = request.POST if "type" in request.POST else request.GET
    export = Export(request.actor, tuple(asked.getlist("type")), asked.get("format", "csv"))
    name = f"rapport-{today().isoformat()}.zip"
    count = export.count(most=_RECORDS_AT_ONCE + 1)
    if count > _RECORDS_AT_ONCE or _bytes_of_files(export) > _BYTES_AT_ONCE:
        return offered(request, _offer(export, name, count))
    pieces = complete(zip_pieces(export)) if export.format == "xlsx" else zip_pieces(export)
    return attachment(request, pieces, name=name, kind="application/zip")


def _bytes_of_files(export: Export) -> int:
    if File.record_type not in export.record_types:
        return 0
    return int(File.objects.visible_to(export.actor).order_by().aggregate(total=Sum("size"))["total"] or 0)


def _offer(export: Export, file_name: str, count: int) -> Offer:
    is_all = set(export.record_types) == set(exported_types(export.actor))
    plurals = [str(entry_of(name).plural) for name in export.record_types]
    wanted = {"kind": "records", "types": list(export.record_types), "format": export.format}
    name = _("Everything") if is_all else ", ".join(plurals)
    return Offer(name, file_name, wanted, count, is_more=True, back=reverse("settings-export"))
