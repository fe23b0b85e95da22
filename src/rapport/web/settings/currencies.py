"""Currencies: what each is worth in the base currency, so that sums can be added up."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Currency
from rapport.core.actors import current_actor
from rapport.core.clock import today
from rapport.governance.domains import Currency as CurrencyCode

from .access import needs


class RateForm(forms.Form):
    """A currency and its rate to the base currency."""

    code = forms.ChoiceField(label=_("Currency"))
    rate = forms.DecimalField(
        label=_("Rate"),
        max_digits=18,
        decimal_places=8,
        min_value=0,
        help_text=_("What one unit is worth in the base currency."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices: forms.ChoiceField = self.fields["code"]  # type: ignore[assignment]
        choices.choices = list(CurrencyCode().labels().items())


@needs("currency.change")
def currencies(request: HttpRequest) -> HttpResponse:
    """The rates in use; a POST sets one as of today."""
    known = Currency.objects.visible_to(current_actor()).order_by("-is_base", "code")
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(form):
        return redirect("settings-currencies")
    context = {"currencies": known, "form": form}
    return render(request, "settings/currencies.html", context, status=422 if form.errors else 200)


def _set(form: RateForm) -> bool:
    code, rate = form.cleaned_data["code"], form.cleaned_data["rate"]
    try:
        currency = Currency.objects.filter(code=code).first() or Currency.create(code=code)
        currency.set_rate(rate, on=today())
    except ValidationError as error:
        for messages in error.message_dict.values():
            form.add_error("rate", messages)
        return False
    return True
