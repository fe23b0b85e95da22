"""What the bench of a version says, in words: by time and at random, smaller variants, groups, drift, whose answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.governance.dictionary import entry_of
from rapport.identity.models import User
from rapport.intelligence.models import DriftLook, DriftOf, Estimator
from rapport.intelligence.predictions.prediction import Prediction
from rapport.oversight.models import Alarm
from rapport.web.ui import formats

from .algorithms import algorithm_in_words
from .left_out import label_of, left_out_in_words

VARIANTS = {
    "whole": gettext_lazy("All of it"),
    "distilled": gettext_lazy("Distilled into one line"),
    "pruned": gettext_lazy("A quarter of the trees"),
}
_ATTRIBUTES = {"size": gettext_lazy("Employees"), "team": gettext_lazy("Team")}
_WORTH_NAMING = 0.02
_TEAM = "team"


@dataclass(frozen=True)
class VariantShown:
    """A variant beside the whole."""

    label: str
    is_taken: bool
    size: str
    seconds: str
    loss: str
    lost: str


@dataclass(frozen=True)
class GroupShown:
    """A group of the newest cases: what was promised, what came."""

    attribute: str
    group: str
    cases: int
    promised: str
    came: str
    difference: str
    is_marked: bool


@dataclass(frozen=True)
class DriftShown:
    """One thing that was looked at, the most alarming first."""

    label: str
    told: str
    is_alarming: bool


@dataclass(frozen=True)
class Worth:
    """All of it, for the page and the card."""

    variants: Sequence[VariantShown]
    groups: Sequence[GroupShown]
    drift: Sequence[DriftShown]
    alarm: str
    level: str
    set_aside: Sequence[str]
    left_out: Sequence[str]
    explored: str
    at_random: Mapping[str, Any] | None
    then: str


def worth_of(prediction: Prediction, estimator: Estimator | None, *, names_people: bool) -> Worth:
    """What is said of a version; `names_people` where the reader may know whose answers were set aside, and by team."""
    figures: Mapping[str, Any] = estimator.figures if estimator else {}
    groups = [_group(one, prediction) for one in figures.get("groups", []) if names_people or one["attribute"] != _TEAM]
    looks = DriftLook.objects.filter(prediction=prediction.name).order_by("-is_alarming", "kind", "name")
    standing = Alarm._base_manager.filter(about=prediction.name, ended_at=None).first()
    return Worth(
        _variants(figures.get("compressed", {})),
        groups,
        [_look(one, prediction) for one in looks],
        _(standing.reason) if standing else "",
        level_in_words(estimator.level) if estimator else "",
        set_aside_in_words(estimator, names_people=names_people),
        left_out_in_words(prediction, figures),
        explored_in_words(figures.get("exploration")),
        figures.get("at_random"),
        _then(figures),
    )


def _then(figures: Mapping[str, Any]) -> str:
    """What was tried, where another way is chosen now that the newest cases are known too."""
    then, now = figures.get("members_then", []), figures.get("members", [])
    if not then or not now or set(then) == set(now):
        return ""
    told = {"then": algorithm_in_words(", ".join(then)), "now": algorithm_in_words(", ".join(now))}
    return _("Tried was what the older cases had chosen: %(then)s. With the newest known it is: %(now)s.") % told


def level_in_words(level: float) -> str:
    """What was added to the log odds since it was learned, by what it does to an even chance."""
    if abs(level) < _WORTH_NAMING:
        return ""
    even = {"even": formats.percent(1 / (1 + exp(-level)))}
    if level > 0:
        return _("More say yes lately than it had learned: an even chance is now given as %(even)s.") % even
    return _("Fewer say yes lately than it had learned: an even chance is now given as %(even)s.") % even


def size_in_words(size: int) -> str:
    """So many characters, as thousands of bytes."""
    return _("%(size)s kB") % {"size": formats.number(size / 1_000, decimals=1)}


def _variants(told: Mapping[str, Any]) -> list[VariantShown]:
    return [
        VariantShown(
            str(VARIANTS.get(one["name"], one["name"])),
            one["name"] == told["taken"],
            size_in_words(one["size"]),
            formats.number(one["seconds"], decimals=3),
            formats.number(one["loss"], decimals=4),
            _("%(lost)s ± %(error)s")
            % {
                "lost": formats.number(one["lost"], decimals=4),
                "error": formats.number(one["lost_error"], decimals=4),
            },
        )
        for one in told.get("variants", [])
    ]


def _group(one: Mapping[str, Any], prediction: Prediction) -> GroupShown:
    feature = prediction.features.get(one["attribute"])
    label = _ATTRIBUTES.get(one["attribute"]) or (feature.label if feature else one["attribute"])
    record_type, _dot, name = (feature.worded_by if feature else "").partition(".")
    group = str(entry_of(record_type).fields[name].domain.display(one["group"])) if name else one["group"]
    return GroupShown(
        str(label),
        group,
        one["cases"],
        formats.percent(one["promised"]),
        formats.percent(one["came"]),
        points(one["difference"], one["either_way"]),
        one["is_marked"],
    )


def points(difference: float, either_way: float) -> str:
    """A difference of shares in points, with how far it can be off by chance."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return _("%(points)s ± %(error)s points") % {
        "points": sign + formats.number(abs(difference) * 100, decimals=1),
        "error": formats.number(either_way * 100, decimals=1),
    }


def _look(one: DriftLook, prediction: Prediction) -> DriftShown:
    figures = one.figures
    if one.kind == DriftOf.OUTCOME:
        told = _("promised %(promised)s, came %(came)s, %(n)s cases that ended since") % {
            "promised": formats.percent(figures["promised"]),
            "came": formats.percent(figures["came"]),
            "n": formats.number(figures["cases"]),
        }
        return DriftShown(str(_("What came of it")), told, one.is_alarming)
    label = label_of(one.name, prediction)
    told = _("index %(psi)s, %(n)s newest cases") % {
        "psi": formats.number(figures["psi"], decimals=2),
        "n": formats.number(figures["cases"]),
    }
    return DriftShown(label if one.kind == DriftOf.INPUT else str(_("The chances given")), told, one.is_alarming)


def set_aside_in_words(estimator: Estimator | None, *, names_people: bool) -> list[str]:
    """The sources that a version did not learn from, and why."""
    told = estimator.figures.get("provenance", {}) if estimator else {}
    return [_aside(one, names_people=names_people) for one in told.get("set_aside", [])]


def _aside(one: Mapping[str, Any], *, names_people: bool) -> str:
    channel, _space, key = one["source"].rpartition(" ")
    name = (_name(key) if names_people else "") or _("one source")
    who = f"{name} ({channel})" if channel else name
    return _("%(who)s: %(reason)s (%(n)s cases)") % {
        "who": who,
        "reason": _(one["reason"]),
        "n": formats.number(one["cases"]),
    }


def _name(key: str) -> str:
    try:
        return User._base_manager.filter(pk=UUID(key)).values_list("name", flat=True).first() or ""
    except ValueError:
        return key


def explored_in_words(told: Mapping[str, Any] | None) -> str:
    """How those ended that were decided without a number, beside the others; empty while there are none."""
    if not told or not told["without"]:
        return ""
    if told["difference"] is None:
        return _("So far %(n)s past cases were decided without a number: too few to tell what numbers do.") % {
            "n": formats.number(told["without"])
        }
    return _(
        "Of %(n)s past cases decided without a number %(without)s ended with yes, of the others %(beside)s:"
        " %(difference)s."
    ) % {
        "n": formats.number(told["without"]),
        "without": formats.percent(told["without_yes"]),
        "beside": formats.percent(told["beside_yes"]),
        "difference": points(told["difference"], told["either_way"]),
    }
