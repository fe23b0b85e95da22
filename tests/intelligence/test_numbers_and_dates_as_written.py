"""A whole column decides how its numbers and dates are meant."""

from datetime import date

import numpy as np
import pytest

from rapport.intelligence.written import days_of, numbers_of


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["12", "-3.5", "1e3"], [12, -3.5, 1000]),
        (["1,234.50", "12,345"], [1234.5, 12345]),
        (["1.234,50", "12.345"], [1234.5, 12345]),
        (["0,5", "1.234"], [0.5, 1234]),
        (["1 234,50 €", "€ 99,00"], [1234.5, 99]),
        (["1'234.50", "CHF 12.-"], [1234.5, 12]),
        (["$1,000.00", "-$20.50", "$-20.50", "(7.25)", "7.25-"], [1000, -20.5, -20.5, -7.25, -7.25]),
        (["USD 12.5", "12.5 EUR", "R$ 3.50", "£4"], [12.5, 12.5, 3.5, 4]),
        (["$12.5K", "$1.2M", "3bn", "2.5 Mio. €", "750"], [12_500, 1_200_000, 3e9, 2_500_000, 750]),
        (["12k€", "4 K USD", "5 MXN", "7 BRL", "8 KR", "4 KX"], [12_000, 4_000, 5, 7, 8, None]),
        (["ACC1001", "REP-012", "OPP 7", "12ABC", "USD 7"], [None, None, None, None, 7]),
        (["", None, "C123", "twelve", "1.2.3", "2026-01-02"], [None] * 6),
    ],
)
def test_numbers_are_read_by_their_column(texts, numbers):
    wanted = np.array([np.nan if number is None else number for number in numbers], dtype=float)

    assert np.allclose(numbers_of(texts), wanted, equal_nan=True)


@pytest.mark.parametrize(
    ("texts", "first", "last"),
    [
        (["2026-01-31", "2026-02-28"], date(2026, 1, 31), date(2026, 2, 28)),
        (["05/02/10", "19/02/10"], date(2010, 2, 5), date(2010, 2, 19)),
        (["02/19/2010", "02/05/2010"], date(2010, 2, 19), date(2010, 2, 5)),
        (["01/01/2020", "01/02/2020", "01/03/2020"], date(2020, 1, 1), date(2020, 3, 1)),
        (["01/01/2020", "08/01/2020", "15/01/2020"], date(2020, 1, 1), date(2020, 1, 15)),
        (["31.12.2024", "1.2.2025"], date(2024, 12, 31), date(2025, 2, 1)),
        (["3 Feb 2024", "12 March 2024"], date(2024, 2, 3), date(2024, 3, 12)),
        (["Feb 3, 2024", "Mar 12, 2024"], date(2024, 2, 3), date(2024, 3, 12)),
        (["5 février 2024", "1 août 2024"], date(2024, 2, 5), date(2024, 8, 1)),
        (["2024-W05", "2024-W06"], date(2024, 1, 29), date(2024, 2, 5)),
        (["1987", "2024"], date(1987, 1, 1), date(2024, 1, 1)),
        (["2024Q1", "2024Q4"], date(2024, 1, 1), date(2024, 10, 1)),
        (["Q1 2024", "Q4 2024"], date(2024, 1, 1), date(2024, 10, 1)),
        (["2024-01", "2024-12"], date(2024, 1, 1), date(2024, 12, 1)),
        (["202401", "202412"], date(2024, 1, 1), date(2024, 12, 1)),
        (["2024M01", "2024M12"], date(2024, 1, 1), date(2024, 12, 1)),
        (["Jan-24", "Dec-24"], date(2024, 1, 1), date(2024, 12, 1)),
        (["20240131", "20241231"], date(2024, 1, 31), date(2024, 12, 31)),
        (["45322", "45657"], date(2024, 1, 31), date(2024, 12, 31)),
        (["2024-01-31T23:10:00Z", "2024-12-31 08:00"], date(2024, 1, 31), date(2024, 12, 31)),
        (["12/1/2010 8:26", "12/31/2010 17:01"], date(2010, 12, 1), date(2010, 12, 31)),
        (["31.12.2024", "25.01.2025", "2025-02-01", "2025-03-09", "14/03/2025"], date(2024, 12, 31), date(2025, 3, 14)),
        (["1861-04-12", "1861-04-13", "1865-05-09"], date(1861, 4, 12), date(1865, 5, 9)),
        (["12.04.1861", "13.04.1861", "9.5.1865"], date(1861, 4, 12), date(1865, 5, 9)),
        (["Apr 12, 1861", "Apr 13, 1861", "May 9, 1865"], date(1861, 4, 12), date(1865, 5, 9)),
        (["1700", "1701", "1988", "1702"], date(1700, 1, 1), date(1702, 1, 1)),
        (["1871Q1", "1871Q2", "1901Q1", "1899Q4"], date(1871, 1, 1), date(1899, 10, 1)),
        (["1861-01", "1861-02", "1861-12"], date(1861, 1, 1), date(1861, 12, 1)),
        (["1949.0", "1949.08333333333", "1949.5", "1960.91666666667"], date(1949, 1, 1), date(1960, 12, 1)),
        (["1960", "1960.25", "1960.5", "1960.75"], date(1960, 1, 1), date(1960, 10, 1)),
        (["1/31/2024 11:05:00 PM", "2/1/2024 12:01:00 AM"], date(2024, 1, 31), date(2024, 2, 1)),
    ],
)
def test_dates_are_read_by_their_column(texts, first, last):
    days = days_of(texts)

    assert [date.fromordinal(date(1970, 1, 1).toordinal() + int(day)) for day in (days[0], days[-1])] == [first, last]


def test_a_few_days_before_1900_only_fill_a_place():
    read = days_of(["1753-01-01", "1899-12-30", *(f"2024-03-{day:02}" for day in range(1, 29))])

    assert np.isnan(read[:2]).all()
    assert np.isfinite(read[2:]).all()


def test_the_time_of_day_is_the_fraction():
    assert days_of(["1970-01-02 06:00", "1970-01-02T18:00:00+02:00"]).tolist() == [1.25, 1.75]


def test_what_is_no_date_is_nothing():
    assert np.isnan(days_of(["red", "blue", None])).all()
    assert np.isnan(
        days_of(["2024-01-01", *["2024-02-01"] * 3, "soon", *[f"2024-03-{day:02}" for day in range(1, 20)]])[4]
    )
