"""Roles: what each may do, read from the one table of permissions."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.verbs import VERBS, Verb
from rapport.governance.dictionary import RecordTypeEntry, entries
from rapport.identity.models import User
from rapport.identity.roles import ROLE_PERMISSIONS, Role

from .access import needs

_READ = pgettext_lazy("right", "Read")


@dataclass(frozen=True)
class Right:
    """One thing that can be done to a record type, and the roles that may."""

    label: str | Promise
    meaning: str
    allowed: tuple[tuple[Role, bool], ...]


@dataclass(frozen=True)
class Rights:
    """All rights on one record type."""

    entry: RecordTypeEntry
    rights: tuple[Right, ...]


@require_GET
@needs("user.read")
def roles(request: HttpRequest) -> HttpResponse:
    """The table of permissions and how many users have each role."""
    visible = User.objects.visible_to(current_actor()).filter(is_active=True)
    users = Counter(visible.values_list("role", flat=True))
    headings = [(role, users[role]) for role in Role]
    types = sorted(entries().values(), key=lambda entry: str(entry.plural))
    return render(request, "settings/roles.html", {"roles": headings, "types": [_rights(entry) for entry in types]})


def _rights(entry: RecordTypeEntry) -> Rights:
    verbs = [verb for verb in VERBS.values() if verb.name.partition(".")[0] == entry.record_type]
    reading = Right(_READ, "", _allowed(f"{entry.record_type}.read"))
    return Rights(entry, (reading, *(_right(verb) for verb in verbs)))


def _right(verb: Verb) -> Right:
    return Right(verb.label, verb.meaning.partition("\n")[0], _allowed(verb.permission))


def _allowed(permission: str) -> tuple[tuple[Role, bool], ...]:
    actors = ((role, Actor(ActorKind.HUMAN, role, permissions=ROLE_PERMISSIONS[role])) for role in Role)
    return tuple((role, actor.may(permission)) for role, actor in actors)
