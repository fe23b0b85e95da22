"""The cast, and what was learned of a small history."""

from collections.abc import Iterator

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.models import Estimator
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.prediction import Prediction
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.intelligence.history import FEW, make_history


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def alice(cast: Cast) -> Client:
    """Alice's browser."""
    return signed_in(cast.alice)


@pytest.fixture
def winning() -> Prediction:
    return predictions()["win_probability"]


@pytest.fixture
def learned(cast: Cast, winning: Prediction) -> Iterator[Estimator]:
    """What was learned of 260 opportunities, of which referrals are mostly won."""
    make_history(cast)
    with acting_as(SYSTEM):
        yield learn(winning, names=FEW)
