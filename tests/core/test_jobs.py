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

KILLS = 5
PATIENCE = 300.0


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


def _left() -> int:
    """How many are still to be counted; other jobs, which a worker finds for itself, may be parked by so many kills."""
    counting = ProcrastinateJob.objects.filter(task_name="tests.core.counting_job.count")
    return counting.exclude(status="succeeded").count()


def _wait_until_left(wanted: int, seed: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while _left() > wanted:
        assert time.monotonic() < deadline, f"not done in time (seed {seed})"
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killing_workers_loses_nothing_and_doubles_nothing() -> None:
    from tests.core.counting_job import count

    jobs, seed = 75, random.randrange(1_000_000)
    chance = random.Random(seed)
    for number in range(jobs):
        count.defer(number=number)
    for kill in range(KILLS + 1):
        wanted = _left() - 3 if kill < KILLS else 0
        with a_worker() as worker:
            _wait_until_left(wanted, seed)
            time.sleep(chance.uniform(0, 0.1))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        rescue(silent_for=0)
    names = Counter(Team.objects.values_list("name", flat=True))
    created = Counter(Event.objects.filter(verb="team.create").values_list("subject_label", flat=True))
    assert names == created == Counter(f"Team {number}" for number in range(jobs)), f"seed {seed}"
