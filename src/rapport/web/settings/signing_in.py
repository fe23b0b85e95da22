"""How the company signs in: its own sign-on providers, and which roles need a second factor."""

from typing import Any
from uuid import UUID

import httpx
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.core.outbound_addresses import check_url
from rapport.core.problems import Problem
from rapport.identity.models import SecondFactorRule, SignOnProvider, Team
from rapport.identity.roles import Role
from rapport.web.signon.fresh import fresh, fresh_form
from rapport.web.signon.openid import discover
from rapport.web.signon.provider_views import return_address
from rapport.web.ui.toasts import toast

from .access import needs


class RuleForm(forms.Form):
    """A role and the day from which it needs a second factor."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    since = forms.DateField(
        label=gettext_lazy("Required from"),
        help_text=gettext_lazy("Until then people are only reminded when they sign in."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class ProviderForm(forms.Form):
    """A sign-on provider; an empty secret leaves the stored one as it is."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, help_text=gettext_lazy("What its button on the log-in page says.")
    )
    issuer = forms.CharField(
        label=gettext_lazy("Address of the provider"),
        max_length=300,
        help_text=gettext_lazy("Its issuer, such as https://login.company.com/realms/main."),
    )
    client_id = forms.CharField(label=gettext_lazy("Client id"), max_length=300)
    secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Kept encrypted and never shown again. Leave it empty to keep the present one."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    domains = forms.CharField(
        label=gettext_lazy("Mail domains"),
        max_length=500,
        help_text=gettext_lazy("Whose addresses it may sign in, separated by commas: company.com, company.fr."),
    )
    creates_users = forms.BooleanField(label=gettext_lazy("Make users of unknown people"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Their role"), choices=Role.choices, initial=Role.READ_ONLY)
    team = forms.ModelChoiceField(label=gettext_lazy("Their team"), queryset=Team.objects.none(), required=False)
    asks_second_factor = forms.BooleanField(label=gettext_lazy("Asks for a second factor itself"), required=False)
    is_active = forms.BooleanField(label=gettext_lazy("Offer it on the log-in page"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: forms.ModelChoiceField[Team] = self.fields["team"]  # type: ignore[assignment]
        team.queryset = Team.objects.visible_to(current_actor()).order_by("name")

    def clean_issuer(self) -> str:
        """An address that we may ask."""
        try:
            return check_url(self.cleaned_data["issuer"].strip())
        except Problem as problem:
            raise ValidationError(str(problem)) from None

    def facts(self) -> dict[str, Any]:
        """What is stored."""
        facts = {key: value for key, value in self.cleaned_data.items() if key != "secret"}
        if self.cleaned_data["secret"]:
            facts["sealed_secret"] = SignOnProvider.seal(self.cleaned_data["secret"])
        return facts


@require_GET
@needs("signonprovider.change")
def signing_in(request: HttpRequest) -> HttpResponse:
    """Providers, and rules about second factors."""
    actor = current_actor()
    context = {
        "providers": SignOnProvider.objects.visible_to(actor).order_by("name"),
        "rules": SecondFactorRule.objects.visible_to(actor).order_by("role"),
        "form": RuleForm(),
        "return_address": return_address(request),
    }
    return render(request, "settings/signing_in.html", context)


@require_POST
@needs("secondfactorrule.change")
@fresh
def set_rule(request: HttpRequest) -> HttpResponse:
    """Ask a second factor of a role from a day on."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        raise Problem(_("Choose a role and a day."))
    known = SecondFactorRule.objects.filter(role=form.cleaned_data["role"]).first()
    if known:
        known.change(since=form.cleaned_data["since"])
    else:
        SecondFactorRule.create(**form.cleaned_data)
    return redirect("settings-signing-in")


@require_POST
@needs("secondfactorrule.change")
@fresh
def remove_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Ask no second factor of a role any more."""
    get_object_or_404(SecondFactorRule, pk=rule_id).remove()
    return redirect("settings-signing-in")


@needs("signonprovider.change")
@fresh_form
def new_provider(request: HttpRequest) -> HttpResponse:
    """Set up a provider."""
    form = ProviderForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _stored(form, None):
        return redirect("settings-signing-in")
    return _form(request, form)


@needs("signonprovider.change")
@fresh_form
def edit_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Change a provider."""
    provider = get_object_or_404(SignOnProvider, pk=provider_id)
    known = {name: getattr(provider, name) for name in ProviderForm.base_fields if name != "secret"}
    form = ProviderForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and _stored(form, provider):
        return redirect("settings-signing-in")
    return _form(request, form, provider)


@require_POST
@needs("signonprovider.remove")
@fresh
def remove_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Sign nobody in through it any more."""
    get_object_or_404(SignOnProvider, pk=provider_id).remove()
    return redirect("settings-signing-in")


@require_POST
@needs("signonprovider.change")
def try_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Ask the provider for its description, and say what came of it."""
    provider = get_object_or_404(SignOnProvider, pk=provider_id)
    try:
        discover(provider.issuer)
    except (Problem, httpx.HTTPError) as problem:
        toast(request, str(problem), bad=True)
    else:
        toast(request, _("“%(name)s” answers as it should.") % {"name": provider.name})
    return redirect("settings-signing-in")


def _stored(form: ProviderForm, provider: SignOnProvider | None) -> bool:
    try:
        if provider:
            provider.change(**form.facts())
        else:
            SignOnProvider.create(**form.facts())
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
    return not form.errors


def _form(request: HttpRequest, form: ProviderForm, provider: SignOnProvider | None = None) -> HttpResponse:
    context = {"form": form, "provider": provider, "return_address": return_address(request)}
    return render(request, "settings/sign_on_provider.html", context, status=422 if form.errors else 200)
