"""A prediction that was learned, open deals of Alice's, and a trial with her team."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.identity.models import User
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.predictions import predictions
from rapport.intelligence.scoring.scoring import score
from rapport.oversight.models import Trial
from rapport.oversight.trials.keeping_up import go_on
from rapport.pipeline.models import Opportunity
from tests.cast import Cast, make_cast
from tests.intelligence.history import FEW, make_history

DEALS = 4


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def deals(cast: Cast) -> list[Opportunity]:
    """Open deals of Alice's, each with its chance, which is hers to see."""
    make_history(cast)
    winning = predictions()["win_probability"]
    with acting_as(SYSTEM):
        learn(winning, names=FEW)
    found = [deal(cast, number) for number in range(DEALS)]
    score(winning)
    for one in found:
        one.refresh_from_db()
        assert one.chance_to_win is not None
    return found


def deal(cast: Cast, number: int, owner: User | None = None) -> Opportunity:
    """An open deal."""
    with cast.acting(owner or cast.alice):
        organisation = Opportunity._base_manager.exclude(organisation=None).first().organisation  # type: ignore[union-attr]
        source = ("Referral", "Website")[number % 2]
        return Opportunity.create(
            name=f"New deal {number}",
            organisation=organisation,
            source=source,
            amount=20_000,
            owner=owner or cast.alice,
        )


def start(cast: Cast, **more: object) -> Trial:
    """A trial of Bob's with his team, its questions asked."""
    form = {"prediction": "win_probability", "team": cast.north, "matters": 0.03, "held_back": 0.0, **more}
    with cast.acting(cast.bob):
        trial = Trial.start(**{"last_day": today() + timedelta(days=150), **form})  # type: ignore[arg-type]
    with acting_as(replace(SYSTEM)):
        go_on(trial)
    trial.refresh_from_db()
    return trial
