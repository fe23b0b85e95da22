"""How much there was to and fro: mails, calls, meetings and notes on the timeline of a record."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .feature import Feature, Group, Unit
from .histories import days
from .sources import FLAG, TEXT, Belongs, Source

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from .point import Point

_CONTACTS, _PEOPLE = "contacts", "people_there"
_LATELY = 30.0


def contacts_of(record_type: str, belongs_to: Belongs = "record_id") -> Group:
    """The contacts with records of this type."""
    return Group(
        "contacts", _FEATURES, (_contacts(record_type, belongs_to), _people(record_type, belongs_to)), _compute
    )


def _compute(point: "Point") -> "Table":
    import ibis
    from ibis import _ as row

    people = point.until(_PEOPLE).group_by("case").aggregate(people=row.person.nunique().cast("float64"))
    cases = point.cases.select("case", "as_of", "began").left_join(_counted(point), "case").drop("case_right")
    cases = cases.left_join(people, "case")
    weeks = ibis.greatest(cases.as_of - cases.began, 7.0) / 7
    return cases.select(
        "case",
        people=cases.people.fill_null(0.0),
        rhythm=cases.all.fill_null(0.0) / weeks,
        contacts_lately=cases.contacts_lately.fill_null(0.0),
        answers_lately=cases.answers_lately.fill_null(0.0),
        meetings=cases.meetings.fill_null(0.0),
        silent_for=(cases.as_of - cases.last),
    )


def _counted(point: "Point") -> "Table":
    """How many contacts a case had, in all and lately, and when the last one was."""
    rows = point.until(_CONTACTS)
    lately = rows.at > rows.as_of - _LATELY
    return rows.group_by("case").aggregate(
        contacts_lately=lately.cast("float64").sum(),
        answers_lately=(lately & rows.came_in).cast("float64").sum(),
        meetings=(rows.kind == "meeting").cast("float64").sum(),
        all=rows.count().cast("float64"),
        last=rows.at.max(),
    )


def _contacts(record_type: str, belongs_to: Belongs) -> Source:
    return Source(
        _CONTACTS,
        select=(
            f"SELECT t.record_id, {days('t.at')}, t.item_type, coalesce(m.direction = 'in', false)"
            " FROM activities_timelineentry t LEFT JOIN activities_mail m ON m.id = t.item_id"
            f" WHERE t.record_type = '{record_type}' AND t.item_type IN ('mail', 'call', 'meeting', 'note') {{among}}"
        ),
        belongs_to=belongs_to,
        columns={"kind": TEXT, "came_in": FLAG},
        key="t.record_id",
    )


def _people(record_type: str, belongs_to: Belongs) -> Source:
    return Source(
        _PEOPLE,
        select=(
            f"SELECT t.record_id, {days('t.at')}, p.record_id"
            " FROM activities_timelineentry t JOIN activities_timelineentry p ON p.item_id = t.item_id"
            f" WHERE t.record_type = '{record_type}' AND p.record_type = 'person'"
            " AND t.item_type IN ('mail', 'call', 'meeting') {among}"
        ),
        belongs_to=belongs_to,
        columns={"person": TEXT},
        key="t.record_id",
    )


_FEATURES = (
    Feature("people", _("People of theirs involved so far"), Unit.COUNT, lever=_("One more person involved"), step=1),
    Feature("rhythm", _("Contacts a week"), Unit.COUNT),
    Feature(
        "contacts_lately",
        _("Contacts in the last 30 days"),
        Unit.COUNT,
        lever=_("Two more contacts within 30 days"),
        step=2,
    ),
    Feature("answers_lately", _("Their mails in the last 30 days"), Unit.COUNT),
    Feature("meetings", _("Meetings so far"), Unit.COUNT, lever=_("One more meeting"), step=1),
    Feature("silent_for", _("Since the last contact"), Unit.DAYS, lever=_("A contact today"), step=-1e6),
)
