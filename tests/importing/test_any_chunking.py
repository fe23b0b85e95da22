"""However a run is cut into chunks, stopped and gone on with, the records and the history come out the same."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Change, Event
from rapport.directory.models import Organisation, Person
from rapport.integrations.importing import jobs
from rapport.integrations.importing.progress import note
from rapport.integrations.importing.running import run as running
from rapport.integrations.importing.service import report_of, set_options
from rapport.integrations.models import ExternalLink, Import, Status

from .conftest import checked

NAMES = st.sampled_from(["Acme", "acme", "Beta Ltd", "Gamma", "Délta", "Epsilon", ""])
COUNTRIES = st.sampled_from(["France", "Frnace", "PT", "Atlantis", ""])
ACCOUNT = st.tuples(NAMES, COUNTRIES, NAMES)
PERSON = st.tuples(st.sampled_from(["Ana", "Bo", "Cy", ""]), st.sampled_from(["a@x.example", "b@", ""]), NAMES)


def written(headings: str, rows: list[tuple[str, ...]]) -> str:
    return "\n".join([headings, *(f"{number},{','.join(row)}" for number, row in enumerate(rows, start=1))]) + "\n"


def outcome(subject: Import) -> dict[str, Any]:
    """What the run made, told without identifiers."""
    organisations = Organisation.objects.select_related("parent")
    people = Person.objects.select_related("organisation")
    events = Event.objects.filter(batch=subject.pk)
    return {
        "organisations": Counter((item.name, item.country, item.parent and item.parent.name) for item in organisations),
        "people": Counter(
            (item.title, str(item.emails), item.organisation and item.organisation.name) for item in people
        ),
        "links": Counter(ExternalLink.objects.values_list("record_type", "key", "line")),
        "created": Counter(Change.objects.filter(event__in=events, operation="create").values_list("record_type")),
        "report": [count.__dict__ | {"file_id": 0} for count in report_of(subject).files],
    }


def _name(organisation: Organisation | None) -> str:
    return organisation.name if organisation else ""


def run_in_pieces(subject: Import, chunk: int, stops: list[int]) -> None:
    """Run with small chunks, stopped after so many of them each time, and gone on with."""
    for pieces in stops:
        left = iter(range(pieces))
        original = Import.bring_in

        def bring_in(self: Import, *, limit: int, left: Any = left, original: Any = original) -> int:
            if next(left, None) is None:
                note(self, stop_asked=True)
            written_rows: int = original(self, limit=limit)
            return written_rows

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Import, "bring_in", bring_in)
            running.run(subject, chunk=chunk)
        subject.refresh_from_db()
        if subject.status == Status.DONE:
            return
        assert subject.status == Status.CANCELLED
        note(subject, stop_asked=False)
    running.run(subject, chunk=chunk)
    subject.refresh_from_db()


@pytest.mark.slow
class AnyChunking(TestCase):
    """Compared with a run in one go, from which the database is put back in between."""

    @given(
        accounts=st.lists(ACCOUNT, min_size=1, max_size=12),
        people=st.lists(PERSON, max_size=8),
        chunk=st.integers(1, 7),
        stops=st.lists(st.integers(0, 4), max_size=4),
    )
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_pieces_make_the_same_whole(
        self, accounts: list[tuple[str, ...]], people: list[tuple[str, ...]], chunk: int, stops: list[int]
    ) -> None:
        files: dict[str, str | bytes] = {
            "accounts.csv": written("Account ID,Account Name,Country,Parent Account", accounts),
            "contacts.csv": written("Contact ID,Last Name,Email,Account Name", people),
        }
        with acting_as(SYSTEM):
            whole = checked(files, system="whole")
            jobs.run_now(whole)
            whole.refresh_from_db()
            expected = outcome(whole)
            jobs.undo_now(whole)
            assert not Organisation.objects.exists()
            assert not Person.objects.exists()
            pieces = checked(files, system="whole")
            set_options(pieces, {"chunk": chunk})
            run_in_pieces(pieces, chunk, stops)
            assert pieces.status == Status.DONE, pieces.problem
            assert outcome(pieces) == expected
