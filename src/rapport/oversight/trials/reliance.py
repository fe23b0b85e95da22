"""Do people follow the machine's number where it is right, and leave it where it is wrong or another record's?

Figures of trials that ask a second time, after the number was seen. `Reliance.check` must show nothing: another
record's number knows nothing of the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Trial, TrialCase
from .registration import Registration, Tie
from .shuffling import APART
from .statistics.measures import errors, hits
from .statistics.sequential import Interval, interval_of
from .statistics.shares import Share, share_of

AIM = 0.8
"""So many of the numbers of other records should be left alone."""
_HALF_WAY = 0.5


@dataclass(frozen=True)
class Reliance:
    """Of cases in which a second estimate was given.

    `followed` and `caught` are of numbers at least ten points off the first estimate: moved half way or more towards
    the machine's own, and not moved so towards another record's. `switched` are right first estimates given up for a
    wrong number of the machine's, `refused` wrong ones kept against a right number. The intervals are by how much the
    second estimate was nearer than the first.
    """

    n: int
    left: int
    followed: Share
    caught: Share
    switched: Share
    refused: Share
    gained: Interval | None
    check: Interval | None

    @property
    def is_sound(self) -> bool:
        """Whether numbers of other records brought nothing."""
        return self.check is None or self.check.low <= 0


@dataclass(frozen=True)
class _Seen:
    first: float
    second: float
    shown: float
    own: bool
    came: bool | None

    @property
    def is_apart(self) -> bool:
        return abs(self.shown - self.first) >= APART

    @property
    def follows(self) -> bool:
        return (self.second - self.first) / (self.shown - self.first) >= _HALF_WAY


def reliance_of(trial: Trial) -> Reliance | None:
    """The figures; None where nobody is asked twice, or nobody answered yet."""
    form = trial.registered
    asked = TrialCase._base_manager.filter(trial=trial, final_at__isnull=False, machine__shown__isnull=False)
    rows = asked.order_by("final_at", "pk").values_list(
        "percent", "final_percent", "machine__shown", "machine__shown_of", "outcome"
    )
    told = [
        _Seen((first or 0) / 100, second / 100, shown or 0.0, other is None, came)
        for first, second, shown, other, came in rows
        if second is not None
    ]
    return _reliance(told, len(rows) - len(told), form) if rows else None


def _reliance(told: Sequence[_Seen], left: int, form: Registration) -> Reliance:
    own, other = ([one for one in told if one.own is own] for own in (True, False))
    ended = [one for one in own if one.came is not None]
    was_right, machine_right, is_right = (_right(ended, name, form) for name in ("first", "shown", "second"))
    pairs = list(zip(was_right, machine_right, is_right, strict=True))
    return Reliance(
        len(told),
        left,
        share_of([one.follows for one in own if one.is_apart]),
        share_of([not one.follows for one in other if one.is_apart]),
        share_of([not now for before, machine, now in pairs if before and not machine]),
        share_of([not now for before, machine, now in pairs if machine and not before]),
        _nearer(ended, form),
        _nearer([one for one in other if one.came is not None], form),
    )


def _right(seen: Sequence[_Seen], name: str, form: Registration) -> list[bool]:
    chances, came = [getattr(one, name) for one in seen], [bool(one.came) for one in seen]
    return hits(chances, came, half_is_yes=form.tie is Tie.YES)


def _nearer(seen: Sequence[_Seen], form: Registration) -> Interval | None:
    """By how much the squared error fell from the first estimate to the second."""
    came = [bool(one.came) for one in seen]
    first, second = (errors([getattr(one, name) for one in seen], came) for name in ("first", "second"))
    return interval_of([before - after for before, after in zip(first, second, strict=True)], planned=form.planned)
