"""The verdict of a trial, by the rule that was registered with it; none before there are enough cases."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.clock import now
from rapport.core.problems import Problem

from ..models import Trial, TrialCase, TrialState
from .figures import Comparison, answered, compared, differences, pairs_of
from .not_worse import Claim, not_worse
from .outcomes import awaited
from .registration import Part, Registration
from .statistics.measures import Pairs
from .statistics.sequential import ALPHA, Interval, chance_of_noise
from .statistics.several import adjusted

_FAMILY = timedelta(days=365)


class Verdict(models.TextChoices):
    """What came out."""

    MACHINE = "machine", gettext_lazy("the machine foresees better")
    PEOPLE = "people", gettext_lazy("people foresee better")
    ALIKE = "alike", gettext_lazy("as good as each other, within the margin")
    HELPS = "helps", gettext_lazy("showing the number raises the outcome")
    HARMS = "harms", gettext_lazy("showing the number lowers the outcome")
    UNDECIDED = "undecided", gettext_lazy("no difference could be shown")


LOST = frozenset({Verdict.PEOPLE, Verdict.HARMS})
"""Verdicts after which the machine gets no more freedom."""


@dataclass(frozen=True)
class Decided:
    """A verdict, and the figures it rests on as they are kept."""

    verdict: Verdict
    figures: dict[str, Any]


def decided(trial: Trial) -> Decided | None:
    """The verdict that the registered rule gives now, if any."""
    form = trial.registered
    if form.part is Part.EFFECT:
        from .effects import decided_by_effect

        return decided_by_effect(trial, form)
    pairs = pairs_of(answered(trial))
    found = compared(pairs, form)
    noise = noise_of(pairs, form)
    verdict = verdict_of(
        found.difference if found else None, form, noise=among_all(trial, noise), is_over=_is_over(trial)
    )
    return Decided(verdict, _stored(found, noise) | _claim_as_kept(trial, pairs)) if verdict else None


def claim_now(trial: Trial, pairs: Pairs) -> Claim | None:
    """How the claim stands that the machine is not worse by more than the margin; None where it wasn't registered."""
    form = trial.registered
    found = not_worse(pairs, form)
    return found.claim(form, noise=among_all(trial, found.noise, of=_noise_of_claim)) if found else None


def _claim_as_kept(trial: Trial, pairs: Pairs) -> dict[str, Any]:
    found, claim = not_worse(pairs, trial.registered), claim_now(trial, pairs)
    return {"not_worse": found.as_kept(claim)} if found and claim else {}


def verdict_of(told: Interval | None, form: Registration, *, noise: float, is_over: bool) -> Verdict | None:
    """What the paired difference says; None as long as more cases are to come that can tell."""
    if told is not None and told.n >= form.planned:
        if told.leaves_out_zero and noise <= ALPHA:
            return Verdict.MACHINE if told.mean > 0 else Verdict.PEOPLE
        if told.lies_within(form.matters):
            return Verdict.ALIKE
        is_over = is_over or told.n >= form.most
    return Verdict.UNDECIDED if is_over else None


def noise_of(pairs: Pairs, form: Registration) -> float:
    """How often noise alone would look like these pairs, at whichever look; 1 before the planned number."""
    if pairs.n < form.planned:
        return 1.0
    told = list(differences(pairs.people, pairs.machine, pairs.answers, form))
    return chance_of_noise(told, planned=form.planned)


def _noise_kept(other: Trial, form: Registration) -> float | None:
    return noise_of(pairs_of(answered(other)), form) if other.is_running else other.figures.get("noise")


def _noise_of_claim(other: Trial, form: Registration) -> float | None:
    if not other.is_running:
        kept: float | None = other.figures.get("not_worse", {}).get("noise")
        return kept
    found = not_worse(pairs_of(answered(other)), form)
    return found.noise if found else None


def among_all(trial: Trial, noise: float, *, of: Callable[[Trial, Registration], float | None] = _noise_kept) -> float:
    """The same, adjusted for all other trials of the last year that claim alike (Holm)."""
    others = Trial._base_manager.exclude(pk=trial.pk).exclude(state=TrialState.STOPPED)
    found = {str(trial.pk): noise}
    for other in others.filter(started_at__gte=now() - _FAMILY):
        form = other.registered
        if form.part is Part.BLIND:
            kept = of(other, form)
            found[str(other.pk)] = 1.0 if kept is None else float(kept)
    return adjusted(found)[str(trial.pk)]


def refuse_after_a_lost_trial(predictions: Collection[str]) -> None:
    """Raise `Problem` when people foresaw better than one of these, or seeing it did harm."""
    lost = sorted(set(lost_trials()) & set(predictions))
    if lost:
        raise Problem(
            _("In its last trial “%(name)s” lost against people, so it gets no more freedom. Start another trial.")
            % {"name": lost[0]}
        )


def lost_trials() -> dict[str, Trial]:
    """By prediction, the newest trial with a verdict, where that went against the machine."""
    newest: dict[str, Trial] = {}
    for trial in Trial._base_manager.filter(state=TrialState.ENDED).order_by("ended_at"):
        if trial.verdict != Verdict.UNDECIDED:
            newest[trial.prediction] = trial
    return {name: trial for name, trial in newest.items() if _went_against(trial)}


def _went_against(trial: Trial) -> bool:
    return trial.verdict in LOST or bool(trial.figures.get("together_is_worse"))


def _is_over(trial: Trial) -> bool:
    """Whether no more cases or outcomes are to come."""
    asked = TrialCase._base_manager.filter(trial=trial, answered_at=None, lapsed_at=None, arm="")
    return not trial.takes_cases and not awaited(trial) and not asked.exists()


def _stored(found: Comparison | None, noise: float) -> dict[str, Any]:
    if found is None:
        return {"n": 0}
    told = found.difference
    sides = {"people": found.people, "machine": found.machine, "together": found.together}
    worse = any(one is not None and one.high < 0 for one in (found.over_people, found.over_machine))
    return {
        "n": found.n,
        "noise": noise,
        "difference": [told.mean, told.low, told.high] if told else None,
        "together_is_worse": worse,
        **{name: [side.error, side.area, side.hits, side.cost] for name, side in sides.items()},
    }
