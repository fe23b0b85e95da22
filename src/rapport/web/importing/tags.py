"""Template filters of the import's pages."""

from collections.abc import Iterator, Sequence

from django import template
from django.utils.translation import gettext as _

from rapport.governance.dictionary import entries
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
def value_notes(report: Report) -> Iterator[tuple[str, Sequence[ValueNote]]]:
    """The groups of notes that have any, each with its heading."""
    groups = (
        (_("Read as"), report.interpretations),
        (_("Not known yet and created"), report.created_by_offer),
        (_("Not understood, kept beside the record"), report.kept_aside),
        (_("Columns kept beside the record"), report.columns_kept_aside),
    )
    return ((heading, notes) for heading, notes in groups if notes)
