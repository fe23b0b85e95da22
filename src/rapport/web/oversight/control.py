"""AI control: the stop switch, and how far each action goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rapport.core.problems import Problem
from rapport.core.texts import without_unkept
from rapport.governance.dictionary import PersonalData
from rapport.identity.models import Team
from rapport.identity.roles import Role
from rapport.oversight.actions import Action, Level, action_named, actions
from rapport.oversight.drilling import NAME as DRILL
from rapport.oversight.models import Alarm, AutonomyLevel, MachineRun, RunState, StopDrill, StopSwitch
from rapport.oversight.own_answers import is_asked_first
from rapport.oversight.stopping import INSTANCE, action_key
from rapport.oversight.trust import Record, record_of, records_of
from rapport.web.middleware import ActingRequest
from rapport.web.settings.access import needs
from rapport.web.ui.addresses import way_back
from rapport.web.ui.toasts import toast

from .attention import plants_are_on
from .scopes import key_of, name_of, scopes


@dataclass(frozen=True)
class Row:
    """One action of the table: its level everywhere, levels for parts of it, how it did, and what that advises."""

    action: Action
    level: Level
    parts: Sequence[tuple[str, AutonomyLevel, Level]]
    record: Record
    is_stopped: bool

    @property
    def advice(self) -> str:
        """A word where the record speaks for another level."""
        if self.record.severe or self.record.last_corrected > 0.5:
            return _("Many corrections: think of lowering it.")
        if self.level is Level.DRAFT and self.action.maximum > Level.DRAFT and self.record.allows_raising:
            return _("Its record allows a higher level.")
        return ""


@require_GET
def overview(request: ActingRequest) -> HttpResponse:
    """The switch and the table; whoever is signed in may look."""
    pulled = {one.key: one for one in StopSwitch.objects.filter(is_pulled=True).select_related("changed_by")}
    chosen = list(AutonomyLevel.objects.select_related("team", "chosen_by").order_by("pk"))
    others = [(name_of(key, request.actor), switch) for key, switch in pulled.items() if key != INSTANCE]
    context = {
        "rows": _rows(chosen, pulled),
        "switch": pulled.get(INSTANCE),
        "others": others,
        "levels": [(level, level.label, level.meaning) for level in Level],
        "running": MachineRun.objects.filter(state=RunState.RUNNING).count(),
        "may_stop": request.actor.may("stopswitch.pull"),
        "may_release": request.actor.may("stopswitch.release"),
        "may_choose": request.actor.may("autonomylevel.choose"),
        "plants": plants_are_on(),
        "asks_first": is_asked_first(),
        "drill": StopDrill.objects.order_by("-started_at").first(),
        "alarms": Alarm.objects.filter(ended_at=None).order_by("rung_at"),
        "scopes": scopes() if request.actor.may("stopswitch.pull") else [],
    }
    return render(request, "oversight/control.html", context)


def _rows(chosen: Sequence[AutonomyLevel], pulled: Collection[str]) -> list[Row]:
    known = [action for action in actions() if action.name != DRILL]
    records = records_of([action.name for action in known])
    return [_row(one, [level for level in chosen if level.action == one.name], records, pulled) for one in known]


def _row(
    action: Action, chosen: Sequence[AutonomyLevel], records: Mapping[str, Record], pulled: Collection[str]
) -> Row:
    whole = next((one for one in chosen if not _part(one)), None)
    parts = [(_part(one), one, Level(one.level)) for one in chosen if _part(one)]
    level = Level(whole.level) if whole else action.default
    return Row(action, level, parts, records[action.name], is_stopped=action_key(action.name) in pulled)


def _part(chosen: AutonomyLevel) -> str:
    """For what part of an action a level holds; empty for the whole."""
    parts = [
        chosen.team.name if chosen.team else "",
        str(Role(chosen.role).label) if chosen.role else "",
        PersonalData(chosen.sensitivity).label if chosen.sensitivity else "",
        _("from %(share)d%% on") % {"share": round(chosen.from_confidence * 100)} if chosen.from_confidence else "",
    ]
    return ", ".join(filter(None, parts))


@require_POST
def stop(request: ActingRequest) -> HttpResponse:
    """Pull the switch; when this answers, nothing more is committed."""
    key = key_of(request.actor, request.POST.get("key", INSTANCE))
    StopSwitch.pull(key=key, reason=without_unkept(request.POST.get("reason", ""))[:2000])
    if request.POST.get("next"):
        told = {"what": name_of(key, request.actor)}
        toast(request, _("Stopped: %(what)s. Under AI control an administrator lets machines go on.") % told)
        return redirect(way_back(request))
    return redirect("ai-control")


@require_POST
def release(request: ActingRequest) -> HttpResponse:
    """Let machines go on, with a reason."""
    switch: StopSwitch = get_object_or_404(StopSwitch.objects.all(), key=request.POST.get("key", INSTANCE))
    switch.release(reason=without_unkept(request.POST.get("reason", ""))[:2000])
    return redirect("ai-control")


class LevelForm(forms.Form):
    """How far, for which part, and why."""

    level = forms.TypedChoiceField(label=gettext_lazy("Level"), coerce=int)
    team: Any = forms.ModelChoiceField(label=gettext_lazy("Team"), queryset=None, required=False, empty_label="")
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    sensitivity = forms.ChoiceField(label=gettext_lazy("Class of field"), required=False)
    from_confidence = forms.FloatField(
        label=gettext_lazy("From confidence"), required=False, min_value=0, max_value=1, initial=0
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, widget=forms.Textarea, max_length=2000)

    def __init__(self, action: Action, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked: Any = self.fields
        asked["level"].choices = [(int(one), one.label) for one in Level if one <= action.maximum]
        asked["team"].queryset = Team.objects.order_by("name")
        asked["role"].choices = [("", ""), *Role.choices]
        asked["sensitivity"].choices = [("", ""), *((one.value, one.label) for one in PersonalData)]

    def clean_from_confidence(self) -> float:
        """Nothing means from zero on."""
        return self.cleaned_data.get("from_confidence") or 0.0


@require_http_methods(["GET", "POST"])
@needs("autonomylevel.choose")
def level(request: ActingRequest, action_name: str) -> HttpResponse:
    """The form that chooses a level; what stands against it is told in the form."""
    action = action_named(action_name)
    if action is None or action.name == DRILL:
        raise Http404
    whole = AutonomyLevel.objects.filter(
        action=action.name, team=None, role="", sensitivity="", from_confidence=0
    ).first()
    now_at = whole.level if whole else int(action.default)
    form = LevelForm(action, request.POST or None, initial={"level": now_at})
    if request.method == "POST" and form.is_valid() and _chosen(form, action):
        return redirect("ai-control")
    context = {"form": form, "action": action, "record": record_of(action.name)}
    return render(request, "oversight/level.html", context, status=422 if form.errors else 200)


def _chosen(form: LevelForm, action: Action) -> bool:
    try:
        AutonomyLevel.choose(action=action.name, **form.cleaned_data)
    except (Problem, ValidationError) as refusal:
        form.add_error(None, refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
        return False
    return True
