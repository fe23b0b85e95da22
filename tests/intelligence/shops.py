"""Shops made up for tests: who buys what and when, with what is true of them known."""

import numpy as np

Texts = list[str | None]


def baskets(number: int = 400, *, seed: int = 1, linked: bool = True) -> tuple[Texts, Texts]:
    """Baskets of a few of thirty items; where linked, who buys bread mostly buys butter, which few others do."""
    rng = np.random.default_rng(seed)
    basket: Texts = []
    item: Texts = []
    for count in range(number):
        held = {f"item {code}" for code in rng.integers(0, 30, rng.integers(2, 6))}
        if rng.random() < 0.3:
            held |= {"bread", *(["butter"] if not linked or rng.random() < 0.7 else [])}
        if rng.random() < 0.05:
            held.add("butter")
        for name in sorted(held):
            basket.append(f"B{count}")
            item.append(name)
    return basket, item


def customers_with_tastes(customers: int = 150, *, seed: int = 1) -> tuple[Texts, Texts, Texts, Texts]:
    """Basket, item, customer and date: each customer buys ever new items of one of four kinds, over a year."""
    rng = np.random.default_rng(seed)
    lines: list[tuple[str, str, str, str]] = []
    for customer in range(customers):
        kind = customer % 4
        for day in np.sort(rng.choice(360, 12, replace=False)):
            date = np.datetime64("2025-01-01") + int(day)
            codes = rng.integers(0, 25, 2)
            lines.extend((f"{customer}-{day}", f"{kind}/{code}", f"C{customer}", str(date)) for code in codes)
    basket, item, customer_, date_ = (list(column) for column in zip(*lines, strict=True))
    return basket, item, customer_, date_


def buyers(customers: int = 400, *, weeks: int = 60, seed: int = 1) -> tuple[Texts, Texts, Texts]:
    """Customer, date and amount of people who buy at rates of their own, at prices of their own, until they leave."""
    rng = np.random.default_rng(seed)
    lines: list[tuple[str, str, str]] = []
    for customer in range(customers):
        rate, price, day = rng.gamma(1.0, 0.25), rng.gamma(6, 8), float(rng.integers(0, 20 * 7))
        while day < weeks * 7:
            date = np.datetime64("2024-01-01") + int(day)
            lines.append((f"C{customer}", str(date), f"{rng.gamma(8, price / 8) + 0.01:.2f}"))
            if rng.random() < 0.12:
                break
            day += max(1.0, 7 * rng.exponential(1 / rate)) if rate > 0.01 else 1e9
    customer_, date_, amount = (list(column) for column in zip(*lines, strict=True))
    return customer_, date_, amount


def months(series: int = 6, length: int = 72, *, seed: int = 1, noise: float = 0.03) -> tuple[Texts, Texts, Texts]:
    """Month, value and name of series that grow, with a season of the year."""
    rng = np.random.default_rng(seed)
    lines: list[tuple[str, str, str]] = []
    for number in range(series):
        level, growth = rng.uniform(50, 500), rng.uniform(0, 0.01)
        for month in range(length):
            season = 1 + 0.3 * np.sin(2 * np.pi * (month + number % 2) / 12)
            value = level * np.exp(growth * month) * season * np.exp(noise * rng.standard_normal())
            date = np.datetime64("2018-01", "M") + month
            lines.append((f"{date}-01", f"{value:.2f}", f"S{number}"))
    dates, values, names = (list(column) for column in zip(*lines, strict=True))
    return dates, values, names
