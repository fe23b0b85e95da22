"""Where each value of a record comes from: who entered it, when, from which source. One question per page."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.actors import ActorKind
from rapport.core.labelled import labelled
from rapport.core.prepared import rows_of
from rapport.core.records import Record
from rapport.web.ui import formats

_LATEST_PER_COLUMN = """
SELECT DISTINCT ON (name) name, event.id, event.at, event.actor_name, event.actor_kind, event.source, event.reason
FROM core_change AS change
CROSS JOIN LATERAL jsonb_object_keys(change.after) AS name
JOIN core_event AS event ON event.id = change.event_id
WHERE change.record_id = %s AND change.after IS NOT NULL
ORDER BY name, change.id DESC
"""

SOURCES = {
    "web": gettext_lazy("typed here"),
    "import": gettext_lazy("import"),
    "cli": gettext_lazy("command line"),
    "demo": gettext_lazy("demo company"),
    "system": gettext_lazy("Rapport itself"),
    "api": gettext_lazy("API"),
    "mcp": gettext_lazy("MCP"),
    "web form": gettext_lazy("web form"),
    "machine": gettext_lazy("AI"),
    "estimate": gettext_lazy("accepted estimate"),
}


@dataclass(frozen=True)
class Origin:
    """The last time a value was set: by whom, when and from where."""

    at: datetime
    actor: str
    kind: str
    source: str
    reason: str = ""

    @property
    def is_machine(self) -> bool:
        """Whether a machine set it."""
        return self.kind in (ActorKind.AI, ActorKind.AUTOMATION)

    @cached_property
    def sentence(self) -> str:
        """`Alice, typed here, 3 days ago (22 Nov 2026, 14:05)`."""
        words = {"who": self.actor, "source": source_in_words(self.source)}
        words |= {"age": formats.ago(self.at), "moment": formats.moment(self.at)}
        return _("%(who)s, %(source)s, %(age)s (%(moment)s)") % words


def source_in_words(source: str) -> str:
    """A source as people call it: "import: accounts.csv" keeps its file."""
    kind, _separator, rest = source.partition(":")
    known = SOURCES.get(kind)
    if known is None:
        return source
    return labelled(known, rest.strip()) if rest else str(known)


def origins_of(record: Record) -> dict[str, Origin]:
    """The origin of each column that history knows, by column name."""
    rows = rows_of(_LATEST_PER_COLUMN, [record.pk])
    events = {event_id: Origin(*rest) for _name, event_id, *rest in rows}
    return {name: events[event_id] for name, event_id, *_rest in rows}
