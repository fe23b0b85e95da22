"""Pages of signing on."""

from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

import structlog
from allauth.account.internal.flows.login import perform_password_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.i18n import set_language as django_set_language

from rapport.core.actors import SYSTEM, acting_as
from rapport.identity.models import SignOnProvider, User
from rapport.identity.roles import Role
from rapport.web.signon.forms import FirstUserForm, SignOnForm
from rapport.web.signon.throttle import Guess, account_mark, guess
from rapport.web.signon.waiting import waiting_sentence
from rapport.web.ui.toasts import toast

log = structlog.get_logger("rapport.signon")

set_language = login_not_required(django_set_language)


@method_decorator(login_not_required, name="dispatch")
class SignOn(LoginView):
    """The log-in page; before anybody exists it leads to the page of the first user."""

    template_name = "pages/login.html"
    form_class = SignOnForm
    redirect_authenticated_user = True
    attempt: Guess

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody can log in where nobody has a password."""
        return redirect("first-user") if _nobody_yet() else super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        """Count the attempt, then look at the password."""
        self.attempt = guess(request, request.POST.get("username", "")[:254], kind="password")
        wait = self.attempt.begin()
        return too_many(request, wait) if wait else super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the sign-on providers on offer."""
        return super().get_context_data(
            providers=SignOnProvider.objects.filter(is_active=True).order_by("name"), **kwargs
        )

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, and leave a trace of the attempt that names nobody."""
        log.info("sign-in refused", account=account_mark(form.data.get("username", "")))
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        """The password is right: on to the second step, or in."""
        self.attempt.was_right()
        user = form.get_user()
        login_under_way = Login(user=user, redirect_url=self.get_success_url())
        response: HttpResponse = perform_password_login(self.request, {"email": user.email}, login_under_way)
        return response


@login_not_required
def first_user(request: HttpRequest) -> HttpResponse:
    """Makes the administrator of an empty installation, once."""
    if not _nobody_yet():
        return redirect(settings.LOGIN_URL)
    form = FirstUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = _make_first_user(form.cleaned_data)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, user, method="password")
        toast(request, _("Welcome, %(name)s. You are the administrator.") % {"name": user.name})
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "pages/first_user.html", {"form": form}, status=422 if form.errors else 200)


class LogOut(LogoutView):
    """Signing off; the browser forgets what our pages kept in it."""

    next_page = "log-in"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Cookies stay, or the next log-in would be from an unknown device."""
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response


def too_many(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """Too many wrong attempts: when to try again, and how to get in nevertheless."""
    log.warning("guessing slowed", account=account_mark(request.POST.get("username", "")), wait=wait.total_seconds())
    return render(request, "pages/locked_out.html", {"sentence": waiting_sentence(wait)}, status=429)


def _nobody_yet() -> bool:
    with acting_as(SYSTEM):
        return not User.objects.exclude(password="").exists()


def _make_first_user(answers: dict[str, Any]) -> User:
    zone = answers["time_zone"] if answers["time_zone"] in available_timezones() else settings.TIME_ZONE
    with acting_as(SYSTEM), transaction.atomic():
        user = User.create(
            name=answers["name"],
            email=answers["email"],
            role=Role.ADMINISTRATOR,
            language=get_language() or settings.LANGUAGE_CODE,
            time_zone=zone,
        )
        user.choose_password(answers["password"])
    return user
