"""Who may do what with the records of an own type: said by role; a role of which nothing is said keeps its own."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext

from rapport.core.labelled import labelled
from rapport.identity.roles import Role

from ..domains import Domain, ValueProblem

ACTIONS = ("read", "create", "change", "remove")
ROLES = (Role.MANAGER, Role.SELLER, Role.SUPPORT, Role.READ_ONLY)  # the others see everything by what they are
RightsByRole = dict[str, list[str]]


class Rights(Domain):
    """By role, what it may do."""

    kind: ClassVar[str] = "rights"

    def parse(self, raw: object) -> RightsByRole:
        """Actions by role, those that need reading with it."""
        if raw in (None, ""):
            return {}
        if not isinstance(raw, Mapping) or not all(isinstance(allowed, list) for allowed in raw.values()):
            raise ValueProblem(gettext("Give for each role a list of what it may do: read, create, change, remove."))
        unknown = [name for name in raw if name not in ROLES]
        unknown += [str(action) for allowed in raw.values() for action in allowed if action not in ACTIONS]
        if unknown:
            raise ValueProblem(gettext("“%(name)s” is no role or no right.") % {"name": str(unknown[0])[:40]})
        return {role: _complete(allowed) for role, allowed in raw.items()}

    def display(self, value: Any) -> str:
        """Each role with what it may do."""
        return "; ".join(
            labelled(Role(role).label, ", ".join(allowed) or "–") for role, allowed in (value or {}).items()
        )

    def export(self, value: Any) -> str:
        """The same by codes."""
        return "; ".join(f"{role}: {', '.join(allowed)}" for role, allowed in (value or {}).items())


def _complete(allowed: list[str]) -> list[str]:
    """Nobody changes what they may not read."""
    return [action for action in ACTIONS if action in allowed or (action == "read" and allowed)]
