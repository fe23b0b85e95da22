"""Market sizes that come again change the size of the same market and year, as one may undo."""

from decimal import Decimal

import pytest

from rapport.insights.models import MarketSize
from rapport.integrations.importing import jobs

from .conftest import imported, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

POWER = "/organisations/?f=industry:in:" + ",".join(f"Energy {number}" for number in range(60))
SIZES = "market_sizes.csv"
HEAD = "Own name,Industry,Country,Organisations,Year,Market size,Currency\n"


def _file(*rows: str) -> dict[str, str]:
    return {SIZES: HEAD + "\n".join(rows) + "\n"}


FIRST = _file(",Retail,FR,,2024,500000,EUR", ",Retail,,,2024,900000,EUR", f'Power,,,"{POWER}",2024,70000,EUR')


def _amounts() -> dict[str, Decimal]:
    return {size.title: size.amount for size in MarketSize.objects.all()}


def test_the_same_market_and_year_is_changed_and_undo_brings_the_old_size_back() -> None:
    imported(FIRST)
    before = _amounts()
    again = imported(
        _file(
            ",Retail,FR,,2024,450000,EUR",
            ",Retail,FR,,2025,460000,EUR",
            ",Retail,,,2024,900000,EUR",
            f'Power,,,"{POWER}",2024,80000,EUR',
        )
    )

    assert outcomes(again) == {SIZES: (1, 2, 1, 0, 0)}
    assert _amounts() == {
        **before,
        "Retail, France, 2024": 450_000,
        "Retail, France, 2025": 460_000,
        "Power, 2024": 80_000,
    }
    jobs.undo_now(again)
    assert _amounts() == before


def test_what_is_there_is_left_alone_where_that_is_asked_for() -> None:
    imported(FIRST)
    again = imported(_file(",Retail,FR,,2024,450000,EUR"), existing="leave")
    assert outcomes(again) == {SIZES: (0, 0, 0, 1, 0)}
    assert _amounts()["Retail, France, 2024"] == 500_000


def test_one_file_says_each_size_once() -> None:
    twice = imported(_file(",Retail,FR,,2024,500000,EUR", ",retail,FR,,2024,450000,EUR"))
    assert outcomes(twice) == {SIZES: (1, 0, 0, 0, 1)}
