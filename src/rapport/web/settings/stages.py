"""The stages of the sales process: add, edit, reorder, remove."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.governance.dictionary import entry_of
from rapport.pipeline.models import Pipeline, Stage

from .access import needs

_FORM_FIELDS = ("name", "code", "probability", "required_fields", "guidance")


class StageForm(forms.Form):
    """A stage as an administrator describes it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    code = forms.CharField(label=_("Code"), max_length=10, required=False)
    probability = forms.IntegerField(
        label=_("Usual probability in %"),
        min_value=0,
        max_value=100,
        help_text=_("How often such opportunities are won."),
    )
    required_fields = forms.MultipleChoiceField(
        label=_("Must be known to enter"), required=False, widget=forms.CheckboxSelectMultiple
    )
    guidance = forms.CharField(
        label=_("Guidance"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What to do here, and why."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = entry_of("opportunity").fields.values()
        choices: Any = self.fields["required_fields"]
        choices.choices = [(field.name, field.label) for field in described if field.form and field.name != "stage"]


@require_GET
@needs("pipeline.change")
def stages(request: HttpRequest) -> HttpResponse:
    """Every pipeline with its stages in their order."""
    visible = Pipeline.objects.visible_to(current_actor()).prefetch_related("stages").order_by("position", "name")
    fields = entry_of("opportunity").fields
    labels = {name: str(field.label) for name, field in fields.items()}
    shown = [(pipeline, [(stage, _labels(stage, labels)) for stage in pipeline.stages.all()]) for pipeline in visible]
    return render(request, "settings/stages.html", {"pipelines": shown})


@needs("pipeline.change")
def add(request: HttpRequest) -> HttpResponse:
    """Add a stage at the end of the pipeline in `?pipeline=`, or of the default one."""
    form = StageForm(request.POST or None, initial={"probability": 50})
    if request.method == "POST" and form.is_valid():
        pipeline = _pipeline(request.GET.get("pipeline", ""))
        if _saved(form, lambda facts: pipeline.add_stage(**facts)):
            return redirect("settings-stages")
    return render(request, "settings/stage.html", {"form": form}, status=422 if form.errors else 200)


@needs("pipeline.change")
def edit(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """Change a stage."""
    stage = _stage(stage_id)
    form = StageForm(request.POST or None, initial={name: getattr(stage, name) for name in _FORM_FIELDS})
    if request.method == "POST" and form.is_valid() and _saved(form, lambda facts: stage.change(**facts)):
        return redirect("settings-stages")
    return render(request, "settings/stage.html", {"form": form, "stage": stage}, status=422 if form.errors else 200)


@require_POST
@needs("pipeline.change")
def move(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """Move a stage one place up or down."""
    stage = _stage(stage_id)
    order = [found.pk for found in stage.pipeline.ordered_stages()]
    place = order.index(stage.pk)
    target = place - 1 if request.POST.get("direction") == "up" else place + 1
    if 0 <= target < len(order):
        order[place], order[target] = order[target], order[place]
        stage.pipeline.reorder_stages(order)
    return redirect("settings-stages")


@require_POST
@needs("pipeline.change")
def remove(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """Delete an empty stage."""
    _stage(stage_id).remove()
    return redirect("settings-stages")


def _saved(form: StageForm, write: Any) -> bool:
    try:
        write(form.cleaned_data)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return False
    return True


def _labels(stage: Stage, labels: dict[str, str]) -> list[str]:
    return [labels.get(name, name) for name in stage.required_fields]


def _stage(stage_id: UUID) -> Stage:
    return get_object_or_404(Stage.objects.visible_to(current_actor()).select_related("pipeline"), pk=stage_id)


def _pipeline(raw: str) -> Pipeline:
    visible = Pipeline.objects.visible_to(current_actor())
    try:
        return get_object_or_404(visible, pk=UUID(raw))
    except ValueError:
        return get_object_or_404(visible, is_default=True)
