"""A customer of Alice's, and actions of machines for the tests, one for each level."""

from collections.abc import Iterator

import pytest

from rapport.directory.models import Organisation
from rapport.oversight import actions
from rapport.oversight.actions import Action, Level, register_action
from tests.cast import Cast


def act(name: str, default: Level, *, maximum: Level = Level.ACT, overwrites: bool = True) -> Action:
    """An action that creates and changes organisations and people."""
    verbs = (
        "organisation.create",
        "organisation.change",
        "organisation.change_several",
        "person.change",
        "person.create",
    )
    verbs += ("opportunity.change", "opportunity.win", "task.create", "organisation.remove", "user.change")
    return Action(name, name, "For tests only.", verbs, default, maximum, overwrites, agent="Ada")


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with cast.acting(cast.alice):
        return Organisation.create(name="Acme", owner=cast.alice)


@pytest.fixture
def machine_actions() -> Iterator[None]:
    """Actions “test.off” to “test.act”, and “test.fill”, which overwrites nothing."""
    known = dict(actions._ACTIONS)
    for level in Level:
        register_action(act(f"test.{level.name.lower()}", level))
    register_action(act("test.fill", Level.ACT_WITH_UNDO, maximum=Level.ACT_WITH_UNDO, overwrites=False))
    register_action(act("test.overwrite", Level.DRAFT, maximum=Level.DRAFT))
    yield
    actions._ACTIONS.clear()
    actions._ACTIONS.update(known)
