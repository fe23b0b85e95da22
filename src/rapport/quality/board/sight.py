"""What an actor may be told: findings in records and fields that it sees, and counts of such findings only.

Counts come from the tallies, which know owner and team. So whoever sees only a part of a type is counted what is its
own, its teams', and nobody's; lists of findings also show what was shared with it or lies in its territories.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from rapport.activities.models.activity import Activity
from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES
from rapport.core.scopes import in_scope
from rapport.identity.models import OwnedRecord, Scope

from ..models import Finding, FindingState, Population, Snapshot, Tally
from ..ruling import Rule
from ..ruling.registry import all_rules

_NOTHING = Q(pk__in=[])


def rules_for(actor: Actor) -> dict[str, Rule]:
    """The rules of which the actor may hear at all: it sees the fields of at least one of their types."""
    return {key: rule for key, rule in all_rules().items() if types_told(rule, actor)}


def types_told(rule: Rule, actor: Actor) -> tuple[str, ...]:
    """The types of a rule all of whose fields the actor sees."""
    return tuple(
        record_type
        for record_type, fields in rule.targets().items()
        if not {f"{record_type}.{name}" for name in (*fields, *rule.needs)} & actor.hidden_fields
    )


def tallies_for(actor: Actor, rules: Mapping[str, Rule]) -> QuerySet[Tally]:
    """The tallies of these rules that the actor may be told."""
    if not actor.may("quality.read"):
        return Tally.objects.none()
    return Tally.objects.filter(_told(actor, rules) & _own(actor, _types(rules)), open__gt=0)


def snapshots_for(actor: Actor, rules: Mapping[str, Rule]) -> QuerySet[Snapshot]:
    """The figures of past months that the actor may be told; kept by team; those without a rule count records."""
    if not actor.may("quality.read"):
        return Snapshot.objects.none()
    told = _told(actor, rules) | Q(rule="")
    return Snapshot.objects.filter(told & _own(actor, _types(rules), with_owner=False))


def populations_for(actor: Actor, rules: Mapping[str, Rule]) -> QuerySet[Population]:
    """How many records there are among which these findings were."""
    return Population.objects.filter(_own(actor, _types(rules)), record_type__in=_types(rules))


def findings_for(actor: Actor, rules: Mapping[str, Rule]) -> QuerySet[Finding]:
    """Open findings of these rules in records that the actor sees."""
    if not actor.may("quality.read"):
        return Finding.objects.none()
    types = _types(rules)
    scope = in_scope(actor, types, type_column="record_type", id_column="record_id") if types else _NOTHING
    return Finding.objects.filter(_told(actor, rules), scope, state=FindingState.OPEN)


def money_told(actor: Actor) -> bool:
    """Whether amounts may be added up for the actor: it sees those of all opportunities."""
    opportunity = RECORD_TYPES["opportunity"]
    return "opportunity.amount" not in actor.hidden_fields and not opportunity.restricts(actor)


def _types(rules: Mapping[str, Rule]) -> list[str]:
    return sorted({record_type for rule in rules.values() for record_type in rule.targets()})


def _told(actor: Actor, rules: Mapping[str, Rule]) -> Q:
    """Rule by rule, the types all of whose fields the actor sees."""
    whole = [key for key, rule in rules.items() if len(types_told(rule, actor)) == len(rule.targets())]
    part = (Q(rule=key, record_type__in=types_told(rule, actor)) for key, rule in rules.items() if key not in whole)
    return reduce(or_, part, Q(rule__in=whole))


def _own(actor: Actor, types: Iterable[str], *, with_owner: bool = True) -> Q:
    """The condition on owner and team, by type."""
    free = [record_type for record_type in types if not RECORD_TYPES[record_type].restricts(actor)]
    bound = [record_type for record_type in types if record_type not in free and _by_owner(record_type, actor)]
    parts = (Q(record_type=name) & _reach(name, actor, with_owner=with_owner) for name in bound)
    return reduce(or_, parts, Q(record_type__in=free))


def _by_owner(record_type: str, actor: Actor) -> bool:
    """Whether what the actor sees of a type follows from owner and team alone."""
    model = RECORD_TYPES[record_type]
    return issubclass(model, OwnedRecord) and not issubclass(model, Activity) and actor.may(f"{record_type}.read")


def _reach(record_type: str, actor: Actor, *, with_owner: bool) -> Q:
    model = RECORD_TYPES[record_type]
    default = model.default_scope if issubclass(model, OwnedRecord) else Scope.OWNER
    by_team = Scope(actor.scopes.get(record_type, default)) is Scope.TEAM or actor.may("team.lead")
    reach = Q(team_id__in=actor.team_ids) if by_team else _NOTHING
    return reach | Q(owner_id=actor.user_id) | Q(owner_id=None, team_id=None) if with_owner else reach
