"""Rules that users wrote, as rules like all others."""

from urllib.parse import parse_qs

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import SYSTEM
from rapport.governance.dictionary import entries
from rapport.governance.selection import Misfit, Selection
from rapport.governance.selection.matching import combined, match_all

from ..models import OwnRule, Severity
from .rule import Asked, Dimension, Rule


def own_rules() -> dict[str, Rule]:
    """Those in use, by key."""
    return {
        own.key: rule_from(own) for own in OwnRule._base_manager.filter(is_active=True) if own.for_type in entries()
    }


def rule_from(own: OwnRule) -> Asked:
    """One of them as a rule; a condition that makes no sense any more finds nothing."""
    return Asked(
        label=own.name,
        meaning=own.meaning,
        dimension=Dimension.CONSISTENCY,
        severity=Severity(own.severity),
        steward=own.steward or _("Sales operations"),
        minutes=own.minutes,
        record_type=own.for_type,
        needs=fields_read(own),
        where=lambda: _condition(own),
        children=_children(own),
        parents=_parents(own),
    )


def selection_of(own: OwnRule) -> Selection:
    """Its conditions."""
    return Selection.read(parse_qs(own.query, keep_blank_values=True))


def misfits_of(own: OwnRule) -> list[str]:
    """Why conditions make no sense, each in a sentence."""
    if own.for_type not in entries():
        return [str(_("Choose what records it looks at."))]
    groups = match_all(selection_of(own), own.for_type, actor=SYSTEM)
    return [item.reason for group in groups for item in group if isinstance(item, Misfit)]


def fields_read(own: OwnRule) -> tuple[str, ...]:
    """The fields of the type itself that its conditions speak of."""
    names = (condition.field.partition(".")[0].partition("@")[0] for condition in selection_of(own).conditions)
    known = entries()[own.for_type].fields
    return tuple(dict.fromkeys(name for name in names if name in known))


def _condition(own: OwnRule) -> Q:
    if misfits_of(own):
        return Q(pk__in=[])
    selection = selection_of(own)
    groups = match_all(selection, own.for_type, actor=SYSTEM)
    return combined(groups, any_of=selection.any_of) or Q(pk__in=[])


def _children(own: OwnRule) -> dict[str, str]:
    """Types whose records its conditions ask for, by the link to ours: `order@organisation`."""
    asked = (condition.field.partition("@") for condition in selection_of(own).conditions)
    return {child: link.partition(".")[0] for child, at, link in asked if at}


def _parents(own: OwnRule) -> tuple[str, ...]:
    """Our links whose records its conditions look at: `organisation.country`."""
    names = (condition.field for condition in selection_of(own).conditions)
    return tuple(name.partition(".")[0] for name in names if "." in name and "@" not in name)
