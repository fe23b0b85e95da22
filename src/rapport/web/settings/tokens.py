"""API tokens: the keys with which programs act for somebody; made, shown once, listed and revoked here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rapport.core.actors import current_actor
from rapport.core.clock import now
from rapport.governance.dictionary import entries
from rapport.identity.models import ApiToken
from rapport.identity.models.api_token import READING, WRITING
from rapport.web.signon.fresh import fresh_answers

_SHOWN = 500


@dataclass(frozen=True)
class ShownToken:
    """A token as the page lists it."""

    token: ApiToken
    may: str
    state: str
    used_at: datetime | None


class TokenForm(forms.Form):
    """What a new token is for, what it may do and for how long."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What the token is for."))
    access = forms.ChoiceField(
        label=_("May do"),
        choices=[("read", _("read what I may read")), ("write", _("read and change what I may"))],
        help_text=_("Never more than you may yourself."),
    )
    types = forms.MultipleChoiceField(
        label=_("Only these record types"), required=False, help_text=_("All of them, if none is chosen.")
    )
    days = forms.ChoiceField(
        label=_("Valid for"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("one year")), ("", _("until it is revoked"))],
        initial="90",
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices: forms.MultipleChoiceField = self.fields["types"]  # type: ignore[assignment]
        choices.choices = [(key, str(entry.plural)) for key, entry in entries().items() if entry.importable]

    @property
    def scopes(self) -> Sequence[str]:
        """What the answers mean as permissions."""
        is_writing, types = self.cleaned_data["access"] == "write", self.cleaned_data["types"]
        if not types:
            return WRITING if is_writing else READING
        return [f"{record_type}.{'*' if is_writing else 'read'}" for record_type in types]

    @property
    def expires_at(self) -> datetime | None:
        """When it ends; None for never."""
        days = self.cleaned_data["days"]
        return now() + timedelta(days=int(days)) if days else None


@never_cache
@require_http_methods(["GET", "POST"])
@fresh_answers
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens one may see; a POST makes one and shows its key this once."""
    form, made = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        name, scopes, until = form.cleaned_data["name"], form.scopes, form.expires_at
        made, form = ApiToken.issue(name=name, scopes=scopes, expires_at=until), TokenForm()
    rows = _visible().select_related("user", "use").order_by("-created_at", "pk")
    shown = [_shown(token) for token in rows[:_SHOWN]]
    context = {"form": form, "made": made, "tokens": shown}
    return render(request, "settings/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a token for good."""
    get_object_or_404(_visible(), pk=token_id).revoke()
    return redirect("settings-tokens")


def _visible() -> QuerySet[ApiToken]:
    return cast("QuerySet[ApiToken]", ApiToken.objects.visible_to(current_actor()))


def _shown(token: ApiToken) -> ShownToken:
    use = getattr(token, "use", None)
    return ShownToken(token, _in_words(token.scopes), _state(token), use.used_at if use else None)


def _state(token: ApiToken) -> str:
    if token.revoked_at:
        return gettext("revoked")
    return "" if token.is_valid else gettext("ended")


def _in_words(scopes: Sequence[str]) -> str:
    """Scopes as a person says them."""
    known = {"*": gettext("read and change"), "*.read": gettext("read")}
    return ", ".join(known.get(scope) or _of_type(scope) for scope in scopes)


def _of_type(scope: str) -> str:
    record_type, _dot, action = scope.partition(".")
    entry = entries().get(record_type)
    label = str(entry.plural) if entry else record_type
    words = {"*": gettext("read and change %(type)s"), "read": gettext("read %(type)s")}
    return words[action] % {"type": label} if action in words else scope
