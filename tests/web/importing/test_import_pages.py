"""The import in the browser, step by step: each page tells what is, and nothing is written before one says so."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.integrations.models import Decision, Import
from tests.cast import Cast
from tests.clients import signed_in
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db

ACCOUNTS = b"""account,sector,country,turnover class
Acme Corporation,technolgy,United States,A
Betasoloin,Food,Philipines,B
Cancity,Food,Kenya,
,Food,Kenya,C
"""


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.dora)


def uploaded(client: Client, content: bytes = ACCOUNTS, name: str = "accounts.csv") -> str:
    response = client.post("/imports/", {"files": [SimpleUploadedFile(name, content)]})
    assert response.status_code == 302, response.content.decode()[:2000]
    return response.headers["Location"]


def checked(client: Client) -> str:
    address = uploaded(client)
    client.post(f"{address}check/do/")
    assert "being checked" in str(Import.objects.get().get_status_display())
    do_jobs()
    return address


def test_the_upload_leads_to_a_guessed_mapping(client: Client) -> None:
    page = client.get(uploaded(client)).content.decode()
    assert "Acme Corporation" in page
    assert '<option value="organisation" selected>' in page
    assert '<option value="industry" selected>' in page


def test_x2_of_several_files_those_that_can_be_read_are_kept(client: Client) -> None:
    """One is no table: that is said, and the other one needn't be sent again."""
    files = [SimpleUploadedFile("accounts.csv", ACCOUNTS), SimpleUploadedFile("broken.xlsx", b"PK\x03\x04nothing")]
    answer = client.post("/imports/", {"files": files})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "broken.xlsx:" in page
    assert "The other files were read." in page
    assert [file.name for file in Import.objects.get().files.all()] == ["accounts.csv"]


def test_nothing_chosen_is_answered_with_a_sentence(client: Client) -> None:
    response = client.post("/imports/", {})
    assert response.status_code == 422
    assert "Choose at least one file" in response.content.decode()


def test_a_file_of_another_kind_is_refused_with_a_sentence(client: Client) -> None:
    response = client.post("/imports/", {"files": [SimpleUploadedFile("virus.exe", b"MZ\x00\x00")]})
    assert response.status_code == 422


def test_the_mapping_is_corrected(client: Client) -> None:
    address = uploaded(client)
    file = Import.objects.get().files.get()
    client.post(f"{address}files/{file.pk}/", {"record_type": "organisation", "column-0": "name", "column-3": "source"})
    file.refresh_from_db()
    assert file.mapping == {"account": "name", "turnover class": "source"}
    client.post(f"{address}files/{file.pk}/", {"record_type": "person"})
    file.refresh_from_db()
    assert file.record_type == "person"


def test_the_dry_run_shows_what_would_happen_and_writes_nothing(client: Client) -> None:
    page = client.get(checked(client)).content.decode()
    assert "Nothing is written yet" in page
    assert "technolgy" in page
    assert "Philipines" in page
    assert Organisation.objects.count() == 0


def test_the_rows_that_cannot_be_used_are_shown_and_downloaded(client: Client) -> None:
    address = checked(client)
    file = Import.objects.get().files.get()
    assert "Kenya" in client.get(f"{address}files/{file.pk}/rows/").content.decode()
    download = client.get(f"{address}files/{file.pk}/bad-rows.csv")
    lines = b"".join(download.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("5,rejected,")


def test_decide_run_undo_and_run_again(client: Client) -> None:
    address = checked(client)
    client.post(f"{address}decide/", {"all": "suggested"})
    client.post(f"{address}run/do/")
    do_jobs()
    page = client.get(address).content.decode()
    assert "Every row is accounted for" in page
    assert set(Organisation.objects.values_list("country", flat=True)) == {"US", "PH", "KE"}
    client.post(f"{address}undo/do/")
    do_jobs()
    assert Organisation.objects.count() == 0
    again = client.post(f"{address}repeat/do/").headers["Location"]
    client.post(f"{again}check/do/")
    do_jobs()
    client.post(f"{again}run/do/")
    do_jobs()
    assert Organisation.objects.count() == 3


def test_undo_names_what_it_left_alone(client: Client) -> None:
    address = checked(client)
    client.post(f"{address}run/do/")
    do_jobs()
    with acting_as(SYSTEM):
        Organisation.objects.get(name="Cancity").change(employees=11)
    client.post(f"{address}undo/do/")
    do_jobs()
    page = client.get(address).content.decode()
    assert "Cancity · Employees: changed since; the record was kept" in page


def test_what_was_taken_as_the_same_is_told_apart_on_the_page(client: Client) -> None:
    address = uploaded(client, b"account,sector,country\nAcme,retail,Holland\nBeta,retail,Kenya\n")
    client.post(f"{address}check/do/")
    do_jobs()
    page = client.get(address).content.decode()
    assert "“retail” is not “Retail”" in page
    wrong = Decision.objects.get(kind="same", value="retail")
    answer = client.post(f"{address}apart/", {"apart": [str(wrong.pk)]}, follow=True)
    assert "Checking every row" in answer.content.decode()
    do_jobs()
    page = client.get(address).content.decode()
    assert "You said: not the same" in page
    assert "“retail” is not “Retail”" not in page
    assert Decision.objects.get(value="retail").kind == "open"
    client.post(f"{address}apart/", {"same": ["0"]})
    do_jobs()
    assert "“retail” is not “Retail”" in client.get(address).content.decode()


def test_nothing_marked_is_told_and_nonsense_does_no_harm(client: Client) -> None:
    address = checked(client)
    for sent in ({}, {"apart": ["nonsense", "9" * 30]}, {"same": ["7"]}):
        assert "Choose at least one value" in client.post(f"{address}apart/", sent, follow=True).content.decode()


def test_progress_refreshes_the_page_when_the_work_has_ended(client: Client) -> None:
    address = uploaded(client)
    client.post(f"{address}check/do/")
    assert "Checking every row" in client.get(f"{address}progress/").content.decode()
    do_jobs()
    assert client.get(f"{address}progress/").headers["HX-Refresh"] == "true"


def test_who_may_not_import_is_refused_and_others_imports_are_not_there(cast: Cast, client: Client) -> None:
    address = uploaded(client)
    assert signed_in(cast.alice).get(address).status_code == 404
    with acting_as(SYSTEM):
        cast.charlie.change(role="read-only")
    assert signed_in(cast.charlie).get("/imports/").status_code == 403


def test_an_import_that_wrote_nothing_is_discarded(client: Client) -> None:
    client.post(f"{uploaded(client)}discard/do/")
    assert not Import.objects.exists()


def test_unknown_requests_are_not_there(client: Client) -> None:
    address = uploaded(client)
    assert client.post(f"{address}explode/do/").status_code == 404
    assert client.get(f"{address}files/99999999999999999999/rows/").status_code == 404
    assert client.post(f"{address}decide/", {"all": "nonsense"}).status_code == 404


def test_json_goes_in_too(client: Client) -> None:
    content = json.dumps([{"account": "Acme", "sector": "Food"}]).encode()
    assert "Acme" in client.get(uploaded(client, content, "accounts.json")).content.decode()
