"""The ways of learning that an outlook tried, beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.labelled import labelled
from rapport.intelligence.models import Estimator
from rapport.web.predictions.algorithms import algorithm_in_words

from .words import label_of, value_in_words

_PARTS: Mapping[str, str | Promise] = {"size": _("Size"), "kind": _("Kind")}
_MEASURES = (
    *("pinball", "log_loss", "hit_rate", "brier", "explained", "stability", "smallest"),
    *("mean_absolute_error", "gini", "bias", "seconds", "bytes"),
)
_ON_OLDER = _("The way was chosen by older cases; the figures are of the newest ones.")
_BY_NEARNESS = _("Taken is the simplest way within half a standard error of the best on older cases.")
_WHY: Mapping[str, str | Promise] = {
    "closing": _BY_NEARNESS,
    "deal_risks": _BY_NEARNESS,
    "lead_business": _BY_NEARNESS,
    "segments": _(
        "k-means is taken unless another way is more stable beyond noise; then as many segments as are stable."
    ),
    "portfolio": _("Nothing is chosen: places follow stated ranks. Chance and revenue alone stand beside them."),
    "lifetime_value": _("The blend is taken, unless another way came nearer on earlier weeks, beyond noise."),
}


@dataclass(frozen=True)
class Way:
    """One way with its figures, in the order of the columns."""

    name: str
    is_chosen: bool
    figures: Sequence[tuple[str | Promise, str]]


@dataclass(frozen=True)
class Tried:
    """All ways, the baseline first, and by which rule one is taken."""

    columns: Sequence[str | Promise]
    ways: Sequence[Way]
    why: str


def tried_in_words(estimator: Estimator) -> Tried | None:
    """What a version kept of its comparison; None where it compared nothing."""
    compared: Sequence[Mapping[str, Any]] = estimator.compared
    measures = [name for name in _MEASURES if any(one.get(name) is not None for one in compared)]
    if not measures:
        return None
    columns = [label_of(name) for name in measures]
    chosen = _chosen(estimator.algorithm, compared)
    ways = [
        Way(
            _name(one),
            (one.get("part"), one["name"]) in chosen,
            [(label, value_in_words(name, one.get(name))) for name, label in zip(measures, columns, strict=True)],
        )
        for one in compared
    ]
    return Tried(columns, ways, _why(estimator.prediction))


def _why(outlook: str) -> str:
    """Segments are chosen by what they are like now, places are stated, all others are chosen by older cases."""
    rule = str(_WHY.get(outlook, ""))
    return rule if outlook in ("segments", "portfolio") else f"{_ON_OLDER} {rule}".strip()


def _name(one: Mapping[str, Any]) -> str:
    name = algorithm_in_words(one["name"])
    return str(labelled(_PARTS[one["part"]], name)) if one.get("part") in _PARTS else name


def _chosen(algorithm: str, compared: Sequence[Mapping[str, Any]]) -> set[tuple[str | None, str]]:
    """Of several parts each has its own, one after the other."""
    parts = list(dict.fromkeys(one.get("part") for one in compared))
    names = [algorithm] if len(parts) == 1 else algorithm.split(", ")
    return set(zip(parts, names, strict=True)) if len(parts) == len(names) else set()
