"""What to offer a customer next: what those who bought the same bought then, in the order that foresaw it best."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..abstaining import NO_BETTER, TOO_FEW
from .outlook import Kept, Learnt, Outlook, Told

if TYPE_CHECKING:
    from .bought import Bought

_MOST = 3
_ENDS_WITHIN = 180
_ENDING = """
SELECT id, organisation_id FROM orders_contract
 WHERE status IN ('active', 'notice_given') AND ends_on BETWEEN current_date AND current_date + %(days)s
 ORDER BY ends_on
"""


def _learn(_as_of: datetime) -> Learnt:
    from ..baskets import NothingToLearn, evaluate
    from ..baskets.evaluation import Verdict
    from .bought import all_bought

    bought = None
    try:
        bought = all_bought()
        tried = evaluate(bought.purchases) if bought else None
    except NothingToLearn:
        tried = None
    if bought is None or tried is None:
        return Learnt(len(bought.purchases.customers) if bought else 0, problem=TOO_FEW)
    problem = "" if tried.verdict is Verdict.USABLE else NO_BETTER
    compared = [{"name": name, "hit_rate": rate} for name, rate in tried.hit_rates.items()]
    figures = {"hit_rate": tried.hit_rate, "hit_rate_of_baseline": tried.hit_rates["popularity"], "tried": tried.cases}
    kept = {"algorithm": tried.algorithm}
    return Learnt(len(bought.purchases.customers), tried.cases, problem, tried.algorithm, figures, compared, kept)


def _tell(kept: Kept | None, _ids: Sequence[str] | None, _as_of: datetime) -> Iterable[Told]:
    from ..baskets import NothingToLearn
    from .bought import all_bought

    ending = _ending()
    try:
        bought = all_bought()
    except NothingToLearn:
        bought = None
    names = _names() if bought else {}
    offers = _offers(bought, kept, names) if bought else {}
    for customer in sorted({*offers, *ending}):
        yield _told(customer, offers.get(customer, []), ending.get(customer, []), names)


def _told(customer: str, offers: Sequence[dict[str, Any]], ending: Sequence[str], names: dict[str, str]) -> Told:
    from .bought import wilson

    detail = {"offers": offers, "ending": {"cases": ending}}
    first = next((one for one in offers if one["of"]), None)
    if not first:
        return Told(customer, detail=detail, shown={"next_offer": names[offers[0]["item"]]} if offers else {})
    low, high = wilson(first["n"], first["of"])
    shown = {"next_offer": names[offers[0]["item"]]}
    return Told(customer, round(first["n"] / first["of"], 4), round(low, 4), round(high, 4), detail=detail, shown=shown)


def _offers(bought: "Bought", kept: Kept | None, names: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Up to three of each customer; without a version only those with a reason, as rules."""
    ranked = _ranked(bought, kept["algorithm"]) if kept else _by_rules(bought)
    found: dict[str, list[dict[str, Any]]] = {}
    for customer, items in ranked.items():
        offered = [item for item in items if item in names][:_MOST]
        found[customer] = [_reasoned(bought, customer, item) for item in offered]
    return found


def _reasoned(bought: "Bought", customer: str, item: str) -> dict[str, Any]:
    reason = bought.best_reason(bought.held(customer), item)
    usual = round(float(bought.usual[bought.purchases.items.index(item)]), 4)
    if reason is None:
        return {"item": item, "usual": usual, "because": "", "n": 0, "of": 0, "cases": []}
    because, one = reason
    return {
        "item": item,
        "usual": usual,
        "because": because,
        "n": one.n,
        "of": one.of,
        "cases": [case for case in one.cases if case != customer],
    }


def _ranked(bought: "Bought", algorithm: str) -> dict[str, list[str]]:
    from ..baskets import offers_for

    found: dict[str, list[str]] = {}
    for offer in offers_for(bought.purchases, algorithm):
        found.setdefault(offer.customer, []).append(offer.item)
    return found


def _by_rules(bought: "Bought") -> dict[str, list[str]]:
    """What goes with something that a customer has more often than by chance, the surest first."""
    from ..baskets import rules_of

    rules = rules_of(bought.purchases)
    found = {}
    for customer in bought.purchases.customers:
        held = set(bought.held(customer))
        offered = [rule.then for rule in rules if rule.first in held and rule.then not in held]
        offered += [rule.first for rule in rules if rule.then in held and rule.first not in held]
        found[customer] = list(dict.fromkeys(offered))
    return found


def _names() -> dict[str, str]:
    """The products that are offered."""
    from rapport.catalog.models import Product

    return {str(key): name for key, name in Product._base_manager.filter(is_active=True).values_list("pk", "name")}


def _ending() -> dict[str, list[str]]:
    """The contracts of each customer that end within half a year."""
    from django.db import connection

    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ENDING, {"days": _ENDS_WITHIN})
        for contract, customer in cursor.fetchall():
            found.setdefault(str(customer), []).append(str(contract))
    return found


OUTLOOK = Outlook(
    "next_offer",
    "organisation",
    label=_("Next offer"),
    question=_("What will this customer buy next that they don't have yet?"),
    horizon=_("the newest tenth of the time that purchases reach over, at least a week"),
    population=_("Organisations that bought a product, by an order or a won opportunity, or whose contract ends soon."),
    minimum=_("50 orders of three products, and 30 customers who lately bought something new to them."),
    baseline=_("offering to everybody what sells best"),
    use=_("Having something to talk about at the next visit, with the reason at hand."),
    misuse=_("Sending the same to hundreds. It knows nothing of need: ask before you offer."),
    rests_on=frozenset(
        {"orderline.product", "order.organisation", "order.ordered_on", "opportunity.product", "opportunity.status"}
    ),
    learn=_learn,
    tell=_tell,
    columns={"next_offer": "text"},
    waits_for_the_night=True,
)
