"""Editing a proposal before accepting it: the same inputs as everywhere, filled with what is proposed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rapport.core.records import RECORD_TYPES
from rapport.governance.columns import comparable
from rapport.governance.dictionary import Field
from rapport.governance.domains import Link
from rapport.oversight.calls import decoded
from rapport.oversight.carrying import subject_of
from rapport.oversight.models import Proposal
from rapport.web.forms.questions import Posted, answer_of, is_asked, shown_of
from rapport.web.forms.record_form import RecordForm

from .values import field_of


def form_of(proposal: Proposal, posted: Posted | None = None) -> RecordForm:
    """The form that asks for the arguments, as the machine proposes them.

    Raises `Stale` when the record is gone.
    """
    subject = subject_of(proposal)
    draft = subject() if isinstance(subject, type) else subject  # never saved: it shows what would be
    for argument, field in asked_of(proposal).items():
        setattr(draft, field.name, _proposed(field, proposal.arguments[argument]))
    model = RECORD_TYPES[proposal.subject_type]
    return RecordForm(model, asked_of(proposal).values(), record=draft, posted=posted)


def asked_of(proposal: Proposal) -> Mapping[str, Field]:
    """The arguments that a person may edit, with the fields behind them."""
    own = {field.name for field in RECORD_TYPES[proposal.subject_type]._meta.get_fields()}
    found = {name: field_of(proposal, name) for name in proposal.arguments}
    return {name: field for name, field in found.items() if field is not None and field.name in own}


def _proposed(field: Field, stored: Any) -> Any:
    value = decoded(stored)
    if isinstance(field.domain, Link) and isinstance(value, UUID):
        return field.domain.model._base_manager.filter(pk=value).first()
    return value


def question_of(proposal: Proposal, posted: Posted | None = None) -> RecordForm:
    """The same inputs with what stands there now: for a person's own answer, before the machine's is shown."""
    subject = subject_of(proposal)
    record = None if isinstance(subject, type) else subject
    return RecordForm(RECORD_TYPES[proposal.subject_type], asked_of(proposal).values(), record=record, posted=posted)


def answers_of(proposal: Proposal, form: RecordForm) -> dict[str, Any]:
    """What was answered to each argument, of a form that is valid; another way to write the same is the same."""
    answers = {name: decoded(proposal.arguments[name]) for name in asked_of(proposal)}
    return {**answers, **edits_of(proposal, form)}


def edits_of(proposal: Proposal, form: RecordForm) -> dict[str, Any]:
    """The arguments that were answered otherwise than proposed, of a form that is valid."""
    edits = {}
    for argument, field in asked_of(proposal).items():
        if field.name in form.values and not _is_as_proposed(field, proposal.arguments[argument], form):
            value = form.values[field.name]
            edits[argument] = comparable(value) if argument != field.name else value
    return edits


def _is_as_proposed(field: Field, stored: Any, form: RecordForm) -> bool:
    """Whether the form came back with what it showed, or with another way to write it."""
    shown = shown_of(field, _proposed(field, stored))
    answered = answer_of(field, form.posted) if form.posted and is_asked(field, form.posted) else shown
    return shown in (answered, shown_of(field, form.values[field.name]))
