"""Sales by day of a made-up company: seasons, growth, teams, products and countries that add up."""

from datetime import date, timedelta

import numpy as np

from rapport.insights.forecasting.foretelling import Days
from rapport.insights.forecasting.spreading import months_from

PARTS = {"team": 3, "product": 4, "country": 5}


def company(seed: int, *, months: int = 48, a_day: float = 2.0) -> Days:
    """Each sale is of one team, product and country, by shares that drift; more at the end of the month."""
    chance = np.random.default_rng(seed)
    first = date(2022, 1, 1)
    end = months_from(first, months + 1)[-1]
    days = [first + timedelta(days=step) for step in range((end - first).days)]
    month = np.array([(day.year - 2022) * 12 + day.month - 1 for day in days])
    level = 1 + 0.01 * chance.normal(1, 1) * month + 0.25 * np.sin(month * np.pi / 6 + chance.uniform(0, 6))
    busy = np.array([0.05 if day.weekday() >= 5 else 1.0 + 0.8 * (day.day > 24) for day in days])
    shocks = np.exp(chance.normal(0, 0.1, months))[month]
    number = chance.poisson(np.maximum(a_day * level * busy * shocks, 0.0))
    place = np.repeat(np.arange(len(days)), number)
    amount = np.exp(chance.normal(9, 0.7, len(place)))
    rows, dimensions = [np.bincount(place, amount, len(days))], [""]
    for dimension, parts in PARTS.items():
        part = chance.choice(parts, len(place), p=chance.dirichlet(np.full(parts, 4.0)))
        rows += [np.bincount(place[part == one], amount[part == one], len(days)) for one in range(parts)]
        dimensions += [dimension] * parts
    return Days(first, np.array(rows), tuple(dimensions))
