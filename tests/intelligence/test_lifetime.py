"""What customers will bring is foreseen from purchases before, and the fit always comes to an end."""

from types import SimpleNamespace

import numpy as np
import pytest

from rapport.intelligence.lifetime import NothingToLearn, evaluate, purchases_of
from rapport.intelligence.lifetime.buying import Buying, fit_buying
from rapport.intelligence.lifetime.evaluation import Verdict, _chosen
from rapport.intelligence.lifetime.intervals import spread_of
from rapport.intelligence.lifetime.measures import measures_of, normalised_gini
from rapport.intelligence.lifetime.purchases import histories_at
from rapport.intelligence.lifetime.spending import fit_spending
from rapport.intelligence.written import days_of, numbers_of
from tests.intelligence.shops import buyers


def purchases(customers=400, **shop):
    customer, date, amount = buyers(customers, **shop)
    return purchases_of(customer, days_of(date), numbers_of(amount))


@pytest.mark.slow
def test_the_last_weeks_are_foreseen_better_than_by_going_on_as_before():
    found = evaluate(purchases(600), 20)

    assert found.verdict != Verdict.NO_SIGNAL
    assert found.overall.mean_absolute_error < found.compared["naive"].mean_absolute_error
    assert found.overall.gini > 0.4
    assert abs(found.overall.bias) < 0.35
    assert 0.7 < found.coverage[80] <= found.coverage[95]


@pytest.mark.parametrize(("spread", "chosen"), [(0.5, "blend"), (0.05, "learned")])
def test_the_blend_is_taken_unless_another_was_nearer_beyond_noise(spread, chosen):
    dice = np.random.default_rng(1)
    came = dice.gamma(2.0, 30.0, 500)
    spreads = {"naive": 0.9, "model of buying": 0.5, "learned": spread, "blend": 0.5}
    given = {name: came * np.exp(dice.normal(0, one, 500)) for name, one in spreads.items()}

    assert _chosen(SimpleNamespace(by_algorithm=given), came) == chosen


def test_what_buyers_are_like_is_recovered():
    shop = purchases(800)
    known = histories_at(shop, shop.end - 70)
    fitted = fit_buying(known)

    assert fitted.family != "shrunken rate"
    came = known.buys(shop, shop.end).mean()
    assert fitted.buys(known, 10).mean() == pytest.approx(came, abs=0.08)
    alive = fitted.alive(known)
    assert alive.min() >= 0
    assert alive.max() <= 1
    long_gone = known.recency + 25 < known.age
    assert alive[long_gone & (known.repeats > 4)].mean() < alive[~long_gone].mean()


@pytest.mark.parametrize("repeats", [0, 1, 30])
def test_customers_who_are_all_the_same_are_no_trouble(repeats):
    customer = [f"C{number}" for number in range(60) for _ in range(repeats + 1)]
    day = np.array([7.0 * week for _ in range(60) for week in range(repeats + 1)])
    shop = purchases_of(customer, day, np.full(len(day), 12.5))
    known = histories_at(shop, shop.end + 7)

    expected = fit_buying(known).purchases(known, 10) * fit_spending(known).amount(known)

    assert np.isfinite(expected).all()
    assert (expected >= 0).all()


def test_where_no_model_converges_a_shrunken_rate_stays():
    shop = purchases(100)
    known = histories_at(shop, shop.end)
    plain = Buying("shrunken rate", 1.0, 2.0, 1.0, 1.0, 10.0, 0.0, 12)

    assert np.isfinite(plain.purchases(known, 20)).all()
    assert (np.diff(plain.purchases(known, 20)[np.argsort(known.repeats)][[0, -1]]) > 0).all()
    assert ((plain.alive(known) >= 0) & (plain.alive(known) <= 1)).all()


def test_returns_take_revenue_off_and_count_as_no_purchase():
    shop = purchases_of(["A", "A", "A", "B"], np.array([0.0, 7.0, 9.0, 3.0]), np.array([10.0, 20.0, -5.0, 8.0]))
    known = histories_at(shop, 20.0)

    assert known.repeats.tolist() == [1, 0]
    assert known.spent.tolist() == [12.5, 8]


def test_two_lines_of_a_day_are_one_purchase():
    shop = purchases_of(["A", "A"], np.array([3.2, 3.7]), np.array([1.0, 2.0]))

    assert (len(shop.day), shop.amount.tolist()) == (1, [3.0])


def test_the_future_does_not_reach_back():
    customer, date, amount = buyers(150)
    days, amounts = days_of(date), numbers_of(amount)
    cut = days.max() + 1 - 10 * 7
    changed = np.where(days >= cut, amounts * 100, amounts)

    before = evaluate(purchases_of(customer, days, amounts), 10)
    after = evaluate(purchases_of(customer, days, changed), 10)

    assert np.array_equal(before.choice.expected(before.foreseen), after.choice.expected(after.foreseen))


def test_intervals_hold_what_they_promise_and_typical_is_the_middle():
    rng = np.random.default_rng(1)
    expected = rng.gamma(2, 10, 4_000)
    came = expected * rng.gamma(2, 0.5, 4_000) * (rng.random(4_000) < np.clip(expected / 40, 0, 1))
    spread = spread_of(came[:2_000], expected[:2_000])

    interval = spread.interval(expected[2_000:], 80)
    held = (came[2_000:] >= interval.low) & (came[2_000:] <= interval.high)

    assert 0.77 < held.mean() < 0.9
    below = came[2_000:] <= spread.typical(expected[2_000:])
    assert 0.45 < below.mean() < 0.75


def test_the_gini_is_one_in_the_perfect_order_and_nothing_for_all_the_same():
    came = np.array([0.0, 0, 5, 10])

    assert normalised_gini(came, came) == pytest.approx(1)
    assert normalised_gini(came, np.ones(4)) == pytest.approx(0)
    assert normalised_gini(came, -came) < 0
    assert measures_of(came, came * 1.1).bias == pytest.approx(0.1)


def test_a_horizon_longer_than_half_of_the_time_is_refused_with_advice():
    with pytest.raises(NothingToLearn, match="--horizon-weeks 30"):
        evaluate(purchases(), 50)


def test_a_handful_of_customers_is_refused():
    with pytest.raises(NothingToLearn, match="at least 50"):
        evaluate(purchases(20), 20)
