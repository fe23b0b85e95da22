"""What machines do, by kind: each action is registered in code with its verbs, its first and its highest level.

What is not registered is off. Administrators choose levels between off and the highest (see `levels`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


class Level(IntEnum):
    """How far a machine goes by itself."""

    OFF = 0
    SUGGEST = 1
    DRAFT = 2
    ACT_WITH_UNDO = 3
    ACT = 4

    @property
    def label(self) -> str:
        """The level in words."""
        return str(_LABELS[self])

    @property
    def meaning(self) -> str:
        """What it means, in a sentence."""
        return str(_MEANINGS[self])


_LABELS: Mapping[Level, Label] = {
    Level.OFF: _("off"),
    Level.SUGGEST: _("suggest"),
    Level.DRAFT: _("draft for approval"),
    Level.ACT_WITH_UNDO: _("act with undo"),
    Level.ACT: _("act"),
}
_MEANINGS: Mapping[Level, Label] = {
    Level.OFF: _("Nothing is done or shown."),
    Level.SUGGEST: _("Shown where it is asked for; nothing is kept."),
    Level.DRAFT: _("Kept as a proposal until a person accepts or rejects it."),
    Level.ACT_WITH_UNDO: _("Done at once, told, and undone by one click."),
    Level.ACT: _("Done at once and kept in the ledger."),
}


@dataclass(frozen=True)
class Action:
    """A kind of thing that machines do.

    `verbs` are the verbs it may call, as "organisation.change" or "*.change"; without `overwrites` a call that sets a
    field which has a value is refused. `default` holds until an administrator chooses otherwise, `maximum` always.
    `agent` is whose name the history shows. With `high_value` people answer before they see what the machine proposes.
    `rests_on` names estimators, without versions, besides those that its calls name: an alarm about one holds it down.
    """

    name: str
    label: Label
    meaning: Label
    verbs: tuple[str, ...]
    default: Level
    maximum: Level
    overwrites: bool = True
    agent: Label = _("Rapport's machine")
    high_value: bool = False
    rests_on: tuple[str, ...] = ()

    def calls(self, verb: str) -> bool:
        """Whether it may call this verb at all."""
        _type, _dot, name = verb.partition(".")
        return verb in self.verbs or f"*.{name}" in self.verbs


_ACTIONS: dict[str, Action] = {}


def register_action(action: Action) -> Action:
    """Make an action known; raises `ValueError` for a default above its maximum, or an action known already."""
    if action.default > action.maximum:
        raise ValueError(f"{action.name}: the default is above the maximum.")
    if _ACTIONS.get(action.name, action) != action:
        raise ValueError(f"{action.name}: there is another action of this name.")
    _ACTIONS[action.name] = action
    return action


def action_named(name: str) -> Action | None:
    """The action of this name; None when it is unknown, which means off."""
    return _ACTIONS.get(name)


def actions() -> Iterator[Action]:
    """All actions, by name."""
    return iter(sorted(_ACTIONS.values(), key=lambda action: action.name))
