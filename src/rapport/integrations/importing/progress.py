"""Telling how far an import is: columns that aren't history, written beside the verbs."""

from typing import Any

from django.db.models import QuerySet

from rapport.integrations.models import Import


def note(subject: Import, **columns: Any) -> None:
    """Set unrecorded columns of an import, in memory and in the database."""
    unknown = columns.keys() - Import.unrecorded_fields
    if unknown:
        raise ValueError(f"These columns are history: {sorted(unknown)}")
    for name, value in columns.items():
        setattr(subject, name, value)
    QuerySet(Import).filter(pk=subject.pk).update(**columns)


def set_progress(subject: Import, phase: str, done: int, total: int) -> None:
    """Tell how many rows of a phase are done."""
    note(subject, progress={"phase": phase, "done": done, "total": total})
