"""Keeping findings up to date takes long after an import: meanwhile other jobs have their turn."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.actors import Actor
from rapport.directory.models import Organisation
from rapport.quality import jobs
from rapport.quality.findings import keeping
from rapport.quality.models import Recheck
from tests.jobs import do_jobs


@pytest.mark.django_db
def test_a_long_catching_up_is_done_in_turns(as_system: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_TURN", 0.0)
    monkeypatch.setattr(keeping, "EVENTS_AT_ONCE", 1)
    for number in range(3):
        Organisation.create(name=f"Firm {number}")
    waiting = Recheck.objects.count()
    done = do_jobs()
    assert Recheck.objects.count() == 0
    assert done.count(jobs.keep_up.name) > 2 <= waiting
    assert not ProcrastinateJob.objects.filter(status="todo").exists()
