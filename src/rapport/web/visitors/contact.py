"""The public contact form: its answers become a lead; `?campaign=` says where the visitor comes from."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.problems import Problem
from rapport.governance.dictionary import entry_of
from rapport.identity.client_address import counted_address
from rapport.leads.capture import Submission, form_token, receive
from rapport.leads.models.lead.submitting import FORM_FIELDS

_LONG = frozenset({"need"})
_ASKED = tuple(name for name in FORM_FIELDS if name != "languages")


class ContactForm(forms.Form):
    """What we ask visitors, as the dictionary names it; `more` is a trap that people neither see nor fill in."""

    more = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    campaign = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = entry_of("lead").fields
        asked = {name: described[name] for name in _ASKED}
        for name, field in asked.items():
            widget = forms.Textarea(attrs={"rows": 4}) if name in _LONG else forms.TextInput()
            self.fields[name] = forms.CharField(label=str(field.label), required=False, widget=widget, max_length=5_000)
        self.order_fields([*asked, "more", "token", "campaign"])

    def answers(self) -> dict[str, str]:
        """What the visitor typed, by field, and the language of the page."""
        typed = {name: str(self.cleaned_data.get(name) or "") for name in _ASKED}
        return {**typed, "languages": get_language() or ""}


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form; a POST makes the lead, or says what to do and keeps what was typed."""
    if request.method == "GET":
        start = {"token": form_token(), "campaign": request.GET.get("campaign", "")[:150]}
        return render(request, "visitors/contact.html", {"form": ContactForm(initial=start)})
    typed = request.POST.copy()
    form = ContactForm(typed)
    if form.is_valid() and _received(request, form, typed):
        return redirect("contact-thanks")
    return render(request, "visitors/contact.html", {"form": form}, status=422)


@login_not_required
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """What everybody reads who sent the form."""
    return render(request, "visitors/thanks.html")


def _received(request: HttpRequest, form: ContactForm, typed: QueryDict) -> bool:
    submission = Submission(
        answers=form.answers(),
        token=form.cleaned_data["token"],
        trap=form.cleaned_data["more"],
        sender=counted_address(request.META),
        campaign=form.cleaned_data["campaign"],
    )
    try:
        receive(submission)
    except Problem as problem:
        typed["token"] = form_token()
        form.add_error(None, str(problem))
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
    return not form.errors
