"""What went wrong in past opportunities like this one, and how often."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..abstaining import NO_BETTER, TOO_FEW
from .outlook import Kept, Learnt, Outlook, Told
from .risk_ways import SIMILAR, blended
from .similar_deals import Past

if TYPE_CHECKING:
    from .past_deals import Facts, PastDeal

_FEWEST = 60
_SEEN_AT_LEAST = 3
_MOST_CASES = 12
_MOST_USUAL = 6


def _learn(_as_of: datetime) -> Learnt:
    from .past_deals import past_deals
    from .risk_trials import tried_on_newest

    deals = past_deals()
    if len(deals) < _FEWEST:
        return Learnt(len(deals), problem=TOO_FEW)
    found = tried_on_newest(deals)
    problem = "" if found.gained > 0 else NO_BETTER
    lost = sum(not deal.won for deal in deals)
    kept = {"deals": [one.as_stored() for one in deals], "ways": found.ways}
    return Learnt(len(deals), lost, problem, found.algorithm, found.figures, found.compared, kept)


def _tell(kept: Kept | None, ids: Sequence[str] | None, _as_of: datetime) -> Iterable[Told]:
    from dataclasses import astuple

    from .past_deals import deal_from, open_deals, past_deals

    asked = list(open_deals(ids))
    if not asked:
        return
    guide = Guide([deal_from(one) for one in kept["deals"]], ways_in(kept)) if kept else None
    usual = {} if guide else risks_of_all(past_deals())
    for name, facts in asked:
        yield Told(name, detail=guide.risks_for(facts) if guide else usual, inputs=astuple(facts))


def ways_in(kept: Kept) -> Kept:
    """Which ways a version uses; before there were several, the nearest."""
    ways: Kept = kept.get("ways", {SIMILAR: {}})
    return ways


def risks_of_all(deals: "Sequence[PastDeal]") -> dict[str, Any]:
    """How often each risk occurred in all past ones: what is known where the similar ones tell no more."""
    if len(deals) < _FEWEST:
        return {}
    past = Past(deals)
    found = [_risk(name, deals, past) for name in past.risks]
    lost = sum(not deal.won for deal in deals)
    return {"of": len(deals), "lost": lost, "risks": sorted(found, key=lambda one: -one["n"])[:_MOST_USUAL]}


class Guide:
    """What past ones tell of others by the ways that were taken, made once for however many are asked about."""

    def __init__(self, deals: "Sequence[PastDeal]", ways: Kept) -> None:
        self._past, self._ways = Past(deals), ways

    def risks_for(self, facts: "Facts") -> dict[str, Any]:
        """The risks seen in the most similar past ones, the likeliest first, beside how often they occur in all.

        Where another way than counting these was taken, `chance` is what it says of each.
        """
        past = self._past
        near = [past.deals[row] for row in past.nearest(facts).tolist()]
        seen = [one for one in (_risk(name, near, past) for name in past.risks) if one["n"] >= _SEEN_AT_LEAST]
        lost = sum(not deal.won for deal in near)
        if set(self._ways) != {SIMILAR}:
            told = dict(zip(past.risks, blended(self._ways, past, [facts])[0].tolist(), strict=True))
            seen = [{**one, "chance": round(told[one["risk"]], 4)} for one in seen]
        risks = sorted(seen, key=lambda one: -one.get("chance", one["n"]))
        return {"of": len(near), "lost": lost, "past": len(past.deals), "risks": risks}


def _risk(name: str, near: "Sequence[PastDeal]", past: Past) -> Mapping[str, Any]:
    with_it = [deal for deal in near if name in deal.risks]
    return {
        "risk": name,
        "n": len(with_it),
        "usual": round(past.usual(name), 4),
        "lost": sum(not deal.won for deal in with_it),
        "cases": [deal.id for deal in with_it[-_MOST_CASES:]],
    }


OUTLOOK = Outlook(
    "deal_risks",
    "opportunity",
    label=_("Risks seen in similar ones"),
    question=_("What went wrong in past opportunities most like this one, and how often?"),
    horizon=_("until it is won or lost"),
    population=_("Open opportunities, beside the 30 most similar of the newest 2,000 that were won or lost."),
    minimum=_("60 opportunities that were won or lost."),
    baseline=_("how often each risk occurred in all past opportunities"),
    use=_("Asking in time what went wrong before: the price, the decision, the silence."),
    misuse=_("Taking a frequent risk for a certain one, or leaving a risk aside because few like it had it."),
    rests_on=frozenset(
        f"opportunity.{name}"
        for name in ("amount", "product", "source", "organisation", "loss_reason", "expected_close", "closed_on")
    )
    | {"organisation.industry", "organisation.employees"},
    learn=_learn,
    tell=_tell,
)
