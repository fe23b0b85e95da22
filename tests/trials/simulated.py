"""Trials made up: estimators whose errors are known, looked at again and again by the product's own rule."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp

from rapport.oversight.trials.not_worse import Claim, claimed
from rapport.oversight.trials.registration import Measure, Part, Registration, planned_for
from rapport.oversight.trials.statistics.effect import Drawn
from rapport.oversight.trials.statistics.measures import errors, hits
from rapport.oversight.trials.statistics.sequential import chance_of_noise, interval_of
from rapport.oversight.trials.statistics.several import adjusted
from rapport.oversight.trials.verdicts import Verdict, verdict_of

EVERY = 10


@dataclass(frozen=True)
class World:
    """How far, in log odds, the estimates of either side are from the truth, and how far the truth varies."""

    people: float
    machine: float
    usual: float = -1.0
    varies: float = 1.2

    def differences(self, dice: random.Random, n: int, measure: Measure) -> list[float]:
        """By how much the machine is better, case by case."""
        truths = [dice.gauss(self.usual, self.varies) for _case in range(n)]
        answers = [dice.random() < _chance(one) for one in truths]
        people = [_chance(one + dice.gauss(0, self.people)) for one in truths]
        machine = [_chance(one + dice.gauss(0, self.machine)) for one in truths]
        if measure is Measure.ERROR:
            pairs = zip(errors(people, answers), errors(machine, answers), strict=True)
            return [one - other for one, other in pairs]
        right = [hits(side, answers, half_is_yes=True) for side in (people, machine)]
        return [float(other) - float(one) for one, other in zip(*right, strict=True)]


def registration(measure: Measure, matters: float, *, not_worse: float | None = None) -> Registration:
    """As a manager would fill it in."""
    planned = planned_for(measure, matters, not_worse=not_worse)
    return Registration(
        prediction="made_up",
        part=Part.BLIND,
        question="Will it?",
        outcome="yes",
        horizon_days=1,
        team="",
        measure=measure,
        matters=matters,
        planned=planned,
        most=2 * planned,
        last_day=date(2030, 1, 1),
        not_worse=not_worse,
    )


def verdict(differences: list[float], form: Registration) -> Verdict:
    """What comes out when somebody looks after every ten cases: before the planned number, nothing does."""
    for n in [*range(form.planned, form.most, EVERY), form.most]:
        seen = differences[:n]
        told = interval_of(seen, planned=form.planned)
        noise = chance_of_noise(seen, planned=form.planned)
        found = verdict_of(told, form, noise=noise, is_over=False)
        if found is not None:
            return found
    return Verdict.UNDECIDED


def is_ever_claimed(differences: list[float], form: Registration) -> bool:
    """Whether, at any look after every ten cases, the machine is told not to be worse by more than the margin."""
    for n in [*range(form.planned, form.most, EVERY), form.most]:
        found = claimed(differences[:n], form)
        if found is not None and found.claim(form) is Claim.SHOWN:
            return True
    return False


def claim_at_the_end(differences: list[float], form: Registration) -> Claim | None:
    """What is kept of the claim when the trial ends, which it does by its first verdict on who is better."""
    for n in [*range(form.planned, form.most, EVERY), form.most]:
        seen = differences[:n]
        noise = chance_of_noise(seen, planned=form.planned)
        ends = verdict_of(interval_of(seen, planned=form.planned), form, noise=noise, is_over=n == form.most)
        found = claimed(seen, form)
        if ends is not None and found is not None:
            return found.claim(form)
    return None


def any_winner(trials: list[list[float]], form: Registration) -> bool:
    """Whether one of several trials that run side by side is ever given a winner, with Holm."""
    for n in [*range(form.planned, form.most, EVERY), form.most]:
        noises = {str(key): chance_of_noise(one[:n], planned=form.planned) for key, one in enumerate(trials)}
        for key, noise in adjusted(noises).items():
            told = interval_of(trials[int(key)][:n], planned=form.planned)
            if verdict_of(told, form, noise=noise, is_over=False) in (Verdict.MACHINE, Verdict.PEOPLE):
                return True
    return False


def shown_and_hidden(dice: random.Random, n: int, *, effect: float, sellers: int = 12) -> list[Drawn]:
    """Cases of sellers of different skill, three a week, whose weeks are alike and drawn to be shown or hidden."""
    skill = [dice.gauss(0, 0.08) for _seller in range(sellers)]
    return list(_weeks(dice, n, skill, effect))[:n]


def _weeks(dice: random.Random, n: int, skill: list[float], effect: float) -> Iterator[Drawn]:
    for _week in range(n // (3 * len(skill)) + 1):
        for seller, own in enumerate(skill):
            shown, luck = dice.random() < 0.5, dice.gauss(0, 0.06)
            chance = 0.2 + own + luck + effect * shown
            for _case in range(3):
                yield Drawn(str(seller), shown, 0.5, float(dice.random() < chance))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))
