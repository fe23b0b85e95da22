"""The second claim of a trial: the machine is not worse than people by more than a margin set before the start.

It rests on the interval of the paired difference that holds at all looks: where its lower end lies above minus the
margin, the claim is shown, and by whoever looks at whichever moment it is wrong in at most 5 % of trials. Several
trials of a year are judged together (Holm), claims of this kind among themselves.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .registration import Registration
from .statistics.measures import Pairs
from .statistics.sequential import ALPHA, Interval, chance_of_noise, interval_of


class Claim(StrEnum):
    """How the claim stands."""

    SHOWN = "shown"
    REFUTED = "refuted"
    OPEN = "open"


@dataclass(frozen=True)
class NotWorse:
    """The claim with its margin, the interval it rests on, and how often noise alone looks so for a machine that is
    worse by just the margin.
    """

    margin: float
    told: Interval | None
    noise: float

    def claim(self, form: Registration, *, noise: float | None = None) -> Claim:
        """What may be said now; `noise` is adjusted for other trials. Nothing before the planned number."""
        told = self.told
        if told is None or told.n < form.planned:
            return Claim.OPEN
        if told.low > -self.margin and (self.noise if noise is None else noise) <= ALPHA:
            return Claim.SHOWN
        return Claim.REFUTED if told.high < -self.margin else Claim.OPEN

    def as_kept(self, claim: Claim) -> dict[str, Any]:
        """As a trial keeps it when it ends."""
        return {"margin": self.margin, "noise": self.noise, "claim": str(claim)}


def not_worse(pairs: Pairs, form: Registration) -> NotWorse | None:
    """The claim on these pairs; None where none was registered."""
    if form.not_worse is None:
        return None
    from .figures import differences

    told = list(differences(pairs.people, pairs.machine, pairs.answers, form))
    return claimed(told, form)


def claimed(differences: list[float], form: Registration) -> NotWorse | None:
    """The same of the differences themselves, positive where the machine is better."""
    if form.not_worse is None:
        return None
    shifted = [one + form.not_worse for one in differences]
    enough = len(differences) >= form.planned
    noise = chance_of_noise(shifted, planned=form.planned) if enough else 1.0
    return NotWorse(form.not_worse, interval_of(differences, planned=form.planned), noise)
