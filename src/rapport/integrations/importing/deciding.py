"""Decisions as people meet them: listed with what can be chosen, made one by one or for all of a kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.integrations.importing.choices import Choice, choices_for, chosen
from rapport.integrations.importing.similarity import comparable
from rapport.integrations.models import Decision, DecisionKind, Import, Status


@dataclass(frozen=True)
class Question:
    """A decision with its choices and the one that holds now."""

    decision: Decision
    choices: tuple[Choice, ...]
    choice: Choice


def questions(subject: Import, *, offset: int = 0, limit: int = 100) -> Sequence[Question]:
    """What is to be decided: near misses first, then by how many rows it concerns."""
    take = bool(subject.options.get("take_suggestions"))
    decisions = open_decisions(subject).select_related("file").order_by("suggestion", "-rows", "id")
    suggested = decisions.exclude(suggestion="").order_by("-rows", "id")
    others = decisions.filter(suggestion="").order_by("-rows", "id")
    together = [*suggested[: offset + limit], *others[: offset + limit]][offset : offset + limit]
    return [Question(item, choices_for(item), chosen(item, take_suggestions=take)) for item in together]


def open_decisions(subject: Import) -> QuerySet[Decision]:
    """All decisions that have a choice."""
    return Decision.objects.filter(part_of=subject).exclude(kind=DecisionKind.SAME)


def decide(decision: Decision, choice: str) -> None:
    """Choose for one decision; raises `Problem` when that isn't possible for it, or any more."""
    if decision.part_of.status != Status.CHECKED:
        raise Problem(_("Decisions are made after the check and before the run."))
    possible = choices_for(decision)
    if choice not in possible:
        offered = ", ".join(possible)
        told = {"choice": choice, "value": decision.value, "offered": offered}
        raise Problem(_("“%(choice)s” can't be chosen for “%(value)s”. Choose one of: %(offered)s.") % told)
    decision.choice = choice
    decision.save(update_fields=["choice"])


def decide_record(decision: Decision, record: Record) -> None:
    """Let the name mean this very record; raises `Problem` when it is of another type, or it is too late."""
    if record.record_type != decision.link_to:
        raise Problem(_("Choose a record of the type the field links to."))
    decision.suggestion, decision.takes, decision.similarity = record.title[:300], str(record.pk), None
    decide(decision, Choice.SUGGESTED)
    decision.save(update_fields=["suggestion", "takes", "similarity"])


def decide_all(subject: Import, choice: str, *, kind: str = "") -> int:
    """Choose for all decisions, or all of a kind, for which it is possible; returns how many."""
    decisions = open_decisions(subject)
    count = 0
    for decision in decisions.filter(kind=kind) if kind else decisions:
        if choice in choices_for(decision):
            decide(decision, choice)
            count += 1
    return count


def decide_by_name(subject: Import, rules: Iterable[str]) -> None:
    """Choose by rules such as `accounts.csv:sector:technolgy=suggested` or `sector:technolgy=suggested`."""
    for rule in rules:
        place, equals, choice = rule.rpartition("=")
        where, colon, value = place.rpartition(":")
        if not equals or not colon:
            message = _("“%(rule)s” isn't a decision. Write FIELD:VALUE=CHOICE or FILE:FIELD:VALUE=CHOICE.")
            raise Problem(message % {"rule": rule})
        file_name, _colon, field = where.rpartition(":")
        found = open_decisions(subject).filter(field=field, key=comparable(value))
        if file_name:
            found = found.filter(file__name=file_name)
        if not found:
            message = _("Nothing is to be decided about “%(value)s” in “%(where)s”. The dry run lists what is.")
            raise Problem(message % {"value": value, "where": where})
        for decision in found:
            decide(decision, choice)
