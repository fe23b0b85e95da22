"""Suggesting what to do next as a kind of action of machines: it says so, and never does it."""

from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.oversight.actions import Action, Level, action_named, register_action
from rapport.oversight.levels import is_off
from rapport.oversight.stopping import action_key, agent_key, pulled_among, team_key

NAME = "insights.next_actions"
AGENT = "Next actions"


def register() -> None:
    """Done once, when Django is ready."""
    register_action(
        Action(
            NAME,
            _("Suggest what to do next"),
            _("Lists what is worth doing next, and why. It does none of it."),
            verbs=(),
            default=Level.SUGGEST,
            maximum=Level.SUGGEST,
            agent=_("Next actions"),
        )
    )


def is_stopped(actor: Actor) -> bool:
    """Whether nothing may be suggested to this person: the switch is pulled, for all or its team, or it is off."""
    action = action_named(NAME)
    teams = [team_key(team) for team in actor.team_ids]
    return action is None or is_off(action) or bool(pulled_among([action_key(NAME), agent_key(AGENT), *teams]))
