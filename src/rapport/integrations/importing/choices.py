"""What can be chosen for a decision, and what is chosen when nobody chooses."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from rapport.integrations.models import Decision, DecisionKind


class Choice(StrEnum):
    """What becomes of a value."""

    SUGGESTED = "suggested"
    CREATE = "create"
    EMPTY = "empty"
    REJECT = "reject"

    @property
    def label(self) -> str:
        """The choice in words."""
        return str(_LABELS[self])


_LABELS = {
    Choice.SUGGESTED: _("take the suggestion"),
    Choice.CREATE: _("create it"),
    Choice.EMPTY: _("leave the field empty, keep the text aside"),
    Choice.REJECT: _("reject the rows"),
}


def choices_for(decision: Decision) -> tuple[Choice, ...]:
    """What can be chosen, the usual first."""
    if decision.kind == DecisionKind.SAME:
        return ()
    choices: list[Choice] = []
    if decision.suggestion:
        choices.append(Choice.SUGGESTED)
    if decision.kind == DecisionKind.OPEN or decision.new_id:
        choices.append(Choice.CREATE)
    if not decision.mandatory:
        choices.append(Choice.EMPTY)
    return (*choices, Choice.REJECT)


def default_choice(decision: Decision, *, take_suggestions: bool) -> Choice:
    """What holds when nobody chose: nothing is ever corrected unless that was asked for."""
    possible = choices_for(decision)
    wanted: tuple[Choice, ...] = (Choice.CREATE, Choice.EMPTY, Choice.REJECT)
    if take_suggestions:
        wanted = (Choice.SUGGESTED, *wanted)
    return next(choice for choice in wanted if choice in possible)


def chosen(decision: Decision, *, take_suggestions: bool) -> Choice:
    """What holds for a decision now."""
    if decision.choice:
        return Choice(decision.choice)
    return default_choice(decision, take_suggestions=take_suggestions)
