"""Choosing what the rows of a file are and which column is which field."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.governance.domains import Link
from rapport.integrations.importing.guessing.targets import EXTERNAL_ID
from rapport.integrations.importing.progress import note
from rapport.integrations.importing.targets import importable, may_fill, worked_out_columns
from rapport.integrations.importing.uploading import guess_file
from rapport.integrations.models import ImportFile, Status

_STARTED = (Status.CHECKING, Status.RUNNING, Status.UNDOING)


@dataclass(frozen=True)
class FieldOption:
    """A field that a column can be mapped to."""

    name: str
    label: str
    meaning: str
    mandatory: bool
    links_to: str = ""


def field_options(record_type: str) -> tuple[FieldOption, ...]:
    """The fields of a record type, the identifier of the other system first."""
    own = FieldOption(
        EXTERNAL_ID, _("Identifier in the other system"), _("Tells the row from all others."), mandatory=False
    )
    fields = [
        FieldOption(
            field.name,
            str(field.label),
            str(field.meaning),
            field.mandatory is not None,
            field.domain.target if isinstance(field.domain, Link) else "",
        )
        for field in importable(record_type).fields.values()
        if may_fill(record_type, field.name)
    ]
    return (own, *fields)


def map_file(file: ImportFile, *, record_type: str, mapping: Mapping[str, str] | None = None) -> ImportFile:
    """Say what a file's rows are, and field by column (guessed anew without it); "" as type leaves the file out."""
    if file.part_of.status in _STARTED:
        raise Problem(_("The import is under way. Stop it before you change how it is mapped."))
    if mapping is None:
        found = guess_file(file, record_type=record_type) if record_type else None
        mapping = found.mapping if found else {}
        file.reasons = {fit.column: fit.reason for fit in found.fits} if found else {}
        mapping = {column: name for column, name in mapping.items() if may_fill(record_type, name)}
    chosen = {column: name for column, name in mapping.items() if name}
    if record_type:
        _check_mapping(file, record_type, chosen)
    file.record_type, file.mapping = record_type, chosen
    file.save(update_fields=["record_type", "mapping", "reasons"])
    if file.part_of.status != Status.UPLOADED:
        note(file.part_of, status=Status.UPLOADED)
    return file


def _check_mapping(file: ImportFile, record_type: str, mapping: Mapping[str, str]) -> None:
    try:
        fields = importable(record_type).fields
    except KeyError:
        raise Problem(_("“%(type)s” is no record type.") % {"type": record_type}) from None
    seen: set[str] = set()
    for column, name in mapping.items():
        if column not in file.columns:
            raise Problem(_("%(file)s has no column “%(column)s”.") % {"file": file.name, "column": column})
        if worked_out_columns(record_type, [name]):
            raise Problem(_("“%(field)s” is worked out from other fields: it can't be imported.") % {"field": name})
        if name != EXTERNAL_ID and name not in fields:
            raise Problem(_("“%(field)s” is no field of %(type)s.") % {"field": name, "type": record_type})
        if not may_fill(record_type, name):
            words = {"field": fields[name].label}
            raise Problem(_("You may not set “%(field)s”. Leave it out, or ask an administrator.") % words)
        if name in seen:
            message = _("Two columns of %(file)s are mapped to “%(field)s”. Choose one of them.")
            raise Problem(message % {"file": file.name, "field": name})
        seen.add(name)
