"""Figures of a trial in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.web.predictions.worth import size_in_words
from rapport.web.ui import formats


@dataclass(frozen=True)
class Figure:
    """A figure with its name."""

    label: str | Promise
    value: str


_LABELS: Mapping[str, tuple[str | Promise, str]] = {
    "mean_absolute_error": (_("Mean error"), "number"),
    "gini": (_("Order of customers (1 is perfect, 0 is chance)"), "share"),
    "bias": (_("Error of the total"), "percent"),
    "pinball": (_("Loss over all levels (less is better)"), "share"),
    "pinball_of_baseline": (_("The same of the baseline"), "share"),
    "size pinball": (_("Size: loss over all levels (less is better)"), "share"),
    "size pinball_of_baseline": (_("The same of the baseline"), "share"),
    "size coverage": (_("Size: inside the interval meant for 80 of 100"), "percent"),
    "kind log_loss": (_("Kind: logarithmic loss (less is better)"), "share"),
    "kind log_loss_of_baseline": (_("The same of the baseline"), "share"),
    "k": (_("Segments"), "number"),
    "stability": (_("Stability (1: other samples give the same segments)"), "share"),
    "explained": (_("Share of the next year's orders that groups tell"), "share"),
    "explained_by_chance": (_("The same of the baseline"), "share"),
    "rank_of_direct": (_("Order by direct value beside the orders that came (1 is perfect, 0 is chance)"), "share"),
    "rank_of_revenue": (_("The same by revenue alone"), "share"),
    "kept_place": (_("Customers still in the place of a year ago"), "percent"),
    "hit_rate": (_("Customers who bought one of ten offered"), "percent"),
    "hit_rate_of_baseline": (_("The same of the baseline"), "percent"),
    "brier": (_("Squared error of all risks together"), "share"),
    "brier_of_baseline": (_("The same of the baseline"), "share"),
    "coverage": (_("Inside the interval meant for 80 of 100"), "percent"),
    "buying_error": (_("Calibration error of the chance to order"), "share"),
}


_OF_ONE_WAY: Mapping[str, tuple[str | Promise, str]] = {
    **_LABELS,
    "log_loss": (_("Logarithmic loss (less is better)"), "share"),
    "smallest": (_("Smallest segment"), "percent"),
    "seconds": (_("Seconds"), "seconds"),
    "bytes": (_("Size"), "bytes"),
}


def label_of(name: str) -> str | Promise:
    """What a figure of one way of learning is called."""
    return _OF_ONE_WAY[name][0]


def value_in_words(name: str, value: float | None) -> str:
    """Such a figure; a dash where there is none."""
    return "–" if value is None else _WRITERS[_OF_ONE_WAY[name][1]](value)


def figures_told(figures: Mapping[str, Any]) -> list[str]:
    """Which of those figures have a name, in its order."""
    return [name for name in _LABELS if figures.get(name) is not None]


def figures_in_words(figures: Mapping[str, Any]) -> list[Figure]:
    """Those figures that have a name, in its order."""
    return [
        Figure(label, _WRITERS[how](figures[name]) + _between(figures, name))
        for name, (label, how) in ((name, _LABELS[name]) for name in figures_told(figures))
    ]


def _between(figures: Mapping[str, Any], name: str) -> str:
    """How sure a share is, where that is known."""
    ends = [figures.get(f"{name}_{end}") for end in ("low", "high")]
    if None in ends:
        return ""
    low, high = (formats.percent(end) for end in ends if end is not None)
    return " " + gettext("(%(low)s to %(high)s)") % {"low": low, "high": high}


_WRITERS = {
    "number": lambda value: formats.number(round(value)),
    "share": lambda value: formats.number(value, decimals=3),
    "percent": lambda value: formats.percent(value, decimals=0),
    "seconds": lambda value: formats.number(value, decimals=2),
    "bytes": lambda value: size_in_words(int(value)),
}
