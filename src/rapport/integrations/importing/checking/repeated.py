"""Decisions made before a check is done again: they hold for the same values, as far as they still can."""

from collections.abc import Mapping
from uuid import UUID

from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES
from rapport.integrations.importing.choices import Choice, choices_for
from rapport.integrations.models import Decision, Import

Made = Mapping[tuple[str, str], Decision]


def made_so_far(subject: Import) -> Made:
    """The decisions that somebody made, by what they are about."""
    return {(item.scope, item.key): item for item in Decision.objects.filter(part_of=subject).exclude(choice="")}


def make_again(subject: Import, made: Made) -> None:
    """Make them for the values that are still to be decided."""
    if not made:
        return
    scopes = {scope for scope, _key in made}
    for decision in Decision.objects.filter(part_of=subject, scope__in=scopes).select_related("file"):
        earlier = made.get((decision.scope, decision.key))
        if earlier is not None:
            _make(decision, earlier)


def _make(decision: Decision, earlier: Decision) -> None:
    if earlier.choice == Choice.SUGGESTED and decision.suggestion != earlier.suggestion:
        if not _is_there(earlier):
            return
        decision.suggestion, decision.takes, decision.similarity = earlier.suggestion, earlier.takes, None
    if earlier.choice in choices_for(decision):
        decision.choice = earlier.choice
        decision.save(update_fields=["choice", "suggestion", "takes", "similarity"])


def _is_there(decision: Decision) -> bool:
    """Whether it was decided for a record that somebody chose among all."""
    if not decision.link_to:
        return False
    records = RECORD_TYPES[decision.link_to].objects.visible_to(current_actor())
    return records.filter(pk=UUID(decision.takes)).exists()
