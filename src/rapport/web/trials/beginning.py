"""Starting a trial: the form that becomes its registration."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.jobs import ask_once
from rapport.core.problems import Forbidden, Problem
from rapport.governance.dictionary import entry_of
from rapport.identity.models import Team
from rapport.oversight.models import Trial
from rapport.oversight.trials.arms import FOUR, TWO
from rapport.oversight.trials.keeping_up import keep_up_trials
from rapport.oversight.trials.registration import Measure, Part, Tie
from rapport.oversight.trials.registry import Trialled, all_trialled
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

_WEEKS = 26
_USUAL = "opportunity"
_DIVIDES = frozenset({"choice", "open_list", "country", "currency", "language", "boolean"})
_MATTERS = {Measure.ERROR: 3, Measure.HITS: 8, Measure.OUTCOME: 5}


class TrialForm(forms.Form):
    """What is asked and how it is decided. Shares and margins are typed in per cent, or points of a hundred."""

    prediction = forms.CharField(widget=forms.HiddenInput)
    part = forms.ChoiceField(
        label=gettext_lazy("What is asked"),
        choices=[
            (Part.BLIND, gettext_lazy("Who foresees better? People say their estimate before they see the machine's.")),
            (Part.EFFECT, gettext_lazy("Does it help to see the number? It is shown in some weeks, drawn by chance.")),
        ],
        initial=Part.BLIND,
        widget=forms.RadioSelect,
    )
    team = forms.ChoiceField(label=gettext_lazy("Who takes part"), required=False)
    measure = forms.ChoiceField(
        label=gettext_lazy("By what it is decided"),
        choices=[
            (Measure.ERROR, gettext_lazy("How near the estimates come (Brier)")),
            (Measure.HITS, gettext_lazy("How often they are right, taken as yes or no")),
        ],
        help_text=gettext_lazy("Where either answer is rare, being near tells more than being right."),
    )
    matters = forms.FloatField(
        label=gettext_lazy("Smallest difference that matters, in points"),
        min_value=0.1,
        max_value=50,
        required=False,
        help_text=gettext_lazy(
            "Empty for the usual: 3 points of the Brier score (0.03), 8 of the share of hits, 5 of the share of yes."
        ),
    )
    planned = forms.IntegerField(
        label=gettext_lazy("Cases planned"),
        min_value=30,
        max_value=50_000,
        required=False,
        help_text=gettext_lazy("Empty: worked out so that 95 of 100 trials find such a difference."),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Cases are taken until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    share = forms.IntegerField(
        label=gettext_lazy("Share of records asked about, in per cent"), min_value=1, max_value=100, initial=100
    )
    held_back = forms.IntegerField(
        label=gettext_lazy("Share in which the number stays hidden to the end, in per cent"),
        min_value=0,
        max_value=50,
        initial=10,
        help_text=gettext_lazy("Whoever sees a number acts on it. These cases tell what comes without."),
    )
    segments = forms.MultipleChoiceField(
        label=gettext_lazy("Also divided by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    miss = forms.FloatField(
        label=gettext_lazy("What a missed yes costs, when a chase for nothing costs 1"),
        min_value=0.1,
        max_value=100,
        initial=1,
    )
    not_worse = forms.FloatField(
        label=gettext_lazy("Also asked: is the machine not worse by more than so many points?"),
        min_value=0.1,
        max_value=50,
        required=False,
    )
    shuffled = forms.IntegerField(
        label=gettext_lazy("Ask again after the number was seen, with another record's number in so many per cent"),
        min_value=0,
        max_value=20,
        required=False,
        help_text=gettext_lazy(
            "Empty: people are asked once. Else they see a number after their estimate, and say it again. Above each"
            " number stands that it may be another record's; they are told at once after. It shows who follows blindly."
        ),
    )
    tie = forms.ChoiceField(
        label=gettext_lazy("An estimate of exactly 50 per cent counts as"),
        choices=[(Tie.YES, gettext_lazy("yes")), (Tie.NO, gettext_lazy("no"))],
    )
    arms = forms.ChoiceField(
        label=gettext_lazy("Arms, where weeks are drawn"),
        choices=[
            ("four", gettext_lazy("no number, hidden, shown, with reasons")),
            ("two", gettext_lazy("hidden, shown with reasons")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, known: Trialled, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choose("team", teams_of(actor))
        self._choose("segments", dividing_fields(known))
        self.known = known
        self.fields["last_day"].initial = today() + timedelta(weeks=_WEEKS)

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def start(self, actor: Actor) -> Trial:
        """Start what was filled in; raises `Problem`."""
        given = self.cleaned_data
        part = Part(given["part"])
        measure = Measure.OUTCOME if part is Part.EFFECT else Measure(given["measure"])
        teams = Team.objects.visible_to(actor)
        return Trial.start(
            prediction=self.known.name,
            part=part,
            team=teams.get(pk=given["team"]) if given["team"] else None,
            measure=measure,
            matters=(given["matters"] or _MATTERS[measure]) / 100,
            planned=given["planned"],
            last_day=given["last_day"],
            share=given["share"] / 100,
            held_back=given["held_back"] / 100,
            segments=given["segments"],
            miss=given["miss"],
            not_worse=given["not_worse"] / 100 if given["not_worse"] else None,
            shuffled=(given["shuffled"] or 0) / 100,
            tie=Tie(given["tie"]),
            arms=dict(TWO if given["arms"] == "two" else FOUR),
        )


def teams_of(actor: Actor) -> list[tuple[str, str]]:
    """All sellers, for whoever sees everything, and the teams that the actor leads."""
    seen = Team.objects.visible_to(actor).order_by("name")
    led = seen if actor.sees_everything else seen.filter(pk__in=list(actor.team_ids))
    everybody = [("", _("All sellers"))] if actor.sees_everything else []
    return everybody + [(str(pk), name) for pk, name in led.values_list("pk", "name")]


def dividing_fields(known: Trialled) -> list[tuple[str, str]]:
    """The fields whose values divide cases into few groups, and are known before their end."""
    fields = entry_of(known.record_type).fields
    return [
        (name, str(field.label))
        for name, field in fields.items()
        if field.domain.kind in _DIVIDES and f"{known.record_type}.{name}" in known.known_before
    ]


@require_http_methods(["GET", "POST"])
def begin(request: ActingRequest) -> HttpResponse:
    """The form; a POST starts the trial and asks the first questions."""
    must_read(request)
    if not request.actor.may("trial.start"):
        raise Forbidden(_("A manager starts trials. Ask yours."))
    known = _chosen(request)
    if known is None:
        return render(request, "trials/new.html", {"form": None})
    form = TrialForm(request.POST or None, actor=request.actor, known=known, initial={"prediction": known.name})
    if request.method == "POST" and form.is_valid():
        try:
            trial = form.start(request.actor)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            ask_once(keep_up_trials)
            toast(request, _("The trial runs. The first questions are being drawn."))
            return redirect("trial", trial.pk)
    context = {"form": form, "known": known, "others": list(all_trialled().values())}
    return render(request, "trials/new.html", context, status=422 if form.errors else 200)


def _chosen(request: ActingRequest) -> Trialled | None:
    asked = request.POST.get("prediction") or request.GET.get("prediction", "")
    soonest = min(all_trialled().values(), key=lambda one: (one.horizon_days, one.record_type != _USUAL), default=None)
    return all_trialled().get(asked) or soonest
