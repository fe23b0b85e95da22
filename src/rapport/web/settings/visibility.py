"""Visibility: by whom the records of each type are seen."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rapport.core.events import batch
from rapport.core.identifiers import uuid7
from rapport.core.problems import Problem
from rapport.governance.dictionary import RecordTypeEntry, entries
from rapport.identity.models import OwnedRecord, Scope, VisibilityRule
from rapport.identity.models.visibility import scopes_in_force

from .access import needs


@dataclass(frozen=True)
class TypeScope:
    """A record type and the scope that holds for it."""

    entry: RecordTypeEntry
    scope: Scope
    default: Scope


@needs("visibilityrule.change")
def visibility(request: HttpRequest) -> HttpResponse:
    """Show the rule of each type; a POST sets those that differ."""
    found = _scopes()
    if request.method == "POST":
        with batch(uuid7()):
            for known in found:
                _set(known, request.POST.get(known.entry.record_type, known.scope))
        return redirect("settings-visibility")
    return render(request, "settings/visibility.html", {"types": found, "scopes": Scope.choices})


def _scopes() -> list[TypeScope]:
    rules = scopes_in_force()
    found = []
    for entry in entries().values():
        if issubclass(entry.model, OwnedRecord):
            default = entry.model.default_scope
            found.append(TypeScope(entry, Scope(rules.get(entry.record_type, default)), default))
    return sorted(found, key=lambda known: str(known.entry.plural))


def _set(known: TypeScope, wanted: str) -> None:
    if wanted == known.scope:
        return
    if wanted not in Scope.values:
        raise Problem(_("“%(scope)s” is no visibility. Choose one of the list.") % {"scope": wanted[:40]})
    rule = VisibilityRule.objects.filter(for_type=known.entry.record_type).first()
    if rule is None:
        VisibilityRule.create(for_type=known.entry.record_type, scope=wanted)
    else:
        rule.change(scope=wanted)
