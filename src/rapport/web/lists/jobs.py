"""Bulk actions that take longer than somebody waits: done in the background, a few hundred records at a time."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import acting_as
from rapport.core.events import Event, batch
from rapport.core.jobs import job
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.several import AllRefused, note_refused
from rapport.governance.dictionary import entry_of
from rapport.identity.actors import actor_now
from rapport.identity.at_home import at_home_with
from rapport.identity.models import User
from rapport.web.forms.record_form import RecordForm

AT_ONCE = 200


@dataclass(frozen=True)
class Part:
    """What is done to a few hundred records at a time: by which verb of which type."""

    model: type[Record]
    verb: str
    act: Callable[[list[UUID]], Any]


@job(label=_("Change several records"), atomic=False)
def change_in_background(
    *,
    record_type: str,
    ids: list[str],
    field: str,
    answers: dict[str, list[str]],
    user_id: str,
    batch_id: str,
    language: str = "",
) -> None:
    """Set a field on many records, as the user who asked for it; what they typed is read in their language."""
    model = RECORD_TYPES[record_type]
    with at_home_with(User._base_manager.get(pk=user_id), language=language):
        with acting_as(actor_now(user_id)):
            form = RecordForm(model, [entry_of(record_type).fields[field]], posted=MultiValueDict(answers))
            if not form.is_valid:
                return
        change = Part(model, "change_several", lambda keys: model.change_several(keys, **form.values))
        _in_parts(ids, batch_id, change, user_id=user_id)


@job(label=_("Delete several records"), atomic=False)
def remove_in_background(*, record_type: str, ids: list[str], user_id: str, batch_id: str, language: str = "") -> None:
    """Delete many records, as the user who asked for it."""
    with at_home_with(User._base_manager.get(pk=user_id), language=language):
        model = RECORD_TYPES[record_type]
        _in_parts(ids, batch_id, Part(model, "remove_several", model.remove_several), user_id=user_id)


def _in_parts(ids: Sequence[str], batch_id: str, part: Part, *, user_id: str) -> None:
    """One event for each part, with the rights the user has then; begun again, it goes on after those that have one."""
    with batch(UUID(batch_id)):
        done = Event.objects.filter(batch=UUID(batch_id)).count() * AT_ONCE
        for start in range(done, len(ids), AT_ONCE):
            with suppress(Problem), acting_as(actor_now(user_id)):  # what was not done is not counted as done
                _do([UUID(text) for text in ids[start : start + AT_ONCE]], part)


def _do(keys: list[UUID], part: Part) -> None:
    """Where every record of this part refuses, the others may not."""
    try:
        part.act(keys)
    except AllRefused as refused:
        note_refused(f"{part.model.record_type}.{part.verb}", part.model, refused)
