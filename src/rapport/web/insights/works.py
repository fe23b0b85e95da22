"""What works: what is told, what was looked at without being told, and the cases behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.clock import now
from rapport.core.jobs import ask_once
from rapport.core.problems import Forbidden
from rapport.insights.jobs import review_what_works
from rapport.insights.works.cases import Case, cases_of
from rapport.insights.works.pattern import all_patterns
from rapport.insights.works.publishing import Comparison, Verdict
from rapport.insights.works.reading import goal_label, stories
from rapport.insights.works.reviewing import comparisons_of, newest_review
from rapport.pipeline.models import Opportunity
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .csv_files import csv_file, may_export, must_export
from .index import must_read
from .sentences import Told, interval_of, told

SHOWN_CASES = 200
_EFFECT = ("size", "low", "high", "share_with", "share_without")
_COLUMNS = ("way_of_working", "outcome", "verdict", "with_it", "without_it", *_EFFECT)


@require_GET
def works(request: ActingRequest) -> HttpResponse:
    """The newest review."""
    must_read(request)
    review = newest_review()
    comparisons = comparisons_of(review) if review else []
    goal = goal_label()
    rows = [(told(one, goal), interval_of(one)) for one in comparisons]
    context = {
        "review": review,
        "published": [row for row in rows if row[0].found.verdict == Verdict.PUBLISHED],
        "others": [row for row in rows if row[0].found.verdict != Verdict.PUBLISHED],
        "may_review": request.actor.may("insights.review"),
        "may_export": may_export(request.actor),
    }
    return render(request, "insights/works.html", context)


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """All that was looked at, told or not, as CSV."""
    must_read(request)
    must_export(request.actor)
    review = newest_review()
    return csv_file("what-works.csv", _COLUMNS, map(_exported, comparisons_of(review) if review else []))


@require_POST
def review_now(request: ActingRequest) -> HttpResponse:
    """Look again, in the background."""
    must_read(request)
    if not request.actor.may("insights.review"):
        raise Forbidden(_("You may not start this. Ask an administrator."))
    ask_once(review_what_works)
    toast(request, _("The history is being looked at again. Come back in a minute."))
    return redirect("what-works")


@require_GET
def cases(request: ActingRequest, pattern: str) -> HttpResponse:
    """The newest cases of a pattern among the opportunities one may see."""
    must_read(request)
    known = all_patterns().get(pattern)
    if known is None:
        raise Http404
    newest = Opportunity.objects.visible_to(request.actor).order_by("-opened_on", "-id")
    names = dict(newest.values_list("pk", "name")[:SHOWN_CASES])
    found = cases_of(stories(list(names)), known, now=now())
    review = newest_review()
    context = {
        "pattern": known,
        "rows": _rows(found, names),
        "told": _of_pattern(comparisons_of(review) if review else [], pattern),
    }
    return render(request, "insights/cases.html", context)


def _exported(found: Comparison) -> list[Any]:
    effect = found.effect
    figures = [round(getattr(effect, name), 4) for name in _EFFECT] if effect else [None] * len(_EFFECT)
    name = str(all_patterns()[found.pattern].advice)
    return [name, found.outcome.value, found.verdict.value, found.with_it, found.without, *figures]


@dataclass(frozen=True)
class Row:
    """One case in the list."""

    case: Case
    name: str
    state: str


def _rows(found: Sequence[Case], names: dict[Any, str]) -> list[Row]:
    newest_first = sorted(found, key=lambda case: case.landmark, reverse=True)
    return [Row(case, names[case.story.opportunity], _state(case)) for case in newest_first]


def _state(case: Case) -> str:
    if case.story.ended is None:
        return "open"
    return "won" if case.story.is_won else "lost"


def _of_pattern(comparisons: Sequence[Comparison], pattern: str) -> list[tuple[Told, str]]:
    goal = goal_label()
    return [(told(one, goal), interval_of(one)) for one in comparisons if one.pattern == pattern]
