"""The worklist of a rule: the records it found, with what it proposes."""

from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.quality.board.figures import Asked
from rapport.quality.board.sight import findings_for, rules_for, tallies_for
from rapport.quality.board.sources import source_of
from rapport.quality.models import Finding
from rapport.quality.ruling import Rule
from rapport.web.middleware import ActingRequest
from rapport.web.ui.addresses import whole_number

from .asking import asked_of, choices_for, query_of
from .board import must_read
from .items import items_of

PAGE = 50


def rule_or_404(request: ActingRequest, key: str) -> Rule:
    """The rule of this key, if the actor may hear of it."""
    must_read(request)
    rule = rules_for(request.actor).get(key)
    if rule is None:
        raise Http404
    return rule


@require_GET
def worklist(request: ActingRequest, rule: str) -> HttpResponse:
    """A page of findings, the newest first."""
    key, found_rule = rule, rule_or_404(request, rule)
    asked = asked_of(request.GET)
    found = _narrowed(findings_for(request.actor, {key: found_rule}), asked).order_by("-id")
    if before := whole_number(request.GET.get("before", "")):
        found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    items = items_of(page[:PAGE], request.actor)
    tallies: Any = tallies_for(request.actor, {key: found_rule}).filter(asked.condition())
    context = {
        "key": key,
        "rule": found_rule,
        "items": items,
        "count": tallies.aggregate(total=Sum("open"))["total"] or 0,
        "next": page[PAGE - 1].pk if len(page) > PAGE else "",
        "can_take": any(item.after and item.may_change for item in items),
        "asked": asked,
        "query": query_of(asked),
        "choices": [one for one in choices_for(request.actor, asked) if one.name in ("team", "owner", "source")],
    }
    return render(request, "quality/worklist.html", context)


def _narrowed(found: Any, asked: Asked) -> Any:
    found = found.filter(asked.condition())
    if asked.source:
        texts = Finding.objects.filter(state="open").values_list("source", flat=True).distinct()
        found = found.filter(source__in=[text for text in texts if source_of(text) == asked.source])
    return found
