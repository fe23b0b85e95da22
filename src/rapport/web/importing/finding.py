"""Finding the import and the file that an address names, if this person may see them."""

from uuid import UUID

from django.http import Http404

from rapport.core.problems import Problem
from rapport.integrations.importing import service
from rapport.integrations.models import Import, ImportFile


def found_import(import_id: UUID) -> Import:
    """The import; 404 when there is none this person may see."""
    subject = service.imports_visible().filter(pk=import_id).first()
    if subject is None:
        raise Http404
    return subject


def found_file(subject: Import, file_id: int) -> ImportFile:
    """A file of the import; 404 when it has no such file."""
    try:
        return service.file_of(subject, min(file_id, 2**63 - 1))
    except Problem:
        raise Http404 from None
