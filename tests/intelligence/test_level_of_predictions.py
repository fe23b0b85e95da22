"""The level of a live version follows what came lately, every night, until a new version has proved itself."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.intelligence.learning import level, provenance
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.learning.level import keep_levels
from rapport.intelligence.learning.past import past_of
from rapport.intelligence.learning.promoting import against_base_rate
from rapport.intelligence.models import Estimator, EstimatorState, Score
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.prediction import Minimum
from rapport.intelligence.scoring.explaining import explain
from rapport.intelligence.scoring.scoring import score
from rapport.intelligence.tabular.levels import level_lately
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.intelligence.history import FEW, make_history


@pytest.fixture
def learned_early(cast: Cast) -> Estimator:
    make_history(cast, cases=262)
    early = now() - timedelta(days=330)
    quick = replace(predictions()["win_probability"], minimum=Minimum(20, 5))
    with acting_as(SYSTEM), fixed_at(early):
        estimator = learn(quick, names=FEW, as_of=early)
        if estimator.state != EstimatorState.LIVE:
            estimator.promote(reason="For the trial")
    return estimator


def test_where_hardly_any_are_won_any_more_chances_are_lowered_and_reasons_add_up_to_them(
    cast: Cast, learned_early: Estimator
) -> None:
    winning = predictions()["win_probability"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pipeline_opportunity SET status = 'lost' WHERE opened_on > %s", [learned_early.as_of])
    with cast.acting(cast.alice):
        acme = Opportunity.objects.first().organisation
        one = Opportunity.create(name="New", organisation=acme, source="Referral", amount=20_000, owner=cast.alice)
    score(winning)
    given_before = Score.objects.get(record_id=one.pk)
    before = given_before.chance
    keep_levels(winning)
    score(winning)
    learned_early.refresh_from_db()
    assert explain(given_before, learned_early).chance == pytest.approx(before)
    after = Score.objects.get(record_id=one.pk)
    assert learned_early.level < -0.5
    assert after.chance < before - 0.1
    assert explain(after, learned_early).chance == pytest.approx(after.chance)
    page = Client()
    page.force_login(cast.bob)
    assert "Fewer say yes lately" in page.get("/insights/predictions/win_probability/").content.decode()


def test_a_version_whose_ranking_tells_nothing_any_more_is_not_kept_by_its_level(
    cast: Cast, learned_early: Estimator
) -> None:
    """Since then one in ten is won, whatever it is like."""
    winning = predictions()["win_probability"]
    since = Opportunity.objects.filter(opened_on__gt=learned_early.as_of).order_by("opened_on", "pk")
    keys = list(since.values_list("pk", flat=True))
    Opportunity._base_manager.filter(pk__in=keys).update(status="lost")
    Opportunity._base_manager.filter(pk__in=keys[::10]).update(status="won")
    keep_levels(winning)
    learned_early.refresh_from_db()
    past = past_of(winning, as_of=now())
    assert learned_early.level < -0.5
    assert against_base_rate(learned_early, past).gain < 0


def test_where_as_many_come_as_was_promised_the_level_hardly_moves(cast: Cast, learned_early: Estimator) -> None:
    keep_levels(predictions()["win_probability"])
    learned_early.refresh_from_db()
    assert abs(learned_early.level) < 0.6


def test_a_case_that_is_not_over_counts_for_as_much_as_could_have_come() -> None:
    dice = np.random.default_rng(1)
    odds, seen = dice.normal(-1, 1, 4_000), dice.uniform(0.1, 1, 4_000)
    came = dice.random(4_000) < seen / (1 + np.exp(-odds))
    more = dice.random(4_000) < seen / (1 + np.exp(-(odds + 0.7)))

    assert abs(level_lately(odds, came, seen)) < 0.15
    assert abs(level_lately(odds, more, seen) - 0.7) < 0.15
    assert level_lately(odds, came, np.ones(4_000)) < -0.5


def test_a_source_that_floods_the_newest_answers_moves_the_level_no_more_than_its_share(
    cast: Cast, learned_early: Estimator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every second of the cases since then is said to be won by one source; six others say what was so."""
    winning = predictions()["win_probability"]
    since = Opportunity.objects.filter(opened_on__gt=learned_early.as_of).order_by("pk")
    keys = [str(key) for key in since.values_list("pk", flat=True)]
    flood = set(keys[::2])
    Opportunity._base_manager.filter(pk__in=flood).update(status="won")
    sources = {key: "import x" if key in flood else f"user {number % 6}" for number, key in enumerate(keys)}
    monkeypatch.setattr(level, "sources_of", lambda _prediction, ids: ["" for _key in ids])
    believed = level.level_of(winning, learned_early)
    monkeypatch.setattr(level, "sources_of", lambda _prediction, ids: [sources.get(key, "") for key in ids])
    monkeypatch.setattr(provenance, "_FEWEST", 5)
    assert believed > 0.4
    assert level.level_of(winning, learned_early) < believed / 2


def test_a_handful_of_cases_moves_hardly_anything() -> None:
    assert abs(level_lately(np.zeros(3), np.ones(3, dtype=bool), np.ones(3))) < 0.4
    assert level_lately(np.empty(0), np.empty(0, dtype=bool), np.empty(0)) == 0
