"""Field rights: for each field of a record type, what each role may do with it."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.actors import Actor, ActorKind
from rapport.core.events import batch
from rapport.core.identifiers import uuid7
from rapport.core.labelled import labelled
from rapport.core.problems import Problem
from rapport.core.telling import told_by
from rapport.governance.dictionary import Field, RecordTypeEntry, entries
from rapport.governance.field_rights import hideable_fields
from rapport.identity.models import FieldRight, FieldRule
from rapport.identity.roles import OWN_RIGHTS, ROLE_PERMISSIONS, Role
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.predictions import predictions
from rapport.web.places import SLUGS

from .access import needs

EDIT = "edit"
_LABELS = {
    EDIT: pgettext_lazy("a role and a field", "edits"),
    FieldRight.READ: pgettext_lazy("a role and a field", "only reads"),
    FieldRight.HIDDEN: pgettext_lazy("a role and a field", "hidden"),
}
_READS = pgettext_lazy("a role and a field", "reads")
_WITHOUT_RIGHTS = frozenset(
    {
        "visibilityrule",
        "fieldrule",
        "ownrule",
        "dismissal",
        "precedence",
        "savedview",
        "import",
        "notification",
        "apitoken",
        "share",
        "territory",
        "territorymember",
        "ownfield",
        "webhook",
    }
)
ROLES = tuple(role for role in Role if role is not Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Cell:
    """What one role may do with one field, and what may be chosen."""

    name: str
    role: str
    label: str
    right: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """One field with the rights of all roles; `hidden_with` names the fields that would tell of it."""

    field: Field
    cells: tuple[Cell, ...]
    hidden_with: str


def _described() -> dict[str, RecordTypeEntry]:
    """First the types that have pages, in the order of the pages; then what runs behind them, by name."""
    found = {name: entry for name, entry in entries().items() if name not in _WITHOUT_RIGHTS}
    behind = sorted(set(found) - set(SLUGS), key=lambda name: str(found[name].plural))
    return {name: found[name] for name in (*SLUGS, *behind)}


@require_GET
@needs("fieldrule.change")
def types(request: HttpRequest) -> HttpResponse:
    """The record types, each with the number of its rules."""
    counts = Counter(FieldRule.objects.values_list("for_type", flat=True))
    shown, behind = list[tuple[RecordTypeEntry, int]](), list[tuple[RecordTypeEntry, int]]()
    for name, entry in _described().items():
        (shown if name in SLUGS else behind).append((entry, counts[name]))
    return render(request, "settings/field_rights.html", {"types": shown, "behind": behind})


@require_http_methods(["GET", "POST"])
@needs("fieldrule.change")
def matrix(request: HttpRequest, described_type: str) -> HttpResponse:
    """The rights of all roles on the fields of one type; a POST sets those that differ."""
    entry = _described().get(described_type)
    if entry is None:
        raise Http404
    if request.method == "POST":
        with batch(uuid7()):
            _set_all(request, entry)
        if request.headers.get("HX-Request") != "true":
            return redirect("settings-field-rights-type", described_type)
    context = {"entry": entry, "roles": ROLES, "lines": _lines(entry)}
    is_part = request.headers.get("HX-Request") == "true" and request.method == "POST"
    template = "settings/field_rights_matrix.html" if is_part else "settings/field_rights_type.html"
    return render(request, template, context)


def _lines(entry: RecordTypeEntry) -> list[Line]:
    rules = {(rule.role, rule.field): rule.right for rule in FieldRule.objects.filter(for_type=entry.record_type)}
    hideable = hideable_fields(entry)
    return [
        Line(
            field,
            tuple(_cell(entry, field, role, rules, can_hide=field.name in hideable) for role in ROLES),
            _told_by(entry, field),
        )
        for field in entry.fields.values()
    ]


def _told_by(entry: RecordTypeEntry, field: Field) -> str:
    """In words, by record type: “Opportunity line: Quantity, Amount”."""
    by_type: dict[str, list[str]] = {}
    for name in sorted(told_by(f"{entry.record_type}.{field.name}")):
        record_type, _dot, other = name.partition(".")
        if record_type in entries() and other in entries()[record_type].fields:
            told = entries()[record_type]
            by_type.setdefault(str(told.label), []).append(str(told.fields[other].label))
    return "; ".join(labelled(label, ", ".join(names)) for label, names in by_type.items())


def _cell(
    entry: RecordTypeEntry, field: Field, role: Role, rules: dict[tuple[str, str], str], *, can_hide: bool
) -> Cell:
    right, may_edit = rules.get((role, field.name), EDIT), _may_edit(entry, field, role)
    labels = _LABELS if may_edit else {**_LABELS, EDIT: _READS}
    useless = {*(() if can_hide else (FieldRight.HIDDEN,)), *(() if may_edit else (FieldRight.READ,))} - {right}
    offered = tuple((value, str(label)) for value, label in labels.items() if value not in useless)
    label = _("%(field)s for %(role)s") % {"field": field.label, "role": role.label}
    return Cell(f"{role.value}.{field.name}", str(role.label), label, right, offered)


def _may_edit(entry: RecordTypeEntry, field: Field, role: Role) -> bool:
    """Whether somebody of the role could set the field at all, no rule being there."""
    is_told_by_machines = field.worked_out or f"{entry.record_type}.{field.name}" in _foreseen()
    own = OWN_RIGHTS.get(entry.record_type, {})
    own_rights = {entry.record_type: own[role]} if role in own else {}
    somebody = Actor(ActorKind.HUMAN, "", permissions=ROLE_PERMISSIONS[role], own_rights=own_rights)
    return not is_told_by_machines and somebody.may(f"{entry.record_type}.change")


@cache
def _foreseen() -> frozenset[str]:
    """The fields that predictions and outlooks fill, as `type.field`."""
    predicted = (f"{one.record_type}.{one.column}" for one in predictions().values())
    return frozenset(predicted).union(*(outlook.fields for outlook in outlooks().values()))


def _set_all(request: HttpRequest, entry: RecordTypeEntry) -> None:
    known = {(rule.role, rule.field): rule for rule in FieldRule.objects.filter(for_type=entry.record_type)}
    for role in ROLES:
        for name in entry.fields:
            wanted = request.POST.get(f"{role.value}.{name}")
            rule = known.get((role.value, name))
            if wanted is not None and wanted != (rule.right if rule else EDIT):
                _set(entry, role, name, rule, wanted)


def _set(entry: RecordTypeEntry, role: Role, name: str, rule: FieldRule | None, wanted: str) -> None:
    if wanted not in _LABELS:
        raise Problem(_("“%(right)s” is no right. Choose one of the list.") % {"right": wanted[:40]})
    if rule is None:
        FieldRule.create(role=role, for_type=entry.record_type, field=name, right=wanted)
    elif wanted == EDIT:
        rule.remove()
    else:
        rule.change(right=wanted)
