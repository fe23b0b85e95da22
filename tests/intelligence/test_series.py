"""Regular series are foreseen by what did well before, whatever shape they come in."""

import numpy as np
import pytest

from rapport.intelligence.series import Frequency, NothingToLearn, evaluate, forecast, panel_of
from rapport.intelligence.series.candidates import FORECASTERS, all_forecasts
from rapport.intelligence.series.combining import combined, mixture_of, weights_of
from rapport.intelligence.series.evaluation import Verdict
from rapport.intelligence.series.forecasting import known_by
from rapport.intelligence.series.totals import reconciled, totals_of
from rapport.intelligence.written import days_of, numbers_of
from tests.intelligence.shops import months


def panel(series=6, length=72, **shape):
    dates, values, names = months(series, length, **shape)
    return panel_of(days_of(dates), numbers_of(values), names)


def test_growth_and_season_are_foreseen_better_than_by_last_year():
    found = evaluate(panel(), 6)

    assert found.verdict == Verdict.USABLE
    assert found.overall.wape < 0.7 * found.overall.wape_naive
    assert found.rolling.mase < found.rolling.mase_naive
    assert found.rolling.coverage[80] < found.rolling.coverage[95]


def test_years_are_foreseen_however_long_ago_and_every_fifth_year_is_refused():
    years = [str(year) for year in range(1821, 1935)]

    assert panel_of(days_of(years), np.ones(114), ["all"] * 114).frequency is Frequency.YEAR
    with pytest.raises(NothingToLearn, match="5 years apart"):
        panel_of(days_of(years[::5]), np.ones(23), ["all"] * 23)


def test_a_month_that_is_not_over_is_left_out():
    days = np.arange(np.datetime64("2023-01-01"), np.datetime64("2024-03-12")).astype(float)
    ended = days[:-11]

    found, whole = (
        panel_of(some, np.ones(len(some)), ["all"] * len(some), frequency=Frequency.MONTH) for some in (days, ended)
    )

    assert (found.is_last_left_out, whole.is_last_left_out) == (True, False)
    assert found.values.shape == whole.values.shape == (1, 14)


def test_intervals_hold_about_as_often_as_promised():
    found = evaluate(panel(12, 96), 6)

    assert 0.65 < found.rolling.coverage[80] < 0.92
    assert found.rolling.coverage[95] > 0.85


def test_a_single_series_is_tried_at_origins_between_and_none_knows_what_followed_another():
    found = evaluate(panel(1, 72), 6)

    assert [one.origin for one in found.trials] == list(range(66, 23, -6))[:6]
    assert [one.origin for one in found.past][:4] == [66, 64, 62, 60]
    assert {one.origin for one in known_by(found.past, found.past[0])} == set(range(32, 61, 2))


def test_forecasts_of_totals_are_the_sums_of_their_series():
    dates, values, names = months(6)
    nested = [f"{'North' if name < 'S3' else 'South'} / {name}" for name in names]
    shop = panel_of(days_of(dates), numbers_of(values), nested)

    found = forecast(shop, 6, evaluate(shop, 6).past)

    rows = {name: found.expected[row] for row, name in enumerate(found.names)}
    north = sum(rows[name] for name in shop.names if name.startswith("North"))
    assert {"Total", "North", "South"} < set(found.names)
    assert np.allclose(rows["North"], north)
    assert np.allclose(rows["Total"], rows["North"] + rows["South"])
    assert (found.low[95] <= found.low[80]).all()
    assert (found.high[80] <= found.high[95]).all()
    assert found.days[0] == "2024-01-01"


def test_names_are_parted_where_all_have_a_separator():
    assert totals_of(["N/a", "N/b", "S/c", "S/d"]).names == ("Total", "N", "S")
    assert totals_of(["N/a", "N/b", "other"]).names == ("Total",)
    assert totals_of(["all"]).names == ()


def test_drawing_towards_totals_makes_them_agree_more_and_errors_decide_by_how_much():
    totals = totals_of(["a", "b"])
    series, sums = np.array([[1.0], [2.0]]), np.array([[6.0]])

    sure = reconciled(series, sums, totals, np.array([1.0, 1.0]), np.array([1e-9]))
    unsure = reconciled(series, sums, totals, np.array([1.0, 1.0]), np.array([1e9]))

    assert sure.sum() == pytest.approx(6, abs=0.01)
    assert unsure.sum() == pytest.approx(3, abs=0.01)


def test_a_series_that_ended_takes_nothing_of_a_totals_growth_however_wrong_it_once_was():
    totals = totals_of(["a", "ended"])
    series, sums = np.array([[10.0], [0.0]]), np.array([[14.0]])

    moved = reconciled(series, sums, totals, np.array([1.0, 1e6]), np.array([1e-9]))

    assert moved[:, 0] == pytest.approx([14, 0], abs=0.01)


def test_the_future_does_not_reach_back():
    shop = panel(3)
    changed = panel_of(
        days_of([f"{np.datetime64('2018-01', 'M') + month}-01" for month in range(72)] * 3),
        np.concatenate([np.where(np.arange(72) >= 66, row * 9, row) for row in shop.values]),
        [name for name in shop.names for _ in range(72)],
    )

    before, after = evaluate(shop, 6), evaluate(changed, 6)

    for name in FORECASTERS:
        assert np.array_equal(before.trials[0].series[name], after.trials[0].series[name])


@pytest.mark.parametrize(
    "values",
    [
        np.full((1, 30), 7.0),
        np.zeros((2, 30)),
        np.tile([0.0, 0, 5], (3, 12)),
        -np.abs(np.random.default_rng(1).normal(50, 5, (2, 40))),
        np.where(np.arange(40) < 25, np.nan, 10.0 + np.arange(40))[None, :],
        np.random.default_rng(2).normal(100, 5, (1, 9)),
    ],
    ids=["constant", "nothing", "intermittent", "below nought", "begun late", "short"],
)
def test_odd_series_get_sound_forecasts(values):
    for name, ahead in all_forecasts(values, 12, 5).items():
        assert np.isfinite(ahead).all(), name
        assert np.abs(ahead).max() <= 3 * np.nanmax(np.abs(values)) + 1e-9, name
        if np.nanmin(values) >= 0:
            assert ahead.min() >= 0, name


def test_a_series_that_begins_late_stands_beside_older_ones():
    values = np.vstack([np.arange(1.0, 41), np.where(np.arange(40) < 36, np.nan, 5.0)])

    ahead = all_forecasts(values[:, :34], 12, 6)

    assert all((one[1] == 0).all() and (one[0] > 0).all() for one in ahead.values())


def test_a_constant_series_is_foreseen_without_error():
    days = days_of([f"{np.datetime64('2020-01', 'M') + month}-01" for month in range(60)])

    found = evaluate(panel_of(days, np.full(60, 7.0), ["all"] * 60), 6)

    assert found.overall.wape == pytest.approx(0, abs=1e-6)
    assert found.overall.coverage == {80: 1.0, 95: 1.0}
    assert found.reason == "nothing ever changes"


@pytest.mark.parametrize(
    ("step", "frequency"),
    [
        ("1D", Frequency.DAY),
        ("7D", Frequency.WEEK),
        ("1M", Frequency.MONTH),
        ("3M", Frequency.QUARTER),
        ("12M", Frequency.YEAR),
    ],
)
def test_the_frequency_is_found(step, frequency):
    unit = step[-1]
    dates = [
        str(np.datetime64("2001-01", "M" if unit == "M" else "D") + number * int(step[:-1])) for number in range(20)
    ]

    found = panel_of(days_of(dates), np.arange(20.0), ["all"] * 20)

    assert found.frequency == frequency
    assert found.values.shape == (1, 20)
    assert [day.startswith(date) for day, date in zip(found.days(range(20)), dates, strict=True)] == [True] * 20


@pytest.mark.parametrize(("step", "frequency"), [("months", Frequency.MONTH), ("weeks", Frequency.WEEK)])
def test_gaps_do_not_make_a_period_longer(step, frequency):
    steps = np.cumsum(np.array([1, 2, 2, 1, 3, 2] * 10))
    days = {
        "months": (np.datetime64("2015-01", "M") + steps).astype("datetime64[D]"),
        "weeks": np.datetime64("2015-01-05") + 7 * steps,
    }[step]

    assert panel_of(days.astype(float), np.ones(60), ["A"] * 60).frequency is frequency


def test_where_nothing_came_the_error_is_not_known():
    values = np.tile([0.0] * 6 + [3.0] + [0.0] * 5, 6)
    days = (np.datetime64("2015-01", "M") + np.arange(72)).astype("datetime64[D]").astype(float)

    evaluation = evaluate(panel_of(days, values, ["A"] * 72), 3)

    assert np.isnan(evaluation.overall.wape) or evaluation.overall.wape < 1e3
    assert np.isnan(evaluation.rolling.wape) or evaluation.rolling.wape < 1e3


def test_workdays_have_no_gaps_at_weekends():
    days = np.array([day for day in range(20_000, 20_060) if (day + 3) % 7 < 5], dtype=float)

    found = panel_of(days, days, ["all"] * len(days))

    assert (found.frequency, found.values.shape[1], found.filled) == (Frequency.WORKDAY, len(days), 0)


def test_unsorted_doubled_and_missing_lines_are_put_in_order():
    dates = [f"2020-{month:02}-01" for month in range(1, 13)]
    shuffled = [dates[place] for place in np.random.default_rng(1).permutation(12)]

    found = panel_of(days_of([*shuffled, "2020-03-15"]), np.ones(13), ["all"] * 13, frequency=Frequency.MONTH)

    assert found.values[0].tolist() == [1, 1, 2] + [1] * 9
    missing = [date for date in dates if date != "2020-05-01"]
    assert panel_of(days_of(missing), np.full(11, 4.0), ["all"] * 11).values[0].tolist() == [4] * 12


def test_few_periods_are_refused_with_advice():
    with pytest.raises(NothingToLearn, match="at least 8"):
        panel_of(days_of(["2020-01-01", "2020-02-01"]), np.ones(2), ["all"] * 2)
    with pytest.raises(NothingToLearn, match="shorter --horizon"):
        evaluate(panel(2, 20), 18)


def test_weights_go_to_who_did_well():
    came = np.arange(12.0).reshape(2, 6) + 10
    offered = {"good": came + 0.1, "bad": came + 5}

    weights = weights_of([(offered, came)])

    assert weights["good"] > 0.9
    assert combined(offered, weights).shape == (2, 6)
    assert np.allclose(combined(offered, {}), came + 2.55)


def test_young_series_have_weights_of_their_own_and_do_not_speak_for_the_others():
    came = np.full((5, 6), 10.0)
    young = np.array([False, False, True, True, True])
    offered = {
        "right for old": np.where(young[:, None], 90.0, came),
        "right for young": np.where(young[:, None], came, 90.0),
    }

    mixture = mixture_of([(offered, came, young)])
    few = mixture_of([(offered, came, np.array([False, False, False, False, True]))])

    assert mixture.grown["right for old"] > 0.9 > 0.1 > mixture.young["right for old"]
    assert mixture.of(offered, young) == pytest.approx(came, abs=1)
    assert few.young == weights_of([(offered, came)]), "a single one is too few to choose by"
