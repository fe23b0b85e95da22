"""The pages on which own record types are added, changed, removed and brought back."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.core.editions import catch_up
from rapport.governance.models import OwnType
from rapport.governance.own.rights import ROLES, RightsByRole
from rapport.web.settings.access import needs

_UNPROCESSABLE = 422
_ICONS = (
    *("box", "map-pin", "award", "clipboard-list", "wrench", "truck", "building-2", "graduation-cap", "shield"),
    *("calendar", "file-text", "package", "star", "flag", "handshake", "banknote", "leaf", "briefcase"),
)
_RIGHT, _NOTHING = "right-", "nothing"
_LEVELS = (
    ("", _("as with any own type")),
    (_NOTHING, _("does not see them")),
    ("read", _("reads")),
    ("read create", _("reads and creates")),
    ("read change", _("reads and changes")),
    ("read create change", _("reads, creates and changes")),
    ("read create change remove", _("reads, creates, changes and deletes")),
)
_FACTS = ("label", "plural", "meaning", "icon", "in_navigation")


class OwnTypeForm(forms.Form):
    """A record type as an administrator describes it."""

    label = forms.CharField(label=_("Name of one"), max_length=60, help_text=_("Such as “Site visit”."))
    plural = forms.CharField(label=_("Name of several"), max_length=60, help_text=_("Such as “Site visits”."))
    meaning = forms.CharField(
        label=_("Meaning"), max_length=300, required=False, help_text=_("What such a record stands for.")
    )
    icon = forms.ChoiceField(label=_("Icon"), choices=[(name, name.replace("-", " ")) for name in _ICONS])
    in_navigation = forms.BooleanField(label=_("Show in the navigation"), required=False, initial=True)

    def __init__(self, *args: Any, rights: RightsByRole | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ROLES:
            said = (rights or {}).get(role)
            self.fields[f"{_RIGHT}{role}"] = forms.ChoiceField(
                label=role.label,
                choices=_LEVELS,
                required=False,
                initial="" if said is None else " ".join(said) or _NOTHING,
                help_text=_("What this role may do with these records.") if role is ROLES[0] else "",
            )

    @property
    def rights(self) -> RightsByRole:
        """What was said of each role."""
        chosen = {role: self.cleaned_data.get(f"{_RIGHT}{role}", "") for role in ROLES}
        return {role.value: level.replace(_NOTHING, "").split() for role, level in chosen.items() if level}


@require_GET
@needs("owntype.change")
def types(request: HttpRequest) -> HttpResponse:
    """The own types there are, and those that were removed."""
    found = list(OwnType.objects.visible_to(current_actor()).order_by("plural"))
    shown, removed = ([own for own in found if own.is_removed is is_removed] for is_removed in (False, True))
    return render(request, "own_fields/own_types.html", {"types": shown, "removed": removed})


@needs("owntype.create")
def add(request: HttpRequest) -> HttpResponse:
    """Add a type; its fields come next."""
    form = OwnTypeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        own = _written(form, lambda facts: OwnType.create(**facts))
        if own is not None:
            return redirect("settings-own-fields-of", own.key)
    return render(request, "own_fields/own_type.html", {"form": form}, status=_UNPROCESSABLE if form.errors else 200)


@needs("owntype.change")
def edit(request: HttpRequest, own_type_id: UUID) -> HttpResponse:
    """Change what a type is called and where it is shown."""
    own = _own(own_type_id)
    known = {name: getattr(own, name) for name in _FACTS}
    form = OwnTypeForm(request.POST or None, initial=known, rights=own.rights)
    if request.method == "POST" and form.is_valid() and _written(form, lambda facts: _changed(own, facts)):
        return redirect("settings-own-types")
    context = {"form": form, "own": own}
    return render(request, "own_fields/own_type.html", context, status=_UNPROCESSABLE if form.errors else 200)


@require_POST
@needs("owntype.remove")
def remove(request: HttpRequest, own_type_id: UUID) -> HttpResponse:
    """Take a type away; its records are kept."""
    _own(own_type_id).remove()
    return redirect("settings-own-types")


@require_POST
@needs("owntype.restore")
def restore(request: HttpRequest, own_type_id: UUID) -> HttpResponse:
    """Bring a removed type back with its records."""
    _own(own_type_id).restore()
    return redirect("settings-own-types")


def _written(form: OwnTypeForm, write: Any) -> OwnType | None:
    try:
        own: OwnType = write({name: form.cleaned_data[name] for name in _FACTS} | {"rights": form.rights})
    except ValidationError as refusal:
        for name, messages in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return None
    catch_up()
    return own


def _changed(own: OwnType, facts: dict[str, Any]) -> OwnType:
    own.change(**facts)
    return own


def _own(own_type_id: UUID) -> OwnType:
    return get_object_or_404(OwnType.objects.visible_to(current_actor()), pk=own_type_id)
