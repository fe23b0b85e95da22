"""The review: learn from the older lists, judge on the newer ones, and say which order ranks from now on.

The learned order is taken when the doubly robust estimate of what it brings more than the stated one is above nothing
with a one-sided error of 5 % in all: the k-th look may spend 5 % / k(k + 1) of it, however many looks follow. One that
was taken is given up when it is no longer ahead on newer lists.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .off_policy import Estimate, Logged, doubly_robust, inverse_propensity, self_normalised
from .reward import Reward, learn_reward, put_up
from .rows import Shown

LEAST_LISTS, LEAST_HELPED = 200, 40
ERROR = 0.05


class Verdict(StrEnum):
    """What a review comes to."""

    TOO_FEW = "too_few"
    NOT_BETTER = "not_better"
    BETTER = "better"


@dataclass(frozen=True)
class Reviewed:
    """What was found: lists and successes seen, what the learned order brings more per list, and what it is.

    `gain` is the doubly robust estimate with the interval that decides, `others` the same by the other estimators.
    """

    verdict: Verdict
    lists: int
    helped: int
    look: int = 0
    gain: Estimate | None = None
    others: tuple[tuple[str, Estimate], ...] = ()
    reward: Reward | None = None
    moved: float = 0.0

    def as_stored(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "others": {name: asdict(one) for name, one in self.others}}


def confidence_of(look: int) -> float:
    """How sure a look must be so that all together err one-sidedly in 5 % at most; as a two-sided confidence."""
    return 1 - 2 * ERROR / (look * (look + 1))


def review(shown: Shown, *, look: int) -> Reviewed:
    """Learn on the older half of the lists and judge on the newer half."""
    lists, helped = len(np.unique(shown.list)), int(shown.helped.sum())
    if lists < LEAST_LISTS or helped < LEAST_HELPED:
        return Reviewed(Verdict.TOO_FEW, lists, helped)
    is_older = shown.list < np.median(shown.list)
    older, newer = shown.only(is_older), shown.only(~is_older)
    if older.helped.all() or not older.helped.any():
        return Reviewed(Verdict.TOO_FEW, lists, helped)
    reward = learn_reward(older.source, older.context, up=older.up, helped=older.helped)
    learned = put_up(reward.gain(newer.source, newer.context), newer.weight, newer.list)
    found = compare(newer, reward, learned, confidence=confidence_of(look))
    gain = found["doubly robust"]
    verdict = Verdict.BETTER if gain.low > 0 else Verdict.NOT_BETTER
    others = tuple((name, one) for name, one in found.items() if one is not gain)
    moved = float((learned != newer.by_stated).mean())
    return Reviewed(verdict, lists, helped, look, gain, others, reward, moved)


def compare(
    shown: Shown, reward: Reward, learned: NDArray[np.bool_], *, confidence: float = 0.95
) -> dict[str, Estimate]:
    """What the learned order brings more than the stated one for each list, by each estimator."""
    new, old = (_logged(shown, reward, up) for up in (learned, shown.by_stated))
    apart = Logged(
        new.reward, new.weight - old.weight, new.foreseen_shown, new.foreseen_new - old.foreseen_new, new.cluster
    )
    first, second = (self_normalised(one, confidence=confidence) for one in (new, old))
    width = ((first.high - first.value) ** 2 + (second.high - second.value) ** 2) ** 0.5
    ahead = first.value - second.value
    return {
        "doubly robust": doubly_robust(apart, confidence=confidence),
        "inverse propensity": inverse_propensity(apart, confidence=confidence),
        "self-normalised": Estimate(ahead, ahead - width, ahead + width, first.clusters, first.effective),
    }


def _logged(shown: Shown, reward: Reward, up: NDArray[np.bool_]) -> Logged:
    """The log as seen by an order that puts these up."""
    as_shown = reward.foreseen(shown.source, shown.context, up=shown.up) * shown.weight
    as_new = reward.foreseen(shown.source, shown.context, up=up) * shown.weight
    return Logged(shown.reward(), (shown.up == up) / shown.propensity, as_shown, as_new, shown.list)
