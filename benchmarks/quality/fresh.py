"""Tables of four more trades with errors of their own, never looked at while `profile` was made: a blind test.

Nobody may tune a sign of error on these; whoever does makes new ones with another seed and other errors.
"""

import random
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from benchmarks.quality.corruption import Corrupted
from benchmarks.quality.invented import Columns
from benchmarks.words import FIRST, LAST, TOWNS

# ruff: noqa: SIM905

SEED = "tables nobody tuned on, 22 November 2026"
_ROWS = 2_000
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_OCR = {"0": "O", "O": "0", "1": "l", "l": "1", "5": "S", "S": "5", "8": "B", "B": "8", "m": "rn", "e": "c"}
_MAKERS = "Acme Borealis Cassiopeia Delphi Everest Fjord Granite Halcyon".split()
_KINDS = "router switch printer scanner laptop tablet monitor badge-reader".split()
_SITES = "Warehouse Reception Laboratory Workshop Canteen Boardroom Archive Parking".split()
_GRADES = {"Trainee": 24_000, "Associate": 36_000, "Specialist": 48_000, "Lead": 64_000, "Director": 95_000}
_DEPARTMENTS = "Finance Purchasing Logistics Research Sales Support".split()
_CARRIERS = "Northline Swiftway BlueHaul Meridian".split()
_SERVICES = {"standard": 5, "express": 2, "economy": 9}
_RATES = ("0.06", "0.13", "0.23")
Spoil = Callable[[str, random.Random, Sequence[str]], str]


def devices(dice: random.Random) -> Columns:
    """Equipment: makers with their models, serial numbers, prices by model, ends of warranty."""
    models = [
        (maker, kind, f"{maker[:2].upper()}-{dice.randint(100, 999)}", dice.lognormvariate(6, 0.8))
        for maker in _MAKERS
        for kind in dice.sample(_KINDS, 4)
    ]
    rows = []
    for number in range(_ROWS):
        maker, kind, model, price = dice.choice(models)
        bought = date(2018, 1, 1) + timedelta(days=dice.randrange(2500))
        host = f"{kind[:3]}-{dice.choice(_SITES)[:3].lower()}-{number:04}"
        rows.append(
            [
                *(f"{maker[:1]}{dice.randint(10**9, 10**10 - 1)}", maker, kind, model, host),
                f"https://inventory.example/devices/{host}",
                ":".join(f"{dice.randrange(256):02x}" for _part in range(6)),
                *(bought.isoformat(), (bought + timedelta(days=dice.choice([365, 730, 1095]))).isoformat()),
                *(
                    f"{price * dice.uniform(0.93, 1.07):.2f}",
                    dice.choice(_SITES),
                    dice.choice(["in use"] * 8 + ["spare"]),
                ),
            ]
        )
    return _columns("serial maker kind model host page mac bought warranty price site state".split(), rows)


def invoices(dice: random.Random) -> Columns:
    """Invoices: quantities, prices, tax and totals that add up, days of payment, customers with their country."""
    customers = [(f"{dice.choice(LAST)} & {dice.choice(LAST)}", *dice.choice(TOWNS)) for _customer in range(120)]
    rows = []
    for number in range(_ROWS):
        name, town, country = dice.choice(customers)
        quantity, price, rate = dice.randint(1, 60), round(dice.lognormvariate(3, 1), 2), dice.choice(_RATES)
        net = round(quantity * price, 2)
        tax = round(net * float(rate), 2)
        day = date(2025, 1, 1) + timedelta(days=number // 6)
        paid = (day + timedelta(days=dice.randint(1, 60))).isoformat() if dice.random() < 0.8 else ""
        rows.append(
            [
                *(f"2025/{number + 1:05}", day.isoformat(), (day + timedelta(days=30)).isoformat(), paid),
                *("paid" if paid else "open", name, town, country, str(quantity), f"{price:.2f}"),
                *(f"{net:.2f}", rate, f"{tax:.2f}", f"{net + tax:.2f}"),
            ]
        )
    return _columns("number day due paid state customer town country quantity price net rate tax total".split(), rows)


def employees(dice: random.Random) -> Columns:
    """People at work: addresses of their names, pay by grade, desks with a phone, days of birth and entry."""
    rows = []
    for number in range(_ROWS):
        first, last = dice.choice(FIRST), f"{dice.choice(LAST)}{dice.choice(['', '', ' ' + dice.choice(LAST)])}"
        grade, department = dice.choice(list(_GRADES)), dice.choice(_DEPARTMENTS)
        born = date(1962, 1, 1) + timedelta(days=dice.randrange(14_000))
        joined = max(born + timedelta(days=6600), date(2005, 1, 1)) + timedelta(days=dice.randrange(1500))
        town, country = dice.choice(TOWNS)
        rows.append(
            [
                *(f"E{10_000 + number}", first, last, f"{first}.{last.replace(' ', '-')}@firm.example".lower()),
                *(department, f"{department[:3].upper()}-{dice.randint(1, 6)}0", grade),
                *(
                    str(int(_GRADES[grade] * dice.uniform(0.9, 1.12))),
                    born.isoformat(),
                    joined.isoformat(),
                    town,
                    country,
                ),
                f"+351 2{dice.randint(10, 99)} {dice.randint(100, 999)} {dice.randint(100, 999)}",
            ]
        )
    return _columns("id first last email department cost_centre grade pay born joined town country phone".split(), rows)


def shipments(dice: random.Random) -> Columns:
    """Parcels: from and to, the carrier's own tracking numbers, days by service, weights, volumes, charges."""
    hubs = {town: f"{country}{dice.randint(1000, 9999)}" for town, country in TOWNS}
    rows = []
    for _row in range(_ROWS):
        origin, target = dice.sample(sorted(hubs), 2)
        carrier, service = dice.choice(_CARRIERS), dice.choice(list(_SERVICES))
        sent = date(2025, 3, 1) + timedelta(days=dice.randrange(240))
        weight = round(dice.lognormvariate(1.5, 0.8), 1)
        sides = [dice.randint(5, 90) for _side in range(3)]
        rows.append(
            [
                f"{carrier[:2].upper()}{''.join(dice.choices(string.digits, k=9))}{origin[:1]}",
                *(carrier, service, origin, hubs[origin], target, hubs[target]),
                *(sent.isoformat(), (sent + timedelta(days=_SERVICES[service] + dice.randint(-1, 1))).isoformat()),
                *(
                    f"{weight:.1f} kg",
                    "x".join(map(str, sides)),
                    f"{4 + weight * 1.5 + 9 * (service == 'express'):.2f}",
                ),
                dice.choice(["delivered"] * 7 + ["in transit", "returned"]),
            ]
        )
    names = "tracking carrier service origin origin_hub target target_hub sent arrived weight size charge state"
    return _columns(names.split(), rows)


def blind() -> Mapping[str, Corrupted]:
    """Each table with about three cells of a hundred spoilt."""
    made = {}
    for name, build in (
        ("devices", devices),
        ("invoices", invoices),
        ("employees", employees),
        ("shipments", shipments),
    ):
        dice = random.Random(f"{SEED}: {name}")
        made[name] = _spoilt(build(dice), dice)
    return made


def _spoilt(clean: Columns, dice: random.Random) -> Corrupted:
    dirty = {name: list(values) for name, values in clean.items()}
    for name, values in clean.items():
        rate = dice.choice([0.0, 0.01, 0.03, 0.05])
        kinds = dice.sample(ERRORS, 4)
        for row, value in enumerate(values):
            if value and dice.random() < rate:
                dirty[name][row] = dice.choice(kinds)(value, dice, values[max(0, row - 1) : row] or values[-1:])
    _swap(dirty, dice)
    return Corrupted(dirty, clean)


def _swap(dirty: Columns, dice: random.Random) -> None:
    """In a few rows two neighbouring columns have changed places."""
    names = list(dirty)
    place = dice.randrange(len(names) - 1)
    for row in dice.sample(range(_ROWS), 12):
        one, other = names[place], names[place + 1]
        dirty[one][row], dirty[other][row] = dirty[other][row], dirty[one][row]


def _neighbour_key(value: str, dice: random.Random, above: Sequence[str]) -> str:
    places = [place for place, char in enumerate(value) if char.lower() in "".join(_KEYBOARD)]
    if not places:
        return _digit(value, dice, above)
    place = dice.choice(places)
    row = next(keys for keys in _KEYBOARD if value[place].lower() in keys)
    at = row.index(value[place].lower())
    return value[:place] + row[at - 1 if at else 1] + value[place + 1 :]


def _digit(value: str, dice: random.Random, above: Sequence[str]) -> str:
    """One digit twice or left out."""
    places = [place for place, char in enumerate(value) if char.isdigit()]
    if not places:
        return _cut(value, dice, above)
    place = dice.choice(places)
    return value[:place] + value[place] * dice.choice((0, 2)) + value[place + 1 :]


def _misread(value: str, dice: random.Random, above: Sequence[str]) -> str:
    """A sign read from paper as another."""
    places = [place for place, char in enumerate(value) if char in _OCR]
    if not places:
        return _neighbour_key(value, dice, above)
    place = dice.choice(places)
    return value[:place] + _OCR[value[place]] + value[place + 1 :]


def _cut(value: str, dice: random.Random, above: Sequence[str]) -> str:
    del above
    return value[: dice.randint(1, max(1, len(value) - 1))]


def _filler(value: str, dice: random.Random, above: Sequence[str]) -> str:
    del value, above
    return dice.choice(("1900-01-01", "9999", "xxx", "test", "TBC", "0", "n/a"))


def _from_above(value: str, dice: random.Random, above: Sequence[str]) -> str:
    """Copied from the row before."""
    del value, dice
    return above[-1]


def _other_day(value: str, dice: random.Random, above: Sequence[str]) -> str:
    """A day written another way, or in the wrong century or decade; another number ten times as great."""
    if len(value) == 10 and value[4] == value[7] == "-":
        year, month, day = value.split("-")
        return dice.choice((f"{day}/{month}/{year}", f"{int(year) + dice.choice((-100, 10, 1000))}-{month}-{day}"))
    if value.replace(".", "", 1).isdigit():
        return str(round(float(value) * dice.choice((10, 100, -1)), 2))
    return _neighbour_key(value, dice, above)


def _trailing(value: str, dice: random.Random, above: Sequence[str]) -> str:
    del above
    return dice.choice((f"{value}.", f"{value};", f"'{value}", f"{value} ", f"{value} (old)", f"{value}\u00a0"))


def _emptied(value: str, dice: random.Random, above: Sequence[str]) -> str:
    del value, dice, above
    return ""


ERRORS: Sequence[Spoil] = (
    *(_neighbour_key, _digit, _misread, _cut, _filler, _from_above, _other_day, _trailing, _emptied),
)


def _columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    return {name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
