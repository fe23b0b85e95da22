"""Errors that show beside the other cells of a row, or in a part of a value, are found; honest exceptions are left."""

import random
from datetime import date, timedelta

from rapport.quality.profiling import Finding, profile

NAMES = "Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Larch Maple Oak Pine Rowan Willow".split()  # noqa: SIM905
TRADES = "Foods Logistics Machines Metals Paper Plastics Systems Textiles".split()  # noqa: SIM905


def found_in(table: dict[str, list[str]]) -> dict[tuple[int, str], Finding]:
    return {(finding.row, finding.column): finding for finding in profile(table).findings}


def organisations(rows: int = 120) -> dict[str, list[str]]:
    names = [f"{one} {trade}" for one in NAMES for trade in TRADES][:rows]
    hosts = [name.lower().replace(" ", "-") for name in names]
    return {
        "name": names,
        "email": [f"hello@{host}.example" for host in hosts],
        "website": [f"https://www.{host}.example" for host in hosts],
    }


def test_a_name_unlike_its_own_addresses_is_suspected_and_they_are_not() -> None:
    table = organisations()
    table["name"][7] = "Quartz Holding"
    assert set(found_in(table)) == {(7, "name")}


def test_a_total_that_does_not_add_up_is_told_by_the_other_amounts() -> None:
    dice = random.Random(2)
    net = [dice.randint(100, 99_999) / 100 for _row in range(150)]
    tax = [round(amount * 0.23, 2) for amount in net]
    table = {
        "net": [f"{amount:.2f}" for amount in net],
        "tax": [f"{amount:.2f}" for amount in tax],
        "total": [f"{amount + part:.2f}" for amount, part in zip(net, tax, strict=True)],
    }
    table["total"][30] = f"{net[30] + tax[30] + 90:.2f}"
    found = found_in(table)
    assert set(found) == {(30, "total")}
    assert "“net” and “tax” together" in found[30, "total"].reason


def test_an_amount_unlike_those_of_its_product_is_found_though_others_are_as_great() -> None:
    dice = random.Random(3)
    prices = {"basic": 50, "plus": 500, "pro": 5_000}
    products = [dice.choice(list(prices)) for _row in range(300)]
    table = {"product": products, "price": [f"{prices[name] * dice.uniform(0.9, 1.1):.2f}" for name in products]}
    row = products.index("basic")
    table["price"][row] = "4930.00"
    assert set(found_in(table)) == {(row, "price")}


def test_a_year_mistyped_and_a_range_run_backwards_are_found() -> None:
    dice = random.Random(4)
    days = [date(2024, 1, 1) + timedelta(days=dice.randrange(700)) for _row in range(200)]
    pages = [(first, first + dice.randint(2, 20)) for first in (dice.randint(100, 900) for _row in range(200))]
    table = {"day": [day.isoformat() for day in days], "pages": [f"{first}-{last}" for first, last in pages]}
    table["day"][5] = "2204" + table["day"][5][4:]
    table["pages"][9] = "540-45"
    found = found_in(table)
    assert {(5, "day"), (9, "pages")} <= set(found)
    assert "backwards" in found[9, "pages"].reason or "digits" in found[9, "pages"].reason


def test_a_month_mistyped_inside_a_day_in_words_is_mended() -> None:
    dice = random.Random(5)
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
    days = [f"{dice.randint(1, 28)} {dice.choice(months)} {dice.randint(1990, 2020)}" for _row in range(400)]
    wrong = days[11].replace(days[11].split()[1], "Setpember")
    assert found_in({"day": [*days[:11], wrong, *days[12:]]})[11, "day"].proposal == wrong.replace(
        "Setpember", "September"
    )


def test_much_spoilt_choices_are_mended_and_a_rare_one_is_left() -> None:
    dice = random.Random(6)
    products = [dice.choice(("Sensor Basic", "Sensor Special", "Gateway Pro")) for _row in range(600)]
    slips = {row: value.replace("e", "", 1) for row, value in enumerate(products) if row % 12 == 0 and "e" in value}
    table = {"product": [slips.get(row, value) for row, value in enumerate(products)]}
    table["product"][1:6] = ["Turbine"] * 5
    found = found_in(table)
    assert {row for row, _column in found} == set(slips)
    assert all(found[row, "product"].proposal == products[row] for row in slips)


def test_a_key_too_long_is_found_among_keys_of_one_length() -> None:
    dice = random.Random(7)
    keys = ["".join(dice.choices("ABCDEFGHJK23456789", k=8)) for _row in range(200)]
    keys[3] += "7"
    assert set(found_in({"key": keys})) == {(3, "key")}


def test_second_modes_and_exceptions_to_a_habit_accuse_nobody() -> None:
    dice = random.Random(8)
    plans = [dice.choice(("none", "one line")) for _row in range(400)]
    fees = [f"{(20 if plan == 'none' else 80) * dice.uniform(0.95, 1.05):.2f}" for plan in plans]
    for row in range(0, 80, 2):
        fees[row] = f"{dice.uniform(34, 36):.2f}"
    people = [f"{dice.choice(NAMES)} {dice.choice(TRADES)}" for _row in range(400)]
    mails = [f"{name.split()[0].lower()}{row}@firm.example" for row, name in enumerate(people)]
    for row in range(0, 400, 5):
        mails[row] = f"office{row}@other.example"
    assert not found_in({"plan": plans, "fee": fees, "person": people, "email": mails})
