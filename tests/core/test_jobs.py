"""Background work is neither lost nor done twice, whatever happens to the workers."""

import random
import signal
import time
from collections import Counter

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.actors import Actor
from rapport.core.events import Event
from rapport.core.jobs import JOBS
from rapport.core.reactions import REACTIONS, reaction
from rapport.core.rescuing import rescue
from rapport.identity.models import Team
from tests.jobs import a_worker, do_job, do_jobs


@pytest.mark.django_db
def test_a_reaction_follows_its_event(as_system: Actor) -> None:
    seen: list[str] = []

    @reaction("team.create")
    def remember(event: Event) -> None:
        seen.append(event.subject_label)

    try:
        Team.create(name="North")
        assert seen == []
        assert "core.jobs.run_reaction" in do_jobs()
    finally:
        REACTIONS.pop("team.create")
    assert seen == ["North"]


@pytest.mark.django_db
def test_a_job_that_was_done_is_not_done_again(as_system: Actor) -> None:
    from tests.core.counting_job import count

    count.defer(number=1)
    job = ProcrastinateJob.objects.get()
    do_job(job)
    do_job(job)
    assert Team.objects.count() == 1


def test_every_job_says_what_it_is_for() -> None:
    assert all(job.label and job.meaning for job in JOBS.values())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killing_workers_loses_nothing_and_doubles_nothing() -> None:
    from tests.core.counting_job import count

    jobs, seed = 150, random.randrange(1_000_000)
    chance = random.Random(seed)
    for number in range(jobs):
        count.defer(number=number)
    kills = 0
    deadline = time.monotonic() + 600
    while ProcrastinateJob.objects.exclude(status="succeeded").exists():
        assert time.monotonic() < deadline, f"not done in time (seed {seed})"
        with a_worker() as worker:
            time.sleep(chance.uniform(0.9, 1.7) if kills < 10 else 30)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        kills += 1
        rescue(silent_for=0)
    names = Counter(Team.objects.values_list("name", flat=True))
    created = Counter(Event.objects.filter(verb="team.create").values_list("subject_label", flat=True))
    assert names == created == Counter(f"Team {number}" for number in range(jobs)), f"seed {seed}"
