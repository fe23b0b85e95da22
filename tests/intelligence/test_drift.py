"""Drift: a planted shift rings an alarm the next night; without one, alarms stay rare though it looks every night."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.intelligence.drift.comparing import MATTERS, NIGHTS, kept_of, level_of, shift_between, shift_of
from rapport.intelligence.tabular import Column, ColumnKind


def _measure(numbers: np.ndarray) -> Column:
    return Column("amount", ColumnKind.MEASURE, np.full(len(numbers), "0", dtype=object), numbers)


def _words(texts: np.ndarray) -> Column:
    return Column("source", ColumnKind.CATEGORY, texts.astype(object))


@pytest.mark.parametrize(("learned", "a_night"), [(400, 3), (3_000, 12)])
def test_without_a_shift_at_most_one_quarter_in_twenty_rings(learned: int, a_night: int) -> None:
    """300 quarters of 91 nights, ten columns; each night compares the newest 300 cases, so windows overlap."""
    dice = np.random.default_rng(7)
    columns, window, quarters = 10, 300, 300
    rung = 0
    for _quarter in range(quarters):
        shares = dice.dirichlet(np.full(10, 3.0), columns)
        before = np.array([dice.multinomial(learned, share) for share in shares], dtype=float)
        nights = window // a_night + NIGHTS
        daily = np.array([[dice.multinomial(a_night, share) for share in shares] for _night in range(nights)])
        rung += any(
            shift_between(before[number], newest[number]).is_alarming(columns)
            for night in range(0, NIGHTS, 7)
            for newest in [daily[night : night + window // a_night].sum(axis=0).astype(float)]
            for number in range(columns)
        )
    assert rung / quarters <= 0.05


def test_a_planted_shift_is_seen_in_numbers_words_and_gaps() -> None:
    dice = np.random.default_rng(1)
    amounts = dice.lognormal(10, 1, 2_000)
    sources = dice.choice(["Referral", "Website", "Fair"], 2_000)
    assert shift_of(_measure(amounts), _measure(dice.lognormal(10.9, 1, 300))).is_alarming(17)
    assert not shift_of(_measure(amounts), _measure(dice.lognormal(10, 1, 300))).is_alarming(17)
    assert shift_of(_words(sources), _words(dice.choice(["Referral", "Broker"], 200))).is_alarming(17)
    gaps = np.where(dice.random(300) < 0.4, np.nan, dice.lognormal(10, 1, 300))
    assert shift_of(_measure(amounts), _measure(gaps)).is_alarming(17)


def test_a_shift_too_small_to_matter_rings_nothing_however_sure_it_is() -> None:
    dice = np.random.default_rng(2)
    found = shift_of(_measure(dice.normal(0, 1, 50_000)), _measure(dice.normal(0.1, 1, 50_000)))
    assert found.p_value < level_of(17)
    assert found.psi < MATTERS
    assert not found.is_alarming(17)


def test_promises_that_no_longer_come_true_are_seen() -> None:
    dice = np.random.default_rng(3)
    chance = dice.uniform(0.1, 0.6, 400)
    true = kept_of(dice.random(400) < chance, chance)
    false = kept_of(dice.random(400) < chance - 0.15, chance)
    assert true is not None
    assert false is not None
    assert not true.is_alarming(17)
    assert false.is_alarming(17)
    assert kept_of(np.ones(5, dtype=bool), np.full(5, 0.2)) is None


@pytest.mark.django_db
@pytest.mark.slow
def test_an_alarm_rings_stands_on_the_page_lowers_levels_and_ends_when_it_is_learned_anew() -> None:
    from django.test import Client

    from rapport.intelligence.drift.watching import watch
    from rapport.intelligence.learning.learning import learn
    from rapport.intelligence.learning.promoting import is_due
    from rapport.intelligence.models import DriftLook
    from rapport.intelligence.predictions import predictions
    from rapport.intelligence.predictions.prediction import Minimum
    from rapport.oversight.models import Alarm
    from tests.cast import make_cast
    from tests.intelligence.history import FEW, make_history, more_from

    cast, winning = make_cast(), predictions()["win_probability"]
    make_history(cast, cases=262)
    early = now() - timedelta(days=450)
    quick = replace(winning, minimum=Minimum(20, 5))
    with acting_as(SYSTEM):
        first = learn(quick, names=FEW, as_of=early)
    if first.state != "live":
        with acting_as(SYSTEM):
            first.promote(reason="For the trial")
    with acting_as(SYSTEM):  # all deals are with one customer, so what was won with it before does grow
        assert "source" not in {one.name for one in watch(winning)}
    more_from(cast, "Broker")
    with acting_as(SYSTEM):
        assert "source" in {one.name for one in watch(winning)}
        assert is_due(winning)
    assert Alarm._base_manager.filter(about="win_probability", ended_at=None).exists()
    page = Client()
    page.force_login(cast.bob)
    assert "The world has moved" in page.get("/insights/predictions/win_probability/").content.decode()
    with acting_as(SYSTEM):
        learn(winning, names=FEW).promote(reason="Learned anew")
        assert not watch(winning)
    assert not Alarm._base_manager.filter(about="win_probability", ended_at=None).exists()
    assert not DriftLook.objects.filter(is_alarming=True).exists()
