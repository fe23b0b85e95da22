"""What programs send by mistake or in malice is refused in words and stores nothing (G-A5)."""

import gzip
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from rapport.directory.models import Organisation
from tests.api.conftest import Program
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]

DOUBLES = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}


BROKEN = [
    *(b" ", b"{", b"[1,]", b"{'a': 1}", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 01}', b"\xff", b'"\xed\xa0\x80"'),
    *(b"\xef\xbb\xbf{}", b'{"a" 1}', b"nul", b'{"a": 1} {}', b"[" * 100_000, b'{"a":' * 100_000),
    *(b'{"name": "A", "name": "B"}', b"[" * 30 + b"]" * 30),
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_json_is_refused(alice: Program, body: bytes) -> None:
    answer = alice.post("organisations", body, Content_Length=str(len(body)))
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name",
    ["a\x00b", "\ud800", "\x00", "a" * 100_000],
)
def test_texts_that_can_not_be_kept_are_refused(alice: Program, name: str) -> None:
    assert alice.post("organisations", json.dumps({"name": name}).encode()).status_code == 422
    assert not Organisation.objects.exists()


def test_numbers_that_are_too_large_are_refused(alice: Program) -> None:
    for number in (b"1e400", b"-1e400", b"9" * 5_000, b"1" * 30, b"1." + b"0" * 100, b"2000000001"):
        assert alice.post("organisations", b'{"name": "A", "employees": ' + number + b"}").status_code == 422


def test_a_body_of_another_kind_or_size_is_refused(alice: Program) -> None:
    assert (
        alice.post("organisations", b"name=Acme", Content_Type="application/x-www-form-urlencoded").status_code == 415
    )
    assert alice.post("organisations", b'{"name": "' + b"a" * 5_000_000 + b'"}').status_code == 413


def test_compressed_bodies_are_refused_unread(alice: Program) -> None:
    """A gzip bomb of 4 KB would be 4 MB of zeros."""
    bomb = gzip.compress(b'{"name": "' + b"0" * 4_000_000 + b'"}')
    for packing in ("gzip", "deflate", "br", "zstd", "x-gzip", "gzip, gzip"):
        answer = alice.post("organisations", bomb, Content_Encoding=packing)
        assert answer.status_code == 415
        assert answer.headers["Accept-Encoding"] == "identity"
    assert alice.post("organisations", {"name": "Plain"}, Content_Encoding="identity").status_code == 201


def test_addresses_that_lead_nowhere_are_told_as_problems(alice: Program) -> None:
    for path in ("nothing", "organisations/%0A", "organisations/x%2F..%0Ay/history", "%00", "%F3%95/%23/%C2%8D%0D%0A"):
        answer = alice.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json"), path


@pytest.mark.parametrize("key", ["", "two words", "é", "x" * 256])
def test_a_key_for_repeating_is_one_word(alice: Program, key: str) -> None:
    assert alice.post("organisations", {"name": "Acme"}, Idempotency_Key=key).status_code == 400


def test_more_filters_than_are_read_are_refused(alice: Program) -> None:
    filters = [f"name:contains:a{number}" for number in range(41)]
    assert alice.get("organisations", {"filter": filters[:40]}).status_code == 200
    refused = alice.get("organisations", {"filter": filters})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["parameter"] == "filter"
    assert "40 filters" in refused.json()["detail"]


def test_what_only_rapport_does_itself_is_not_offered(dora: Program) -> None:
    assert not [path for path in dora.get("openapi.json").json()["paths"] if path.endswith("/give-up")]


def test_naughty_strings_come_back_as_they_went(alice: Program) -> None:
    for text in (
        "<script>alert(1)</script>",
        "Ω≈ç√∫",
        "社會科學院",
        "🏳0🌈️",
        "\u202atest\u202b",
        "=1+1",
        "' OR 1=1 --",
        "${7*7}",
    ):
        made = alice.post("organisations", {"name": text})
        assert alice.get(f"organisations/{made.json()['id']}").json()["name"] == text


@pytest.fixture
def corpus(request: pytest.FixtureRequest) -> list[Path]:
    folder = request.config.rootpath.parent / "shared" / "data" / "attacks" / "json-parsing"
    files = sorted(folder.rglob("*.json"))
    if not files:
        pytest.skip("the corpus of JSON files is not here")
    return files


def test_the_corpus_of_json_files(alice: Program, corpus: list[Path]) -> None:
    """Each `n_` file is refused as no JSON; each `y_` file is read (then it is no organisation: 422).

    Two `y_` files hold an object with one name twice, which we refuse, because two readers could take it differently.
    """
    told = {path.name: alice.post("organisations", path.read_bytes()).status_code for path in corpus}
    refused = {name for name, status in told.items() if status in (400, 415)}  # 415: an empty body has no type
    accepted = {name for name, status in told.items() if status == 422}
    assert not [name for name, status in told.items() if status >= 500]
    assert {name for name in told if name.startswith("n_")} <= refused
    assert {name for name in told if name.startswith("y_")} - DOUBLES <= accepted
    assert not Organisation.objects.exists()


def test_who_asks_too_often_is_told_to_wait(cast: Cast, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 18
    alice = Program(cast.alice)
    answers = [alice.get("me") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert int(answers[-1].headers["Retry-After"]) in (1, 2, 3, 4)
    assert answers[-1].json()["status"] == 429
    assert Program(cast.bob).get("me").status_code == 200


def test_a_body_in_chunks_is_not_taken_for_an_empty_one(alice: Program) -> None:
    lead = alice.post("leads", {"last_name": "Muster"}).json()["id"]
    for path in ("organisations", f"leads/{lead}/convert", "files"):
        answer = alice.post(path, b"", Transfer_Encoding="chunked")
        assert (answer.status_code, answer.headers["Content-Type"]) == (411, "application/problem+json")
