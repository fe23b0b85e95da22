"""Imports in the words of the command line."""

from uuid import UUID

from rapport.cli.console import table
from rapport.core.actors import current_actor
from rapport.core.problems import Problem
from rapport.integrations.importing.reporting import Report, ValueNote
from rapport.integrations.models import Import

_MOST_LINES = 30
_COLUMNS = ("rows_read", "created", "changed", "unchanged", "skipped", "rejected")


def summary(report: Report) -> str:
    """What the dry run found."""
    parts = [
        _counts(report),
        _notes("taken as", report.interpretations, shows_meaning=True),
        _notes("not known yet and created", report.created_by_offer),
        _notes("not understood, kept beside the record", report.kept_aside),
        _notes("columns without a field, kept beside the record", report.columns_kept_aside),
        _lines("assumed", report.assumptions),
        _lines("left out", report.files_left_out),
    ]
    return "\n\n".join(part for part in parts if part)


def outcome(report: Report) -> str:
    """What the run did."""
    wording = "Every row is accounted for." if report.accounted else "Some rows are NOT accounted for: see the report."
    return f"{_counts(report)}\n\n{report.status}. {wording}"


def import_named(key: str) -> Import:
    """The import with this id, or the last one for an empty key; raises `Problem` when there is none."""
    visible = Import.objects.visible_to(current_actor()).order_by("-id")
    try:
        found = visible.filter(pk=UUID(key)).first() if key else visible.first()
    except ValueError:
        found = None
    if found is None:
        raise Problem("There is no such import. ./rapport undo-import --list shows all.")
    return found


def _counts(report: Report) -> str:
    rows = [("FILE", "TYPE", *(name.upper().replace("_", " ") for name in _COLUMNS))]
    rows += [(item.file, item.record_type, *(str(getattr(item, name)) for name in _COLUMNS)) for item in report.files]
    return table(rows)


def _notes(title: str, notes: tuple[ValueNote, ...], *, shows_meaning: bool = False) -> str:
    return _lines(title, tuple(_note(note, shows_meaning=shows_meaning) for note in notes))


def _note(note: ValueNote, *, shows_meaning: bool) -> str:
    meaning = f" → “{note.taken_as}”" if shows_meaning and note.taken_as else ""
    value = f": “{note.value}”{meaning}" if note.value else ""
    rows = f" ({note.rows} row{'s' if note.rows != 1 else ''})" if note.rows else ""
    reason = f" – {note.reason}" if note.reason and not note.value else ""
    return f"{note.file}, {note.field}{value}{rows}{reason}"


def _lines(title: str, lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    shown = [f"  {line}" for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"  … and {len(lines) - _MOST_LINES} more: --report FILE has them all")
    return "\n".join([f"{title}:", *shown])
