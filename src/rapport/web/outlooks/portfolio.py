"""The portfolio: the matrix of direct and indirect value, service models, and accounts of high value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from rapport.catalog.queries import base_currency
from rapport.directory.models import Place, ServiceModel
from rapport.insights import portfolio as figures
from rapport.insights.kept.keeping import ANEW
from rapport.insights.portfolio import kept_portfolio
from rapport.intelligence.abstaining import TOO_FEW
from rapport.intelligence.models import Estimator
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import latest
from rapport.intelligence.outlooks.outlook import Outlook
from rapport.intelligence.outlooks.reading import may_see
from rapport.web.insights.anew import bring_up_to_date, shows_what_is_awaited
from rapport.web.insights.csv_files import csv_file, may_export, must_export
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.places import list_address, record_address
from rapport.web.ui import formats

from . import signals
from .placed import caveat

_COLUMNS = ("place", "customers", "ordered_12_months", "collaboration")
_SHOWN_REASONS = 3
_SPEAKS = 80.0
_MATRIX = ((Place.NETWORKING, Place.HIGH_PERFORMING), (Place.LOW_PERFORMING, Place.SELLING))
_MEANT: Mapping[str, str | Promise] = {
    ServiceModel.PARTNER: gettext_lazy(
        "High value in both ways and a close relationship: plan together, with named people on both sides."
    ),
    ServiceModel.DIRECT: gettext_lazy("A seller of their own, who calls and visits."),
    ServiceModel.MASS: gettext_lazy("What many get alike: campaigns, web, standard offers, partners who resell."),
}


@dataclass(frozen=True)
class Part:
    """Customers of one place or service model, in words."""

    label: str
    customers: int
    share: str
    revenue: str
    of_all: str
    collaboration: str
    address: str
    meaning: str | Promise = ""


@dataclass(frozen=True)
class Account:
    """One of high value, and what puts it there."""

    name: str
    address: str
    place: str
    service: str
    direct: int
    indirect: int
    collaboration: int
    reasons: Sequence[signals.Signal]


@shows_what_is_awaited(gettext_lazy("Portfolio"))
@require_http_methods(["GET", "POST"])
def portfolio(request: ActingRequest) -> HttpResponse:
    """The matrix and the accounts; nothing for whoever may not see what it rests on. A POST brings it up to date."""
    must_read(request)
    outlook, newest = outlooks()["portfolio"], latest("portfolio")
    version = newest.version if newest else 0
    sees = may_see(outlook, request.actor)
    if request.method == "POST":
        if sees:
            bring_up_to_date(request, lambda: kept_portfolio(request.actor, version=version, oldest=ANEW).as_of)
        return redirect("portfolio")
    context: dict[str, Any] = {"outlook": outlook, "newest": newest, "may_see": sees}
    context |= {"why_not": _why_not(newest, outlook), "caveat": caveat(newest), "may_export": may_export(request.actor)}
    if sees:
        kept = kept_portfolio(request.actor, version=version, at_once=True)
        hidden = signals.hidden_from(request.actor, [one.id for one in kept.figures.accounts])
        context |= _in_words(kept.figures, hidden) | {"as_of": kept.as_of, "awaited": kept.awaited}
    return render(request, "outlooks/portfolio.html", context)


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """The four places, as CSV; none for whoever may not see what they rest on."""
    must_read(request)
    must_export(request.actor)
    newest = latest("portfolio")
    found: tuple[figures.Part, ...] = ()
    if may_see(outlooks()["portfolio"], request.actor):
        found = kept_portfolio(request.actor, version=newest.version if newest else 0).figures.places
    rows = [(str(Place(one.key).label), one.customers, round(one.revenue), round(one.collaboration)) for one in found]
    return csv_file("portfolio.csv", _COLUMNS, rows)


def _why_not(newest: Estimator | None, outlook: Outlook) -> str:
    if newest is None or newest.reason == TOO_FEW:
        return _("There is too little to learn from. It takes this: %(minimum)s") % {"minimum": outlook.minimum}
    return _(newest.reason) if newest.reason else _("None of the customers that you may see has a place.")


def _in_words(found: figures.Portfolio, hidden: signals.Hidden) -> dict[str, Any]:
    whole = (sum(one.customers for one in found.places), sum(one.revenue for one in found.places))
    places = {one.key: one for one in found.places}
    services = {one.key: one for one in found.services}
    currency = base_currency()
    return {
        "has_any": whole[0] > 0,
        "answer": _answer(places.get(Place.HIGH_PERFORMING), whole),
        "matrix": [[_part("portfolio_place", place, places, whole, currency) for place in row] for row in _MATRIX],
        "services": [_part("service_model", service, services, whole, currency) for service in ServiceModel],
        "accounts": [_account(one, currency, hidden.get(one.id, frozenset())) for one in found.accounts],
        "high_value": found.high_value,
    }


def _answer(best: figures.Part | None, whole: tuple[int, float]) -> str:
    """What the high-performing ones bring."""
    if best is None or not whole[1]:
        return _("No customer is high in both values")
    told = {"customers": formats.percent(best.customers / whole[0]), "orders": formats.percent(best.revenue / whole[1])}
    return _("High-performing customers are %(customers)s of all and order %(orders)s") % told


def _part(
    column: str,
    choice: Place | ServiceModel,
    found: Mapping[str, figures.Part],
    whole: tuple[int, float],
    currency: str,
) -> Part:
    one = found.get(choice, figures.Part(choice, 0, 0.0, 0.0))
    asked = {"f": f"{column}:is:{choice}", "cols": "portfolio_place,service_model,collaboration,lifetime_value"}
    return Part(
        str(choice.label),
        one.customers,
        formats.percent(one.customers / whole[0]) if whole[0] else "–",
        formats.money(round(one.revenue), currency),
        formats.percent(one.revenue / whole[1]) if whole[1] else "–",
        formats.number(round(one.collaboration)) if one.customers else "–",
        f"{list_address('organisation')}?{urlencode(asked)}",
        _MEANT.get(choice, ""),
    )


def _account(one: figures.Account, currency: str, hidden: frozenset[str]) -> Account:
    speaking = [signal for signal in one.signals if signal[2] >= _SPEAKS]
    return Account(
        one.name,
        record_address("organisation", one.id),
        str(Place(one.place).label),
        str(ServiceModel(one.service).label),
        round(one.direct),
        round(one.indirect),
        round(one.collaboration),
        signals.in_words(speaking[:_SHOWN_REASONS], currency, hidden),
    )
