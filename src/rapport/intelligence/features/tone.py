"""What a customer's words told lately: tickets, their mails, and what was noted of calls, meetings and visits.

A text counts from the moment it was written, with the words it then had: what is added to a ticket later counts from
then on. One text counts once, however often it says a thing.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ..tone.aspects import Aspect
from .feature import Feature, Group, Unit
from .histories import days
from .sources import NUMBER, TEXT, Reading, Source

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

    from .point import Point

LATELY = 90
_OLDEST = f"AND greatest({{began}}, e.at) > now() - interval '{LATELY + 1} days' {{{{among}}}}"
_TEXT_COLUMNS = {"item": TEXT, "text": TEXT}
_MOMENT = "CASE c.operation WHEN 'create' THEN {began} ELSE e.at END"
_TICKETS = (
    f"SELECT k.organisation_id, {days(_MOMENT.format(began='k.opened_at'))}, k.id,"
    " left(concat_ws(E'\\n', c.after ->> 'subject', c.after ->> 'description'), 4000)"
    " FROM support_ticket k JOIN core_change c ON c.record_id = k.id JOIN core_event e ON e.id = c.event_id"
    " WHERE k.organisation_id IS NOT NULL AND c.operation <> 'remove'"
    " AND (c.after ? 'subject' OR c.after ? 'description') {among}"
)
_ACTIVITIES = (
    f"SELECT t.record_id, {days(_MOMENT.format(began='t.at'))}, t.item_id,"
    " left(concat_ws(E'\\n', c.after ->> 'subject', c.after ->> 'text'), 4000)"
    " FROM activities_timelineentry t JOIN core_change c ON c.record_id = t.item_id"
    " JOIN core_event e ON e.id = c.event_id LEFT JOIN activities_mail m ON m.id = t.item_id"
    " WHERE t.record_type = 'organisation' AND t.item_type IN ('mail', 'call', 'meeting', 'note')"
    " AND c.operation <> 'remove' AND (c.after ? 'subject' OR c.after ? 'text')"
    " AND (t.item_type <> 'mail' OR m.direction = 'in') AND e.verb <> 'ticket.answer' {among}"
)


def _read(texts: "pa.Table") -> "pa.Table":
    """The same rows with 1 for each aspect that their text speaks of."""
    import pyarrow as pa

    from ..tone.reading import aspects_of

    read = [aspects_of(text or "") for text in texts["text"].to_pylist()]
    columns = {str(one): pa.array([float(one in told) for told in read], pa.float64()) for one in Aspect}
    return pa.table({"key": texts["key"], "at": texts["at"], "item": texts["item"], **columns})


def _texts(name: str, select: str, *, key: str, began: str) -> Source:
    return Source(
        name,
        select=select,
        belongs_to="organisation_id",
        columns={"item": TEXT, **dict.fromkeys(map(str, Aspect), NUMBER)},
        key=key,
        now=select.replace("{among}", _OLDEST.format(began=began)),
        reading=Reading(_TEXT_COLUMNS, _read),
    )


TICKET_TEXTS = _texts("ticket_texts", _TICKETS, key="k.organisation_id", began="k.opened_at")
ACTIVITY_TEXTS = _texts("activity_texts", _ACTIVITIES, key="t.record_id", began="t.at")


def _tone(point: "Point") -> "Table":
    names = [str(aspect) for aspect in Aspect]
    parts = [point.until(source.name).select("case", "as_of", "at", "item", *names) for source in TONE_SOURCES]
    rows = parts[0].union(parts[1])
    rows = rows.filter(rows.at > rows.as_of - LATELY)
    each = rows.group_by("case", "item").aggregate(**{name: rows[name].max() for name in names})
    found = each.group_by("case").aggregate(**{name: each[name].sum() for name in names})
    cases = point.cases.select("case").left_join(found, "case")
    return cases.select("case", **{f"texts_{name}": cases[name].fill_null(0.0) for name in names})


TONE_SOURCES = (TICKET_TEXTS, ACTIVITY_TEXTS)
_RESTS_ON = (
    "ticket.subject",
    "ticket.description",
    *(f"{kind}.{field}" for kind in ("mail", "call", "meeting", "note") for field in ("subject", "text")),
)
_LABELS = {
    Aspect.WAITING: _("Texts of the last 90 days that speak of waiting or delay"),
    Aspect.CROSS: _("Texts of the last 90 days that are angry or disappointed"),
    Aspect.AGAIN: _("Texts of the last 90 days that speak of the same trouble again"),
    Aspect.LEAVING: _("Texts of the last 90 days that speak of leaving or of competitors"),
    Aspect.CLAIMING: _("Texts of the last 90 days that claim money back or threaten"),
    Aspect.PRAISE: _("Texts of the last 90 days that praise"),
}
TONE = Group(
    "tone",
    tuple(Feature(f"texts_{one}", _LABELS[one], Unit.COUNT, _RESTS_ON, aspect=one) for one in Aspect),
    TONE_SOURCES,
    _tone,
)
