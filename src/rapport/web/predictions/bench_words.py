"""The bench in sentences: why a way of learning was chosen, and whether what is promised comes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.web.ui import formats

from .algorithms import algorithm_in_words
from .worth import DriftShown, GroupShown, VariantShown


def choice_in_words(compared: Sequence[Mapping[str, Any]]) -> str:
    """Why these candidates were chosen; they stand from the simplest on. Empty where that was not kept."""
    chosen = [one for one in compared if one.get("is_chosen")]
    if not chosen or any("behind" not in one for one in compared):
        return ""
    names = algorithm_in_words(", ".join(str(one["name"]) for one in chosen))
    if len(chosen) > 1:
        return _("Chosen: the mean of %(names)s. No single way comes within half a standard error of it.") % {
            "names": names
        }
    best = min(compared, key=lambda one: float(one["behind"]))
    if best["name"] == chosen[0]["name"]:
        told = _("Chosen: %(name)s. It lost least when the choice was made; nothing simpler came near enough.")
        return (told if best is not compared[0] else _first_and_best()) % {"name": names}
    told = _("Chosen: %(name)s, the simplest that comes within half a standard error of the best, %(best)s.")
    return told % {"name": names, "best": algorithm_in_words(best["name"])}


def _first_and_best() -> str:
    return _("Chosen: %(name)s. It lost least when the choice was made, and is the simplest, too.")


def chosen_title(compared: Sequence[Mapping[str, Any]]) -> str:
    """Which way of learning was taken."""
    chosen = [str(one["name"]) for one in compared if one.get("is_chosen")]
    if not chosen:
        return _("Which way of learning is best?")
    return _("Best way of learning: %(name)s") % {"name": algorithm_in_words(", ".join(chosen))}


def groups_title(groups: Sequence[GroupShown]) -> str:
    """Whether some group got more or less than it was promised."""
    marked = sum(one.is_marked for one in groups)
    if not groups:
        return _("Is it fair to all groups?")
    if not marked:
        return _("Every group got what it was promised, chance apart")
    told = ngettext("%(n)s group got more or less than promised", "%(n)s groups got more or less than promised", marked)
    return told % {"n": formats.number(marked)}


def variants_title(variants: Sequence[VariantShown]) -> str:
    """What the smaller variant costs that gives the chances, or why none does; the whole stands first."""
    if not variants:
        return _("What does a smaller variant cost?")
    taken = next((one for one in variants[1:] if one.is_taken), None)
    if taken:
        return _("A smaller variant gives the chances and costs a loss of %(lost)s") % {"lost": taken.lost}
    if variants[1:]:
        return _("All of it gives the chances: no smaller variant is both fast and good enough")
    return _("No smaller variant was tried: it is one line already")


def drift_title(drift: Sequence[DriftShown]) -> str:
    """How much of what was looked at has moved."""
    moved = sum(one.is_alarming for one in drift)
    if not drift:
        return _("Has the world moved since?")
    if not moved:
        return _("The world is as it was learned")
    told = ngettext("%(n)s thing has moved since", "%(n)s things have moved since", moved)
    return told % {"n": formats.number(moved)}


def calibration_title(figures: Mapping[str, Any]) -> str:
    """Whether what is promised comes, with the means of both; by chance alone they differ somewhat."""
    tenths = figures.get("calibration", [])
    cases = sum(one["n"] for one in tenths)
    if not cases:
        return _("Does what is promised come?")
    promised = sum(one["n"] * one["promised"] for one in tenths) / cases
    came = sum(one["n"] * one["came"] for one in tenths) / cases
    words = {"promised": formats.percent(promised), "came": formats.percent(came)}
    if _is_by_chance(figures):
        return _("What is promised comes: %(promised)s were promised on average, %(came)s came") % words
    if words["promised"] == words["came"]:
        return _("On average as much comes as is promised, %(came)s, but not everywhere") % words
    if promised > came:
        return _("More is promised than comes: %(promised)s were promised on average, %(came)s came") % words
    return _("Less is promised than comes: %(promised)s were promised on average, %(came)s came") % words


def _is_by_chance(figures: Mapping[str, Any]) -> bool:
    error, by_chance = figures.get("ece"), figures.get("ece_by_chance")
    return error is not None and by_chance is not None and error <= by_chance
