"""Trials in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.oversight.models import Trial, TrialCase, TrialState
from rapport.oversight.trials.arms import LABELS, Arm
from rapport.oversight.trials.figures import answered
from rapport.oversight.trials.not_worse import Claim
from rapport.oversight.trials.registration import Measure, Part, Registration, Tie, planned_for
from rapport.oversight.trials.registry import all_trialled
from rapport.oversight.trials.verdicts import LOST, Verdict
from rapport.web.ui import formats

_SENTENCES = {
    Verdict.MACHINE: gettext_lazy("On the same cases the machine foresaw better than the people."),
    Verdict.PEOPLE: gettext_lazy("On the same cases the people foresaw better than the machine."),
    Verdict.ALIKE: gettext_lazy("People and machine are as good as each other: they differ by less than matters."),
    Verdict.HELPS: gettext_lazy("In weeks in which the number was seen, more came of the cases."),
    Verdict.HARMS: gettext_lazy("In weeks in which the number was seen, less came of the cases."),
    Verdict.UNDECIDED: gettext_lazy(
        "No difference could be shown. There may be none, or one too small for these cases."
    ),
}
_CLAIMS = {
    Claim.SHOWN: gettext_lazy("The machine is not worse than the people by more than %(points)s points."),
    Claim.REFUTED: gettext_lazy("The machine is worse than the people by more than %(points)s points."),
    Claim.OPEN: gettext_lazy("Whether the machine is worse by more than %(points)s points could not be shown."),
}
_MEASURES = {
    Measure.ERROR: gettext_lazy("how near the estimates come (Brier)"),
    Measure.HITS: gettext_lazy("how often they are right, taken as yes or no"),
    Measure.OUTCOME: gettext_lazy("the share of yes"),
}
_BLIND_RULE = gettext_lazy(
    "At the first look from the planned number on at which the interval, which holds at all looks, leaves out zero,"
    " also after Holm over all trials of the last year; or lies within what matters. Undecided at twice the"
    " planned number, or when no more is to come."
)
_EFFECT_RULE = gettext_lazy(
    "Once, at the planned number of cases with outcome, by the arm as it was drawn, with an interval robust to sellers;"
    " and only if both checks show nothing."
)


@dataclass(frozen=True)
class Line:
    """A trial in one line: what is asked, how far it is, what came out."""

    trial: Trial
    label: str | Promise
    question: str | Promise
    n: int
    planned: int
    words: str
    tone: str

    @property
    def is_short(self) -> bool:
        """Whether there are too few cases for any verdict."""
        return self.n < self.planned


def newest_line(prediction: str) -> Line | None:
    """The newest trial of a prediction that was not stopped."""
    found = Trial._base_manager.filter(prediction=prediction).exclude(state=TrialState.STOPPED)
    newest = found.order_by("-started_at").first()
    return line_of(newest) if newest else None


def line_of(trial: Trial) -> Line:
    """The line."""
    form = trial.registered
    known = all_trialled().get(trial.prediction)
    n = known_cases(trial, form)
    label, question = (known.label, known.question) if known else (trial.prediction, form.question)
    return Line(trial, label, question, n, form.planned, _words(trial, n, form), _tone(trial))


def known_cases(trial: Trial, form: Registration) -> int:
    """How many cases count by now."""
    if form.part is Part.BLIND:
        return answered(trial).count()
    return TrialCase._base_manager.filter(trial=trial, outcome__isnull=False).count()


def verdict_in_words(verdict: str) -> str:
    """The sentence of a verdict."""
    return str(_SENTENCES[Verdict(verdict)]) if verdict else ""


def claim_kept(trial: Trial) -> str:
    """What came of the claim that the machine is not worse, once the trial has ended; empty where it wasn't asked."""
    kept = trial.figures.get("not_worse")
    return claim_in_words(Claim(kept["claim"]), kept["margin"]) if kept else ""


def claim_in_words(claim: Claim, margin: float) -> str:
    """The sentence of that claim."""
    return str(_CLAIMS[claim]) % {"points": formats.number(margin * 100, decimals=1)}


def _words(trial: Trial, n: int, form: Registration) -> str:
    if trial.state == TrialState.STOPPED:
        return _("Stopped: %(reason)s") % {"reason": trial.reason}
    if trial.verdict:
        return " ".join(filter(None, (verdict_in_words(trial.verdict), claim_kept(trial))))
    if n < form.planned:
        words = {"n": formats.number(n), "planned": formats.number(form.planned)}
        return _("Not enough cases: %(n)s of %(planned)s.") % words
    return _("Not decided yet: the interval holds zero.")


def _tone(trial: Trial) -> str:
    if not trial.verdict or trial.verdict == Verdict.UNDECIDED:
        return ""
    return "warning" if trial.verdict in LOST else "good"


def registration_in_words(trial: Trial) -> list[tuple[str, str]]:
    """The form as it was filled in, in the order in which people ask."""
    form = trial.registered
    points = formats.number(form.matters * 100, decimals=1)
    told = [
        (_("Question"), _(form.question)),
        (_("Outcome"), _(form.outcome)),
        (_("Horizon"), _("%(days)d days from the day of the answer") % {"days": form.horizon_days}),
        (_("Who takes part"), trial.team.name if trial.team else _("All sellers")),
        (_("Decided by"), str(_MEASURES[form.measure])),
        (_("Smallest difference that matters"), _("%(points)s points") % {"points": points}),
        (_("Cases planned"), _planned(form)),
        (_("Cases are taken until"), formats.day(form.last_day)),
        (_("Rule of the end"), str(_EFFECT_RULE if form.part is Part.EFFECT else _BLIND_RULE)),
    ]
    return told + (_of_effect(form) if form.part is Part.EFFECT else _of_blind(form))


def _planned(form: Registration) -> str:
    """How many, and how many it takes where somebody asked for fewer."""
    planned = formats.number(form.planned)
    needed = planned_for(form.measure, form.matters, not_worse=form.not_worse)
    if form.planned >= needed:
        return planned
    words = {"planned": planned, "needed": formats.number(needed)}
    return _("%(planned)s; to find such a difference in 95 of 100 trials takes %(needed)s") % words


def _of_blind(form: Registration) -> list[tuple[str, str]]:
    fifty = _("yes") if form.tie is Tie.YES else _("no")
    told = [
        (_("Tie"), _("an estimate of exactly 50 per cent counts as %(answer)s") % {"answer": fifty}),
        (_("Hidden to the end"), formats.percent(form.held_back)),
        (_("A missed yes costs"), formats.number(form.miss)),
        (_("Share of records asked about"), formats.percent(form.share)),
    ]
    if form.not_worse:
        told.append(
            (
                _("Also asked"),
                _("not worse by more than %(points)s points")
                % {"points": formats.number(form.not_worse * 100, decimals=1)},
            )
        )
    if form.shuffled:
        share = formats.percent(form.shuffled)
        told.append((_("Asked again"), _("after a number was seen, which is another record's in %s of cases") % share))
    if form.segments:
        told.append((_("Also divided by"), ", ".join(form.segments)))
    return told


def _of_effect(form: Registration) -> list[tuple[str, str]]:
    arms = [f"{LABELS[Arm(name)]} {formats.percent(chance)}" for name, chance in (form.arms or {}).items()]
    return [(_("Arms, drawn by seller and week"), "; ".join(arms))]
