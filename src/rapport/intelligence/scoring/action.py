"""Foreseeing as a kind of action of machines: it gives a number, and never does anything with it."""

from django.utils.translation import gettext_lazy as _

from rapport.oversight.actions import Action, Level, action_named, register_action
from rapport.oversight.levels import is_off
from rapport.oversight.stopping import action_key, pulled_among

NAME = "intelligence.foresee"


def register() -> None:
    """Done once, when Django is ready."""
    register_action(
        Action(
            NAME,
            _("Give chances"),
            _("Says how likely something is, and why. A number, never a decision."),
            verbs=(),
            default=Level.SUGGEST,
            maximum=Level.SUGGEST,
            agent=_("Predictions"),
        )
    )


def is_stopped() -> bool:
    """Whether no new chances may be given: the switch is pulled, or the action is off."""
    action = action_named(NAME)
    return action is None or is_off(action) or bool(pulled_among([action_key(NAME)]))
