"""While an opportunity is entered: what went wrong in past ones like it, as far as the reader may know."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.catalog.models import Product
from rapport.catalog.queries import current_rates
from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.directory.models import Organisation
from rapport.governance.domains import ValueProblem
from rapport.governance.domains.numbers import read_number
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import latest
from rapport.intelligence.outlooks.past_deals import Facts
from rapport.intelligence.outlooks.reading import may_see
from rapport.intelligence.outlooks.risks_ahead import risks_ahead
from rapport.intelligence.scoring.action import is_stopped
from rapport.pipeline.models import Opportunity, Status
from rapport.web.middleware import ActingRequest

from .risks import risks_in_words

_LONGEST = 100


@require_GET
def ahead(request: ActingRequest) -> HttpResponse:
    """The risks by the customer, product and amount given so far; nothing while neither customer nor product is."""
    outlook = outlooks()["deal_risks"]
    facts = _facts(request) if may_see(outlook, request.actor) and not is_stopped() else None
    if facts is None or not request.actor.may("opportunity.create"):
        return HttpResponse()
    found, last = risks_ahead(facts), latest(outlook.name)
    context = {
        "outlook": outlook,
        "found": found,
        "risks": risks_in_words(Opportunity, found.risks, found.of, request.actor) if found else [],
        "past": last.cases if last else 0,
    }
    return render(request, "outlooks/ahead.html", context)


def _facts(request: ActingRequest) -> Facts | None:
    given, actor = request.GET, request.actor
    organisation: Any = _chosen(Organisation, given.get("organisation", ""), actor)
    product: Any = _chosen(Product, given.get("product", ""), actor)
    if organisation is None and product is None:
        return None
    return Facts(
        family=(product.family or None) if product else None,
        industry=(organisation.industry or None) if organisation else None,
        source=given.get("source", "").replace("\x00", "")[:_LONGEST] or None,
        amount=_amount(given.get("amount", ""), given.get("currency", "")),
        employees=organisation.employees if organisation else None,
        is_customer=bool(organisation) and _bought(organisation, actor),
    )


def _chosen(model: type[Record], key: str, actor: Actor) -> Record | None:
    try:
        return model.objects.visible_to(actor).filter(pk=UUID(key)).first()
    except ValueError:
        return None


def _amount(text: str, currency: str) -> float | None:
    try:
        amount = read_number(text[:_LONGEST])
    except ValueProblem:
        return None
    found = (
        current_rates().in_base(amount, currency) if amount is not None and abs(amount) < Decimal(10) ** 15 else None
    )
    return None if found is None else float(found)


def _bought(organisation: Organisation, actor: Actor) -> bool:
    return Opportunity.objects.visible_to(actor).filter(organisation=organisation, status=Status.WON).exists()
