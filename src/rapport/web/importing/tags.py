"""Template filters of the import's pages."""

from collections.abc import Iterator, Sequence

from django import template
from django.utils.translation import gettext as _

from rapport.governance.dictionary import entries
from rapport.integrations.importing.apart import Pair
from rapport.integrations.importing.reporting import Report, ValueNote
from rapport.integrations.models import Decision

register = template.Library()


@register.filter
def type_label(record_type: str) -> str:
    """`{{ "person"|type_label }}`: the name of a record type."""
    entry = entries().get(record_type)
    return str(entry.plural) if entry else record_type


@register.filter
def field_label(decision: Decision) -> str:
    """`{{ decision|field_label }}`: what the field is called that the decision is about."""
    entry = entries().get(decision.file.record_type)
    field = entry.fields.get(decision.field) if entry else None
    return str(field.label) if field else decision.field


@register.filter
def field_in(said: ValueNote | Pair, report: Report) -> str:
    """`{{ note|field_in:report }}`: what the field is called that a note is about, or a pair told apart."""
    types = {count.file: count.record_type for count in report.files}
    entry = entries().get(types.get(said.file, ""))
    field = entry.fields.get(said.field) if entry else None
    return str(field.label) if field else said.field


@register.filter
def changeable(report: Report) -> list[ValueNote]:
    """What a dry run took as the same as something else, and can be told apart from it; what most rows have first."""
    return sorted((note for note in report.interpretations if note.decision), key=lambda note: -note.rows)


@register.filter
def value_notes(report: Report) -> Iterator[tuple[str, Sequence[ValueNote]]]:
    """The groups of notes that have any, each with its heading; without what is shown to be changed."""
    groups = (
        (_("Read as"), [note for note in report.interpretations if not (report.dry_run and note.decision)]),
        (_("Not known yet and created"), report.created_by_offer),
        (_("Not understood, kept beside the record"), report.kept_aside),
        (_("Columns kept beside the record"), report.columns_kept_aside),
    )
    return ((heading, notes) for heading, notes in groups if notes)
