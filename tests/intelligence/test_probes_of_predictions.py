"""Probes of predictions: a shadow that takes over, and features that would know what only the end tells."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from ibis.expr.types import Table

from rapport.activities.models import Note
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.governance.models import OwnField
from rapport.intelligence.features.feature import Feature, Group, Unit
from rapport.intelligence.features.point import Point
from rapport.intelligence.features.sources import TEXT, Source
from rapport.intelligence.learning.artefact import load
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.learning.past import past_of
from rapport.intelligence.learning.promoting import decide, duel
from rapport.intelligence.learning.sealing import seal
from rapport.intelligence.models import Estimator, EstimatorState
from rapport.intelligence.predictions.prediction import Minimum, Prediction
from tests.cast import Cast
from tests.intelligence.history import FEW, make_history

pytestmark = pytest.mark.django_db


def test_a_shadow_that_foresees_better_on_unseen_cases_takes_over_and_one_that_does_not_waits(
    cast: Cast, winning: Prediction
) -> None:
    make_history(cast, cases=262)
    early = now() - timedelta(days=330)
    quick = replace(winning, minimum=Minimum(20, 5))
    with acting_as(SYSTEM):
        poor = learn(quick, names=FEW, as_of=now() - timedelta(days=760))
        if poor.state != EstimatorState.LIVE:
            poor.promote(reason="For the trial")
        _forget_what_it_learned(poor)
        good = learn(quick, names=FEW, as_of=early)
        if good.state != EstimatorState.SHADOW:  # so few cases may not prove it by themselves
            good.shadow(reason="For the trial")
    past = past_of(winning, as_of=now())
    assert duel(good, poor, past).is_won
    assert not duel(poor, good, past).is_won
    with acting_as(SYSTEM):
        decide(winning)
    for one in (good, poor):
        one.refresh_from_db()
    assert (good.state, poor.state) == (EstimatorState.LIVE, EstimatorState.RETIRED)
    assert "better" in good.reason


def _forget_what_it_learned(estimator: Estimator) -> None:
    """Its live version now says the usual share of all, under a seal of its own."""
    artefact = load(estimator.pk)
    flat = replace(artefact, calibration=replace(artefact.calibration, slope=0.05)).as_text()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intelligence_estimator SET artefact = %s, signature = %s WHERE id = %s",
            [flat, seal(flat), estimator.pk],
        )
    load.cache_clear()


def test_what_is_only_filled_after_the_end_is_not_seen_and_a_feature_that_peeks_is_left_out(
    cast: Cast, winning: Prediction
) -> None:
    made = make_history(cast)
    before = past_of(winning, as_of=now())
    with cast.acting(cast.dora):
        OwnField.create(for_type="opportunity", label="Thanks sent", kind="text")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pipeline_opportunity SET attributes = attributes || jsonb_build_object('own_thanks_sent',"
            " CASE WHEN status = 'won' THEN 'Yes' ELSE '' END)"
        )
    with cast.acting(cast.alice):
        for one in [one for one in made if one.status == "won"][:40]:
            Note.create(text="Their order came", about=[one])
    after = past_of(winning, as_of=now())
    assert [list(column.texts) for column in before.columns] == [list(column.texts) for column in after.columns]
    peeking = replace(winning, groups=(*winning.groups, PEEKING))
    with acting_as(SYSTEM):
        estimator = learn(peeking, names=FEW)
    assert [one["column"] for one in estimator.figures["leakage"]] == ["thanks"]
    assert "thanks" not in load(estimator.pk).features


def _peek(point: Point) -> Table:
    rows = point.small("thanks")
    cases = point.cases.select("case", "record_id").left_join(rows, point.cases.record_id == rows.key)
    return cases.select("case", thanks=cases.said)


PEEKING = Group(
    "peeking",
    (Feature("thanks", "Thanks sent", Unit.TEXT),),
    (
        Source(
            "thanks",
            select="SELECT id, 0, attributes ->> 'own_thanks_sent' FROM pipeline_opportunity",
            belongs_to="",
            columns={"said": TEXT},
        ),
    ),
    _peek,
)
"""A feature as nobody should write it: it reads the row of today past the point in time."""
