"""Bulk actions that take longer than somebody waits: done in the background, a few hundred records at a time."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import acting_as
from rapport.core.events import Event, batch
from rapport.core.jobs import job
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES
from rapport.governance.dictionary import entry_of
from rapport.identity.actors import actor_now
from rapport.web.forms.record_form import RecordForm

AT_ONCE = 200


@job(label=_("Change several records"), atomic=False)
def change_in_background(
    *, record_type: str, ids: list[str], field: str, answers: dict[str, list[str]], user_id: str, batch_id: str
) -> None:
    """Set a field on many records, as the user who asked for it."""
    model = RECORD_TYPES[record_type]
    with acting_as(actor_now(user_id)):
        form = RecordForm(model, [entry_of(record_type).fields[field]], posted=MultiValueDict(answers))
        if not form.is_valid:
            return
    _in_parts(ids, batch_id, lambda part: model.change_several(part, **form.values), user_id=user_id)


@job(label=_("Delete several records"), atomic=False)
def remove_in_background(*, record_type: str, ids: list[str], user_id: str, batch_id: str) -> None:
    """Delete many records, as the user who asked for it."""
    _in_parts(ids, batch_id, RECORD_TYPES[record_type].remove_several, user_id=user_id)


def _in_parts(ids: Sequence[str], batch_id: str, act: Callable[[list[UUID]], Any], *, user_id: str) -> None:
    """One event for each part, with the rights the user has then; begun again, it goes on after those that have one."""
    with batch(UUID(batch_id)):
        done = Event.objects.filter(batch=UUID(batch_id)).count() * AT_ONCE
        for start in range(done, len(ids), AT_ONCE):
            try:
                with acting_as(actor_now(user_id)):
                    act([UUID(text) for text in ids[start : start + AT_ONCE]])
            except Problem:
                continue  # every record of this part refused; the others may not
