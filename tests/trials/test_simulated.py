"""Simulated trials: a known better arm wins in 95 of 100, equal ones give a false winner in 5 at most, however often
one looks. The short form here, thousands with `./test soak`; the figures stand in docs/reference/benchmarks-trials.md.
"""

import random

import pytest

from rapport.oversight.trials.registration import Measure, planned_for
from rapport.oversight.trials.statistics.effect import effect_of
from rapport.oversight.trials.verdicts import Verdict
from tests.trials.simulated import World, any_winner, registration, shown_and_hidden, verdict

BETTER = World(people=1.45, machine=0.3)
EQUAL = World(people=0.9, machine=0.9)
WINNERS = (Verdict.MACHINE, Verdict.PEOPLE)


def verdicts(world: World, measure: Measure, matters: float, *, trials: int, seed: int = 1) -> list[Verdict]:
    dice, form = random.Random(seed), registration(measure, matters)
    return [verdict(world.differences(dice, form.most, measure), form) for _trial in range(trials)]


def test_g3_a_known_better_side_gets_the_verdict() -> None:
    found = verdicts(BETTER, Measure.ERROR, 0.05, trials=60)
    assert found.count(Verdict.MACHINE) >= 57
    turned = World(people=BETTER.machine, machine=BETTER.people)
    assert verdicts(turned, Measure.ERROR, 0.05, trials=60).count(Verdict.PEOPLE) >= 57


def test_g3_equal_sides_get_no_winner_however_often_one_looks() -> None:
    found = verdicts(EQUAL, Measure.ERROR, 0.05, trials=120)
    assert sum(one in WINNERS for one in found) <= 6
    assert found.count(Verdict.ALIKE) >= 60


def test_g3_seeing_the_number_is_told_to_help_only_when_it_does() -> None:
    dice, planned = random.Random(4), planned_for(Measure.OUTCOME, 0.1)
    helps = [effect_of(shown_and_hidden(dice, planned, effect=0.1)) for _trial in range(40)]
    none = [effect_of(shown_and_hidden(dice, planned, effect=0.0)) for _trial in range(60)]
    assert sum(one is not None and one.low > 0 for one in helps) >= 38
    assert sum(one is not None and one.leaves_out_zero for one in none) <= 7


@pytest.mark.soak
@pytest.mark.parametrize(("measure", "matters"), [(Measure.ERROR, 0.05), (Measure.ERROR, 0.03), (Measure.HITS, 0.1)])
def test_g3_thousands_of_trials(measure: Measure, matters: float, record_property: object) -> None:
    number = 1_000
    better = {0.05: BETTER, 0.03: World(people=1.07, machine=0.3), 0.1: World(people=2.05, machine=0.3)}[matters]
    right = verdicts(better, measure, matters, trials=number, seed=11).count(Verdict.MACHINE)
    false = sum(one in WINNERS for one in verdicts(EQUAL, measure, matters, trials=number, seed=12))
    print(f"\n{measure} {matters}: right {right} of {number}, false winners {false} of {number}")
    assert right >= 0.95 * number
    assert false <= 0.05 * number


@pytest.mark.soak
def test_g3_three_equal_trials_side_by_side_have_a_winner_in_5_of_100_at_most() -> None:
    dice, form, number = random.Random(21), registration(Measure.ERROR, 0.05), 500
    runs = ([EQUAL.differences(dice, form.most, form.measure) for _trial in range(3)] for _run in range(number))
    false = sum(any_winner(run, form) for run in runs)
    print(f"\nthree at once: a false winner in {false} of {number}")
    assert false <= 0.05 * number


@pytest.mark.soak
@pytest.mark.parametrize("matters", [0.05, 0.1])
def test_g3_thousands_of_effects(matters: float) -> None:
    dice, planned, number = random.Random(31), planned_for(Measure.OUTCOME, matters), 1_000
    helps = [effect_of(shown_and_hidden(dice, planned, effect=matters)) for _trial in range(number)]
    none = [effect_of(shown_and_hidden(dice, planned, effect=0.0)) for _trial in range(number)]
    right = sum(one is not None and one.low > 0 for one in helps)
    false = sum(one is not None and one.leaves_out_zero for one in none)
    print(f"\neffect of {matters}, {planned} cases: right {right} of {number}, false {false} of {number}")
    assert right >= 0.95 * number
    assert false <= 0.05 * number
