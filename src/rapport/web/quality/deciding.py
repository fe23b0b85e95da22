"""Deciding about findings: take the correction of one or of many, after a look at what it would do, or dismiss it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from rapport.core.problems import Forbidden
from rapport.core.several import Outcome
from rapport.quality.board.sight import findings_for, rules_for
from rapport.quality.corrections import correctable, judge_again, take
from rapport.quality.models import Dismissal, Finding
from rapport.web.middleware import ActingRequest
from rapport.web.ui.addresses import way_back, whole_number
from rapport.web.ui.toasts import toast

from .items import items_of
from .worklist import rule_or_404

MOST = 300
_UNPROCESSABLE = 422


def finding_or_404(request: ActingRequest, number: int) -> Finding:
    """An open finding that the actor may see."""
    found = findings_for(request.actor, rules_for(request.actor)).filter(pk=min(number, 2**62)).first()
    if found is None:
        raise Http404
    return found


@require_POST
def take_one(request: ActingRequest, finding_id: int) -> HttpResponse:
    """Set what one finding proposes."""
    finding = finding_or_404(request, finding_id)
    _told(request, take(_changeable(request, [finding])))
    return redirect(_back(request, finding.rule))


@require_POST
def take_several(request: ActingRequest, rule: str) -> HttpResponse:
    """Show what the corrections would change; with `confirm`, change it."""
    key, found_rule = rule, rule_or_404(request, rule)
    findings = _chosen(request, key)
    if "confirm" not in request.POST:
        items = [item for item in items_of(findings, request.actor) if item.after and item.may_change]
        chosen = [("ids", str(item.finding.pk)) for item in items]
        context = {"key": key, "rule": found_rule, "items": items, "chosen": chosen, "back": _back(request, key)}
        return render(request, "quality/take.html", context)
    _told(request, take(_changeable(request, findings)))
    return redirect(_back(request, key))


def _chosen(request: ActingRequest, key: str) -> list[Finding]:
    """The findings ticked, or with `all` as many as are taken at once."""
    found = findings_for(request.actor, {key: rule_or_404(request, key)}).filter(proposal__isnull=False)
    if request.POST.get("all") != "1":
        numbers = [whole_number(text) or 0 for text in request.POST.getlist("ids")]
        found = found.filter(pk__in=numbers)
    return correctable(found.order_by("-id")[:MOST])


def _changeable(request: ActingRequest, findings: Sequence[Finding]) -> list[Finding]:
    allowed = {item.finding.pk for item in items_of(findings, request.actor) if item.may_change}
    found = [one for one in findings if one.pk in allowed]
    if not found:
        raise Forbidden(_("There is no correction here that you may take. Ask the owner of the records."))
    return found


def _told(request: ActingRequest, outcome: Outcome) -> None:
    """Say what was done, with Undo; the reason where something was left alone."""
    text = ngettext("%(count)d correction taken.", "%(count)d corrections taken.", outcome.done) % {
        "count": outcome.done
    }
    if outcome.refusals:
        text += " " + _("%(left)d stayed as they were: %(reason)s") % {
            "left": len(outcome.refusals),
            "reason": outcome.refusals[0].reason,
        }
    undo = reverse("event-undo", args=[request.events[-1].pk]) if request.events else ""
    toast(request, text, undo=undo, bad=bool(outcome.refusals))


def _back(request: ActingRequest, key: str) -> str:
    return way_back(request, otherwise=reverse("quality-worklist", args=[key]))


@require_http_methods(["GET", "POST"])
def dismiss(request: ActingRequest, finding_id: int) -> HttpResponse:
    """Say that a finding is none, and why."""
    finding = finding_or_404(request, finding_id)
    if not request.actor.may("dismissal.create"):
        raise Forbidden(_("You may not dismiss findings. Ask your manager."))
    problem = ""
    if request.method == "POST":
        try:
            Dismissal.dismiss(finding, reason=request.POST.get("reason", "")[:300])
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            judge_again([finding])
            return redirect(_back(request, finding.rule))
    context: dict[str, Any] = {
        "finding": finding,
        "item": next(iter(items_of([finding], request.actor)), None),
        "rule": rules_for(request.actor)[finding.rule],
        "problem": problem,
        "back": _back(request, finding.rule),
    }
    return render(request, "quality/dismiss.html", context, status=_UNPROCESSABLE if problem else 200)
