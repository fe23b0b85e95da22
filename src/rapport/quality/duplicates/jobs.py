"""Background work on duplicates."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from ..models import DuplicateSearch
from .proposing import propose_sure_mergers
from .running import ask_for_search, run, run_for_new
from .tables import COMPARED


@job(label=_("Look for duplicates"), queue="quality", atomic=False)
def look_through(*, search_id: int) -> None:
    """Do a search that somebody asked for."""
    subject = DuplicateSearch.objects.filter(pk=search_id).first()
    if subject is not None and subject.is_under_way:
        run(subject)


@job(
    label=_("Look for duplicates every night"),
    queue="quality",
    schedule="10 1 * * *",
    lock="nightly-duplicates",
    atomic=False,
)
def look_through_all() -> None:
    """Look through all organisations and people, and propose to merge what is sure."""
    for record_type in COMPARED:
        run(ask_for_search(record_type))
        propose_sure_mergers(record_type)


@job(
    label=_("Look for duplicates of what is new"),
    queue="quality",
    schedule="*/10 * * * *",
    lock="new-duplicates",
    atomic=False,
)
def look_at_what_is_new() -> None:
    """Compare the records written since the last search with all others."""
    for record_type in COMPARED:
        run_for_new(record_type)
