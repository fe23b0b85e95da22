"""A forgotten password: ask for a link, open it, choose a new password."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.actors import acting_as
from rapport.identity.actors import actor_for
from rapport.identity.client_address import counted_address
from rapport.identity.guessing import Counter, Limit, attempted
from rapport.identity.models import User
from rapport.identity.models.signs_on import Proof
from rapport.web.ui.toasts import toast

from .devices import remember_device
from .jobs import mail_reset_link
from .mails import base_address

_PER_MAILBOX = Limit("reset-mailbox", free=3, wait=timedelta(minutes=15), longest=timedelta(hours=1))
_PER_SENDER = Limit("reset-sender", free=20, wait=timedelta(minutes=5), longest=timedelta(hours=1))


class AskForm(forms.Form):
    """Whose password."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class NewPasswordForm(forms.Form):
    """A new password; `user` is whoever the link was made for."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts()[1:2])

    def clean_password(self) -> str:
        """A good password."""
        validate_password(self.cleaned_data["password"], self.user)
        return str(self.cleaned_data["password"])

    def save(self) -> User:
        """Set it, in the name of whoever opened the link."""
        with acting_as(actor_for(self.user, source="reset")):
            self.user.reset_own_password(self.cleaned_data["password"], proof=Proof("reset link"))
        return self.user


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether the address is known or not."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        counters = [Counter(_PER_MAILBOX, (email,)), Counter(_PER_SENDER, (counted_address(request.META),))]
        if attempted(counters) is None:
            mail_reset_link.defer(email=email, base=base_address(request))
        return redirect("reset-sent")
    context = {"form": form, "is_mailed": settings.MAIL_IS_SENT}
    return render(request, "pages/reset_ask.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """What everybody reads who asked."""
    minutes = settings.PASSWORD_RESET_TIMEOUT // 60
    return render(request, "pages/reset_sent.html", {"minutes": minutes, "is_mailed": settings.MAIL_IS_SENT})


@method_decorator([login_not_required, never_cache], name="dispatch")
class NewPassword(PasswordResetConfirmView):
    """The page behind the link; the token goes into the session at once, so that no referrer tells it."""

    template_name = "pages/reset_password.html"
    form_class = NewPasswordForm  # type: ignore[assignment]  # Django's asks twice; ours doesn't
    success_url = reverse_lazy("log-in")

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password and lead to the log-in, where a second factor is still asked for."""
        answer = super().form_valid(form)
        remember_device(self.request, answer, form.user.email or "")
        toast(self.request, _("Your new password holds. Log in with it."))
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong."""
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer
