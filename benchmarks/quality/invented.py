"""Clean tables of many shapes, invented from a seed: many sources, people, publications, films, customers."""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from benchmarks.words import FIRST, INDUSTRIES, LAST, TOWNS, TRADES

Columns = dict[str, list[str]]
_SYLLABLES = "ka ro mi ten sal vor del pin gar lu men tor bes fal nor qui ras tem ulo wen".split()  # noqa: SIM905


def departures(dice: random.Random) -> Columns:
    """Twenty sites that tell the same times of seventy journeys."""
    trips = [
        f"{dice.choice(['AX', 'BQ', 'KL'])}-{dice.randint(100, 9999)}-{_word(dice)[:3].upper()}" for _ in range(70)
    ]
    truth = {trip: [_time(dice) for _column in range(4)] for trip in trips}
    sites = [f"{_word(dice)}{ending}" for ending in (".com", ".net", "tracker", "") for _ in range(5)]
    rows = [[site, trip, *truth[trip]] for site in sites for trip in trips if dice.random() < 0.9]
    names = ("site", "journey", "planned_start", "real_start", "planned_end", "real_end")
    return _columns(names, rows)


def taxpayers(dice: random.Random) -> Columns:
    """People with places that hang together, and amounts."""
    places = [(f"{dice.randint(10000, 99999)}", _word(dice).title(), dice.choice("NYTXCAFLILOHGA")) for _ in range(300)]
    states = {city: dice.choice(["NY", "TX", "CA", "FL", "IL", "OH", "GA"]) for _zip, city, _ in places}
    relief = {(state, married): str(dice.randrange(0, 8000, 500)) for state in set(states.values()) for married in "SM"}
    rows = []
    for _row in range(3000):
        code, city, _ = dice.choice(places)
        state, married = states[city], dice.choice("SM")
        area = str(200 + sum(map(ord, city)) % 700)
        names = [dice.choice(FIRST), dice.choice(LAST) + dice.choice(["", _word(dice)[:3]])]
        rows.append(
            [
                *names,
                dice.choice("MF"),
                area,
                f"{dice.randint(200, 999)}-{dice.randint(1000, 9999)}",
                city,
                state,
                code,
                married,
                dice.choice("YN"),
                str(dice.randrange(10000, 200000, 500)),
                relief[state, married],
            ]
        )
    names_of = "first last gender area phone city state zip marital child salary relief".split()  # noqa: SIM905
    return _columns(names_of, rows)


def publications(dice: random.Random) -> Columns:
    """Articles: many titles, fewer journals with their short name and number, days as day/month/year."""
    journals = [
        (
            " ".join(_word(dice).title() for _ in range(dice.randint(1, 4))),
            f"{dice.randint(1000, 9999)}-{dice.randint(1000, 9999)}",
        )
        for _ in range(150)
    ]
    rows = []
    for number in range(1000):
        journal, issn = journals[min(int(dice.expovariate(0.03)), 149)]
        short = " ".join(part[:4] for part in journal.split())
        first = dice.randint(1, 900)
        title = " ".join(_word(dice) for _ in range(dice.randint(4, 12))).capitalize()
        writers = "; ".join(f"{dice.choice(LAST)} {dice.choice(FIRST)[0]}." for _ in range(dice.randint(1, 4)))
        rows.append(
            [
                str(7000 + number),
                title,
                dice.choice(["eng"] * 20 + ["fre", "ger"]),
                journal,
                short,
                issn,
                str(dice.randint(1, 90)),
                str(dice.randint(1, 12)),
                f"{first}-{first + dice.randint(2, 20)}",
                f"{dice.randint(1, 12)}/{dice.randint(1, 28)}/{dice.randint(0, 14):02}",
                writers,
            ]
        )
    return _columns("id title language journal short issn volume issue pages created writers".split(), rows)  # noqa: SIM905


def films(dice: random.Random) -> Columns:
    """Films: lengths in minutes, days in words, lists of people, ratings, half of the counts unknown."""
    people = [
        f"{dice.choice(FIRST)} {dice.choice(LAST)}{dice.choice(['', '-' + dice.choice(LAST)])}" for _ in range(600)
    ]
    genres, rows = "Drama Comedy Thriller Horror Documentary Romance".split(), []  # noqa: SIM905
    for number in range(2500):
        day = date(1960, 1, 1) + timedelta(days=dice.randrange(20000))
        rows.append(
            [
                f"tt{number:07}",
                " ".join(_word(dice).title() for _ in range(dice.randint(1, 4))),
                str(day.year),
                f"{day.day} {day:%B} {day.year} ({dice.choice(['USA', 'UK', 'France'])})",
                dice.choice(people),
                ",".join(dice.sample(people, 3)),
                f"{dice.randint(70, 190)} min",
                f"{dice.randint(10, 95) / 10}",
                f"{dice.randint(10, 900000):,}" if dice.random() < 0.5 else "",
                ",".join(dice.sample(genres, dice.randint(1, 3))),
            ]
        )
    return _columns("id name year release director cast duration rating votes genre".split(), rows)  # noqa: SIM905


def customers(dice: random.Random) -> Columns:
    """A CRM's list of organisations."""
    rows = []
    for _row in range(1200):
        town, country = dice.choice(TOWNS)
        name = f"{_word(dice).title()} {dice.choice(TRADES)}"
        host = name.lower().replace(" ", "-") + dice.choice([".com", ".eu", ".example"])
        rows.append(
            [
                name,
                dice.choice(INDUSTRIES),
                town,
                country,
                f"info@{host}",
                f"https://www.{host}",
                str(int(dice.lognormvariate(4, 1.3)) + 1),
                f"{dice.lognormvariate(13, 1.5):.2f}",
                (date(2015, 1, 1) + timedelta(days=dice.randrange(3800))).isoformat(),
                dice.choice(["small", "medium", "large"]),
            ]
        )
    return _columns("name industry town country email website employees revenue since segment".split(), rows)  # noqa: SIM905


TABLES: Mapping[str, Callable[[random.Random], Columns]] = {
    "departures": departures,
    "taxpayers": taxpayers,
    "publications": publications,
    "films": films,
    "customers": customers,
}


def _columns(names: "tuple[str, ...] | list[str]", rows: list[list[str]]) -> Columns:
    return {name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}


def _word(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 4)))


def _time(dice: random.Random) -> str:
    return f"{dice.randint(1, 12)}:{dice.randint(0, 59):02} {dice.choice(['a.m.', 'p.m.'])}"
