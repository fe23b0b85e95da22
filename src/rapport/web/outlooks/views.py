"""What each outlook is worth: its question, its figures on the newest cases, and its versions."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.labelled import labelled
from rapport.core.problems import Forbidden
from rapport.governance.dictionary import entry_of
from rapport.insights.numbers_given import numbers_given
from rapport.intelligence.jobs import learn_outlook
from rapport.intelligence.models import Estimator, EstimatorState
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import latest
from rapport.intelligence.outlooks.outlook import Outlook
from rapport.web.insights.csv_files import csv_file, may_export, must_export
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .duels import duel_in_words
from .tried import tried_in_words
from .words import Figure, figures_in_words, figures_told

_VERSIONS = 12


@dataclass(frozen=True)
class Line:
    """One outlook with its newest version, and of how many records it tells something."""

    outlook: Outlook
    estimator: Estimator | None
    told: int


@require_GET
def overview(request: ActingRequest) -> HttpResponse:
    """All outlooks, and whether each is alive."""
    must_read(request)
    counts, at_work = numbers_given().told, _all_at_work()
    lines = [Line(one, at_work.get(one.name), counts.get(one.name, 0)) for one in outlooks().values()]
    return render(request, "outlooks/overview.html", {"lines": lines})


@require_GET
def one(request: ActingRequest, outlook: str) -> HttpResponse:
    """One outlook: what it is for, what it is worth, and its versions."""
    must_read(request)
    known = _named(outlook)
    every = Estimator.objects.filter(prediction=known.name).annotate(is_kept=~Q(artefact=""))
    versions = every.defer("artefact", "signature").order_by("-version")
    newest = _at_work(known)
    context = {
        "outlook": known,
        "newest": newest,
        "duel": duel_in_words(known),
        "reason": _(newest.reason) if newest and newest.reason else "",
        "figures": figures_in_words(newest.figures) if newest else list[Figure](),
        "tried": tried_in_words(newest) if newest else None,
        "size": every.filter(pk=newest.pk).values_list(Length("artefact"), flat=True).first() if newest else None,
        "versions": versions[:_VERSIONS],
        "looks_at": _fields(known),
        "may_learn": request.actor.may("estimator.promote"),
        "may_export": may_export(request.actor),
    }
    return render(request, "outlooks/one.html", context)


@require_GET
def export(request: ActingRequest, outlook: str) -> HttpResponse:
    """Its figures on the newest cases, as CSV."""
    must_read(request)
    must_export(request.actor)
    newest = _at_work(_named(outlook))
    rows = [(name, newest.version, newest.figures[name]) for name in figures_told(newest.figures)] if newest else []
    return csv_file(f"{outlook}.csv", ("figure", "version", "value"), rows)


@require_POST
def learn_now(request: ActingRequest, outlook: str) -> HttpResponse:
    """Learn anew in the background."""
    if not request.actor.may("estimator.promote"):
        raise Forbidden(_("You may not have predictions learned. Ask a manager."))
    learn_outlook.defer(name=_named(outlook).name)
    toast(request, _("It is being learned; the new version appears below when it is done."))
    return redirect("outlook", outlook=outlook)


def _named(name: str) -> Outlook:
    found = outlooks().get(name)
    if found is None:
        raise Http404
    return found


def _all_at_work() -> dict[str, Estimator]:
    """Of each outlook the version that is live, else the newest; with one question."""
    versions = Estimator._base_manager.filter(prediction__in=list(outlooks())).defer("artefact", "signature")
    live_first = versions.annotate(is_live=Q(state=EstimatorState.LIVE)).order_by("prediction", "-is_live", "-version")
    return {one.prediction: one for one in live_first.distinct("prediction")}


def _at_work(outlook: Outlook) -> Estimator | None:
    """The version that is live, else the newest."""
    return Estimator.live_of(outlook.name) or latest(outlook.name)


def _fields(outlook: Outlook) -> list[str]:
    """What it looks at, in the words of the dictionary."""
    found = []
    for name in sorted(outlook.rests_on):
        record_type, _dot, field = name.partition(".")
        entry = entry_of(record_type)
        found.append(labelled(entry.label, entry.fields[field].label))
    return found
