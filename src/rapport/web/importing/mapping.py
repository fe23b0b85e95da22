"""Mapping: what the rows of a file are, and which column is which field."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.integrations.importing import service
from rapport.integrations.importing.targets import worked_out_columns
from rapport.integrations.models import Import, ImportFile
from rapport.web.settings.access import needs

from .finding import found_file, found_import

_EXAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A column of the file: its heading, some of its values, the field it is mapped to and why."""

    position: int
    heading: str
    examples: tuple[str, ...]
    field: str
    reason: str


@dataclass(frozen=True)
class MappedFile:
    """A file with what is needed to map it."""

    file: ImportFile
    columns: tuple[Column, ...]
    fields: tuple[service.FieldOption, ...]


def mapped_files(subject: Import) -> list[MappedFile]:
    """Each file of the import, ready to be mapped."""
    return [_mapped(file) for file in subject.files.all()]


def _mapped(file: ImportFile) -> MappedFile:
    fields = service.field_options(file.record_type) if file.record_type else ()
    return MappedFile(file, tuple(_columns(file)), fields)


def _columns(file: ImportFile) -> Iterator[Column]:
    sample = service.sample_of(file)
    worked_out = worked_out_columns(file.record_type, file.columns)
    for position, heading in enumerate(file.columns):
        cells = (row.cells[position] for row in sample if position < len(row.cells))
        examples = tuple(dict.fromkeys(str(cell)[:60] for cell in cells if cell not in (None, "")))[:_EXAMPLES]
        chosen = file.mapping.get(heading, "")
        is_left = heading in worked_out and not chosen
        reason = _("Worked out from other fields: not imported.") if is_left else file.reasons.get(heading, "")
        yield Column(position, heading, examples, chosen, reason)


@require_POST
@needs("record.import")
def map_columns(request: HttpRequest, import_id: UUID, file_id: int) -> HttpResponse:
    """Take the mapping as chosen; another record type, or `guess`, has the columns guessed anew."""
    file = found_file(found_import(import_id), file_id)
    record_type = request.POST.get("record_type", "")
    if record_type != file.record_type or "guess" in request.POST:
        service.map_file(file, record_type=record_type)
    else:
        chosen = {heading: request.POST.get(f"column-{place}", "") for place, heading in enumerate(file.columns)}
        service.map_file(file, record_type=record_type, mapping=chosen)
    return redirect(f"{reverse('import', args=[import_id])}?step=mapping#file-{file.pk}")
