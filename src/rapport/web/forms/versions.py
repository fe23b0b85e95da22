"""Two people edit one record: a form knows the version it began with, and what was changed since is never overwritten
unseen. The version is the number of the record's latest change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapport.core.events import Change, history_of
from rapport.core.records import Record
from rapport.core.snapshots import decode
from rapport.governance.columns import column_of, comparable, current_of
from rapport.governance.own.columns import as_python
from rapport.web.ui.addresses import whole_number

from .record_form import RecordForm

VERSION = "version"


@dataclass(frozen=True)
class Touch:
    """A column changed since a version: its value then, and who changed it last."""

    before: Any
    who: str
    at: datetime


def version_of(record: Record) -> int:
    """The number of the record's latest change; 0 when history knows none."""
    return Change.objects.filter(record_id=record.pk).order_by("-id").values_list("id", flat=True).first() or 0


def read_version(posted: Mapping[str, Any]) -> int | None:
    """The version a form was made from; None when it does not say."""
    return whole_number(str(posted.get(VERSION) or ""))


def touched_since(record: Record, version: int) -> dict[str, Touch]:
    """The columns changed since a version, with their values as they were then."""
    touched: dict[str, Touch] = {}
    for change in history_of(record.pk).filter(id__gt=version, operation="change"):
        for name, value in as_python(type(record), decode(type(record), change.before or {})).items():
            known = touched.get(name)
            who, at = (known.who, known.at) if known else (change.event.actor_name, change.event.at)
            touched[name] = Touch(value, who, at)
    return touched


def decision_name(name: str) -> str:
    """The name under which "mine" or "theirs" is sent for a field."""
    return f"{name}__decide"


def settle(form: RecordForm) -> dict[str, Touch]:
    """Take out of `form.values` what the user did not mean to change; returns the clashes still to be decided."""
    assert form.record is not None
    assert form.posted is not None
    version = read_version(form.posted)
    touched = touched_since(form.record, version) if version is not None else {}
    clashes: dict[str, Touch] = {}
    for name in list(form.values):
        decision = form.posted.get(decision_name(name))
        touch = touched.get(column_of(type(form.record), name).attname)
        if decision == "theirs" or (touch and _is_untouched(form, name, touch)):
            del form.values[name]
        elif touch and _differs(form, name):
            clashes[name] = touch
    return clashes


def _is_untouched(form: RecordForm, name: str, touch: Touch) -> bool:
    return bool(comparable(form.values[name]) == comparable(touch.before))


def _differs(form: RecordForm, name: str) -> bool:
    assert form.record is not None
    return bool(comparable(form.values[name]) != comparable(current_of(form.record, form.fields[name])))
