"""What is shown to whom: drawn by chance, the same whenever it is asked, and unknown to them beforehand."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

_PARTS = 2**53


class Arm(StrEnum):
    """What happens to the machine's number in a week of a seller."""

    NONE = "none"
    HIDDEN = "hidden"
    SHOWN = "shown"
    EXPLAINED = "explained"


LABELS = {
    Arm.NONE: _("no number worked out"),
    Arm.HIDDEN: _("worked out, not shown"),
    Arm.SHOWN: _("shown without reasons"),
    Arm.EXPLAINED: _("shown with reasons"),
}
SEEN = frozenset({Arm.SHOWN, Arm.EXPLAINED})
FOUR: Mapping[str, float] = {str(arm): 0.25 for arm in Arm}
TWO: Mapping[str, float] = {str(Arm.HIDDEN): 0.5, str(Arm.EXPLAINED): 0.5}


def arm_of(trial_id: UUID, user_id: UUID, day: date, arms: Mapping[str, float]) -> Arm:
    """The arm of a seller in the week of this day."""
    year, week, _weekday = day.isocalendar()
    drawn = chance_drawn(trial_id, f"{user_id}:{year}-{week}")
    reached = 0.0
    for name, probability in sorted(arms.items()):
        reached += probability
        if drawn < reached:
            return Arm(name)
    return Arm(max(arms))


def chance_drawn(trial_id: UUID, what: str) -> float:
    """A number from 0 to below 1 for a thing in a trial, by a keyed hash."""
    digest = salted_hmac("rapport.trial", f"{trial_id}:{what}", algorithm="sha256").digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / _PARTS
