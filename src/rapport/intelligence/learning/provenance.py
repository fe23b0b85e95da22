"""Whose word the answers are: nobody's alone may decide what is learned.

A *source* is who said how a case ended: a user, or an import, a connector or a machine under a user's name. Of many
sources none counts for more than a fifth. One whose answers turn the ranking round that all others teach, or that
always says the same where others teach something else, is set aside, and the page says so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext_noop
from sklearn.metrics import roc_auc_score

from rapport.intelligence.tabular import train
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.evaluation import auc_error
from rapport.intelligence.tabular.measures import Booleans

from ..features.sources import TEXT, pulled
from ..predictions.prediction import Prediction

if TYPE_CHECKING:
    from .past import Past

MOST_OF_ONE = 0.2
_FEWEST = 20
_MOST_ROUNDS = 30
_TURNS = 5
_SURE = 3.0
_VERY_SURE = 5.0
_MOST_ROWS = 20_000
_JUDGE = ("logistic_regression",)
TURNED = gettext_noop("its answers turn round what all others teach")
ALWAYS = gettext_noop("it always says the same where others teach something else")
_SETTLED = """
SELECT DISTINCT ON (c.record_id) c.record_id,
       CASE WHEN e.source IN ('web', 'api') THEN '' ELSE e.source || ' ' END
       || coalesce(e.on_behalf_of::text, e.actor_id::text, e.actor_name)
  FROM core_change c JOIN core_event e ON e.id = c.event_id
 WHERE c.record_type = '{record_type}' AND c.after ? 'status' {among}
 ORDER BY c.record_id, c.id DESC
"""
_NARROW_UP_TO = 20_000


@dataclass(frozen=True)
class SetAside:
    """A source that is not learned from: why, and of how many cases."""

    source: str
    cases: int
    reason: str


@dataclass(frozen=True)
class Provenance:
    """What each case counts, shape (rows,): nothing where its source was set aside."""

    weights: Floats
    sources: int
    capped: int
    set_aside: tuple[SetAside, ...]

    @property
    def counts_alike(self) -> bool:
        """Whether no source counts for less than any other."""
        return not self.capped and not self.set_aside

    def as_figures(self) -> dict[str, Any]:
        """For the page."""
        told = [{"source": one.source, "cases": one.cases, "reason": one.reason} for one in self.set_aside]
        return {"sources": self.sources, "capped": self.capped, "set_aside": told}


def sources_of(prediction: Prediction, record_ids: Sequence[str]) -> list[str]:
    """Who said how each case ended; "" where nobody says it, as when a customer just orders nothing more."""
    narrow = len(record_ids) <= _NARROW_UP_TO
    among = "AND c.record_id = ANY(%s::uuid[])" if narrow else ""
    sql = _SETTLED.replace("{record_type}", prediction.record_type).replace("{among}", among)
    found = pulled(sql, {"record_id": TEXT, "source": TEXT}, [list(record_ids)] if narrow else None)
    told = dict(zip(found["record_id"].to_pylist(), found["source"].to_pylist(), strict=True))
    return [told.get(key) or "" for key in record_ids]


def provenance_of(past: "Past", sources: Sequence[str]) -> Provenance:
    """What each case counts, given who said how it ended."""
    told = np.array(sources, dtype=object)
    aside = tuple(_contradicting(past, told))
    kept = ~np.isin(told, [one.source for one in aside]) if aside else np.ones(len(told), dtype=bool)
    weights, capped = _capped(told, kept)
    return Provenance(weights, len({source for source in sources if source}), capped, aside)


def heard(prediction: Prediction, past: "Past") -> "Past":
    """The cases whose source is not set aside: only these judge a version, as only these teach one."""
    return past.rows(np.flatnonzero(provenance_of(past, sources_of(prediction, past.record_ids)).weights))


def _capped(sources: Any, kept: Any) -> tuple[Floats, int]:
    """Each source's cases weigh less until it has a fifth of all weight at most; untouched where that can't be."""
    counts = Counter(sources[kept].tolist())
    counts.pop("", None)
    most = float(kept.sum())
    if len([source for source, cases in counts.items() if cases >= _FEWEST]) <= 1 / MOST_OF_ONE:
        return kept.astype(np.float64), 0
    unnamed = most - sum(counts.values())
    for _round in range(_MOST_ROUNDS):
        most = MOST_OF_ONE * (unnamed + sum(min(cases, most) for cases in counts.values()))
    share = {source: min(1.0, most / cases) for source, cases in counts.items()}
    weights = np.array([share.get(source, 1.0) for source in sources.tolist()]) * kept
    return weights, sum(one < 1 for one in share.values())


def _contradicting(past: "Past", sources: Any) -> list[SetAside]:
    """The sources that contradict what is learned without them; however much one brought, it teaches no more than its
    capped share. Who makes up more than half of all weight even then isn't judged: nobody knows who is right.
    """
    rows = np.arange(max(0, len(sources) - _MOST_ROWS), len(sources))
    told = sources[rows]
    weights, _count = _capped(told, np.ones(len(rows), dtype=bool))
    judged = [one for one in _by_size(told) if 2 * weights[told == one].sum() <= weights.sum()]
    found = []
    for turn in range(min(_TURNS, len(judged))):
        inside = judged[turn::_TURNS]
        is_outside = ~np.isin(told, inside)
        estimator = _learned(past, rows[is_outside], weights[is_outside])
        for source in inside if estimator else ():
            mine = rows[told == source]
            reason = _contradicts(past.yes[mine], estimator.chance(_columns(past, mine)))
            if reason:
                found.append(SetAside(source, int((sources == source).sum()), reason))
    return found


def _by_size(sources: Any) -> list[str]:
    """The sources with cases enough to be judged, the greatest first."""
    counts = Counter(sources.tolist())
    counts.pop("", None)
    return [source for source, cases in counts.most_common() if cases >= _FEWEST]


def _learned(past: "Past", rows: Any, weights: Floats) -> Any:
    if len(rows) < 2 * _FEWEST:
        return None
    estimator = train(_columns(past, rows), past.yes[rows], names=_JUDGE, care=weights)
    return estimator if estimator.learned else None


def _columns(past: "Past", rows: Any) -> list[Any]:
    return [column.rows(rows) for column in past.columns]


def _contradicts(yes: Booleans, chance: Floats) -> str:
    if 0 < yes.sum() < len(yes):
        area = float(roc_auc_score(yes, chance))
        return TURNED if area + _SURE * auc_error(area, yes) < 0.5 else ""
    spread = float(np.sqrt((chance * (1 - chance)).sum()))
    return ALWAYS if abs(float(yes.sum() - chance.sum())) > _VERY_SURE * spread else ""
