"""However a timeline is cut into pages, the pages put together are the whole: no gap, nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.activities.models import Call, Note
from rapport.activities.timeline import TimelineItem, timeline
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.bulk import create_many
from rapport.core.clock import fixed_at
from rapport.core.work import Work, working
from rapport.directory.models import Organisation

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
# Few moments, so that many things happen at the same one.
moments = st.integers(0, 4).map(lambda minutes: START + timedelta(minutes=minutes))
happenings = st.lists(st.tuples(st.sampled_from(["note", "call", "event"]), moments), max_size=25)


@pytest.mark.slow
class Pages(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(happenings=happenings, length=st.integers(1, 9))
    def test_pages_put_together_are_the_whole(self, happenings: list[tuple[str, datetime]], length: int) -> None:
        with acting_as(SYSTEM):
            acme = Organisation.create(name="Acme")
            for kind, moment in happenings:
                happen(acme, kind, moment)
            whole = timeline(SYSTEM, acme, length=1000)
            assert whole.following is None
            assert len(whole.items) == len(happenings) + 1
            assert [item.at for item in whole.items] == sorted((item.at for item in whole.items), reverse=True)
            assert pages(acme, length) == list(whole.items)


def happen(acme: Organisation, kind: str, moment: datetime) -> None:
    if kind == "event":
        with fixed_at(moment):
            acme.change(employees=(acme.employees or 0) + 1)
        return
    model = Note if kind == "note" else Call
    with working(Work(f"{kind}.create", SYSTEM)):
        create_many(model, [{"at": moment, "about": [("organisation", acme.pk)]}])


def pages(acme: Organisation, length: int) -> list[TimelineItem]:
    found: list[TimelineItem] = []
    before: str | None = None
    while True:
        page = timeline(SYSTEM, acme, length=length, before=before)
        found += page.items
        assert len(page.items) <= length
        if page.following is None:
            return found
        before = page.following
