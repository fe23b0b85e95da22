"""Adding notes, tasks, meetings, calls, mails and files from the page of a record; getting files back."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rapport.activities.models import Call, File, Mail, Meeting, Note, Task
from rapport.activities.storage import path_of
from rapport.identity.models import Scope
from rapport.web.places import record_address
from tests.cast import Cast, seen_by
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "section#composer"}
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def adding(world: World, kind: str) -> str:
    return f"{record_address('organisation', world.acme.pk)}add/{kind}/"


def test_a_note_appears_on_the_timeline(alices: Client, cast: Cast, world: World) -> None:
    answer = alices.post(adding(world, "note"), {"text": "They want it <before> the fair"}, headers=HTMX)
    page = answer.content.decode()
    assert "They want it &lt;before&gt; the fair" in page
    assert 'hx-target="#timeline"' in page
    note = Note.objects.get()
    assert (note.owner_id, note.about_subjects[0].record_id) == (cast.alice.pk, world.acme.pk)


def test_every_kind_is_added_without_scripts(alices: Client, world: World) -> None:
    given = {
        "task": {"subject": "Send the quote", "due_on": "2027-01-31", "priority": "high"},
        "meeting": {"subject": "Visit", "at": "2027-01-31T10:00", "ends_at": "2027-01-31T11:00", "place": "Hall 2"},
        "call": {"subject": "Follow-up", "at": "2026-11-01T10:00", "direction": "out", "text": "Fine."},
        "mail": {"subject": "Offer", "at": "2026-11-01T10:00", "direction": "out", "recipients": "p@acme.example"},
    }
    for kind, values in given.items():
        assert alices.get(adding(world, kind)).status_code == 200, kind
        answer = alices.post(adding(world, kind), values)
        assert answer.status_code == 302, (kind, answer.content.decode())
    assert [model.objects.count() for model in (Task, Meeting, Call, Mail)] == [1, 1, 1, 1]


def test_an_error_keeps_what_was_written(alices: Client, world: World) -> None:
    wrong = {"subject": "", "at": "2027-01-31T10:00", "ends_at": "2027-01-30T10:00", "text": "Long minutes"}
    answer = alices.post(adding(world, "meeting"), wrong, headers=HTMX)
    assert answer.status_code == 422
    assert "Long minutes" in answer.content.decode()
    empty = alices.post(adding(world, "note"), {"text": "  "}, headers=HTMX)
    assert empty.status_code == 422
    assert not Note.objects.exists()


def test_a_file_is_kept_and_comes_back_as_a_download(alices: Client, world: World) -> None:
    picture = SimpleUploadedFile("plan.png", PNG, content_type="text/html")
    assert alices.post(adding(world, "file"), {"file": picture}).status_code == 302
    file = File.objects.get()
    answer = alices.get(f"/files/{file.pk}/content/")
    assert b"".join(answer) == PNG  # type: ignore[arg-type]
    assert answer["Content-Disposition"] == 'attachment; filename="plan.png"'
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_bad_file_is_refused_in_words(alices: Client, world: World) -> None:
    page = SimpleUploadedFile("page.png", b"<script>alert(1)</script>", content_type="image/png")
    assert alices.post(adding(world, "file"), {"file": page}).status_code == 422
    assert alices.post(adding(world, "file"), {}).status_code == 422
    assert not File.objects.exists()


def test_files_of_records_one_may_not_see_do_not_exist(browse: Browse, cast: Cast, world: World) -> None:
    browse(cast.alice).post(adding(world, "file"), {"file": SimpleUploadedFile("plan.png", PNG)})
    seen_by("organisation", Scope.OWNER)
    assert browse(cast.charlie).get(f"/files/{File.objects.get().pk}/content/").status_code == 404


def test_a_file_whose_content_is_lost_is_missing_not_broken(alices: Client, world: World) -> None:
    from rapport.activities.storage import path_of

    alices.post(adding(world, "file"), {"file": SimpleUploadedFile("plan.png", PNG)})
    file = File.objects.get()
    Path(path_of(file.sha256)).unlink()
    assert alices.get(f"/files/{file.pk}/content/").status_code == 404


def test_what_an_activity_is_about_is_ticked_or_typed(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        note = Note.create(text="Both", about=[world.petra], owner=cast.alice)
    address = f"{record_address('note', note.pk)}edit/"
    assert "Petra Vogel" in alices.get(address).content.decode()
    alices.post(address, {"text": "Both", "about": [f"person:{world.petra.pk}", ""], "about__text": "second press"})
    note.refresh_from_db()
    assert {subject.record_id for subject in note.about_subjects} >= {world.petra.pk, world.deal.pk}


def test_a_file_received_whole_survives_a_form_that_has_to_be_mended(alices: Client, cast: Cast, world: World) -> None:
    """Only the text is wrong: the file needn't be sent again, and nobody else can use what is kept."""
    picture = SimpleUploadedFile("plan.png", PNG)
    refused = alices.post(adding(world, "file"), {"file": picture, "text": "a\x07b"})
    page = refused.content.decode()
    assert (refused.status_code, File.objects.count()) == (422, 0)
    assert "“plan.png” was received and is kept" in page
    note = re.search(r'name="kept_file" value="([^"]+)"', page)
    assert note
    other = Client()
    other.force_login(cast.bob)
    assert other.post(adding(world, "file"), {"kept_file": note[1], "text": ""}).status_code == 422
    assert alices.post(adding(world, "file"), {"kept_file": note[1] + "x", "text": ""}).status_code == 422
    assert alices.post(adding(world, "file"), {"kept_file": note[1], "text": "The plan"}).status_code == 302
    kept = File.objects.get()
    assert (kept.subject, kept.text) == ("plan.png", "The plan")
    assert path_of(kept.sha256).read_bytes() == PNG
