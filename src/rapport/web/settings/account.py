"""One's own account: how one is called, language, time zone, password."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import entry_of
from rapport.governance.domains import ValueProblem
from rapport.identity.models import User
from rapport.identity.models.signs_on import Proof
from rapport.identity.models.user import OWN_FIELDS


class AccountForm(forms.Form):
    """What people may change about themselves; each field as the dictionary describes it."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(user, name) for name in OWN_FIELDS}
        super().__init__(*args, **kwargs)
        described = entry_of("user").fields
        for name in OWN_FIELDS:
            self.fields[name] = _form_field(name, described[name].label, described[name].meaning)
        self.fields["name"].required = True

    def clean(self) -> dict[str, Any]:
        """Each value as its domain reads it."""
        for name in OWN_FIELDS:
            try:
                value = entry_of("user").fields[name].domain.parse(self.cleaned_data.get(name))
                self.cleaned_data[name] = value if value is not None else ""
            except ValueProblem as problem:
                self.add_error(name, str(problem))
        return self.cleaned_data


def _form_field(name: str, label: Any, meaning: Any) -> forms.Field:
    domain = entry_of("user").fields[name].domain
    if name in ("language", "time_zone"):
        return forms.ChoiceField(label=label, help_text=meaning, choices=list(domain.labels().items()))  # type: ignore[attr-defined]
    return forms.CharField(label=label, help_text=meaning, required=False, max_length=150)


class PasswordForm(forms.Form):
    """The present password and the new one."""

    present = forms.CharField(
        label=_("Present password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        """Only who knows the present password may change it."""
        if not self.user.check_password(self.cleaned_data["present"]):
            raise ValidationError(_("That is not your present password."))
        return str(self.cleaned_data["present"])

    def clean_new(self) -> str:
        """A good password."""
        validate_password(self.cleaned_data["new"], self.user)
        return str(self.cleaned_data["new"])


def account(request: HttpRequest) -> HttpResponse:
    """Show and change one's own account."""
    user = _myself(request)
    form = AccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        user.change_own_account(**form.cleaned_data)
        response = redirect("settings-account")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    status = 422 if form.errors else 200
    return render(request, "settings/account.html", {"form": form, "account": user}, status=status)


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions end, this one goes on."""
    user = _myself(request)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        user.change_own_password(form.cleaned_data["new"], proof=Proof("password"))
        update_session_auth_hash(request, user)
        return redirect("settings-account")
    return render(request, "settings/password.html", {"form": form}, status=422 if form.errors else 200)


def _myself(request: HttpRequest) -> User:
    return get_object_or_404(User, pk=request.user.pk)
