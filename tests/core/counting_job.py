"""A job for the crash test: it creates one team, slowly enough to be killed in the middle."""

import time

from rapport.core.jobs import job
from rapport.identity.models import Team


@job(label="Count")
def count(number: int) -> None:
    """Create the team of this number."""
    time.sleep(0.02)
    Team.create(name=f"Team {number}")
    time.sleep(0.02)
