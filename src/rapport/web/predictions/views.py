"""What each prediction is worth: its figures, how it was chosen, its versions, and its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.problems import Forbidden, Problem
from rapport.core.texts import without_unkept
from rapport.insights.numbers_given import numbers_given
from rapport.intelligence.abstaining import TOO_FEW
from rapport.intelligence.exploring.drawing import FEWEST
from rapport.intelligence.jobs import learn_one
from rapport.intelligence.models import Estimator, Exploration
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.prediction import Prediction
from rapport.web.insights.csv_files import csv_file, may_export, must_export
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.trials.words import newest_line
from rapport.web.ui import formats
from rapport.web.ui.addresses import whole_number
from rapport.web.ui.toasts import toast

from .bench_words import (
    calibration_title,
    choice_in_words,
    chosen_title,
    drift_title,
    groups_title,
    variants_title,
)
from .left_out import features_of, left_out_in_words
from .worth import Worth, set_aside_in_words, worth_of

_VERSIONS = 12
_COMPARED = (
    *("name", "is_chosen", "rows", "positives", "roc_auc", "pr_auc", "brier", "ece", "lift20", "log_loss"),
    *("behind", "behind_error", "seconds", "size"),
)


@dataclass(frozen=True)
class Line:
    """One prediction with the version that says most of it: the live one, else the newest."""

    prediction: Prediction
    estimator: Estimator | None
    scored: int


@require_GET
def overview(request: ActingRequest) -> HttpResponse:
    """All predictions, and whether each is alive."""
    must_read(request)
    known = list(predictions().values())
    counts, telling = numbers_given().scored, Estimator.telling_most(list(predictions()))
    lines = [Line(one, telling.get(one.name), counts.get(one.name, 0)) for one in known]
    context = {
        "lines": lines,
        "exploration": Exploration.now(),
        "fewest": FEWEST,
        "may_choose": request.actor.may("exploration.choose"),
    }
    return render(request, "predictions/overview.html", context)


@require_POST
def explore(request: ActingRequest) -> HttpResponse:
    """Decide how many of a hundred records get no number."""
    share, is_on = whole_number(request.POST.get("share", "")), "on" in request.POST
    if is_on and share is None:
        raise Problem(_("Choose how many of a hundred: a whole number."))
    Exploration.choose(on=is_on, share=share or 0)
    toast(request, _("It holds from the next chances on."))
    return redirect("predictions")


@require_GET
def one(request: ActingRequest, prediction: str) -> HttpResponse:
    """The bench of one prediction."""
    must_read(request)
    known = _named(prediction)
    versions, told = _versions(known), Estimator.telling_of(known.name)
    may_promote = request.actor.may("estimator.promote")
    worth = worth_of(known, told, names_people=may_promote)
    newer = versions[0] if versions and versions[0] != told else None
    context = {
        "prediction": known,
        "features": features_of(known, told),
        "told": told,
        "reason": _(told.reason) if told and told.reason else "",
        "too_few": told is not None and told.reason == TOO_FEW,
        "figures": told.figures if told else {},
        **(_bench(told) if told else {}),
        **_titles(worth),
        "worth": worth,
        "newer": newer,
        "newer_told": _not_learned_from(known, newer, names_people=may_promote),
        "versions": versions,
        "may_promote": may_promote,
        "may_export": may_export(request.actor),
        "trial": newest_line(known.name),
    }
    return render(request, "predictions/one.html", context)


def _not_learned_from(prediction: Prediction, newer: Estimator | None, *, names_people: bool) -> list[str]:
    """What a version that was learned since leaves out: sources and features. It may wait in the shadow for months."""
    if newer is None:
        return []
    told = set_aside_in_words(newer, names_people=names_people)
    return [*told, *left_out_in_words(prediction, newer.figures)]


def _titles(worth: Worth) -> dict[str, str]:
    return {
        "variants_title": variants_title(worth.variants),
        "groups_title": groups_title(worth.groups),
        "drift_title": drift_title(worth.drift),
    }


def _bench(told: Estimator) -> dict[str, Any]:
    """Why it was chosen, and the picture of its calibration with a title that answers."""
    marks = [{"share": at, "height": 102 - at, "words": formats.percent(at / 100)} for at in (0, 50, 100)]
    return {
        "chosen_title": chosen_title(told.compared),
        "choice": choice_in_words(told.compared),
        "calibration_title": calibration_title(told.figures),
        "picture": picture_of(told.figures.get("calibration", [])),
        "marks": marks,
    }


@require_GET
def export(request: ActingRequest, prediction: str) -> HttpResponse:
    """How the ways of learning compared, as CSV: of the version that the page tells of."""
    must_read(request)
    must_export(request.actor)
    told = Estimator.telling_of(_named(prediction).name)
    rows = ([told.version, *(one.get(name) for name in _COMPARED)] for one in told.compared) if told else ()
    return csv_file(f"{prediction}.csv", ("version", *_COMPARED), rows)


@require_GET
def card(request: ActingRequest, prediction: str) -> HttpResponse:
    """The card of the version that tells most, to be printed, or with `as=text` to be handed on as Markdown."""
    must_read(request)
    known = _named(prediction)
    told = Estimator.telling_of(known.name)
    context = {
        "prediction": known,
        "features": features_of(known, told),
        "told": told,
        "reason": _(told.reason) if told and told.reason else "",
        "worth": worth_of(known, told, names_people=False),
        "not_looked_at": _not_looked_at(known),
        "exploration": Exploration.now(),
    }
    if request.GET.get("as") != "text":
        return render(request, "predictions/card.html", context)
    text = render_to_string("predictions/card_text.html", context)
    headers = {"Content-Disposition": f'attachment; filename="{known.name}.md"'}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


def _not_looked_at(prediction: Prediction) -> str:
    if any(feature.aspect for feature in prediction.features.values()):
        return _(
            "Who owns a record, names, gender, age, origin, and texts in fields you added yourselves. Other texts are"
            " read for the words of stated lists alone."
        )
    return _(
        "Who owns a record, names, gender, age, origin, texts in fields you added yourselves, and anything said in"
        " mails or notes."
    )


@require_POST
def learn_now(request: ActingRequest, prediction: str) -> HttpResponse:
    """Learn anew in the background."""
    if not request.actor.may("estimator.promote"):
        raise Forbidden(_("You may not have predictions learned. Ask a manager."))
    learn_one.defer(name=_named(prediction).name)
    toast(request, _("It is being learned; the new version appears below when it is done."))
    return redirect("prediction", prediction=prediction)


@require_POST
def promote(request: ActingRequest, estimator_id: UUID) -> HttpResponse:
    """Make a version live, or bring an earlier one back."""
    estimator: Estimator = get_object_or_404(Estimator.objects.visible_to(request.actor), pk=estimator_id)
    estimator.promote(reason=without_unkept(request.POST.get("reason", ""))[:2000])
    return _to_page_of(estimator)


@require_POST
def withdraw(request: ActingRequest, estimator_id: UUID) -> HttpResponse:
    """Show no more numbers of a version, and say why."""
    estimator: Estimator = get_object_or_404(Estimator.objects.visible_to(request.actor), pk=estimator_id)
    estimator.withdraw(reason=without_unkept(request.POST.get("reason", ""))[:2000])
    return _to_page_of(estimator)


def _to_page_of(estimator: Estimator) -> HttpResponse:
    if estimator.prediction in outlooks():
        return redirect("outlook", outlook=estimator.prediction)
    return redirect("prediction", prediction=estimator.prediction)


@dataclass(frozen=True)
class Dot:
    """A tenth of the chances in the picture of the calibration, in a square of 100 by 100."""

    x: float
    y: float
    size: float
    words: str


def picture_of(bins: Sequence[Mapping[str, Any]]) -> list[Dot]:
    """Promised to the right, come upwards; the size tells how many."""
    most = max((one["n"] for one in bins), default=1)
    words = _("promised %(promised)d%%, came %(came)d%%, %(n)d cases")
    return [
        Dot(
            round(100 * one["promised"], 1),
            round(100 - 100 * one["came"], 1),
            round(1.5 + 3 * (one["n"] / most) ** 0.5, 1),
            words % {"promised": round(100 * one["promised"]), "came": round(100 * one["came"]), "n": one["n"]},
        )
        for one in bins
    ]


def _named(name: str) -> Prediction:
    found = predictions().get(name)
    if found is None:
        raise Http404
    return found


def _versions(prediction: Prediction) -> list[Estimator]:
    found = Estimator.objects.filter(prediction=prediction.name).defer("artefact", "signature")
    return list(found.order_by("-version")[:_VERSIONS])
