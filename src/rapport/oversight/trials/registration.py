"""The registration of a trial: what is asked and how it is decided, written down before there is a case, and frozen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson

from .statistics.planning import cases_an_arm
from .statistics.sequential import needed

SPREAD_OF_ERRORS = 0.2
"""How much the difference of two squared errors varies from case to case, before there are any to tell."""
DISCORDANT = 0.2
"""The share of cases in which only one of the two is right, before there are any to tell."""
MOST_TIMES_PLANNED = 2
FEW_SELLERS = 1.5
"""By so much more cases it takes because the interval of an effect rests on a dozen sellers or so."""


class Part(StrEnum):
    """What is asked."""

    BLIND = "blind"
    EFFECT = "effect"


class Measure(StrEnum):
    """By what it is decided."""

    ERROR = "error"
    HITS = "hits"
    OUTCOME = "outcome"


class Tie(StrEnum):
    """What an estimate of exactly 50 per cent counts as."""

    YES = "yes"
    NO = "no"


END_RULE = (
    "Decided at the first look, after the planned number of cases, at which the 95 % interval that holds at all looks"
    " leaves out zero and the chance of noise, adjusted by Holm over all trials of the last year, is at most 5 %; or"
    " lies within the margin. Undecided at the most cases or, outcomes awaited, after the last day. Where it was asked:"
    " not worse than people by more than the margin of that claim, when the lower end of the same interval lies above"
    " minus it, and the chance of noise for just so much worse, adjusted among such claims, is at most 5 %."
)
EFFECT_RULE = (
    "Decided once, at the planned number of cases with outcome, in the order in which they were drawn, by arm as drawn,"
    " with an interval robust to sellers."
)


@dataclass(frozen=True)
class Registration:
    """The form as it was filled in. Shares, margins and the like are fractions of 1; `segments` are fields.

    `matters` is the smallest difference worth knowing: of the mean squared error, of the share of hits, or of the share
    of yes. `held_back` is the share of cases in which the machine's number stays hidden to the end. `miss` is what a
    passed-over yes costs, a no gone after costing 1. `not_worse` is the margin of the second claim. Where `shuffled` is
    above zero people are asked again after they saw a number, and such a share of these numbers is another record's.
    """

    prediction: str
    part: Part
    question: str
    outcome: str
    horizon_days: int
    team: str
    measure: Measure
    matters: float
    planned: int
    most: int
    last_day: date
    segments: tuple[str, ...] = ()
    share: float = 1.0
    held_back: float = 0.1
    not_worse: float | None = None
    miss: float = 1.0
    tie: Tie = Tie.YES
    arms: Mapping[str, float] | None = None
    shuffled: float = 0.0

    @property
    def end_rule(self) -> str:
        """When it is decided, in words."""
        return EFFECT_RULE if self.part is Part.EFFECT else END_RULE

    def as_stored(self) -> dict[str, Any]:
        """As a trial keeps it."""
        return {
            **asdict(self),
            "last_day": self.last_day.isoformat(),
            "segments": list(self.segments),
            "end_rule": self.end_rule,
        }


def hash_of(stored: Mapping[str, Any]) -> str:
    """What proves later that not a letter of a registration was changed."""
    return sha256(orjson.dumps(stored, option=orjson.OPT_SORT_KEYS)).hexdigest()


def registration_from(stored: Mapping[str, Any]) -> Registration:
    """The way back from what a trial keeps."""
    values = {name: value for name, value in stored.items() if name != "end_rule"}
    return Registration(
        **{
            **values,
            "part": Part(stored["part"]),
            "measure": Measure(stored["measure"]),
            "tie": Tie(stored["tie"]),
            "last_day": date.fromisoformat(stored["last_day"]),
            "segments": tuple(stored["segments"]),
        }
    )


def planned_for(measure: Measure, matters: float, *, usual: float = 0.2, not_worse: float | None = None) -> int:
    """How many cases it takes when nothing is known yet but what is supposed here; for both claims, if there are two.

    One that is as good is found not worse by a margin as surely as one that is better by as much is found better.
    """
    matters = min(matters, not_worse or matters)
    if measure is Measure.OUTCOME:
        arm = cases_an_arm(usual=usual, difference=matters, power=95, a_week=3, alike=0.02)
        return round(2 * FEW_SELLERS * arm)
    spread = SPREAD_OF_ERRORS if measure is Measure.ERROR else (DISCORDANT - min(matters, 0.4) ** 2) ** 0.5
    return needed(matters=matters, spread=spread)
