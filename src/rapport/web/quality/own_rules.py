"""Rules of one's own: conditions on records and on what is linked to them, with what they find now."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rapport.core.jobs import ask_once
from rapport.core.problems import Forbidden
from rapport.governance.dictionary import entries
from rapport.governance.selection import Matched, Selection
from rapport.governance.selection.matching import combined, match_all
from rapport.quality.jobs import judge_all
from rapport.quality.models import OwnRule, Severity
from rapport.web.middleware import ActingRequest
from rapport.web.ui.addresses import whole_number

from .board import must_read
from .conditions import Line, asked_fields, lines_of, query_of

_UNPROCESSABLE = 422
_EMPTY = {"name": "", "for_type": "organisation", "severity": "medium", "minutes": "5", "steward": "", "meaning": ""}


@require_GET
def own_rules(request: ActingRequest) -> HttpResponse:
    """Those there are."""
    _must_write(request)
    rules = OwnRule.objects.visible_to(request.actor).order_by("name")
    words = [(rule, _in_words(request, rule.for_type, rule.query)) for rule in rules]
    context = {"rules": words, "may_order": request.actor.may("precedence.change")}
    return render(request, "quality/own.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Ask for a new one."""
    _must_write(request)
    if request.method == "GET":
        return _ask(request, dict(_EMPTY, for_type=request.GET.get("type", "organisation")), [Line()])
    return _answered(request, None)


@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, ownrule_id: UUID) -> HttpResponse:
    """Change one."""
    _must_write(request)
    rule = get_object_or_404(OwnRule.objects.visible_to(request.actor), pk=ownrule_id)
    if request.method == "POST":
        return _answered(request, rule)
    given = {name: str(getattr(rule, name)) for name in _EMPTY} | {"is_active": "yes" if rule.is_active else "no"}
    conditions = Selection.read(parse_qs(rule.query, keep_blank_values=True)).conditions
    lines = [Line(one.field, one.operator, "|".join(one.values)) for one in conditions]
    return _ask(request, given, [*lines, Line()], rule=rule)


@require_POST
def remove(request: ActingRequest, ownrule_id: UUID) -> HttpResponse:
    """Delete one; its findings go with the next run."""
    _must_write(request)
    get_object_or_404(OwnRule.objects.visible_to(request.actor), pk=ownrule_id).remove()
    ask_once(judge_all)
    return redirect("quality-own")


def _must_write(request: ActingRequest) -> None:
    must_read(request)
    if not request.actor.may("ownrule.create"):
        raise Forbidden(_("You may not write rules. Ask a manager."))


def _answered(request: ActingRequest, rule: OwnRule | None) -> HttpResponse:
    given = {name: request.POST.get(name, "")[:4000] for name in (*_EMPTY, "is_active")}
    lines = lines_of(request.POST)
    if request.POST.get("step") != "save":
        return _ask(request, given, [*lines, Line()], rule=rule)
    try:
        _save(given, lines, rule)
    except ValidationError as error:
        return _ask(request, given, [*lines, Line()], rule=rule, problems=error.messages)
    ask_once(judge_all)
    return redirect("quality-own")


def _save(given: Mapping[str, str], lines: list[Line], rule: OwnRule | None) -> None:
    """Raises `ValidationError` for whatever makes no sense."""
    if not given["name"].strip():
        raise ValidationError(_("Give the rule a name."))
    if not query_of(lines):
        raise ValidationError(_("Add a condition: without one, every record would be found."))
    minutes = whole_number(given["minutes"])
    if minutes is None:
        raise ValidationError(_("Give the minutes of work as a whole number."))
    values: dict[str, Any] = {**given, "query": query_of(lines), "minutes": minutes}
    values["is_active"] = given["is_active"] != "no"
    values["severity"] = given["severity"] if given["severity"] in set(Severity) else Severity.MEDIUM
    if rule is None:
        OwnRule.create(**values)
    else:
        rule.change(**values)


def _ask(
    request: ActingRequest,
    given: Mapping[str, str],
    lines: list[Line],
    *,
    rule: OwnRule | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    types = [(name, str(entry.plural)) for name, entry in entries().items() if entry.importable]
    for_type = given["for_type"] if given["for_type"] in dict(types) else "organisation"
    fields = asked_fields(for_type, request.actor)
    context = {
        "given": {**given, "for_type": for_type},
        "types": types,
        "fields": list(fields.items()),
        "rows": [line.shown(for_type, request.actor) for line in lines],
        "severities": Severity.choices,
        "rule": rule,
        "problems": problems or [],
        "count": _count(request, for_type, query_of(lines)),
    }
    return render(request, "quality/own_form.html", context, status=_UNPROCESSABLE if problems else 200)


def _count(request: ActingRequest, for_type: str, query: str) -> int | None:
    """How many records meet the conditions now; None while there are none that make sense."""
    groups = match_all(Selection.read(parse_qs(query)), for_type, actor=request.actor)
    if not groups or not all(isinstance(item, Matched) for group in groups for item in group):
        return None
    rows = entries()[for_type].model.objects.visible_to(request.actor)
    return int(rows.filter(combined(groups, any_of=False)).count())


def _in_words(request: ActingRequest, for_type: str, query: str) -> str:
    groups = match_all(Selection.read(parse_qs(query)), for_type, actor=request.actor)
    said = [item for group in groups for item in group if isinstance(item, Matched)]
    return "; ".join(f"{item.field.label} {item.operator.label} {item.words}".strip() for item in said)
