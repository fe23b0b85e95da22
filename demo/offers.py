"""What goes into an offer: products that fit the industry, in numbers that fit the plant, at the price of the list."""

import math

from demo.business import Line
from demo.chance import Chance
from demo.records import Organisation, Product

RATES = {"EUR": 1.0, "GBP": 0.86, "USD": 1.09}
DISCOUNTS = ((0, 55), (3, 10), (5, 15), (8, 8), (10, 8), (15, 4))


def list_price(product: Product, *, currency: str) -> int:
    """The price of the list in that currency, rounded as the price lists are."""
    price = product.price * RATES[currency]
    return round(price) if price < 200 else round(price / 5) * 5


def lines_for(organisation: Organisation, *, products: list[Product], chance: Chance) -> tuple[Line, ...]:
    """Sensors, the gateways they need, and mostly software and services with them."""
    chosen = _choose(organisation, products=products, chance=chance)
    points = max(5, round(chance.around(20 * math.sqrt(organisation.employees / 60), spread=0.6)))
    discount = chance.weighted([each for each, _ in DISCOUNTS], weights=[weight for _, weight in DISCOUNTS])
    return tuple(
        Line(
            product=product,
            quantity=_quantity(product, points=points, place=place, chance=chance),
            unit_price=list_price(product, currency=organisation.currency),
            discount=discount if product.family in {"Sensors", "Gateways", "Software"} else 0,
        )
        for place, product in enumerate(chosen)
    )


def repeat_lines(lines: tuple[Line, ...], *, chance: Chance) -> tuple[Line, ...]:
    """A later order for some of the same things, in smaller numbers."""
    goods = [line for line in lines if line.product.family in {"Sensors", "Gateways", "Services"}] or list(lines)
    chosen = chance.sample(goods, size=chance.whole(1, 2))
    return tuple(
        Line(line.product, max(1, round(line.quantity * chance.uniform(0.15, 0.6))), line.unit_price, line.discount)
        for line in chosen
    )


def _choose(organisation: Organisation, *, products: list[Product], chance: Chance) -> list[Product]:
    def fitting(family: str) -> list[Product]:
        return [
            each
            for each in products
            if each.family == family
            and "retired" not in each.name
            and (not each.industries or organisation.industry in each.industries)
        ]

    if chance.happens(0.12):
        return [chance.pick(fitting("Kits"))]
    chosen = chance.sample(fitting("Sensors"), size=chance.weighted((1, 2, 3), weights=(5, 4, 1)))
    chosen.append(chance.pick(fitting("Gateways")))
    if chance.happens(0.72):
        chosen += chance.sample(fitting("Software"), size=chance.weighted((1, 2), weights=(3, 1)))
    if chance.happens(0.6):
        chosen += chance.sample(fitting("Services"), size=chance.weighted((1, 2), weights=(2, 1)))
    return chosen


def _quantity(product: Product, *, points: int, place: int, chance: Chance) -> int:
    if product.family == "Gateways":
        return max(1, round(points / 40))
    if product.unit in {"sensor", "piece"}:
        dear = 1 if product.price < 400 else 4
        return max(1, round(points * (1.0 if place == 0 else 0.5) / dear))
    if product.unit == "machine":
        return chance.whole(2, 9)
    return chance.whole(1, 3)
