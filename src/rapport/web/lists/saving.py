"""Saving a list's setup as a view, and changing what was saved."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden, Problem
from rapport.identity.models import Audience, SavedView
from rapport.web.middleware import ActingRequest

from .spec import ListSpec
from .tabs import place_of
from .views import parameters_of, spec_or_404

_LONGEST_QUERY = 4000
_TOO_MANY = _("These are too many filters to save. Take some off.")


class ViewForm(forms.Form):
    """A view's name and for whom it is."""

    name = forms.CharField(label=_("Name"), max_length=80)
    audience = forms.ChoiceField(label=_("Who sees it"), choices=Audience.choices)
    is_default = forms.BooleanField(label=_("Open the list with this view"), required=False)
    position = forms.IntegerField(
        label=_("Place in the row"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=_("Small numbers come first."),
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if not actor.may("savedview.share"):
            offered = [choice for choice in Audience.choices if choice[0] != Audience.EVERYONE]
            self.fields["audience"].choices = offered  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest, record_type: str) -> HttpResponse:
    """Save the setup of the address under a name."""
    spec = spec_or_404(record_type, request.actor)
    place = place_of(spec, parameters_of(request.GET), request.actor)
    form = ViewForm(request.POST or None, actor=request.actor, initial={"audience": Audience.PRIVATE})
    if request.method == "POST" and form.is_valid():
        view = _created(form, spec, place.address.setup.query, request.actor)
        if view is not None:
            return redirect(f"{spec.path}?view={view.pk}")
    return _answer(request, form, _("Save this view"), str(place.address))


def _created(form: ViewForm, spec: ListSpec, query: str, actor: Actor) -> SavedView | None:
    """The view, or None with the form saying why not."""
    values = form.cleaned_data
    if len(query) > _LONGEST_QUERY:
        form.add_error(None, _TOO_MANY)
        return None
    try:
        view = SavedView.create(
            owner_id=actor.user_id,
            for_type=spec.record_type,
            name=values["name"],
            audience=values["audience"],
            position=values["position"] or 0,
            query=query,
        )
    except (ValidationError, Forbidden) as error:
        _explain(form, error)
        return None
    if values["is_default"]:
        view.open_first()
    return view


def _explain(form: ViewForm, error: ValidationError | Forbidden) -> None:
    if isinstance(error, Forbidden):
        form.add_error("audience", str(error))
        return
    for message in error.messages:
        form.add_error("name", message)


@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, record_type: str, view_id: UUID) -> HttpResponse:
    """Rename a view, share it, move it."""
    spec = spec_or_404(record_type, request.actor)
    view = _view_or_404(request, record_type, view_id)
    form = ViewForm(request.POST or None, actor=request.actor, initial=_initial(view))
    address = f"{spec.path}?view={view.pk}"
    if request.method == "POST" and form.is_valid() and _changed(form, view):
        return redirect(address)
    return _answer(request, form, _("Change the view"), address)


def _initial(view: SavedView) -> dict[str, object]:
    return {name: getattr(view, name) for name in ("name", "audience", "is_default", "position")}


def _changed(form: ViewForm, view: SavedView) -> bool:
    values = {**form.cleaned_data, "position": form.cleaned_data["position"] or 0}
    opens_first = values.pop("is_default")
    try:
        if opens_first and not view.is_default:
            view.open_first()
        view.change(**values, is_default=opens_first)
    except (ValidationError, Forbidden) as error:
        _explain(form, error)
        return False
    return True


@require_POST
def update(request: ActingRequest, record_type: str, view_id: UUID) -> HttpResponse:
    """Keep the present setup in the view that it started from."""
    spec = spec_or_404(record_type, request.actor)
    view = _view_or_404(request, record_type, view_id)
    query = place_of(spec, parameters_of(request.GET), request.actor).address.setup.query
    if len(query) > _LONGEST_QUERY:
        raise Problem(_TOO_MANY)
    view.change(query=query)
    return redirect(f"{spec.path}?view={view.pk}")


@require_POST
def remove(request: ActingRequest, record_type: str, view_id: UUID) -> HttpResponse:
    """Delete a view; the records stay."""
    spec = spec_or_404(record_type, request.actor)
    _view_or_404(request, record_type, view_id).remove()
    return redirect(spec.path)


def _view_or_404(request: ActingRequest, record_type: str, view_id: UUID) -> SavedView:
    views = SavedView.objects.visible_to(request.actor).filter(for_type=record_type)
    found: SavedView = get_object_or_404(views, pk=view_id)
    return found


def _answer(request: ActingRequest, form: ViewForm, title: object, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "lists/view_form.html", context, status=422 if form.errors else 200)
