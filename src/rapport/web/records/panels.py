"""Panels: the boxes beside a record that show what is related to it.

One class per panel, in `rapport/web/<domain>/panels.py`, named in the `panels` of a record page:

    class People(Panel):
        key, title, icon, template = "people", _("People"), "users", "directory/panels/people.html"

        def content(self): return {"people": people_of(self.record, self.actor)}
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
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

    def rests_on(self) -> Sequence["QuerySet[Any, Any]"]:
        """Rows of which one at least must be there; none for panels that show without. Asked for all panels at once."""
        return ()

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


def those_that_apply(panels: Sequence[Panel]) -> list[Panel]:
    """The panels to show, in their order; what they rest on is asked in one statement."""
    asked = [(panel, rows) for panel in panels for rows in panel.rests_on()]
    found = {
        panel
        for (panel, _rows), there in zip(asked, _are_there([rows for _panel, rows in asked]), strict=True)
        if there
    }
    resting = {panel for panel, _rows in asked}
    return [panel for panel in panels if (panel in found or panel not in resting) and panel.applies()]


def _are_there(questions: Sequence["QuerySet[Any, Any]"]) -> list[bool]:
    """Whether each question finds a row."""
    parts, values = [], []
    for question in questions:
        try:
            sql, given = question.order_by().query.exists().get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            sql, given = "SELECT 1 WHERE false", ()
        parts.append(f"EXISTS ({sql})")
        values.extend(given)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone() or ())
