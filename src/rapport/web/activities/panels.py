"""What is to be done about a record, and its files; shown beside records of any type that has a timeline."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.activities.models import File, Task, TimelineEntry
from rapport.activities.queries import open_tasks_about
from rapport.web.places import record_address
from rapport.web.records.related import RelatedPanel, Row
from rapport.web.ui import formats


class OpenTasks(RelatedPanel):
    """The open tasks about a record, by day."""

    key, title, icon = "tasks", _("Open tasks"), "square-check"
    permission = "task.read"
    related_type = "task"
    nothing = _("Nothing is to be done.")

    def found(self) -> Iterable[Any]:
        """Late ones first."""
        return open_tasks_about(self.actor, self.record).select_related("owner")[:8]

    def row(self, record: Task) -> Row:
        """With its day and owner, and a button that completes it."""
        address = record_address("task", record.pk)
        day = formats.nearby_day(record.due_on) if record.due_on else ""
        who = record.owner.name if record.owner else ""
        may = self.actor.may("task.complete")  # whoever sees an activity may change it as far as the role goes
        return Row(
            record.title,
            address,
            more=" · ".join(part for part in (day, who) if part),
            is_late=record.is_overdue,
            do=f"{address}do/complete/" if may else "",
            do_label=_("Complete"),
        )

    @property
    def add(self) -> str:
        """The composer, open for a task."""
        if not self.actor.may("task.create"):
            return ""
        return f"{record_address(self.record.record_type, self.record.pk)}add/task/"


class Files(RelatedPanel):
    """The files kept with a record, newest first."""

    key, title, icon = "files", _("Files"), "file"
    permission = "file.read"
    related_type = "file"
    is_lazy = True
    nothing = _("No files yet. Add one above the timeline.")

    def found(self) -> Iterable[Any]:
        """The newest first."""
        placed = TimelineEntry.objects.filter(record_id=self.record.pk, item_type="file")
        return File.objects.visible_to(self.actor).filter(pk__in=placed.values("item_id")).order_by("-at", "-id")[:8]

    def row(self, record: File) -> Row:
        """With size and age; opens the content."""
        size = f"{formats.number(max(1, round(record.size / 1024)))} kB"
        return Row(record.title, f"/files/{record.pk}/content/", aside=size, more=formats.ago(record.at))
