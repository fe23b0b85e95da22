"""Which customers is this one like, by how much, how often and since when they order? Clusters, named in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..abstaining import NO_BETTER, TOO_FEW
from .outlook import Kept, Learnt, Outlook, Told

if TYPE_CHECKING:
    import numpy as np

    from ..lifetime import Purchases
    from .clusters import Clusters
    from .grouping import Grouping

_FEWEST = 60
_YEAR = 365.0
FIGURES = ("revenue", "orders", "silence", "tenure", "trend")
_WORDS = {
    "revenue": ("small", "large"),
    "orders": ("seldom", "frequent"),
    "silence": ("awake", "asleep"),
    "tenure": ("young", "long-standing"),
    "trend": ("shrinking", "growing"),
}


def _learn(_as_of: datetime) -> Learnt:
    from ..learning.learning import days_of
    from .clusters import cluster, compare, explained
    from .orders import purchases_among

    purchases = purchases_among()
    if purchases is None or len(purchases.names) < _FEWEST:
        return Learnt(len(purchases.names) if purchases else 0, problem=TOO_FEW)
    end = days_of(_as_of)
    earlier, then = figures_at(purchases, end - _YEAR)
    both = compare(figures_at(purchases, end)[1])
    found = both.taken
    if found is None or len(earlier) < _FEWEST:
        return Learnt(len(purchases.names), problem=TOO_FEW if len(earlier) < _FEWEST else NO_BETTER)
    tried = cluster(then)
    came = _revenue_of(purchases, earlier, end)
    share, by_chance = explained(tried.assign(then), came) if tried else (0.0, 1.0)
    figures = {"stability": found.stability, "explained": share, "explained_by_chance": by_chance, "k": found.k}
    problem = "" if share > by_chance else NO_BETTER
    kept = {**found.as_stored(), "names": _names(found)}
    compared = _compared(both.tried, then, came, by_chance)
    return Learnt(len(purchases.names), found.k, problem, found.name, figures, compared, kept)


def _compared(
    tried: "Sequence[Grouping]", then: "np.ndarray", came: "np.ndarray", by_chance: float
) -> list[dict[str, Any]]:
    """What each way is like now, and what those found a year ago told of the year that followed."""
    from .clusters import explained_by

    rows = [
        {
            "name": one.name,
            "explained": explained_by(one, then, came),
            "stability": one.stability,
            "smallest": one.smallest,
            "seconds": one.seconds,
        }
        for one in tried
    ]
    return [{"name": "dealt out by chance", "explained": by_chance}, *rows]


def figures_at(purchases: "Purchases", day: float) -> "tuple[np.ndarray, np.ndarray]":
    """Who had ordered by a day, and the figures of each: revenue and orders of a year, days since the last and the
    first order, and the year's revenue against the year before; shapes (customers,) and (customers, 5).
    """
    import numpy as np

    known = purchases.day <= day
    who, when, amount = purchases.customer[known], purchases.day[known], purchases.amount[known]
    size = len(purchases.names)
    lately, before = when > day - _YEAR, (when <= day - _YEAR) & (when > day - 2 * _YEAR)
    revenue = np.bincount(who[lately], weights=np.maximum(amount[lately], 0), minlength=size)
    earlier = np.bincount(who[before], weights=np.maximum(amount[before], 0), minlength=size)
    orders = np.bincount(who[lately], minlength=size).astype(float)
    last, first = np.full(size, -np.inf), np.full(size, np.inf)
    np.maximum.at(last, who, when)
    np.minimum.at(first, who, when)
    typical = max(float(revenue[revenue > 0].mean()) if (revenue > 0).any() else 1.0, 1e-9)
    trend = np.log((revenue + 0.1 * typical) / (earlier + 0.1 * typical))
    some = np.flatnonzero(np.isfinite(last))
    columns = [np.log1p(revenue), np.log1p(orders), np.log1p(day - last[some]), np.log1p(day - first[some]), trend]
    return some, np.column_stack([one if len(one) == len(some) else one[some] for one in columns])


def _revenue_of(purchases: "Purchases", customers: "np.ndarray", end: float) -> "np.ndarray":
    """The logarithm of what each brought in the year before `end`."""
    import numpy as np

    coming = (purchases.day > end - _YEAR) & (purchases.day <= end)
    amounts = np.maximum(purchases.amount[coming], 0)
    came = np.bincount(purchases.customer[coming], weights=amounts, minlength=len(purchases.names))
    return np.asarray(np.log1p(came[customers]))


def _names(found: "Clusters") -> list[str]:
    """A name each, those of the version before where a segment is still much the same."""
    from ..models import EstimatorState
    from .learning import latest, what_was_kept

    before = latest("segments")
    if before is not None and before.state == EstimatorState.LIVE:
        kept = what_was_kept(before.pk)
        return found.names_like(kept["centres"], kept["names"], _WORDS, FIGURES)
    return found.names(_WORDS, FIGURES)


def _tell(kept: Kept | None, _ids: Sequence[str] | None, as_of: datetime) -> Iterable[Told]:
    from ..learning.learning import days_of
    from .clusters import clusters_from
    from .orders import purchases_among

    purchases = purchases_among()
    if purchases is None:
        return
    some, figures = figures_at(purchases, days_of(as_of))
    places = clusters_from(kept).assign(figures).tolist() if kept else [0] * len(some)
    for code, values, place in zip(some.tolist(), figures, places, strict=True):
        name = kept["names"][place] if kept else ""
        yield _told(purchases.names[code], values, name)


def _told(customer: str, values: "np.ndarray", name: str) -> Told:
    import numpy as np

    revenue, orders, silence, tenure = (round(float(one), 2) for one in np.expm1(values[:4]))
    detail: dict[str, Any] = {"segment": name, "revenue": revenue, "orders": orders, "silence": silence}
    inputs = [round(float(one), 6) for one in values]
    return Told(customer, revenue, detail=detail | {"tenure": tenure}, inputs=inputs, shown={"segment": name})


OUTLOOK = Outlook(
    "segments",
    "organisation",
    label=_("Segment"),
    question=_("Which customers is this one like, by what, when and how much they order?"),
    horizon=_("as of today; tried on the year that followed"),
    population=_("Organisations that ordered something; drafts and cancelled orders don't count."),
    minimum=_("60 customers who had ordered a year ago, and segments that come out alike from other samples of them."),
    baseline=_("segments dealt out by chance, which must tell less of the revenue of the year that followed"),
    use=_("Giving each kind of customer the service that fits, and finding those worth more care."),
    misuse=_("Treating a person by the segment alone. Names describe what was ordered, not the people."),
    rests_on=frozenset({"order.amount", "order.ordered_on", "order.organisation"}),
    learn=_learn,
    tell=_tell,
    columns={"segment": "text"},
    waits_for_the_night=True,
)
