"""Numbers, money and dates are written as readers of the language write them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from rapport.web.ui import formats

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "€12,480.50"), ("fr", f"12{NARROW}480,50{WIDE}€"), ("pt", f"12{WIDE}480,50{WIDE}€")],
)
def test_money_follows_the_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert formats.money(Decimal("12480.50"), "EUR") == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (Decimal(12480), "EUR", "€12,480"),
        (Decimal("0.5"), "GBP", "£0.50"),
        (Decimal(1200), "JPY", "JP¥1,200"),
        (Decimal("-99.9"), "USD", "−US$99.90"),
        (0, "EUR", "€0"),
    ],
)
def test_whole_amounts_go_without_decimals_and_none_without_currency(
    amount: Decimal, currency: str, expected: str
) -> None:
    assert formats.money(amount, currency) == expected


@pytest.mark.parametrize("language", ["en", "fr", "pt"])
@pytest.mark.parametrize("currency", ["EUR", "USD", "CHF", "BRL"])
def test_money_and_shares_never_break(language: str, currency: str) -> None:
    with translation.override(language):
        amounts = [formats.money(amount, currency, compact=True) for amount in (204_900, 2_040_900, -204_900_000_000)]
        assert not [text for text in (*amounts, formats.money(204_900, currency), formats.hundredths(5)) if " " in text]


@pytest.mark.parametrize(
    ("language", "expected"), [("en", ("42%", "12.5%")), ("fr", ("42\u00a0%", "12,5\u00a0%")), ("pt", ("42%", "12,5%"))]
)
def test_shares_of_a_hundred_are_written_as_the_language_does(language: str, expected: tuple[str, str]) -> None:
    with translation.override(language):
        assert (formats.hundredths(42), formats.hundredths(Decimal("12.50"))) == expected


def test_compact_money_shortens_only_what_is_long() -> None:
    assert formats.money(1_248_000, "EUR", compact=True) == "€1.2M"
    assert formats.money(9_999, "EUR", compact=True) == "€9,999"
    assert formats.money(Decimal("8928.44"), "EUR", compact=True) == "€8,928"
    assert formats.money(Decimal("-12.5"), "EUR", compact=True) == "−€12.50"


def test_numbers_and_percentages() -> None:
    assert formats.number(1234567) == "1,234,567"
    assert formats.number(Decimal("3.14159"), decimals=2) == "3.14"
    assert formats.percent(0.425) == "42%"
    assert formats.percent(Decimal("0.425"), decimals=1) == "42.5%"
    with translation.override("fr"):
        assert formats.percent(0.05) == "5\u00a0%"
        assert formats.percent(0.05, decimals=1) == "5,0\u00a0%"


@pytest.mark.parametrize(
    ("distance", "expected"),
    [
        (dt.timedelta(seconds=-20), "just now"),
        (dt.timedelta(hours=-3), "3 hours ago"),
        (dt.timedelta(days=2, minutes=1), "in 2 days"),
    ],
)
def test_time_is_told_as_a_distance(distance: dt.timedelta, expected: str) -> None:
    assert formats.ago(timezone.now() + distance) == expected


def test_what_is_long_ago_is_told_as_a_day() -> None:
    assert formats.ago(dt.datetime(2020, 2, 29, 12, tzinfo=dt.UTC)) == "29 Feb 2020"


def test_days_nearby_have_names() -> None:
    today = timezone.localdate()
    told = [formats.nearby_day(today + dt.timedelta(days=days)) for days in (-1, 0, 1, 3, -5)]
    assert told == ["yesterday", "today", "tomorrow", "in 3 days", "5 days ago"]


def test_times_are_those_of_the_reader() -> None:
    noon = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
    with timezone.override("Europe/Lisbon"):
        assert formats.moment(noon) == "1 Jul 2026, 13:00"
        assert formats.clock(noon) == "13:00"
