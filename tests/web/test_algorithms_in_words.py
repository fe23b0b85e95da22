"""Ways of learning are named in the reader's language, not as programs print them."""

import pytest
from django.test import Client
from django.utils import translation

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.intelligence.baskets.evaluation import LEARNED as LEARNED_OFFERS
from rapport.intelligence.baskets.recommenders import RECOMMENDERS
from rapport.intelligence.lifetime.foreseeing import ALGORITHMS
from rapport.intelligence.models import Estimator, EstimatorState
from rapport.intelligence.outlooks import kinds, quantities, risk_ways
from rapport.intelligence.tabular.candidates import CANDIDATES
from rapport.intelligence.tabular.training import BLEND
from rapport.web.predictions.algorithms import algorithm_in_words
from tests.cast import Cast

NAMES = [
    *(one.name for one in CANDIDATES),
    *(one.name for one in RECOMMENDERS),
    *ALGORITHMS,
    *(BLEND, LEARNED_OFFERS, kinds.SHARES, *kinds.WAYS, quantities.USUAL, *quantities.WAYS),
    *risk_ways.WAYS,
    *("k-means, k = 4", "Ward, k = 3", "Gaussian mixture, k = 2", "dealt out by chance"),
]


@pytest.mark.parametrize("name", NAMES)
def test_each_way_of_learning_has_a_name_for_people(name: str) -> None:
    with translation.override("fr"):
        assert algorithm_in_words(name) not in (name, "")


def test_parts_that_learn_apart_are_named_one_after_the_other() -> None:
    assert algorithm_in_words("regularised line, trees") == "Regularised line, trees"
    assert algorithm_in_words("trees, lightgbm_regularised") == "Trees; LightGBM, strongly regularised"
    with translation.override("pt"):
        assert algorithm_in_words("k-means, k = 4") == "k-means com 4 grupos"


@pytest.mark.django_db
def test_pages_of_outlooks_and_predictions_tell_it(cast: Cast) -> None:
    told = {
        "trained_at": now(),
        "as_of": now(),
        "version": 1,
        "state": EstimatorState.LIVE,
        "cases": 500,
        "positives": 0,
    }
    with acting_as(SYSTEM):
        Estimator.create(prediction="segments", algorithm="k-means, k = 4", figures={"k": 4}, **told)
    client = Client()
    client.force_login(cast.bob)
    page = client.get("/insights/outlooks/segments/").content.decode()
    assert page.count("k-means with 4 clusters") == 2
