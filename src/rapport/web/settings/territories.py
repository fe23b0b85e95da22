"""Territories: drawn by country, industry, size and postal code; with a count of what lies in them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rapport.core.actors import SYSTEM, current_actor
from rapport.core.problems import Problem
from rapport.directory.territories import organisations_in
from rapport.governance.dictionary import entry_of
from rapport.governance.selection import Condition, Matched, Selection
from rapport.governance.selection.matching import match_all
from rapport.identity.models import Team, Territory, TerritoryPlace, User

from .access import needs

_UNPROCESSABLE = 422


class TerritoryForm(forms.Form):
    """A territory as an administrator draws it; empty conditions don't matter."""

    name = forms.CharField(label=_("Name"), max_length=120)
    country = forms.MultipleChoiceField(label=_("Countries"), required=False)
    industry = forms.MultipleChoiceField(label=_("Industries"), required=False)
    least = forms.IntegerField(label=_("Employees, at least"), min_value=0, required=False)
    most = forms.IntegerField(label=_("Employees, at most"), min_value=0, required=False)
    postal_code = forms.CharField(
        label=_("Address begins with"),
        max_length=40,
        required=False,
        help_text=_("Such as the first digits of a postal code, or a town."),
    )
    people = forms.MultipleChoiceField(label=_("People"), required=False, widget=forms.CheckboxSelectMultiple)
    teams = forms.MultipleChoiceField(label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple)
    may_edit = forms.BooleanField(
        label=_("Members may edit"), required=False, help_text=_("Otherwise they only see what lies in it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in ("country", "industry"):
            domain: Any = entry_of("organisation").fields[name].domain
            fields[name].choices = list(domain.labels().items())
        actor = current_actor()
        users = User.objects.visible_to(actor).filter(is_active=True).order_by("name")
        fields["people"].choices = [(str(key), name) for key, name in users.values_list("pk", "name")]
        teams = Team.objects.visible_to(actor).order_by("name").values_list("pk", "name")
        fields["teams"].choices = [(str(key), name) for key, name in teams]

    @property
    def query(self) -> str:
        """The conditions, written as the filters of a list."""
        return written(self.cleaned_data)

    @property
    def members(self) -> list[Any]:
        """People and teams as the verbs take them."""
        people = User.objects.filter(pk__in=self.cleaned_data["people"])
        teams = Team.objects.filter(pk__in=self.cleaned_data["teams"])
        return [*((user, None) for user in people), *((None, team) for team in teams)]


def written(answers: dict[str, Any]) -> str:
    """The conditions that the answers make."""
    conditions = [Condition(name, "is", tuple(answers[name])) for name in ("country", "industry") if answers[name]]
    for name, operator in (("least", "least"), ("most", "most")):
        if answers[name] is not None:
            conditions.append(Condition("employees", operator, (str(answers[name]),)))
    if answers["postal_code"]:
        conditions.append(Condition("addresses", "starts", (answers["postal_code"],)))
    return urlencode(Selection(tuple(conditions)).parameters())


def answers_of(territory: Territory) -> dict[str, Any]:
    """The way back: what to fill into the form."""
    answers: dict[str, Any] = {"name": territory.name, "may_edit": territory.may_edit}
    places = {"employees:least": "least", "employees:most": "most", "addresses:starts": "postal_code"}
    for condition in Selection.read(parse_qs(territory.query)).conditions:
        if condition.field in ("country", "industry") and condition.operator == "is":
            answers[condition.field] = list(condition.values)
        elif name := places.get(f"{condition.field}:{condition.operator}"):
            answers[name] = condition.values[0]
    members = list(territory.members.all())
    answers["people"] = [str(member.user_id) for member in members if member.user_id]
    answers["teams"] = [str(member.team_id) for member in members if member.team_id]
    return answers


@dataclass(frozen=True)
class Shown:
    """A territory with its conditions in words, its members, and how many organisations lie in it."""

    territory: Territory
    conditions: str
    members: str
    count: int


@require_GET
@needs("territory.change")
def territories(request: HttpRequest) -> HttpResponse:
    """All territories."""
    counts = dict(TerritoryPlace.objects.values_list("territory_id").annotate(Count("pk")))
    found = Territory.objects.visible_to(current_actor()).prefetch_related("members__user", "members__team")
    shown = [_shown(one, counts.get(one.pk, 0)) for one in found.order_by("name")]
    return render(request, "settings/territories.html", {"territories": shown})


def _shown(territory: Territory, count: int) -> Shown:
    groups = match_all(Selection.read(parse_qs(territory.query)), "organisation", actor=SYSTEM)
    understood = [item for group in groups for item in group if isinstance(item, Matched)]
    words = "; ".join(f"{item.field.label} {item.operator.label} {item.words}".strip() for item in understood)
    members = ", ".join(str(member.user or member.team) for member in territory.members.all())
    return Shown(territory, words, members, count)


@require_http_methods(["GET", "POST"])
@needs("territory.change")
def new(request: HttpRequest) -> HttpResponse:
    """Draw a territory; with "preview" only say how many organisations would lie in it."""
    return _form(request, None, TerritoryForm(request.POST or None))


@require_http_methods(["GET", "POST"])
@needs("territory.change")
def edit(request: HttpRequest, territory_id: UUID) -> HttpResponse:
    """Redraw a territory."""
    territory = get_object_or_404(Territory.objects.visible_to(current_actor()), pk=territory_id)
    return _form(request, territory, TerritoryForm(request.POST or None, initial=answers_of(territory)))


def _form(request: HttpRequest, territory: Territory | None, form: TerritoryForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "territory": territory}
    if request.method == "POST" and form.is_valid():
        try:
            context["count"] = organisations_in(form.query).count()
            if "preview" not in request.POST:
                _save(territory, form)
                return redirect("settings-territories")
        except (Problem, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", None) or str(refusal))
    return render(request, "settings/territory.html", context, status=_UNPROCESSABLE if form.errors else 200)


def _save(territory: Territory | None, form: TerritoryForm) -> None:
    facts = {name: form.cleaned_data[name] for name in ("name", "may_edit")}
    if territory is None:
        Territory.draw(members=form.members, query=form.query, **facts)
    else:
        territory.redraw(members=form.members, query=form.query, **facts)


@require_POST
@needs("territory.change")
def remove(request: HttpRequest, territory_id: UUID) -> HttpResponse:
    """Delete a territory; the organisations stay."""
    get_object_or_404(Territory.objects.visible_to(current_actor()), pk=territory_id).remove()
    return redirect("settings-territories")
