"""The composer: what can be added to a record from its own page - a note, a task, a meeting, a call, a mail, a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.activities.about import SUBJECT_TYPES
from rapport.activities.models import File
from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.dictionary import Field, entry_of
from rapport.web.forms.inputs import Input
from rapport.web.forms.questions import Posted
from rapport.web.forms.record_form import RecordForm
from rapport.web.forms.uploads import Upload

KINDS: Mapping[str, tuple[str, ...]] = {
    "note": ("text",),
    "task": ("subject", "due_on", "priority", "owner", "text"),
    "meeting": ("subject", "at", "ends_at", "place", "text"),
    "call": ("subject", "at", "direction", "outcome", "text"),
    "mail": ("subject", "at", "direction", "sender", "recipients", "text"),
    "file": ("text",),
}


@dataclass(frozen=True)
class Tab:
    """One kind of thing to add."""

    kind: str
    label: str
    icon: str
    is_open: bool


@dataclass(frozen=True)
class Composer:
    """What is being added."""

    kind: str
    tabs: tuple[Tab, ...]
    form: RecordForm

    @property
    def main(self) -> list[Input]:
        """The inputs above the text."""
        return [asked for asked in self.form.inputs if asked.name != "text"]

    @property
    def text(self) -> Input | None:
        """The text itself."""
        return next((asked for asked in self.form.inputs if asked.name == "text"), None)

    @property
    def takes_file(self) -> bool:
        """Whether a file is chosen."""
        return self.kind == "file"


def composer_for(record: Record, actor: Actor, kind: str, posted: Posted | None = None) -> Composer | None:
    """The composer of a record, open at `kind`; None when the actor may add nothing to it."""
    if record.record_type not in SUBJECT_TYPES:
        return None
    allowed = [name for name in KINDS if actor.may(f"{name}.create")]
    if not allowed:
        return None
    chosen = kind if kind in allowed else allowed[0]
    tabs = tuple(Tab(name, str(entry_of(name).label), entry_of(name).icon, name == chosen) for name in allowed)
    given = _given(chosen, actor) if posted is None else None
    form = RecordForm(RECORD_TYPES[chosen], fields_of(chosen, actor), posted=posted, given=given)
    return Composer(chosen, tabs, form)


def fields_of(kind: str, actor: Actor) -> list[Field]:
    """The fields asked for, as far as the actor may fill them in."""
    fillable = entry_of(kind).fillable_by(actor)
    return [fillable[name] for name in KINDS[kind] if name in fillable]


def _given(kind: str, actor: Actor) -> Posted:
    given = Posted()
    if kind in ("meeting", "call", "mail"):
        start = timezone.localtime(now()).replace(second=0, microsecond=0)
        if kind == "meeting":
            start = (start + timedelta(hours=1)).replace(minute=0)
        given["at"] = start.strftime("%Y-%m-%dT%H:%M")
    if kind == "task" and actor.user_id:
        given["owner"] = str(actor.user_id)
    return given


def add_to(record: Record, actor: Actor, composer: Composer, upload: Upload | None) -> Record | None:
    """Call the verb that keeps what was composed; None when it was refused, with the reason in the form."""
    form = composer.form
    values = dict(form.values) if form.is_valid else None
    if values is None:
        return None
    if "owner" not in values:
        values["owner_id"] = actor.user_id
    if composer.kind == "note" and not values.get("text"):
        form.add_error("text", _("Write something first."))
        return None
    if composer.takes_file:
        return form.attempt(lambda: _attached(record, upload, values))
    model: Any = RECORD_TYPES[composer.kind]
    return form.attempt(lambda: _made(model.create(about=[record], **values)))


def _made(record: Record) -> Record:
    return record


def _attached(record: Record, upload: Upload | None, values: dict[str, Any]) -> Record:
    if upload is None:
        raise Problem(_("Choose a file first."))
    with upload.opened() as content:
        return File.attach(content, name=upload.name, about=[record], **values)
