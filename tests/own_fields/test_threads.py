"""Threads that serve while own fields and types come and go: none ever meets a field half there."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from rapport.directory.models import Organisation
from rapport.governance.dictionary import dictionary_cache, entry_of, set_own_fields
from rapport.governance.models import OwnField
from rapport.governance.own.columns import OwnColumn, own_columns
from rapport.governance.own.installing import install
from rapport.governance.own.loading import column_for, described

ROUNDS = 150
NAMES = ("own_one", "own_two", "own_three")


@contextmanager
def busy(*works: Any) -> Iterator[list[BaseException]]:
    """Each work over and over in a thread of its own, switched as often as can be; gives what they raised."""
    raised: list[BaseException] = []
    over = threading.Event()

    def repeat(work: Any) -> None:
        while not over.is_set():
            try:
                work()
            except BaseException as error:  # noqa: BLE001 - told to the test
                raised.append(error)
                return

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    for thread in threads:
        thread.start()
    try:
        yield raised
    finally:
        over.set()
        for thread in threads:
            thread.join()
        sys.setswitchinterval(interval)


def column(name: str) -> tuple[OwnField, OwnColumn]:
    own = OwnField(for_type="organisation", key=name, label=name, kind="text")
    return own, column_for(own)


@pytest.fixture
def untouched() -> Iterator[None]:
    yield
    install(Organisation, {})
    set_own_fields("organisation", [])


@pytest.mark.usefixtures("untouched")
def test_a_field_in_force_is_there_for_every_thread_all_the_time() -> None:
    always, made = column("own_always")
    install(Organisation, {"own_always": made})
    record = Organisation(attributes={"own_always": "x"})

    def use() -> None:
        assert Organisation._meta.get_field("own_always").name == "own_always"
        assert record.own_always == "x"  # type: ignore[attr-defined]
        assert "own_always" in str(Organisation.objects.filter(own_always="x").order_by("own_always").query)

    def use_others() -> None:
        for name in own_columns(Organisation):
            Organisation._meta.get_field(name)
            getattr(record, name)

    with busy(use, use, use_others, use_others) as raised:
        for number in range(ROUNDS):
            some = {name: column(name)[1] for name in NAMES[: number % 4]}
            install(Organisation, {"own_always": column("own_always")[1], **some})
            if number % 10 == 0:
                apps.clear_cache()  # as a new own type does
    assert not raised, raised[0]
    assert set(own_columns(Organisation)) == {"own_always", *NAMES[: (ROUNDS - 1) % 4]}
    assert always.key == "own_always"


@pytest.mark.usefixtures("untouched")
def test_what_is_worked_out_from_the_dictionary_is_never_older_than_the_dictionary() -> None:
    @dictionary_cache
    def names(record_type: str) -> list[str]:
        return [name for name, field in entry_of(record_type).fields.items() if field.own]

    with busy(*[lambda: names("organisation")] * 4) as raised:
        for number in range(ROUNDS * 4):
            wanted = list(NAMES[: number % 4])
            set_own_fields("organisation", [described(column(name)[0]) for name in wanted])
            assert names("organisation") == wanted
    assert not raised, raised[0]
