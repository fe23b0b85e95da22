"""What came out of a trial, as its page shows it: of the team, of segments, and of oneself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.governance.dictionary import entry_of
from rapport.oversight.models import Trial, TrialCase
from rapport.oversight.trials.arms import LABELS, TWO
from rapport.oversight.trials.effects import ArmCounts, arm_counts
from rapport.oversight.trials.figures import (
    FEWEST_PEOPLE,
    Comparison,
    Counts,
    answered,
    compared,
    counts_of,
    pairs_of,
)
from rapport.oversight.trials.registration import Measure, Part, Registration
from rapport.oversight.trials.registry import trialled
from rapport.oversight.trials.reliance import Reliance, reliance_of
from rapport.oversight.trials.statistics.sequential import Interval
from rapport.oversight.trials.verdicts import claim_now
from rapport.web.ui import formats

from .words import claim_in_words, claim_kept

_FEWEST_OF_A_SEGMENT = 10


@dataclass(frozen=True)
class Range:
    """An interval in words, and where it lies in a picture 100 wide whose middle is zero."""

    label: str
    words: str
    left: float
    width: float
    middle: float


@dataclass(frozen=True)
class Segment:
    """The figures of cases that have a value in common."""

    label: str
    value: str
    found: Comparison


@dataclass(frozen=True)
class ArmShown:
    """An arm with its counts, and its share of yes once that may be told."""

    label: str
    counts: ArmCounts
    share: str


@dataclass(frozen=True)
class Results:
    """The figures of a team. Of fewer than three people there are counts only."""

    counts: Counts
    found: Comparison | None = None
    too_few_people: bool = False
    ranges: Sequence[Range] = ()
    segments: Sequence[Segment] = ()
    held_back: Comparison | None = None
    arms: Sequence[ArmShown] = ()
    effects: Sequence[Range] = ()
    untold: Sequence[str] = ()
    noise: str = ""
    claim: str = ""
    reliance: Reliance | None = None
    gains: Sequence[Range] = ()


def results_of(trial: Trial) -> Results:
    """All that its page shows to those who lead the team."""
    form, counts = trial.registered, counts_of(trial)
    if form.part is Part.EFFECT:
        return Results(counts, arms=_arms(trial), effects=list(_effects(trial)), untold=_untold(trial))
    if counts.people < FEWEST_PEOPLE:
        return Results(counts, too_few_people=counts.paired > 0)
    cases = answered(trial)
    found = compared(pairs_of(cases), form)
    held = _of_enough(cases.filter(held_back=True), form)
    look = found.one_look if found else None
    noise = formats.number(look.chance_of_noise, decimals=3) if look else ""
    relied = reliance_of(trial)
    return Results(
        counts,
        found,
        ranges=_ranges(found, form.measure),
        segments=_segments(trial),
        held_back=held,
        noise=noise,
        claim=_claim(trial),
        reliance=relied,
        gains=_gains(relied) if relied else (),
    )


def _of_enough(cases: "QuerySet[TrialCase]", form: Registration) -> Comparison | None:
    """The figures of some cases; none where they would tell of single people."""
    people = cases.order_by().values("user_id").distinct().count()
    return compared(pairs_of(cases), form) if people >= FEWEST_PEOPLE else None


def _claim(trial: Trial) -> str:
    """How the claim stands that the machine is not worse; what is kept of it, once the trial has ended."""
    form = trial.registered
    if not trial.is_running or form.not_worse is None:
        return claim_kept(trial)
    claim = claim_now(trial, pairs_of(answered(trial)))
    return claim_in_words(claim, form.not_worse) if claim else ""


def _gains(relied: Reliance) -> list[Range]:
    """By how much second estimates were nearer than first ones."""
    told = (
        (_("After the machine's own number"), relied.gained),
        (_("Check: after another record's (must bring nothing)"), relied.check),
    )
    return ranges_of([(label, one) for label, one in told if one is not None], decimals=3)


def own_results(trial: Trial, user_id: UUID | None) -> Comparison | None:
    """One's own, on the cases of which one may know the machine's number."""
    if user_id is None or trial.registered.part is Part.EFFECT:
        return None
    cases = answered(trial, user_id=user_id)
    return compared(pairs_of(cases.filter(held_back=False) if trial.is_running else cases), trial.registered)


def _segments(trial: Trial) -> list[Segment]:
    """Figures by value, where enough cases of enough people have it."""
    form, shown = trial.registered, []
    entry = entry_of(trialled(trial.prediction).record_type)
    for name in form.segments:
        values = answered(trial).values_list(f"segments__{name}", flat=True)
        field = entry.fields.get(name)
        for value in sorted({str(one or "") for one in values}):
            cases = answered(trial).filter(**{f"segments__{name}": value})
            found = _of_enough(cases, form)
            if found is not None and found.n >= _FEWEST_OF_A_SEGMENT and field is not None:
                words = str(field.domain.display(value)) if value else _("not known")
                shown.append(Segment(str(field.label), words, found))
    return shown


def _ranges(found: Comparison | None, measure: Measure) -> list[Range]:
    if found is None:
        return []
    told = (
        (_("Machine better than people"), found.difference),
        (_("Mean of both better than people"), found.over_people),
        (_("Mean of both better than the machine"), found.over_machine),
    )
    known = [(label, one) for label, one in told if one is not None]
    return ranges_of(known, decimals=3 if measure is Measure.ERROR else 2)


def ranges_of(known: Sequence[tuple[str, Interval]], *, decimals: int) -> list[Range]:
    """Intervals drawn to one scale."""
    most = max((max(abs(one.low), abs(one.high)) for _label, one in known), default=0.0) or 1.0
    return [_range(label, (one.mean, one.low, one.high), most, decimals) for label, one in known]


def _range(label: str, told: tuple[float, float, float], most: float, decimals: int) -> Range:
    mean, low, high = told
    words = _("%(mean)s (%(low)s to %(high)s)") % {
        "mean": formats.number(mean, decimals=decimals),
        "low": formats.number(low, decimals=decimals),
        "high": formats.number(high, decimals=decimals),
    }
    left, right, middle = (50 + 48 * one / most for one in (low, high, mean))
    return Range(label, words, round(left, 1), round(right - left, 1), round(middle, 1))


def _arms(trial: Trial) -> list[ArmShown]:
    shares: Mapping[str, float] = trial.figures.get("shares", {})
    return [
        ArmShown(str(LABELS[one.arm]), one, formats.percent(shares[one.arm], decimals=1) if one.arm in shares else "")
        for one in arm_counts(trial)
    ]


def _effects(trial: Trial) -> Iterator[Range]:
    """The kept effects, in points; none before the planned number."""
    known = [(label, one) for label, one in _told(trial) if one]
    most = max((max(abs(one["low"]), abs(one["high"])) for _label, one in known), default=0.0) or 1.0
    for label, one in known:
        yield _range(label, (one["difference"], one["low"], one["high"]), most, 3)


def _untold(trial: Trial) -> list[str]:
    """What could not be worked out at the planned number, as too few sellers had weeks in both arms."""
    return [label for label, one in _told(trial) if not one] if "outcome" in trial.figures else []


def _told(trial: Trial) -> list[tuple[str, Any]]:
    labels = (
        ("outcome", _("Outcome, when the number is seen")),
        ("progress", _("Steps forward within 14 days, when it is seen")),
        ("reasons", _("Outcome, with reasons instead of the number alone")),
        ("before", _("Check: steps forward before (must show nothing)")),
        ("unseen", _("Check: the two arms that look alike (must show nothing)")),
    )
    return [(label, trial.figures.get(name)) for name, label in labels if _is_asked(name, trial)]


def _is_asked(name: str, trial: Trial) -> bool:
    """With two arms there are no reasons beside a number alone, and no arms that look alike; steps need a record type
    that has some.
    """
    if name in ("reasons", "unseen"):
        return len(trial.registered.arms or {}) > len(TWO)
    return name == "outcome" or bool(trialled(trial.prediction).progress)
