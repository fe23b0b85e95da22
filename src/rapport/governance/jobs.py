"""Background work of governance."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.core.jobs import job

from .own.derived.force import in_force
from .own.derived.recomputing import stale, work_out
from .own.forgetting import keep_search_in_step, purge
from .own.indexes import prepare

_LONGEST_REQUEST = timedelta(minutes=2)


@job(label=_("Prepare indexes of own fields"), atomic=False)
def prepare_indexes() -> None:
    """Make own fields fast on big lists, and drop the indexes of those that are gone; nobody has to wait."""
    prepare()


@job(label=_("Work out own fields"), atomic=False)
def work_out_fields() -> None:
    """Work out the formulas and roll-ups that were added or changed, for all records; nobody has to wait."""
    started = now() - _LONGEST_REQUEST
    fields = stale()
    if fields:
        work_out(fields)
        later = work_out_late_changes.configure(schedule_in={"seconds": _LONGEST_REQUEST.seconds})
        later.defer(since=started.isoformat())


@job(label=_("Work out own fields of records changed meanwhile"), atomic=False)
def work_out_late_changes(since: str) -> None:
    """Look once more at records that a request wrote which did not yet know the field as it is."""
    work_out(in_force().all, since=datetime.fromisoformat(since))


@job(label=_("Work out what follows from today"), lock="derived-today", schedule="2 0 * * *", atomic=False)
def work_out_today() -> None:
    """Work out each night what says something else on another day."""
    work_out([one for one in in_force().all if one.follows_today])


@job(label=_("Keep the search in step with own fields"), atomic=False)
def search_own_fields() -> None:
    """Let records be found no more by what removed fields say, and again when these come back."""
    keep_search_in_step()


@job(label=_("Delete values of own fields for good"), atomic=False)
def purge_values(for_type: str, key: str) -> None:
    """Take the values of a field that was deleted for good off all records."""
    purge(for_type, key)
