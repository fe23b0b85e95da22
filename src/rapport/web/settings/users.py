"""Users: who signs in, with which role, in which team."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.actors import current_actor
from rapport.identity.models import User
from rapport.identity.models.signs_on import Proof
from rapport.web.signon.fresh import fresh_form

from .access import needs


class NewPasswordForm(forms.Form):
    """A password that an administrator hands over."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("Hand it over safely and ask the user to change it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """A good password."""
        validate_password(self.cleaned_data["password"], self.user)
        return str(self.cleaned_data["password"])


@require_GET
@needs("user.change")
def users(request: HttpRequest) -> HttpResponse:
    """All users, those who may sign in first."""
    everyone = _visible().select_related("team", "manager").order_by("-is_active", "name", "pk")
    return render(request, "settings/users.html", {"users": everyone[:500]})


@needs("user.give_password")
@fresh_form
def set_password(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give a user a new password."""
    user = get_object_or_404(_visible(), pk=user_id)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        user.give_password(form.cleaned_data["password"], proof=Proof("fresh"))
        return redirect("settings-users")
    context = {"form": form, "account": user}
    return render(request, "settings/user_password.html", context, status=422 if form.errors else 200)


@require_POST
@needs("user.change")
def switch(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Deactivate an active user, reactivate a deactivated one."""
    user = get_object_or_404(_visible(), pk=user_id)
    if user.is_active:
        user.deactivate()
    else:
        user.reactivate()
    return redirect("settings-users")


def _visible() -> "QuerySet[User]":
    return User.objects.visible_to(current_actor())
