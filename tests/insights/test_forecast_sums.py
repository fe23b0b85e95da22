"""D8: forecasts of teams, products and countries add up, in weeks, months and quarters, and their intervals cover."""

from datetime import date

import numpy as np
import pytest

from rapport.insights.forecasting.coherence import coherent, constraints
from rapport.insights.forecasting.foretelling import KINDS, Days, foretell_all
from rapport.insights.forecasting.intervals import half_widths
from rapport.insights.forecasting.spreading import by_quarter, by_week, profile_of, weeks_from
from tests.insights.simulated_sales import PARTS, company

COMPANIES = 10


def adds_up(days: Days, figures: np.ndarray) -> bool:
    rows = np.array(days.dimensions)
    return all(np.allclose(figures[rows == part].sum(axis=0), figures[0]) for part in PARTS)


def test_sums_agree_and_the_surest_moves_least() -> None:
    demanded = constraints(["", "team", "team", "country", "country"])
    found = coherent(np.array([[100.0], [70], [50], [40], [40]]), np.array([1.0, 10, 10, 10, 1]), demanded)[:, 0]
    assert found[1] + found[2] == pytest.approx(found[0])
    assert found[3] + found[4] == pytest.approx(found[0])
    assert abs(found[0] - 100) < 1
    assert abs(found[4] - 40) < abs(found[3] - 40)


def test_nothing_is_foretold_below_nought() -> None:
    demanded = constraints(["", "team", "team"])
    found = coherent(np.array([[10.0], [-30], [60]]), np.ones(3), demanded)[:, 0]
    assert (found >= 0).all()
    assert found[1] + found[2] == pytest.approx(found[0])


def test_weeks_hold_the_days_of_their_months() -> None:
    first = date(2026, 11, 1)
    days = [date(2026, 10, 1 + step) for step in range(31)]
    shares = by_week(first, 3, profile_of(days, np.ones(31)))
    assert weeks_from(first)[0] == date(2026, 11, 2)
    assert shares[1].sum() == pytest.approx(1)  # all of December lies in the weeks shown
    assert shares[0].sum() < 1  # the first of November is a Sunday, before the first Monday


def test_the_present_quarter_is_what_is_left_of_it() -> None:
    assert by_quarter(date(2026, 11, 1), 6).T.tolist() == [[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 1, 0]]


def test_few_looks_widen_the_interval() -> None:
    looks = [(np.array([[10.0]]), np.array([[10.0 + off]])) for off in (1, -2, 3, -1, 2, -3, 1, -2, 2, 1)]
    assert half_widths(looks[:4], 80)[0, 0] > half_widths(looks, 80)[0, 0] > 2


@pytest.mark.slow
def test_d8_parts_add_up_in_every_kind_of_period() -> None:
    days = company(1, months=32)
    found = foretell_all(days)
    assert all(adds_up(days, found.coming.foreseen[kind]) for kind in KINDS)
    assert all(adds_up(days, look.foreseen["months"]) for look in found.looks)
    ends = found.ends("months", 80)
    assert ends
    assert (ends[0] <= found.coming.foreseen["months"]).all()
    assert (ends[1] >= found.coming.foreseen["months"]).all()


@pytest.mark.soak
def test_d8_intervals_cover_in_full() -> None:
    hits: dict[tuple[str, int], list[tuple[float, int]]] = {}
    for seed in range(COMPANIES):
        found = foretell_all(company(seed))
        for kind in KINDS:
            for level in (80, 95):
                hits.setdefault((kind, level), []).extend(filter(None, [found.coverage(kind, level)]))
    shares = {key: sum(share * n for share, n in all_) / sum(n for _share, n in all_) for key, all_ in hits.items()}
    print("\n" + ", ".join(f"{kind} {level} %: {share:.3f}" for (kind, level), share in shares.items()))
    assert all(level / 100 - 0.05 <= share for (_kind, level), share in shares.items())
