"""Requests that are too large or not what they say: the right status, and a page that says what to do."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from rapport.integrations.models import ImportFile

from .conftest import Company, Visiting
from .visiting import text_of

FORM = "application/x-www-form-urlencoded"
NAMES = [
    *("../../etc/passwd", "a\x00.csv", "\u202egnp.csv", "con", "/", "a\nb.csv", "C:\\x\\y.csv", "%2e%2e%2f.csv"),
    *("=cmd.csv", "<script>alert('zq7')</script>.csv", '"; filename="x.csv', "x" * 300 + ".csv"),
]


def test_what_is_too_much_at_once_gets_a_page_that_says_how_much_is_not(company: Company, visit: Visiting) -> None:
    client = visit(company[0].dora).client
    for answers, told in (
        ({"text": "x" * 3_000_000}, "2.5 MB"),
        ({f"a{number}": "x" for number in range(10_001)}, "10000 answers"),
        ({"files": [BytesIO(b"a,b\n1,2") for _ in range(101)]}, "100 files"),
    ):
        answer = client.post("/notes/new/", answers)
        assert answer.status_code == 413
        assert told in text_of(answer)
    assert client.get("/notes/?" + "&".join(f"a{number}=1" for number in range(10_001))).status_code == 413


def test_a_body_that_is_not_what_it_says_is_answered(company: Company, visit: Visiting) -> None:
    visitor = visit(company[0].dora)
    bodies = [
        (b"--x\r\nblah", "multipart/form-data; boundary=x"),
        (b"--x\r\nblah", "multipart/form-data"),
        (b"text=a", f"{FORM}; charset=klingon"),
        (b"text=+AAA-", f"{FORM}; charset=utf-7"),
        (b"text=%ff%fe&subject=\xff", FORM),
        (b"{" * 100_000, "application/json"),
        (b"\x1f\x8b\x08\x00", f"{FORM}; charset=gzip"),
    ]
    with visitor.watching():
        for body, kind in bodies:
            answer = visitor.client.generic("POST", "/notes/new/", body, content_type=kind)
            assert answer.status_code < 500, kind
        for host in ("evil.example", "a b", "[::", "x" * 3_000):
            assert visitor.client.get("/", headers={"host": host}).status_code == 400


def test_a_form_without_its_mandatory_answers_makes_nothing(company: Company, visit: Visiting) -> None:
    client = visit(company[0].dora).client
    for path in ("/notes/new/", "/organisations/new/", "/people/new/", "/tasks/new/", "/opportunities/new/"):
        answer = client.post(path, {})
        assert answer.status_code == 422, path
        assert "This is needed" in text_of(answer)


def test_filters_that_are_too_many_or_too_long_are_said_and_nothing_is_exported(
    company: Company, visit: Visiting
) -> None:
    client = visit(company[0].dora).client
    many = "&".join(f"f=name:contains:a{number}" for number in range(41))
    long = "f=name:contains:" + "x" * 2_000
    for query, told in ((many, "40 filters"), (long, "2000 characters")):
        assert told in text_of(client.get(f"/organisations/?{query}"))
        assert client.get(f"/organisations/export.csv?{query}").status_code == 409


def test_the_name_of_an_upload_leads_nowhere(company: Company, visit: Visiting) -> None:
    client = visit(company[0].dora).client
    for name in NAMES:
        upload = SimpleUploadedFile("a.csv", b"name,country\nHostile,France\n")
        upload._name = name  # the client would tidy it
        assert client.post("/imports/", {"files": upload}).status_code == 302, name
        file = ImportFile.objects.latest("pk")
        assert file.name.isprintable()
        assert "/" not in file.name
        assert file.path.parent == file.part_of.folder
