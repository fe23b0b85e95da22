"""Large files in pieces, by the protocol tus 1.0: begin, ask how far it is, add, give up.

https://tus.io/protocols/resumable-upload
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import BinaryIO, cast
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.core.problems import Problem
from rapport.integrations.importing import incoming
from rapport.web.settings.access import needs
from rapport.web.ui.addresses import whole_number

_VERSION = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
_PIECE = "application/offset+octet-stream"

View = Callable[..., HttpResponse]


def spoken(view: View) -> View:
    """Answer in the words of the protocol; sentences for people come in the header X-Problem."""

    @wraps(view)
    def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except incoming.Gone as problem:
            return _refused(404, problem)
        except incoming.OutOfStep as problem:
            return _refused(409, problem)
        except Problem as problem:
            return _refused(413, problem)

    return answering


@require_POST
@needs("record.import")
@spoken
def begin_upload(request: HttpRequest) -> HttpResponse:
    """Make room for a file whose length is told in Upload-Length and whose name in Upload-Metadata."""
    length = _number(request, "Upload-Length")
    file = incoming.expect_file(_name(request), length=length)
    address = reverse("import-upload", args=[file.number])
    return HttpResponse(status=201, headers={**_VERSION, "Location": address, "Upload-Offset": "0"})


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@needs("record.import")
@spoken
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How far a file is (HEAD), its next piece (PATCH), or that it is given up (DELETE)."""
    file = incoming.incoming_file(upload_id)
    if request.method == "DELETE":
        incoming.discard(file)
        return HttpResponse(status=204, headers=_VERSION)
    if request.method == "PATCH":
        if request.content_type != _PIECE:
            return HttpResponse(status=415, headers=_VERSION)
        return _add(request, file)
    told = {"Upload-Offset": str(file.offset), "Upload-Length": str(file.length)}
    return HttpResponse(headers={**_VERSION, **told})


def _add(request: HttpRequest, file: incoming.Incoming) -> HttpResponse:
    try:
        incoming.append(file, cast("BinaryIO", request), offset=_number(request, "Upload-Offset"))
    except UnreadablePostError:  # nobody is there any more to read the answer
        return HttpResponse(status=400, headers=_VERSION)
    return HttpResponse(status=204, headers={**_VERSION, "Upload-Offset": str(file.offset)})


def _number(request: HttpRequest, header: str) -> int:
    found = whole_number(request.headers.get(header, ""))
    if found is None:
        raise Problem(_("The upload did not say how long the file is. Choose the file again."))
    return found


def _name(request: HttpRequest) -> str:
    """The entry `filename` of Upload-Metadata: words and base64 values, by commas."""
    for entry in request.headers.get("Upload-Metadata", "").split(","):
        word, _space, value = entry.strip().partition(" ")
        if word == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                break
    return "file"


def _refused(status: int, problem: Problem) -> HttpResponse:
    return HttpResponse(status=status, headers={**_VERSION, "X-Problem": quote(str(problem))})
