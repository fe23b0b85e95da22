"""An invented table of people in which some stand twice, with slips: to try a matcher on without any data set."""

import random
import string
from collections.abc import Iterator

GIVEN = "Ana Bruno Carla Duarte Elsa Fabio Greta Hugo Ines Jonas Katia Luis Marta Nuno Olga Paulo Rita Sven Tania Vasco"
FAMILY = "Almeida Bernard Costa Dupont Esteves Fischer Gomes Huber Iglesias Jansen Keller Lopes Moreau Novak Oliveira"
TOWNS = "Porto Lisboa Lyon Paris Bremen Kassel Aarhus Cork Hull Leeds Brno Graz Nantes Braga Faro Essen"


def people(count: int, *, doubled: float, seed: int) -> list[tuple[int, dict[str, str]]]:
    """`count` people and, for a share of them, a second row with slips: (whose row it is, its values), shuffled."""
    dice = random.Random(seed)
    rows = list(_rows(count, doubled, dice))
    dice.shuffle(rows)
    return rows


def _rows(count: int, doubled: float, dice: random.Random) -> Iterator[tuple[int, dict[str, str]]]:
    for number in range(count):
        given, family = dice.choice(GIVEN.split()), dice.choice(FAMILY.split()) + dice.choice(string.ascii_lowercase)
        born = f"{dice.randint(1950, 2005)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        row = {"given": given, "family": family, "town": dice.choice(TOWNS.split()), "born": born}
        row["phone"] = f"+351 9{dice.randint(10_000_000, 99_999_999)}"
        yield number, row
        if dice.random() < doubled:
            slipped = dict(row)
            for name in dice.sample(sorted(row), 2):
                slipped[name] = _slip(row[name], dice)
            yield number, slipped


def _slip(text: str, dice: random.Random) -> str:
    if dice.random() < 0.2:
        return ""
    place = dice.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
