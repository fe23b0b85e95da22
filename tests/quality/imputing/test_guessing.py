"""How values are guessed, and where nothing is."""

import json
import random

from rapport.quality.imputing.measuring import measure
from rapport.quality.imputing.neighbours import Guesser, Way


def test_noise_is_abstained_from() -> None:
    dice = random.Random(1)
    described = [[f"word={dice.randrange(30)}", f"country={dice.randrange(5)}"] for _row in range(300)]
    found = measure(described, [dice.choice("ABC") for _row in range(300)])
    assert found.figures.abstains
    assert measure(described[:5], ["A"] * 5).figures.reason == "few"


def test_numbers_are_guessed_within_a_factor_of_two() -> None:
    sizes = {"kiosk": 3.0, "plant": 400.0}
    described = [[f"name={kind}"] for kind in sizes] * 30
    found = measure(described, [sizes[words[0].removeprefix("name=")] for words in described])
    assert found.figures.right == 1
    assert found.figures.most_frequent < 0.6
    guess = Guesser(described, [400.0 if "plant" in words[0] else 3.0 for words in described]).guess([["name=plant"]])
    assert guess[0] is not None
    assert guess[0][Way.VOTE].value == 400
    assert json.dumps(guess[0][Way.VOTE].value)


def test_the_single_nearest_record_is_asked_where_it_knows_better_than_a_vote() -> None:
    dice = random.Random(2)
    bases = [[f"{place}={dice.randrange(3)}" for place in range(20)] for _pair in range(150)]
    alike = [[*base[:19], f"19={half}"] for base in bases for half in range(2)]
    found = measure(alike, [letter for _base in bases for letter in [dice.choice("ABCDEF")] * 2])
    assert found.way is Way.SINGLE
    assert found.figures.right == found.figures.single_nearest > found.figures.most_frequent
