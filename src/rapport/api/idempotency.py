"""Requests that may be sent again: with an `Idempotency-Key`, the effect happens once and the answer stays the same.

The answer is written in the same transaction as the effect. A second request with the key waits for the first one's
end; then it gets the first one's answer, as far as the caller may see it by now (`telling_again`), or, where that came
to nothing, is done itself.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any, cast

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rapport.identity.models import ApiToken

from .bodies import raw_body
from .models import KeptAnswer
from .problems import ApiProblem

HEADER = "Idempotency-Key"
KEPT_HOURS = 24
_LONGEST = 255
_KEY = re.compile(f"[!-~]{{1,{_LONGEST}}}")
_KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Rapport-Event")
_OF_THE_WHOLE = ("ETag",)  # tells of a version of the record: not told with a part of it

Again = Callable[[Any], Any]


def once(request: HttpRequest, token: ApiToken, answer: Callable[[], HttpResponse], *, again: Again) -> HttpResponse:
    """Answer in one transaction; a request that was answered before gets that answer again, as `again` leaves it."""
    key = request.headers.get(HEADER)
    if key is None:
        with transaction.atomic():
            return answer()
    if not _KEY.fullmatch(key):
        raise ApiProblem(
            400,
            _("“Idempotency-Key” must be 1 to %(longest)d printable characters without spaces.")
            % {"longest": _LONGEST},
        )
    print_now = _fingerprint(request)
    with transaction.atomic():
        kept, is_first = KeptAnswer._base_manager.get_or_create(
            token=token, key=key, defaults={"fingerprint": print_now}
        )
        if is_first:
            return _keep(kept, answer(), again)
    if kept.fingerprint != print_now:
        raise ApiProblem(422, _("This “Idempotency-Key” was used for another request. Use a new one for each."))
    return _repeated(kept, again)


def forget_value(name: str) -> None:
    """Empty the kept answers that tell a value of this name; repeated, such a request gets its status alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE api_keptanswer SET body = '', headers = headers - 'Content-Type' WHERE position(%s IN body) > 0",
            [f'"{name}"'.encode()],
        )


def _fingerprint(request: HttpRequest) -> str:
    """What tells one request from another: method, address, version and body."""
    asked = hashlib.sha256(
        f"{request.method} {request.get_full_path()}\n{request.headers.get('If-Match', '')}\n".encode()
    )
    if request.content_type != "multipart/form-data":
        asked.update(raw_body(request))
        return asked.hexdigest()
    asked.update(repr(sorted(request.POST.lists())).encode())
    for file in cast("Iterable[UploadedFile[Any]]", request.FILES.values()):
        asked.update(f"{file.name} {file.size}\n".encode())
        for piece in file.chunks():
            asked.update(piece)
        file.seek(0)
    return asked.hexdigest()


def _keep(kept: KeptAnswer, response: HttpResponse, again: Again) -> HttpResponse:
    """Keep what would be told again at once: all of it, but for secrets."""
    kept.status, kept.body = response.status_code, _told(response.content, again)
    kept.headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    kept.save(update_fields=["status", "body", "headers"])
    return response


def _repeated(kept: KeptAnswer, again: Again) -> HttpResponse:
    body = bytes(kept.body)
    told = _told(body, again)
    response = HttpResponse(told, status=kept.status)
    del response.headers["Content-Type"]
    for name, value in kept.headers.items():
        if told == body or name not in _OF_THE_WHOLE:
            response.headers[name] = value
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _told(body: bytes, again: Again) -> bytes:
    """The body as it may be told by now; the very same where nothing is left out."""
    if not body:
        return body
    document = orjson.loads(body)
    told = again(document)
    return body if told == document else orjson.dumps(told)
