"""Background work of activities: reminders, and the purge of file contents that nothing refers to any more."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from .models import Task
from .purge import purge_contents


@job(label=_("Remind of tasks"), schedule="* * * * *", lock="reminders")
def remind_of_tasks() -> None:
    """Notify the owners of tasks whose reminder is due, each once."""
    while Task.to_remind().exists() and Task.remind():
        pass


@job(label=_("Purge file contents"), schedule="17 3 * * *", lock="purge-files")
def purge_files() -> None:
    """Delete the content of files that were removed more than thirty days ago; until then undo brings it back."""
    purge_contents()
