"""Northmere itself: users, and which of them sells where."""

from demo.chance import Chance
from demo.records import Product, User
from demo.sources import rows

OUR_DOMAIN = "northmere.example"


def users() -> list[User]:
    """Everybody who logs in, the cast of the tests among them."""
    return [_user(number, row) for number, row in enumerate(rows("company", "users"), start=1)]


def seller_for(country: str, *, users: list[User], chance: Chance) -> User:
    """One of the sellers of that country; the ones with a short rhythm carry more customers."""
    candidates = [user for user in users if country in user.countries]
    return chance.weighted(candidates, weights=[1 / user.rhythm for user in candidates])


def products() -> list[Product]:
    """The catalogue."""
    return [_product(row) for row in rows("products", "products")]


def _user(number: int, row: tuple[str, ...]) -> User:
    first, last, address, role, team, manager, title, language, time_zone, countries, *habits = row
    return User(
        code=f"USR-{number:02d}",
        first_name=first,
        last_name=last,
        email=f"{address}@{OUR_DOMAIN}",
        role=role,
        team=team,
        manager=f"{manager}@{OUR_DOMAIN}" if manager else "",
        title=title,
        language=language,
        time_zone=time_zone,
        countries=tuple(countries.split(",")) if countries else (),
        rhythm=int(habits[0]),
        skill=float(habits[1]),
        diligence=float(habits[2]),
    )


def _product(row: tuple[str, ...]) -> Product:
    code, name, family, price, unit, industries, yearly, description = row
    return Product(
        code=code,
        name=name,
        family=family,
        price=int(price),
        unit=unit,
        industries=tuple(industries.split(",")) if industries != "*" else (),
        is_yearly=yearly == "y",
        description=description,
    )
