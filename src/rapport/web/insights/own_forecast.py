"""One's own forecast: what stands for oneself in a period, what one expects, and how one's estimates did."""

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from rapport.catalog.queries import base_currency
from rapport.core.problems import Forbidden
from rapport.insights.forecasting.estimates import own_accuracy, own_estimate
from rapport.insights.forecasting.periods import coming_periods, period_named
from rapport.insights.forecasting.standing import RESTS_ON, standings
from rapport.insights.models import OwnEstimate
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .csv_files import csv_file, may_export, must_export
from .forecast_drill import kind_lists, won_list
from .forecast_words import in_words, period_label
from .index import must_read

OWN = [("f", "owner:is:me")]


class EstimateForm(forms.Form):
    """How much somebody expects to sell."""

    amount = forms.DecimalField(
        label=gettext_lazy("What you expect to sell"), max_digits=16, decimal_places=2, min_value=0
    )


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """One's own estimates of periods that are over, and what came, as CSV."""
    _must_see(request)
    must_export(request.actor)
    rows = [(one.period.key, one.amount, one.came) for one in own_accuracy(request.actor)]
    return csv_file("own-forecast.csv", ("period", "estimate", "came"), rows)


@require_http_methods(["GET", "HEAD", "POST"])
def own_forecast(request: ActingRequest) -> HttpResponse:
    """Own figures of a period; a POST gives an estimate."""
    _must_see(request)
    periods = coming_periods()
    asked = period_named(request.POST.get("period", request.GET.get("period", "")))
    period = asked if asked in periods else periods[0]
    form = EstimateForm(request.POST or None)
    if request.POST.get("period") and asked not in periods:
        form.add_error("amount", _("That period is over. Look at which one stands above, then say it again."))
    if request.method == "POST" and form.is_valid():
        OwnEstimate.give(period=period.key, amount=form.cleaned_data["amount"])
        toast(request, _("Your estimate is kept."))
        return redirect(f"{request.path}?period={period.key}")
    (stands,) = standings(request.actor, [period], among=Q(owner=request.actor.user_id))
    context = {
        "form": form,
        "period": period,
        "period_name": period_label(period),
        "periods": [(one.key, period_label(one)) for one in periods],
        "currency": base_currency(),
        "standing": in_words(stands),
        "drill": kind_lists(period, OWN),
        "estimate": own_estimate(request.actor, period),
        "past": [
            (period_label(one.period), won_list(one.period.start, one.period.end, OWN), one)
            for one in own_accuracy(request.actor)
        ],
        "may_give": request.actor.may("ownestimate.give"),
        "may_export": may_export(request.actor),
    }
    return render(request, "insights/own_forecast.html", context, status=422 if form.errors else 200)


def _must_see(request: ActingRequest) -> None:
    must_read(request)
    if request.actor.hidden_fields & RESTS_ON:
        raise Forbidden(_("This rests on fields of opportunities that are hidden from you. Ask an administrator."))
