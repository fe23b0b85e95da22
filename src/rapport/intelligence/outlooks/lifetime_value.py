"""What will a customer order in the coming year? BG/NBD and Gamma-Gamma, trees that correct them, or both together."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..abstaining import NO_BETTER, TOO_FEW
from .outlook import Kept, Learnt, Outlook, Told, number_or_none

if TYPE_CHECKING:
    import numpy as np

    from ..lifetime import Evaluation, Foreseen
    from ..lifetime.evaluation import Choice

_WEEKS = 52.0
_LEVEL = 80


def _learn(_as_of: datetime) -> Learnt:
    from ..lifetime import NothingToLearn, evaluate, foresee
    from ..lifetime.evaluation import choice_at
    from ..lifetime.telling import costs_of
    from .orders import purchases_among

    purchases = purchases_among()
    if purchases is None:
        return Learnt(0, problem=TOO_FEW)
    try:
        tried = evaluate(purchases, _WEEKS)
    except NothingToLearn:
        return Learnt(len(purchases.names), problem=TOO_FEW)
    bought = int(tried.foreseen.view.known.buys(purchases, purchases.end).sum())
    problem = _problem(tried, bought)
    choice = choice_at(purchases, purchases.end, _WEEKS)
    kept = {} if problem else _kept(foresee(purchases, purchases.end, _WEEKS), choice)
    costs = costs_of(tried.foreseen)
    compared = [{"name": name, **asdict(figures), **costs.get(name, {})} for name, figures in tried.compared.items()]
    figures = {**asdict(tried.overall), **_coverage(tried), "buying_error": tried.buying_error}
    return Learnt(tried.customers, bought, problem, tried.choice.algorithm, figures, compared, kept)


def _coverage(tried: "Evaluation") -> Kept:
    from .quantities import coverage_of

    share = tried.coverage.get(_LEVEL)
    return {} if share is None else coverage_of(share, tried.customers)


def _problem(tried: "Evaluation", bought: int) -> str:
    """Empty where it foresaw the last year better than going on as in the past, by more than a standard error."""
    import numpy as np

    from ..lifetime.evaluation import Verdict
    from ..lifetime.foreseeing import NAIVE

    if tried.verdict is Verdict.NO_SIGNAL:
        return TOO_FEW if "too few" in tried.reason else NO_BETTER
    expected, naive = tried.choice.expected(tried.foreseen), tried.foreseen.by_algorithm[NAIVE]
    gained = np.abs(naive - tried.came) - np.abs(expected - tried.came)
    return "" if gained.mean() > gained.std() / np.sqrt(len(gained)) else NO_BETTER


def _kept(foreseen: "Foreseen", choice: "Choice") -> Kept:
    from ..lifetime.telling import foreseen_as_stored

    return {
        **foreseen_as_stored(foreseen),
        "algorithm": choice.algorithm,
        "spread": [asdict(group) for group in choice.spread.groups] if choice.spread else [],
        "buys": asdict(choice.buys),
    }


def _tell(kept: Kept | None, ids: Sequence[str] | None, _as_of: datetime) -> Iterable[Told]:
    from rapport.core.clock import today

    from ..lifetime.purchases import histories_at
    from .orders import purchases_among

    purchases = purchases_among(None if ids is None else list(ids))
    if purchases is None:
        return []
    cut = float(today().toordinal() - _EPOCH + 1)
    known = histories_at(purchases, cut)
    names = [purchases.names[code] for code in known.customer.tolist()]
    if kept is None:
        return [Told(name) for name in names]
    return _from_inputs(kept, names, _inputs(kept, known))


_EPOCH = 719_163  # 1 January 1970 as Python counts days


def _inputs(kept: Kept, known: Any) -> "np.ndarray":
    """Repeats, recency, age, mean amount, and by how many times each learned way corrects; shape (customers, 4 +)."""
    import numpy as np

    from ..lifetime.telling import stored_times

    return np.column_stack([known.repeats, known.recency, known.age, known.spent, *stored_times(kept, known, _WEEKS)])


def _from_inputs(kept: Kept, names: Sequence[str], inputs: "np.ndarray") -> Iterable[Told]:
    found = worked_out(kept, inputs)
    for place, name in enumerate(names):
        value = round(float(found.expected[place]), 2)
        yield Told(
            name,
            value,
            number_or_none(found.low[place]),
            number_or_none(found.high[place]),
            detail={"buys": round(float(found.buys[place]), 4), "typical": round(float(found.typical[place]), 2)},
            inputs=inputs[place].tolist(),
            shown={"lifetime_value": value},
        )


@dataclass(frozen=True)
class WorkedOut:
    """Revenue expected and its interval, what half of such customers stay below, and the chance of any order; shape
    (rows,) each."""

    expected: "np.ndarray"
    low: "np.ndarray"
    high: "np.ndarray"
    typical: "np.ndarray"
    buys: "np.ndarray"


def worked_out(kept: Kept, inputs: "np.ndarray") -> WorkedOut:
    """From what is stored, shape (rows, 4 + learned ways)."""
    import numpy as np

    from rapport.intelligence.tabular.calibration import Calibration

    from ..lifetime.evaluation import Choice, typical_of
    from ..lifetime.intervals import Group, Spread
    from ..lifetime.telling import foreseen_from

    foreseen = foreseen_from(kept, _histories(inputs), list(inputs[:, 4:].T), _WEEKS)
    groups = tuple(Group(**{**one, **_by_level(one)}) for one in kept["spread"])
    choice = Choice(kept["algorithm"], Spread(groups) if groups else None, Calibration(**kept["buys"]))
    expected = np.maximum(choice.expected(foreseen), 0)
    buys = choice.chance_of_buying(foreseen)
    typical = np.maximum(typical_of(choice, expected), 0)
    if choice.spread is None:
        unknown = np.full(len(expected), np.nan)
        return WorkedOut(expected, unknown, unknown, typical, buys)
    interval = choice.spread.interval(expected, _LEVEL)
    return WorkedOut(expected, np.maximum(interval.low, 0), interval.high, typical, buys)


def _by_level(group: Kept) -> dict[str, dict[int, float]]:
    return {end: {int(level): float(share) for level, share in group[end].items()} for end in ("low", "high")}


def _histories(inputs: "np.ndarray") -> Any:
    import numpy as np

    from ..lifetime.purchases import Histories, Purchases

    none = np.empty(0)
    past = Purchases(np.empty(0, dtype=np.intp), none, none, none, (), 0)
    return Histories(0.0, np.arange(len(inputs)), inputs[:, 0], inputs[:, 1], inputs[:, 2], inputs[:, 3], past)


OUTLOOK = Outlook(
    "lifetime_value",
    "organisation",
    label=_("Expected orders, 12 months"),
    question=_("For how much will this customer order in the coming 12 months?"),
    horizon=_("52 weeks from today"),
    population=_("Organisations that ordered something; drafts and cancelled orders don't count."),
    minimum=_("Two years of orders, 50 customers who had ordered a year ago, and 20 of them who ordered again since."),
    baseline=_("that each goes on ordering as much a week as since the first order"),
    use=_("Deciding how much care a customer is worth, and seeing which ones are worth more than they seem."),
    misuse=_("Promising it as turnover of a single customer: the interval is wide. Serving small customers badly."),
    rests_on=frozenset({"order.amount", "order.ordered_on", "order.organisation"}),
    learn=_learn,
    tell=_tell,
    columns={"lifetime_value": "numeric"},
)
