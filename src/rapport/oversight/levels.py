"""Which level holds for a call: chosen by administrators, never above what code allows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from rapport.core.clock import today
from rapport.core.often_asked import often_asked
from rapport.core.verbs import Call, Risk
from rapport.governance.dictionary import Field, PersonalData
from rapport.identity.models import Team, User

from .actions import Action, Level
from .calls import fields_set
from .models import AutonomyLevel

_CLASSES = list(PersonalData)

WITH_A_PERSON = frozenset(
    {
        *("opportunity.advance", "opportunity.move_to", "opportunity.win", "opportunity.lose", "opportunity.park"),
        *("opportunity.reopen", "opportunity.begin_again", "lead.convert", "lead.discard", "order.cancel"),
        *("contract.end", "contract.renew", "contract.give_notice", "pricelist.set_price", "currency.set_rate"),
    }
)
"""Verbs that are never done without a person having said yes: stages, closing, money, contracts."""
MONEY_AND_DATES = frozenset(
    {*("opportunity.amount", "opportunity.expected_close", "opportunity.stage", "price.amount", "order.discount")}
)


@dataclass(frozen=True)
class Situation:
    """What the level depends on besides the action."""

    teams: tuple[UUID, ...]
    role: str
    sensitivity: PersonalData
    confidence: float
    on: date


def level_of(call: Call, action: Action, situation: Situation) -> Level:
    """The level in force: the most specific chosen one that fits, else the default; capped by code."""
    fitting = [one for one in _chosen(action=action.name) if _fits(one, situation)]
    level = Level(max(fitting, key=lambda one: _specificity(one, situation)).level) if fitting else action.default
    return min(level, ceiling(call, action, situation.sensitivity))


def is_off(action: Action) -> bool:
    """Whether the action is off everywhere: for work that calls no verb, and so never meets the gate."""
    nowhere = Situation(teams=(), role="", sensitivity=PersonalData.NONE, confidence=0.0, on=today())
    fitting = [one.level for one in _chosen(action=action.name) if not one.sensitivity and _fits(one, nowhere)]
    return min(fitting, default=action.default) == Level.OFF


def ceiling(call: Call, action: Action, sensitivity: PersonalData) -> Level:
    """The highest level that code allows this very call."""
    names = {f"{call.subject.record_type}.{name.removesuffix('_id')}" for name, _value in call.arguments}
    needs_a_person = (
        call.verb.risk is not Risk.REVERSIBLE
        or call.verb.name in WITH_A_PERSON
        or not names.isdisjoint(MONEY_AND_DATES)
        or sensitivity is PersonalData.SENSITIVE
    )
    return min(action.maximum, Level.DRAFT) if needs_a_person else action.maximum


def situation_of(call: Call, person: User | None, confidence: float | None) -> Situation:
    """The situation of a call made for this person; without one, in the team of the record."""
    team_id = person.team_id if person else getattr(call.subject, "team_id", None)
    return Situation(
        teams=lineage(team_id if isinstance(team_id, UUID) else None),
        role=person.role if person else "",
        sensitivity=sensitivity_of(fields_set(call)),
        confidence=confidence or 0.0,
        on=today(),
    )


def sensitivity_of(fields: Iterable[Field]) -> PersonalData:
    """The most sensitive class among fields."""
    return max((field.personal for field in fields), key=_CLASSES.index, default=PersonalData.NONE)


def lineage(team_id: UUID | None) -> tuple[UUID, ...]:
    """The team and those above it, nearest first."""
    if team_id is None:
        return ()
    above = dict(Team.objects.values_list("pk", "parent_id"))
    found: list[UUID] = []
    key: UUID | None = team_id
    while key is not None and key not in found:
        found.append(key)
        key = above.get(key)
    return tuple(found)


@often_asked
def _chosen(*, action: str) -> QuerySet[AutonomyLevel]:
    return AutonomyLevel._base_manager.filter(action=action)


def _fits(chosen: AutonomyLevel, situation: Situation) -> bool:
    return (
        (chosen.team_id is None or chosen.team_id in situation.teams)
        and chosen.role in ("", situation.role)
        and chosen.sensitivity in ("", situation.sensitivity)
        and chosen.from_confidence <= situation.confidence
        and (chosen.expires_on is None or chosen.expires_on >= situation.on)
    )


def _specificity(chosen: AutonomyLevel, situation: Situation) -> tuple[int, bool, bool, float, int]:
    """The nearer team first, then role, class and confidence; of two alike the lower level."""
    distance = situation.teams.index(chosen.team_id) if chosen.team_id else len(situation.teams)
    return -distance, bool(chosen.role), bool(chosen.sensitivity), chosen.from_confidence, -chosen.level
