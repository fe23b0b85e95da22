"""The pages on which own fields are added, changed, put in order, removed and brought back."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.core.editions import catch_up
from rapport.governance.dictionary import RecordTypeEntry, entries
from rapport.governance.formulas.functions import FUNCTIONS
from rapport.governance.models import OwnField
from rapport.governance.own.derived.checking import readable_fields
from rapport.governance.own.kinds import FORMULA, KINDS
from rapport.governance.own.loading import described, is_ready
from rapport.web.forms.inputs import Input
from rapport.web.places import SLUGS
from rapport.web.settings.access import needs

from .derived_preview import DERIVED_FACTS, DerivedPreview, preview_of, problem_of
from .forms import OwnFieldForm
from .uses import uses_of

_UNPROCESSABLE = 422


@require_GET
@needs("ownfield.change")
def types(request: HttpRequest) -> HttpResponse:
    """The record types that fields can be added to, with how many each has."""
    counts = Counter(_fields().values_list("for_type", flat=True))
    shown = [(entries()[name], counts[name]) for name in SLUGS]
    return render(request, "own_fields/types.html", {"types": shown})


@require_GET
@needs("ownfield.change")
def fields(request: HttpRequest, record_type: str) -> HttpResponse:
    """The own fields of one type in their order, and those that were removed."""
    entry = _entry(record_type)
    found = list(OwnField.objects.visible_to(current_actor()).filter(for_type=record_type).order_by("position", "id"))
    shown = [(own, is_ready(own), problem_of(own)) for own in found if not own.is_removed]
    removed = [own for own in found if own.is_removed]
    context = {"entry": entry, "fields": shown, "removed": removed, "kinds": KINDS.values()}
    return render(request, "own_fields/fields.html", context)


@needs("ownfield.create")
def add(request: HttpRequest, record_type: str, own_kind: str) -> HttpResponse:
    """Add a field of one kind."""
    entry = _entry(record_type)
    if own_kind not in KINDS:
        raise Http404
    form = OwnFieldForm(OwnField(for_type=record_type, kind=own_kind), request.POST or None)
    made = {"for_type": record_type, "kind": own_kind}
    if request.method == "POST" and form.is_valid() and _saved(form, lambda facts: OwnField.create(**made, **facts)):
        return redirect("settings-own-fields-of", record_type)
    context = {"form": form, "entry": entry, "kind": KINDS[own_kind], "preview": _preview(form)}
    context |= _vocabulary(form)
    return render(request, "own_fields/field.html", context, status=_UNPROCESSABLE if form.errors else 200)


@needs("ownfield.change")
def edit(request: HttpRequest, own_field_id: UUID) -> HttpResponse:
    """Change a field, and see what uses it."""
    own = _own(own_field_id)
    form = OwnFieldForm(own, request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(form, lambda facts: own.change(**facts)):
        return redirect("settings-own-fields-of", own.for_type)
    context = {"form": form, "entry": _entry(own.for_type), "own": own, "kind": own.described_kind}
    context |= _vocabulary(form)
    context |= {
        "preview": _preview(form),
        "uses": None if own.is_removed else uses_of(own, current_actor()),
    }
    return render(request, "own_fields/field.html", context, status=_UNPROCESSABLE if form.errors else 200)


@require_GET
@needs("ownfield.change")
def preview(request: HttpRequest, record_type: str, own_kind: str) -> HttpResponse:
    """The input that the form being filled in would make."""
    _entry(record_type)
    if own_kind not in KINDS:
        raise Http404
    asked = _identifier(request.GET.get("own", ""))
    known = OwnField.objects.visible_to(current_actor()).filter(pk=asked).first() if asked else None
    form = OwnFieldForm(known or OwnField(for_type=record_type, kind=own_kind), request.GET)
    return render(request, "own_fields/preview.html", {"preview": _preview(form)})


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@needs("ownfield.change")
def move(request: HttpRequest, own_field_id: UUID) -> HttpResponse:
    """Move a field one place up or down."""
    own = _own(own_field_id)
    order = list(_fields().filter(for_type=own.for_type).order_by("position", "id"))
    place = next((number for number, found in enumerate(order) if found.pk == own.pk), 0)
    target = place - 1 if request.POST.get("direction") == "up" else place + 1
    if 0 <= target < len(order):
        own.move_to(order[target].position, instead_of=order[target])
    return redirect("settings-own-fields-of", own.for_type)


@require_POST
@needs("ownfield.remove")
def remove(request: HttpRequest, own_field_id: UUID) -> HttpResponse:
    """Take a field off its records; their values are kept."""
    own = _own(own_field_id)
    own.remove()
    return redirect("settings-own-fields-of", own.for_type)


@require_POST
@needs("ownfield.restore")
def restore(request: HttpRequest, own_field_id: UUID) -> HttpResponse:
    """Bring a removed field back with its values."""
    own = _own(own_field_id)
    own.restore()
    return redirect("settings-own-fields-of", own.for_type)


def _vocabulary(form: OwnFieldForm) -> dict[str, Any]:
    """What can be written in a formula: the functions, and the fields of the type."""
    if form.own.kind != FORMULA:
        return {}
    return {"functions": FUNCTIONS.values(), "readable": readable_fields(form.own)}


@require_POST
@needs("ownfield.purge")
def purge(request: HttpRequest, own_field_id: UUID) -> HttpResponse:
    """Delete a removed field and its values for good."""
    own = _own(own_field_id)
    own.purge()
    return redirect("settings-own-fields-of", own.for_type)


def _preview(form: OwnFieldForm) -> Input | DerivedPreview | None:
    """The input as it would be, or what would be worked out; None while the form does not say enough."""
    if form.own.is_derived:
        return _derived_preview(form)
    own = OwnField(for_type=form.own.for_type, kind=form.own.kind, key="own_preview")
    facts = form.facts if form.is_bound and form.is_valid() else {}
    for name in ("label", "meaning", "target", "currency", "places", "mandatory", "choices"):
        setattr(own, name, facts.get(name, getattr(form.own, name)))
    own.label = own.label or str(form.own.described_kind.label)
    try:
        own.clean()
        return Input(described(own), None, is_mandatory=own.mandatory, prefix="preview")
    except ValidationError:
        return None


def _derived_preview(form: OwnFieldForm) -> DerivedPreview | None:
    """For the field as the form says it; what the form itself finds missing is told beside it."""
    own = OwnField(pk=form.own.pk, for_type=form.own.for_type, kind=form.own.kind, key=form.own.key)
    facts = form.facts if form.is_bound and (form.is_valid() or "formula" in form.cleaned_data) else {}
    if not facts and form.own._state.adding:
        return None
    for name in DERIVED_FACTS:
        setattr(own, name, facts.get(name, getattr(form.own, name)))
    own.label = own.label or str(form.own.described_kind.label)
    return preview_of(own, current_actor())


def _saved(form: OwnFieldForm, write: Any) -> bool:
    try:
        write(form.facts)
    except ValidationError as refusal:
        form.refuse(refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages})
        return False
    catch_up()
    return True


def _entry(record_type: str) -> RecordTypeEntry:
    if record_type not in SLUGS:
        raise Http404
    return entries()[record_type]


def _own(own_field_id: UUID) -> OwnField:
    return get_object_or_404(OwnField.objects.visible_to(current_actor()), pk=own_field_id)


def _fields() -> Any:
    return OwnField.objects.visible_to(current_actor()).filter(removed_at=None)
