"""What customers will bring is foreseen from purchases before, and the fit always comes to an end."""

from types import SimpleNamespace

import numpy as np
import orjson
import pytest
from scipy.integrate import quad

from rapport.intelligence.lifetime import NothingToLearn, evaluate, purchases_of
from rapport.intelligence.lifetime.buying import Buying, fit_buying
from rapport.intelligence.lifetime.evaluation import Verdict, _chosen
from rapport.intelligence.lifetime.foreseeing import ALGORITHMS, BUYING, TAUGHT, foresee
from rapport.intelligence.lifetime.intervals import spread_of
from rapport.intelligence.lifetime.learners import Lesson, learn_cells, learn_line, learn_trees
from rapport.intelligence.lifetime.measures import measures_of, normalised_gini
from rapport.intelligence.lifetime.pareto import fit_pareto, log_parts
from rapport.intelligence.lifetime.purchases import histories_at
from rapport.intelligence.lifetime.spending import fit_spending
from rapport.intelligence.lifetime.telling import converged, costs_of, foreseen_as_stored, foreseen_from
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
    spreads = {**dict.fromkeys(ALGORITHMS, 0.6), "learned": spread, "blend": 0.5}
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


@pytest.mark.parametrize(("repeats", "recency", "age"), [(0, 0.0, 0.4), (2, 0.5, 1.0), (60, 1.2, 1.3), (90, 0.1, 3.0)])
def test_the_chance_to_have_left_by_now_is_the_integral_over_all_moments(repeats, recency, age):
    shape, rate, leaving, staying = at = (0.7, 0.4, 1.3, 0.8)
    power = shape + repeats

    def density(time: float) -> float:
        return ((rate + time) / (rate + recency)) ** -power * (staying + time) ** -(leaving + 1)

    area = quad(density, recency, age, points=[min(age, recency + 3 / power)], epsabs=0, limit=300)[0]
    _here, left = log_parts(at, *(np.array([float(one)]) for one in (repeats, recency, age)))

    assert left[0] == pytest.approx(np.log(leaving * area) - power * np.log(rate + recency), abs=1e-3)


def test_those_who_may_leave_at_any_moment_are_recovered_by_pareto():
    dice = np.random.default_rng(3)
    customer, day = [], []
    for number in range(2_500):
        rate, life = dice.gamma(1.5, 1 / 12), dice.exponential(1 / dice.gamma(2.0, 1 / 30))
        times = np.cumsum(np.concatenate([[dice.random() * 10], dice.exponential(1 / rate, 400)]))
        times = times[(times <= times[0] + life) & (times < 60)]
        customer += [f"C{number}"] * len(times)
        day += (7 * times).tolist()
    shop = purchases_of(customer, np.array(day), np.full(len(day), 10.0))
    known = histories_at(shop, shop.first + 40 * 7)
    fitted = fit_pareto(known)

    assert fitted is not None
    came = sum(fitted.purchases(known, 20))
    assert came == pytest.approx(float((shop.day >= known.cut).sum()), rel=0.1)
    assert 0 <= fitted.alive(known).min() <= fitted.alive(known).max() <= 1


@pytest.mark.parametrize("learn", [learn_cells, learn_line, lambda lesson: learn_trees(lesson, seed=1)])
def test_each_learned_way_finds_that_the_long_silent_bring_nothing_and_alters_little_where_nothing_is_to_learn(learn):
    dice = np.random.default_rng(1)
    features = dice.gamma(2.0, 5.0, (4_000, 12))
    foreseen = dice.gamma(2.0, 10.0, 4_000)
    silent = features[:, 6] > 10
    lesson = Lesson(features, foreseen, foreseen * dice.gamma(2.0, 0.5, 4_000) * ~silent, np.ones(4_000))
    plain = Lesson(features, foreseen, foreseen * dice.gamma(2.0, 0.5, 4_000), np.ones(4_000))

    told = learn(lesson).times(features, foreseen) * foreseen
    assert told[silent].mean() < 0.4 * told[~silent].mean()
    alike = learn(plain).times(features, foreseen) * foreseen
    assert alike[silent].mean() == pytest.approx(alike[~silent].mean(), rel=0.12)


def test_each_way_is_told_with_what_it_costs_and_worked_out_again_from_what_is_stored():
    shop = purchases(500)
    foreseen = foresee(shop, shop.end, 15)
    kept = orjson.loads(orjson.dumps(foreseen_as_stored(foreseen)))
    again = foreseen_from(kept, foreseen.view.known, list(foreseen.times.values()), 15)

    assert set(ALGORITHMS) <= set(foreseen.by_algorithm)
    for name in ALGORITHMS:
        assert np.allclose(again.by_algorithm[name], foreseen.by_algorithm[name]), name
        assert np.isfinite(foreseen.by_algorithm[name]).all()
    assert set(costs_of(foreseen)) == {*BUYING, *TAUGHT, "blend"}
    assert all(one["seconds"] >= 0 < one["bytes"] for one in costs_of(foreseen).values())
    assert sum(one["seconds"] for one in costs_of(foreseen).values()) > 0
    assert all(converged(foreseen).values())


def test_a_version_kept_before_there_were_so_many_ways_tells_what_it_told():
    shop = purchases(300)
    known = histories_at(shop, shop.end)
    buying, spending = fit_buying(known), fit_spending(known)
    kept = {"buying": vars(buying), "spending": vars(spending), "drift": 0.01, "learned_weeks": 15.0, "trees": ""}
    correction = np.full(len(known), 1.2)
    told = foreseen_from(kept, known, [correction], 15.0).by_algorithm

    model = buying.purchases(known, 15.0) * spending.amount(known)
    assert np.allclose(told["model of buying"], model * np.exp(0.15))
    assert np.allclose(told["learned"], model * 1.2)
    assert np.allclose(told["blend"], model * np.sqrt(1.2 * np.exp(0.15)))
