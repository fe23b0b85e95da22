"""Estimating as a kind of action of machines: its levels are those of oversight."""

from django.utils.translation import gettext_lazy as _

from rapport.oversight.actions import Action, Level, register_action

NAME = "quality.impute"


def register() -> None:
    """Done once, when Django is ready."""
    register_action(
        Action(
            NAME,
            _("Estimate missing values"),
            _("Guesses what nobody knows from similar records; a guess becomes a value only when somebody accepts it."),
            verbs=("*.change",),
            default=Level.DRAFT,
            maximum=Level.ACT_WITH_UNDO,
            overwrites=False,
            agent=_("Data quality"),
        )
    )
