"""Panels: the boxes beside a record that show what is related to it.

One class per panel, in `rapport/web/<domain>/panels.py`, named in the `panels` of a record page:

    class People(Panel):
        key, title, icon, template = "people", _("People"), "users", "directory/panels/people.html"

        def content(self): return {"people": people_of(self.record, self.actor)}
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise

from rapport.core.actors import Actor
from rapport.core.records import Record


class Panel:
    """A box beside a record. `is_lazy` loads it after the page; `permission` is asked of the actor."""

    key: ClassVar[str] = ""
    title: ClassVar[str | Promise] = ""
    icon: ClassVar[str] = ""
    template: ClassVar[str] = ""
    permission: ClassVar[str] = ""
    is_lazy: ClassVar[bool] = False
    is_wide: ClassVar[bool] = False

    def __init__(self, record: Record, actor: Actor) -> None:
        self.record: Any = record
        self.actor = actor

    def applies(self) -> bool:
        """Whether it is shown for this record and actor."""
        return not self.permission or self.actor.may(self.permission) or self.actor.sees_everything

    def content(self) -> Mapping[str, Any]:
        """What its template needs."""
        return {}

    @property
    def more(self) -> str:
        """The address behind its title, if there is more to see."""
        return ""

    @property
    def add(self) -> str:
        """The address of the form that adds something, if the actor may."""
        return ""


EVERYWHERE: list[type[Panel]] = []
"""Panels that stand beside every kind of record, before its own; other packages add theirs in their `pages.py`."""
