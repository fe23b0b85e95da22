"""Files: attached to records as `multipart/form-data`, and their content."""

import json
from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from rapport.activities.domains import AboutRecords
from rapport.activities.models import File
from rapport.activities.storage import LARGEST, path_of
from rapport.core.records import Record
from rapport.governance.domains import ValueProblem

from ..bodies import read_json, refuse_packed, refuse_unmeasured
from ..calls import Call, as_json
from ..collections import Collection
from ..parameters import Parameters
from ..problems import ApiProblem, Mistake, not_found, wrong_values
from ..reading import shape_of
from ..values import kind_of
from ..versions import etag_of
from .finding import collection_for, record_for
from .records import need

_MEMBERS = frozenset({"about", "text"})
_FORM_AROUND = 1024 * 1024


def attach(call: Call) -> HttpResponse:
    """Keep a document: the part `file`, and `about` as a JSON list of records."""
    found = collection_for(call.actor, "files")
    Parameters(call.request, known=())
    need(call, found, "attach")
    _check_form(call)
    uploaded = call.request.FILES.getlist("file")
    if len(uploaded) != 1 or set(call.request.FILES) != {"file"} or not set(call.request.POST) <= _MEMBERS:
        raise ApiProblem(422, _("Send one part “file”, and “about” and “text” if you like."))
    text = call.request.POST.get("text", "")
    kept = File.attach(cast("Any", uploaded[0]), name=uploaded[0].name or "", about=_about(call), text=text)
    headers = {"ETag": etag_of(kept), "Location": f"/api/v1/files/{kept.pk}"}
    return as_json(shape_of(found, call.actor).one(cast("Record", kept)), status=201, headers=headers)


def _check_form(call: Call) -> None:
    """Raise `ApiProblem` for what is no form, or far larger than any file we take."""
    refuse_unmeasured(call.request)
    refuse_packed(call.request)
    if call.request.content_type != "multipart/form-data":
        raise ApiProblem(415, _("Send the file as “multipart/form-data”."))
    if int(call.headers.get("Content-Length") or 0) > LARGEST + _FORM_AROUND:
        raise ApiProblem(
            413, _("This file is too large: at most %(most)d MB are taken.") % {"most": LARGEST // 1024**2}
        )
    try:
        call.request.FILES.keys()
    except MultiPartParserError as error:
        raise ApiProblem(400, str(error)) from None


def _about(call: Call) -> list[Any]:
    domain = AboutRecords()
    try:
        given = read_json(call.request.POST.get("about", "[]").encode())
        return domain.parse(kind_of(domain).check(domain, given)) or []
    except (ValueProblem, json.JSONDecodeError) as error:
        raise wrong_values([Mistake(str(error), "/about")]) from None


def content(call: Call, record_id: UUID) -> HttpResponse:
    """The content of a file, always as a download."""
    found: Collection = collection_for(call.actor, "files")
    Parameters(call.request, known=())
    file = cast("File", record_for(call.actor, found, record_id))
    try:
        stream = path_of(file.sha256).open("rb")
    except (OSError, ValueError):
        raise not_found() from None
    response = FileResponse(stream, as_attachment=True, filename=file.subject or "file", content_type=file.content_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["ETag"] = f'"{file.sha256}"'
    return cast("HttpResponse", response)
