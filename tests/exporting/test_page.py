"""The export in the settings: a zip of what one may see, which an empty instance reads back."""

import io
import zipfile
from pathlib import Path

import orjson
import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, Actor
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, User
from rapport.identity.roles import Role
from rapport.integrations.exporting.bringing_back import bring_back
from tests.cast import Cast, seen_by

from .conftest import all_rows, emptied

pytestmark = pytest.mark.django_db
PAGE, FILE = "/settings/export/", "/settings/export/file/"


def downloaded(client: Client, question: str = "") -> bytes:
    answer = client.get(f"{FILE}{question}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_an_administrator_exports_everything_and_it_comes_back(
    client: Client, cast: Cast, filled: Actor, tmp_path: Path
) -> None:
    before = all_rows()
    client.force_login(cast.dora)
    assert "organisation" in client.get(PAGE).content.decode()
    path = tmp_path / "all.zip"
    path.write_bytes(downloaded(client))
    with emptied():
        bring_back(path)
        assert all_rows() == before


def test_chosen_types_come_in_the_chosen_format(client: Client, cast: Cast, filled: Actor) -> None:
    client.force_login(cast.dora)
    content = downloaded(client, "?type=person&type=team&format=xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert set(orjson.loads(archive.read("manifest.json"))["types"]) == {"person", "team"}
        assert "records/person.xlsx" in archive.namelist()


def test_what_a_workbook_cannot_hold_is_said_before_anything_is_sent(client: Client, cast: Cast, filled: Actor) -> None:
    Organisation.create(name="Wordy", description="x" * 32_768)
    client.force_login(cast.dora)
    answer = client.get(f"{FILE}?type=organisation&format=xlsx")
    assert answer.status_code == 409
    assert "Export as CSV" in answer.content.decode()


@pytest.mark.parametrize("question", ["?type=apitoken", "?type=nothing", "?format=exe", "?type=webhook"])
def test_what_cannot_be_exported_is_refused_in_words(client: Client, cast: Cast, question: str) -> None:
    client.force_login(cast.dora)
    answer = client.get(f"{FILE}{question}")
    assert answer.status_code == 409
    assert "be exported" in answer.content.decode()


def test_who_may_not_export_gets_neither_page_nor_file(client: Client, cast: Cast) -> None:
    with cast.acting(SYSTEM):
        reader = User.create(name="Rita", email="rita@rapport.example", role=Role.READ_ONLY)
    client.force_login(reader)
    assert client.get(PAGE).status_code == 403
    assert client.get(FILE).status_code == 403


def test_a_seller_exports_what_a_seller_sees(client: Client, cast: Cast, filled: Actor) -> None:
    seen_by("organisation", Scope.OWNER)
    Organisation.create(name="Charlie's", owner=cast.charlie)
    client.force_login(cast.alice)
    with zipfile.ZipFile(io.BytesIO(downloaded(client, "?type=organisation&format=json"))) as archive:
        rows = [orjson.loads(line) for line in archive.read("records/organisation.jsonl").splitlines()]
    assert {row["owner_id"] for row in rows} == {str(cast.alice.pk), None}
