"""Hostile mails, calendars, PDFs, archives and web payloads, attached to a record or sent to the import as files.

They are kept and given back byte by byte as downloads, or refused with a sentence; pages go on working.
"""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rapport.activities.models import File
from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.web.places import record_address
from tests.cast import Cast
from tests.clients import signed_in

from .strings import SHARED

pytestmark = pytest.mark.django_db
FOLDERS = ("mail-mime-stalwart", "ics-icalendar", "pdf-pdfminer", "payloads-web", "archives-made-here", "csv-made-here")
LARGEST = 20_000_000


def hostile(folder: str) -> list[Path]:
    files = sorted(path for path in (SHARED / folder / "data").rglob("*") if path.is_file())
    return [path for path in files if path.stat().st_size < LARGEST]


ALL = {folder: hostile(folder) for folder in FOLDERS}
needs_files = pytest.mark.skipif(
    not any(ALL.values()), reason="the attack files aren't here; set RAPPORT_DATA to the folder that holds attacks/"
)


def attach_and_get_back(client: Client, files: list[Path]) -> None:
    with acting_as(SYSTEM):
        organisation = Organisation.create(name="Acme")
    page = record_address("organisation", organisation.pk)
    for path in files:
        content, known = path.read_bytes(), set(File.objects.values_list("pk", flat=True))
        answer = client.post(f"{page}add/file/", {"file": SimpleUploadedFile(path.name, content)})
        assert answer.status_code in (302, 422), path
        for file in File.objects.exclude(pk__in=known):
            given = client.get(f"/files/{file.pk}/content/")
            assert b"".join(given) == content, path  # type: ignore[arg-type]
            assert given["Content-Disposition"].startswith("attachment"), path
            assert given["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in given["Content-Security-Policy"]
    assert client.get(page).status_code == 200


def send_to_import(client: Client, files: list[Path]) -> None:
    for path in files:
        answer = client.post("/imports/", {"files": [SimpleUploadedFile(path.name, path.read_bytes())]})
        assert answer.status_code in (302, 422), path
        if answer.status_code == 302:
            assert client.get(answer.headers["Location"]).status_code == 200, path


@needs_files
@pytest.mark.parametrize("folder", FOLDERS)
def test_some_of_each_kind(folder: str, cast: Cast) -> None:
    client, files = signed_in(cast.dora), ALL[folder]
    some = files[:: max(1, len(files) // 3)][:3]
    attach_and_get_back(client, some)
    send_to_import(client, some)


@needs_files
@pytest.mark.soak
@pytest.mark.parametrize("folder", FOLDERS)
def test_all_of_each_kind(folder: str, cast: Cast) -> None:
    client = signed_in(cast.dora)
    attach_and_get_back(client, ALL[folder])
    send_to_import(client, ALL[folder])
