"""Nothing is lost, doubled or overwritten: versions, repeated requests, many records at once, undo (T18, G-C4)."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from rapport.api.jobs import forget_answers
from rapport.api.models import KeptAnswer
from rapport.core.clock import fixed_at, now
from rapport.core.events import Event
from rapport.core.jobs import JOBS
from rapport.directory.models import Organisation
from rapport.identity.models import Scope
from tests.api.conftest import Program
from tests.cast import Cast, make_cast, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def made(alice: Program, name: str = "Acme") -> tuple[str, str]:
    answer = alice.post("organisations", {"name": name})
    return f"organisations/{answer.json()['id']}", answer.headers["ETag"]


def test_nobody_overwrites_what_was_changed_meanwhile(alice: Program, dora: Program) -> None:
    address, read = made(alice)
    assert dora.patch(address, {"country": "PT"}, If_Match=read).status_code == 200
    stale = alice.patch(address, {"country": "FR"}, If_Match=read)
    assert (stale.status_code, alice.get(address).json()["country"]) == (412, "PT")
    assert stale.headers["ETag"] == alice.get(address).headers["ETag"]
    assert alice.delete(address, If_Match=read).status_code == 412
    assert alice.patch(address, {"country": "FR"}, If_Match=stale.headers["ETag"]).status_code == 200
    assert alice.patch(address, {"country": "ES"}).status_code == 200


def test_what_is_known_is_not_sent_again(alice: Program) -> None:
    address, read = made(alice)
    unchanged = alice.get(address, If_None_Match=f'"other", {read}')
    assert (unchanged.status_code, unchanged.content, unchanged.headers["ETag"]) == (304, b"", read)
    alice.patch(address, {"country": "PT"})
    assert alice.get(address, If_None_Match=read).status_code == 200


def test_a_repeated_request_has_one_effect_and_one_answer(alice: Program, dora: Program) -> None:
    first = alice.post("organisations", {"name": "Acme"}, Idempotency_Key="a-1")
    second = alice.post("organisations", {"name": "Acme"}, Idempotency_Key="a-1")
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Organisation.objects.count() == 1
    other_body = alice.post("organisations", {"name": "Beta"}, Idempotency_Key="a-1")
    assert other_body.status_code == 422
    assert dora.post("organisations", {"name": "Acme"}, Idempotency_Key="a-1").status_code == 201


def test_a_refused_request_may_be_tried_again_under_its_key(alice: Program) -> None:
    assert alice.post("organisations", {}, Idempotency_Key="a-1").status_code == 422
    assert alice.post("organisations", {"name": "Acme"}, Idempotency_Key="a-1").status_code == 201


def test_answers_are_kept_for_a_day(alice: Program) -> None:
    alice.post("organisations", {"name": "Acme"}, Idempotency_Key="a-1")
    name = next(name for name in JOBS if name.endswith("forget_answers"))
    assert forget_answers.name == name
    for hours, left in ((23, 1), (25, 0)):
        with fixed_at(now() + timedelta(hours=hours)):
            forget_answers.func.__wrapped__()
        assert KeptAnswer._base_manager.count() == left


@pytest.mark.parametrize("key", ["", "a" * 256, "ä"])
def test_a_key_that_is_none_is_refused(alice: Program, key: str) -> None:
    assert alice.post("organisations", {"name": "Acme"}, Idempotency_Key=key).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_have_one_effect_and_one_answer() -> None:
    alice = Program(make_cast().alice)
    answers = at_once(10, lambda: alice.post("organisations", {"name": "Acme"}, Idempotency_Key="race"))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert Organisation.objects.count() == 1
    assert Event.objects.filter(verb="organisation.create").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_who_change_one_version_one_wins() -> None:
    alice = Program(make_cast().alice)
    address, read = made(alice)
    counts = at_once(6, lambda: alice.patch(address, {"employees": 1}, If_Match=read))
    assert sorted(answer.status_code for answer in counts) == [200, 412, 412, 412, 412, 412]


def at_once(number: int, ask: Callable[[], Any]) -> list[Any]:
    answers: list[Any] = []
    together = threading.Barrier(number)

    def run() -> None:
        together.wait()
        try:
            answers.append(ask())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_many_rows_are_written_and_each_failure_is_told(alice: Program) -> None:
    address, _etag = made(alice)
    key = address.partition("/")[2]
    rows = [{"name": "Beta"}, {"id": key, "country": "PT"}, {"country": "Nowhere"}, {"id": "x"}, 7]
    outcome = alice.post("organisations/bulk", {"rows": rows}).json()
    assert [row["status"] for row in outcome["rows"]] == [201, 200, 422, 422, 422]
    assert (outcome["created"], outcome["changed"], outcome["failed"]) == (1, 1, 3)
    assert alice.get(address).json()["country"] == "PT"
    assert Event.objects.exclude(batch=None).count() == 2


def test_a_row_that_is_refused_names_its_record_to_whoever_sees_it(alice: Program, cast: Cast) -> None:
    key = made(alice)[0].partition("/")[2]
    with cast.acting(cast.charlie):
        secret = str(Organisation.create(name="Secret", owner=cast.charlie).pk)
    seen_by("organisation", Scope.OWNER)
    rows = [{"id": key, "country": "Nowhere"}, {"id": secret, "country": "PT"}, {"country": "Nowhere"}]
    refused, hidden, nameless = alice.post("organisations/bulk", {"rows": rows}).json()["rows"]
    assert (refused["status"], refused["id"], refused["title"]) == (422, key, "Acme")
    assert "Nowhere" in refused["problem"]["detail"]
    assert (hidden["status"], hidden["id"], hidden["title"]) == (404, secret, "")
    assert {"id", "title"}.isdisjoint(nameless)


def test_all_or_nothing_is_nothing_when_one_row_fails(alice: Program) -> None:
    rows = [{"name": "Beta"}, {"country": "Nowhere", "name": "C"}]
    refused = alice.post("organisations/bulk", {"rows": rows, "all_or_nothing": True})
    assert refused.json()["errors"][0]["pointer"] == "/rows/1/country"
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("body", [{}, {"rows": []}, {"rows": [{}] * 1_001}, {"rows": [{}], "more": 1}, []])
def test_what_is_no_batch_is_refused(alice: Program, body: Any) -> None:
    assert alice.post("organisations/bulk", body).status_code == 422


def test_what_was_done_can_be_undone_and_is_in_the_history(alice: Program, cast: Cast) -> None:
    address, _etag = made(alice)
    event = alice.patch(address, {"country": "PT"}).headers["Rapport-Event"]
    history = alice.get(f"{address}/history").json()["items"]
    assert [entry["verb"] for entry in history] == ["organisation.change", "organisation.create"]
    assert (history[0]["after"], history[0]["may_undo"], history[0]["by"]) == ({"country": "PT"}, True, "Alice Almeida")
    assert Program(cast.charlie).post(f"events/{event}/undo").status_code == 403
    assert alice.post(f"events/{event}/undo").json()["conflicts"] == []
    assert alice.get(address).json()["country"] is None
    assert alice.post(f"events/{event}/undo").status_code == 409
    assert alice.post("events/999999999/undo").status_code == 404
