"""What went wrong in past opportunities like this one, and how often."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..abstaining import NO_BETTER, TOO_FEW
from .outlook import Kept, Learnt, Outlook, Told

if TYPE_CHECKING:
    import numpy as np

    from .past_deals import Facts, PastDeal

_FEWEST = 60
_NEAREST = 30
_NEWEST = 0.3
_PRIOR = 10.0
_SEEN_AT_LEAST = 3
_MOST_CASES = 12
_MOST_USUAL = 6
_WORDS = ("family", "industry", "source", "is_customer")
_NUMBERS = ("amount", "employees")


def _learn(_as_of: datetime) -> Learnt:
    from .past_deals import past_deals

    deals = past_deals()
    if len(deals) < _FEWEST:
        return Learnt(len(deals), problem=TOO_FEW)
    border = deals[len(deals) - int(_NEWEST * len(deals))].ended
    older = [deal for deal in deals if deal.ended < border]
    newest = [deal for deal in deals if deal.ended >= border and deal.began]
    gained, figures = _tried(older, newest)
    problem = "" if gained > 0 and older else NO_BETTER
    lost = sum(not deal.won for deal in deals)
    return Learnt(len(deals), lost, problem, "nearest 30", figures, (), {"deals": [one.as_stored() for one in deals]})


def _tried(older: "Sequence[PastDeal]", newest: "Sequence[PastDeal]") -> tuple[float, dict[str, Any]]:
    """How much squared error all risks together lose when the nearest tell them instead of all; and the figures."""
    import numpy as np

    names = sorted({risk for deal in older for risk in deal.risks})
    came = np.array([[name in deal.risks for name in names] for deal in newest], dtype=float)
    held = np.array([[name in deal.risks for name in names] for deal in older], dtype=float)
    usual = held.mean(axis=0)
    past = _Past(older)
    near = [past.nearest(deal.facts) for deal in newest]
    shares = np.array([(held[rows].sum(axis=0) + _PRIOR * usual) / (len(rows) + _PRIOR) for rows in near])
    error, before = float(((came - shares) ** 2).sum(axis=1).mean()), float(((came - usual) ** 2).sum(axis=1).mean())
    return before - error, {"brier": error, "brier_of_baseline": before, "tried": len(newest)}


class _Past:
    """Past ones as arrays, made once for however many are compared with them."""

    def __init__(self, deals: "Sequence[PastDeal]") -> None:
        import numpy as np

        self.deals = deals
        self._words = {name: np.array([getattr(one.facts, name) for one in deals], dtype=object) for name in _WORDS}
        self._numbers = {name: _logs([getattr(one.facts, name) for one in deals]) for name in _NUMBERS}
        self._counts = Counter(risk for one in deals for risk in set(one.risks))

    def usual(self, risk: str) -> float:
        """The share of all in which a risk occurred."""
        return self._counts[risk] / len(self.deals)

    def nearest(self, facts: "Facts") -> "np.ndarray":
        """The places of the most similar: words that differ count one, numbers by how many spreads they lie apart."""
        import numpy as np

        distance = np.zeros(len(self.deals))
        for name, others in self._words.items():
            mine = getattr(facts, name)
            distance += (others != mine) if mine is not None else 0.5
        for name, logs in self._numbers.items():
            distance += _apart(logs, getattr(facts, name))
        return np.argsort(distance, kind="stable")[:_NEAREST]


def _logs(numbers: Sequence[float | None]) -> "tuple[np.ndarray, float]":
    """Their logarithms, and how far these spread."""
    import numpy as np

    logs = np.log1p(np.array([np.nan if one is None else max(one, 0) for one in numbers], dtype=float))
    return logs, max(float(np.nanstd(logs)), 1e-6) if not np.isnan(logs).all() else 1.0


def _apart(others: "tuple[np.ndarray, float]", mine: float | None) -> "np.ndarray":
    import numpy as np

    logs, spread = others
    if mine is None:
        return np.full(len(logs), 0.5)
    return np.asarray(np.nan_to_num(np.minimum(np.abs(logs - np.log1p(max(mine, 0))) / spread, 2.0), nan=0.5))


def _tell(kept: Kept | None, ids: Sequence[str] | None, _as_of: datetime) -> Iterable[Told]:
    from dataclasses import astuple

    from .past_deals import deal_from, open_deals, past_deals

    asked = list(open_deals(ids))
    if not asked:
        return
    deals = [deal_from(one) for one in kept["deals"]] if kept else past_deals()
    usual, past = {} if kept else risks_of_all(deals), _Past(deals)
    for name, facts in asked:
        yield Told(name, detail=_risks_for(past, facts) if kept else usual, inputs=astuple(facts))


def risks_of_all(deals: "Sequence[PastDeal]") -> dict[str, Any]:
    """How often each risk occurred in all past ones: what is known where the similar ones tell no more."""
    if len(deals) < _FEWEST:
        return {}
    past = _Past(deals)
    found = [_risk(name, deals, past) for name in sorted({risk for deal in deals for risk in deal.risks})]
    lost = sum(not deal.won for deal in deals)
    return {"of": len(deals), "lost": lost, "risks": sorted(found, key=lambda one: -one["n"])[:_MOST_USUAL]}


def risks_for(deals: "Sequence[PastDeal]", facts: "Facts") -> dict[str, Any]:
    """The risks seen in the most similar past ones, the most frequent first, beside how often they occur in all."""
    return _risks_for(_Past(deals), facts)


def _risks_for(past: _Past, facts: "Facts") -> dict[str, Any]:
    near = [past.deals[row] for row in past.nearest(facts).tolist()]
    found = [_risk(name, near, past) for name in sorted({risk for deal in near for risk in deal.risks})]
    seen = [one for one in found if one["n"] >= _SEEN_AT_LEAST]
    lost = sum(not deal.won for deal in near)
    return {"of": len(near), "lost": lost, "past": len(past.deals), "risks": sorted(seen, key=lambda one: -one["n"])}


def _risk(name: str, near: "Sequence[PastDeal]", past: _Past) -> Mapping[str, Any]:
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
