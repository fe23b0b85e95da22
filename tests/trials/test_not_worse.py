"""The claim that the machine is not worse than people by more than the margin set before the start.

A machine as good as the people gets it in 95 of 100 trials; one that is worse by just the margin in 5 at most, however
often one looks. The short form here, thousands with `./test soak -k not_worse`.
"""

import random
from functools import cache
from math import sqrt

import pytest

from rapport.oversight.trials.not_worse import Claim
from rapport.oversight.trials.registration import Measure, planned_for
from tests.trials.simulated import World, claim_at_the_end, is_ever_claimed, registration

EQUAL = World(people=0.9, machine=0.9)
WORSE = {
    (Measure.ERROR, 0.05): World(people=0.3, machine=1.45),
    (Measure.ERROR, 0.03): World(people=0.3, machine=1.07),
    (Measure.HITS, 0.1): World(people=0.3, machine=2.05),
}


@cache
def worse_by(measure: Measure, world: World) -> float:
    """By how much the machine of this world is truly worse, less two standard errors: a margin it surely exceeds."""
    found = world.differences(random.Random(7_000), 400_000, measure)
    mean = -sum(found) / len(found)
    spread = sqrt(sum((one + mean) ** 2 for one in found) / len(found))
    return mean - 2 * spread / sqrt(len(found))


def claims(world: World, measure: Measure, margin: float, *, trials: int, seed: int) -> tuple[int, int]:
    """How many trials end with the claim, and how many show it at any look, as if each went on to the last case."""
    dice, form = random.Random(seed), registration(measure, margin, not_worse=margin)
    told = [world.differences(dice, form.most, measure) for _trial in range(trials)]
    ended = sum(claim_at_the_end(one, form) is Claim.SHOWN for one in told)
    return ended, sum(is_ever_claimed(one, form) for one in told)


def test_g3_a_machine_as_good_is_told_not_to_be_worse() -> None:
    ended, _ever = claims(EQUAL, Measure.ERROR, 0.05, trials=40, seed=3)
    assert ended >= 37


def test_g3_a_machine_worse_by_the_margin_is_not() -> None:
    margin = 0.05
    _ended, ever = claims(World(people=0.3, machine=1.6), Measure.ERROR, margin, trials=60, seed=4)
    assert ever <= 3


def test_a_narrow_margin_plans_for_more_cases() -> None:
    assert planned_for(Measure.ERROR, 0.05, not_worse=0.03) == planned_for(Measure.ERROR, 0.03)
    assert planned_for(Measure.ERROR, 0.03, not_worse=0.05) == planned_for(Measure.ERROR, 0.03)


def test_nothing_is_claimed_before_the_planned_number() -> None:
    form = registration(Measure.ERROR, 0.05, not_worse=0.05)
    dice = random.Random(5)
    assert not is_ever_claimed(EQUAL.differences(dice, form.planned - 1, Measure.ERROR), form)


@pytest.mark.soak
@pytest.mark.parametrize(("measure", "margin"), list(WORSE))
def test_g3_thousands_of_claims_of_not_being_worse(measure: Measure, margin: float) -> None:
    number, border = 1_000, worse_by(measure, WORSE[measure, margin])
    ended, ever = claims(EQUAL, measure, margin, trials=number, seed=601)
    _ended, false = claims(WORSE[measure, margin], measure, border, trials=number, seed=602)
    print(f"\n{measure} {margin} ({border:.4f}): right {ended} of {number}, ever {ever}; false at any look {false}")
    assert ended >= 0.95 * number
    assert false <= 0.05 * number
