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
_MEASURES = ("pinball", "log_loss", "hit_rate", "mean_absolute_error", "gini", "bias")


@dataclass(frozen=True)
class Way:
    """One way with its figures, in the order of the columns."""

    name: str
    is_chosen: bool
    figures: Sequence[tuple[str | Promise, str]]


@dataclass(frozen=True)
class Tried:
    """All ways, the baseline first."""

    columns: Sequence[str | Promise]
    ways: Sequence[Way]


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
    return Tried(columns, ways)


def _name(one: Mapping[str, Any]) -> str:
    name = algorithm_in_words(one["name"])
    return str(labelled(_PARTS[one["part"]], name)) if one.get("part") in _PARTS else name


def _chosen(algorithm: str, compared: Sequence[Mapping[str, Any]]) -> set[tuple[str | None, str]]:
    """Of several parts each has its own, one after the other."""
    parts = list(dict.fromkeys(one.get("part") for one in compared))
    names = algorithm.split(", ")
    return set(zip(parts, names, strict=True)) if len(parts) == len(names) else set()
