"""Own fields of the demo company: a choice, a date, formulas, roll-ups, and "Site visits" as a type of its own."""

from datetime import timedelta
from typing import Any

from rapport.core.clock import today
from rapport.core.editions import catch_up
from rapport.directory.models import Organisation
from rapport.governance.dictionary import entry_of
from rapport.governance.models import OwnField, OwnType
from rapport.pipeline.models import Opportunity

_VISIT = "own_site_visit"
_TIERS = ("Gold", "Silver", "Bronze")
_FIELDS: tuple[dict[str, Any], ...] = (
    {"for_type": "organisation", "kind": "choice", "label": "Support tier", "choices": list(_TIERS), "in_list": True},
    {"for_type": "organisation", "kind": "date", "label": "Renewal"},
    {
        "for_type": "organisation",
        "kind": "formula",
        "label": "Days to renewal",
        "formula": "own_renewal - today()",
        "result": "number",
        "meaning": "How many days are left until the contract ends.",
    },
    {
        "for_type": "organisation",
        "kind": "rollup",
        "label": "Open business",
        "in_list": True,
        "rolled_type": "opportunity",
        "rolled_link": "organisation",
        "rolled_how": "sum",
        "rolled_field": "amount",
        "rolled_where": "status:is:open",
        "meaning": "What its open opportunities are worth together.",
    },
    {
        "for_type": "opportunity",
        "kind": "formula",
        "label": "Weighted amount",
        "formula": "round(amount * probability / 100)",
        "result": "amount",
        "meaning": "The amount as far as it can be counted on.",
    },
    {"for_type": _VISIT, "kind": "link", "label": "Site", "target": "organisation", "in_list": True},
    {"for_type": _VISIT, "kind": "date", "label": "Day", "in_list": True},
    {
        "for_type": _VISIT,
        "kind": "choice",
        "label": "Outcome",
        "in_list": True,
        "choices": ["All well", "To be repaired", "Offer wanted"],
    },
    {
        "for_type": "organisation",
        "kind": "rollup",
        "label": "Site visits",
        "rolled_type": _VISIT,
        "rolled_link": "own_site",
        "rolled_how": "count",
    },
)
_VISITS = 24


def add_own_fields() -> None:
    """Add them with some values, unless they are there; anybody may change or remove them."""
    if OwnType.objects.filter(key=_VISIT).exists():
        return
    OwnType.create(label="Site visit", plural="Site visits", icon="map-pin", meaning="Somebody of us was there.")
    catch_up()
    for facts in _FIELDS:
        OwnField.create(**facts)
        catch_up()
    _fill_organisations()
    _add_visits()


def _fill_organisations() -> None:
    customers = Opportunity.objects.filter(status="won").values("organisation")
    found = list(Organisation.objects.filter(pk__in=customers).order_by("name", "pk"))
    for place, tier in enumerate(_TIERS):
        keys = [organisation.pk for organisation in found[place :: len(_TIERS)]]
        if keys:
            renewal = today() + timedelta(days=45 + 90 * place)
            Organisation.change_several(keys, own_support_tier=tier.lower(), own_renewal=renewal)


def _add_visits() -> None:
    visits = entry_of(_VISIT).model
    outcomes = ("all_well", "all_well", "to_be_repaired", "offer_wanted")
    sites = Organisation.objects.exclude(owner=None).select_related("owner").order_by("name", "pk")
    for number, site in enumerate(sites[:_VISITS]):
        day = today() - timedelta(days=5 * number + 1)
        facts = {"own_site": site, "own_day": day, "own_outcome": outcomes[number % len(outcomes)]}
        visits.create(name=f"{site.name}, {day:%B %Y}"[:200], owner=site.owner, **facts)
