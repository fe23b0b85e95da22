"""What is this customer worth to us, directly and indirectly, how close are we, and which service fits that?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from ..abstaining import TOO_FEW
from ..models import Expectation
from .outlook import Kept, Learnt, Outlook, Told

if TYPE_CHECKING:
    import numpy as np

    from ..portfolio.facts import Facts
    from ..portfolio.placing import Placed

_FEWEST = 60
_YEAR = 365.0
_SHUFFLES, _SURE, _SEED = 500, 0.95, 7
NOTHING_INDIRECT = gettext_noop(
    "Nothing tells of indirect value: no contacts, no products bought when they were new, no customers that are linked."
)
STATED, HALVES, CHANCE = "stated ranks", "halves by revenue", "dealt out by chance"


def tells_of_the_future(figures: Kept) -> bool | None:
    """Whether places of a year ago told more of the orders that followed than chance; None where it wasn't tried."""
    if "explained" not in figures:
        return None
    return bool(figures["explained"] > figures["explained_by_chance"])


def _learn(as_of: datetime) -> Learnt:
    from ..learning.learning import days_of
    from ..portfolio.facts import facts_now
    from ..portfolio.names import INDIRECT
    from ..portfolio.placing import can_be_told, placed
    from ..portfolio.signals import signals_at

    facts = facts_now()
    if facts is None:
        return Learnt(0, problem=TOO_FEW)
    end = days_of(as_of)
    (now_, today), (earlier, then) = (signals_at(facts, day) for day in (end, end - _YEAR))
    if len(now_) < _FEWEST:
        return Learnt(len(now_), problem=TOO_FEW)
    if not can_be_told(today, INDIRECT):
        return Learnt(len(now_), problem=NOTHING_INDIRECT)
    kept = {"way": STATED}
    if len(earlier) < _FEWEST:
        return Learnt(len(now_), algorithm=STATED, kept=kept)
    came = _revenue_of(facts, earlier, end)
    at_that_time = placed(then)
    compared = _compared(at_that_time, then["revenue"], came)
    explained, by_chance = (one["explained"] for one in (compared[-1], compared[0]))
    figures = {
        "explained": explained,
        "explained_by_chance": by_chance,
        "rank_of_direct": _correlation(at_that_time.direct, came),
        "rank_of_revenue": _correlation(then["revenue"], came),
        "kept_place": _kept(earlier, at_that_time, now_, placed(today)),
    }
    return Learnt(len(now_), len(earlier), "", STATED, figures, compared, kept)


def _compared(then: "Placed", revenue: "np.ndarray", came: "np.ndarray") -> list[dict[str, Any]]:
    """How much of the orders of the following year is told by chance, by revenue alone, and by the places."""
    import numpy as np

    from ..portfolio.placing import MIDDLE, ranked

    places = np.unique(np.asarray(then.places), return_inverse=True)[1]
    halves = (ranked(revenue) >= MIDDLE).astype(int)
    chance = np.random.default_rng(_SEED)
    dealt = [_explained(chance.permutation(places), came) for _round in range(_SHUFFLES)]
    return [
        {"name": CHANCE, "explained": float(np.quantile(dealt, _SURE))},
        {"name": HALVES, "explained": _explained(halves, came)},
        {"name": STATED, "explained": _explained(places, came)},
    ]


def _explained(groups: "np.ndarray", came: "np.ndarray") -> float:
    """The share of the variance that lies between the groups."""
    import numpy as np

    sizes = np.bincount(groups)
    means = np.bincount(groups, weights=came) / np.maximum(sizes, 1)
    whole = float(((came - came.mean()) ** 2).sum())
    between = float((sizes * (means - came.mean()) ** 2).sum())
    return between / whole if whole else 0.0


def _revenue_of(facts: "Facts", customers: "np.ndarray", end: float) -> "np.ndarray":
    """The logarithm of what each ordered for in the year before `end`."""
    import numpy as np

    bought = facts.purchases
    coming = (bought.day > end - _YEAR) & (bought.day <= end)
    came = np.bincount(bought.customer[coming], weights=bought.amount[coming], minlength=len(bought.names))
    return np.asarray(np.log1p(came.clip(min=0)[customers]))


def _correlation(figure: "np.ndarray", came: "np.ndarray") -> float:
    """Spearman's rank correlation; 0 where either is the same for all."""
    import numpy as np

    from ..portfolio.placing import ranked

    one, other = ranked(figure), ranked(came)
    if not (one.std() and other.std()):
        return 0.0
    correlation: float = np.corrcoef(one, other)[0, 1]
    return correlation


def _kept(earlier: "np.ndarray", then: "Placed", now_: "np.ndarray", today: "Placed") -> float:
    """The share of those who were customers both times that stand in the same place."""
    was, is_ = (
        dict(zip(earlier.tolist(), then.places, strict=True)),
        dict(zip(now_.tolist(), today.places, strict=True)),
    )
    both = was.keys() & is_.keys()
    stayed = sum(1 for one in both if was[one] == is_[one])
    return stayed / max(len(both), 1)


def _tell(_kept_: Kept | None, _ids: Sequence[str] | None, as_of: datetime) -> Iterable[Told]:
    from ..learning.learning import days_of
    from ..portfolio.facts import facts_now
    from ..portfolio.placing import placed, ranked
    from ..portfolio.signals import signals_at

    facts = facts_now()
    if facts is None:
        return
    customers, signals = signals_at(facts, days_of(as_of))
    names = [facts.purchases.names[code] for code in customers.tolist()]
    before = _places_before()
    found = placed(signals, [before.get(name, "") for name in names])
    ranks = {name: ranked(values) for name, values in signals.items()}
    services, is_high = found.services, found.high_value.tolist()
    for row, name in enumerate(names):
        figures = {one: (round(float(signals[one][row]), 2), round(float(ranks[one][row]), 1)) for one in signals}
        yield _told(name, found, row, services[row], is_high=is_high[row], figures=figures)


def _told(
    customer: str, found: "Placed", row: int, service: str, *, is_high: bool, figures: Mapping[str, tuple[float, float]]
) -> Told:
    direct, indirect, bond = (round(float(one[row]), 1) for one in (found.direct, found.indirect, found.bond))
    shown = {"portfolio_place": found.places[row], "collaboration": round(bond), "service_model": service}
    detail = {"place": found.places[row], "service": service, "direct": direct, "indirect": indirect, "bond": bond}
    signals = {name: list(both) for name, both in figures.items()}
    more: dict[str, Any] = {"high_value": is_high, "signals": signals}
    return Told(customer, direct, detail=detail | more, inputs=[one for one, _rank in figures.values()], shown=shown)


def _places_before() -> dict[str, str]:
    told = Expectation.objects.filter(outlook="portfolio", withheld="")
    return {str(key): place for key, place in told.values_list("record_id", "detail__place") if place}


OUTLOOK = Outlook(
    "portfolio",
    "organisation",
    label=_("Place in the portfolio"),
    question=_("What is this customer worth, directly and indirectly, and how close is the relationship?"),
    horizon=_("as of today; tried on the year that followed"),
    population=_(
        "Organisations that ordered something in the last two years; drafts and cancelled orders don't count."
    ),
    minimum=_("60 customers of the last two years, and something that tells of indirect value."),
    baseline=_(
        "none that it has to beat, for it describes today; tried beside it: places dealt out by chance, "
        "halves by revenue"
    ),
    use=_("Deciding how much of whose time a customer gets, and which accounts deserve the most care."),
    misuse=_("Ending a relationship by its place alone. Ranks compare with the other customers, they are no profit."),
    rests_on=frozenset(
        {
            *("order.amount", "order.ordered_on", "order.organisation", "orderline.product"),
            *("contract.starts_on", "contract.ends_on", "organisation.parent", "person.organisation"),
        }
    ),
    learn=_learn,
    tell=_tell,
    columns={"portfolio_place": "text", "collaboration": "int", "service_model": "text"},
    waits_for_the_night=True,
    is_stated=True,
)
