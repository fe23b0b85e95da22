"""X2: a large file that arrives in pieces goes on where it stopped, and is read only when all of it is there."""

import base64
import io
import os
import shutil
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.http import UnreadablePostError
from django.test import Client

from rapport.integrations.importing import incoming
from rapport.integrations.importing.jobs import forget_unfinished_uploads
from rapport.integrations.models import Import
from tests.cast import Cast
from tests.clients import signed_in
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db

CONTENT = b"account,country\n" + b"".join(b"Company %d,France\n" % number for number in range(200))
HALF = len(CONTENT) // 2


@pytest.fixture
def client(cast: Cast, settings: Any, tmp_path: Path) -> Client:
    settings.HOME = tmp_path
    return signed_in(cast.dora)


def begun(client: Client, *, length: int = len(CONTENT), name: str = "comptes é.csv") -> Any:
    told = f"filename {base64.b64encode(name.encode()).decode()}"
    return client.post("/imports/uploads/", headers={"Upload-Length": str(length), "Upload-Metadata": told})


def add(client: Client, address: str, piece: bytes, *, offset: int) -> Any:
    kind = "application/offset+octet-stream"
    return client.patch(address, piece, content_type=kind, headers={"Upload-Offset": str(offset)})


def offset_of(client: Client, address: str) -> int:
    return int(client.head(address).headers["Upload-Offset"])


def sentence(answer: Any) -> str:
    return unquote(answer.headers["X-Problem"])


def read(client: Client, address: str) -> Any:
    return client.post("/imports/", {"arrived": address.split("/")[-2]})


def test_x2_a_file_in_pieces_becomes_an_import(client: Client) -> None:
    answer = begun(client)
    address = answer.headers["Location"]
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (201, "1.0.0")
    assert add(client, address, CONTENT[:HALF], offset=0).status_code == 204
    assert offset_of(client, address) == HALF
    assert add(client, address, CONTENT[HALF:], offset=HALF).headers["Upload-Offset"] == str(len(CONTENT))
    page = client.get(read(client, address).headers["Location"]).content.decode()
    assert "Company 0" in page
    assert "comptes é.csv" in page
    assert Import.objects.get().files.get().path.read_bytes() == CONTENT
    assert client.head(address).status_code == 404


def test_a_file_that_is_not_all_there_is_not_read(client: Client) -> None:
    address = begun(client).headers["Location"]
    add(client, address, CONTENT[:HALF], offset=0)
    answer = read(client, address)
    assert answer.status_code == 422
    assert "has not arrived completely" in answer.content.decode()
    assert not Import.objects.exists()
    assert offset_of(client, address) == HALF


def test_what_came_before_the_connection_broke_stays(client: Client) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            found = super().read(size)
            if not found:
                raise UnreadablePostError
            return found

    address = begun(client).headers["Location"]
    broken: Any = {"wsgi.input": Broken(CONTENT[:HALF]), "CONTENT_LENGTH": str(len(CONTENT))}
    answer = client.generic(
        "PATCH",
        address,
        b"-",
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0"},
        **broken,
    )
    assert answer.status_code == 400
    assert offset_of(client, address) == HALF


def test_a_piece_that_does_not_fit_is_refused_and_changes_nothing(client: Client) -> None:
    address = begun(client).headers["Location"]
    add(client, address, CONTENT[:HALF], offset=0)
    assert add(client, address, CONTENT[:HALF], offset=0).status_code == 409
    assert "another" not in sentence(add(client, address, CONTENT, offset=7))
    assert offset_of(client, address) == HALF
    too_much = add(client, address, CONTENT, offset=HALF)
    assert too_much.status_code == 413
    assert "More came than" in sentence(too_much)
    assert client.patch(address, b"x", content_type="text/plain").status_code == 415


def test_only_one_piece_is_written_at_a_time(client: Client) -> None:
    address = begun(client).headers["Location"]
    with incoming._held(next(found for _owner, found in incoming._all())):
        answer = add(client, address, CONTENT, offset=0)
    assert (answer.status_code, offset_of(client, address)) == (409, 0)


def test_nobody_sees_or_fills_what_somebody_else_sends(client: Client, cast: Cast) -> None:
    address = begun(client).headers["Location"]
    other = signed_in(cast.alice)
    assert other.head(address).status_code == 404
    assert add(other, address, CONTENT, offset=0).status_code == 404
    assert other.delete(address).status_code == 404
    assert read(other, address).status_code == 422
    assert offset_of(client, address) == 0


def test_what_is_too_large_or_too_much_is_refused_in_a_sentence(client: Client) -> None:
    assert "at most 2 GB" in sentence(begun(client, length=3 << 30))
    assert "how long" in sentence(client.post("/imports/uploads/"))
    for _number in range(incoming.MOST_UNFINISHED):
        begun(client)
    assert "Too many" in sentence(begun(client))


def test_a_full_disk_is_told_before_anything_is_sent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1 << 20})()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert "no room" in sentence(begun(client))


def test_a_file_that_is_given_up_is_forgotten(client: Client) -> None:
    address = begun(client).headers["Location"]
    assert client.delete(address).status_code == 204
    assert client.head(address).status_code == 404


@pytest.fixture
def old(client: Client) -> str:
    address: str = begun(client).headers["Location"]
    add(client, address, CONTENT[:HALF], offset=0)
    long_ago = time.time() - incoming.KEPT.total_seconds() - 60
    for folder in (Path(settings.HOME) / "incoming").iterdir():
        for path in (folder / "content.part", folder):
            os.utime(path, (long_ago, long_ago))
    return address


def test_parts_nobody_goes_on_with_are_swept(client: Client, old: str) -> None:
    young = begun(client, name="other.csv").headers["Location"]
    forget_unfinished_uploads.defer()
    do_jobs()
    assert client.head(old).status_code == 404
    assert offset_of(client, young) == 0
