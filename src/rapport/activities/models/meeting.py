"""Meetings: when, where, with whom, and what came of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.problems import Problem
from rapport.core.values_field import EntriesField
from rapport.core.verbs import verb
from rapport.core.work import work_under_way
from rapport.directory.models import Person

from ..about import Given, Subject, subject_of
from ..attendees import Attendee, attendee, people_among
from ..recognising import recognise
from .activity import Activity


class MeetingStatus(models.TextChoices):
    """Whether it took place."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Meeting(Activity):
    """A calendar entry: `at` is when it starts, `text` its minutes; people who attend are what it is about."""

    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED)
    attendees = EntriesField(_("attendees"), default=list, blank=True)

    class Meta(Activity.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Guests are recognised, and the people who attend are what it is about."""
        for row in rows:
            row["attendees"] = [attendee(given) for given in row["attendees"]]
        recognise(row["attendees"] for row in rows)
        for row in rows:
            row["about"] = [*row["about"], *_subjects(row["attendees"])]
        super().complete_rows(rows)

    def about_given(self) -> list[Given]:
        """The people who attend are what it is about, too; one who was taken off the list is so no more."""
        work = work_under_way()
        before = (work.baselines.get(self.pk) if work else None) or {}
        self.attendees = [attendee(given) for given in self.attendees]
        recognise([self.attendees], before=before.get("attendees", ()))
        gone = {*_subjects(before.get("attendees", ()))} - {*_subjects(self.attendees)}
        return [*(given for given in self.about if subject_of(given) not in gone), *_subjects(self.attendees)]

    def clean(self) -> None:
        """A meeting has a subject and ends after it starts."""
        super().clean()
        if not self.title:
            raise ValidationError({"subject": _("Say in a few words what the meeting is for.")})
        if self.ends_at is not None and self.ends_at <= self.at:
            raise ValidationError({"ends_at": _("The meeting must end after it starts.")})

    @verb(label=_("Mark as held"), past=_("held"))
    def hold(self, minutes: str = "") -> None:
        """Say that it took place, with its minutes if there are any."""
        self._become(MeetingStatus.HELD)
        if minutes:
            self.text = minutes
        self.check_facts()
        self.save()

    @verb(label=_("Cancel"), past=_("cancelled"))
    def cancel(self) -> None:
        """Say that it won't take place."""
        self._become(MeetingStatus.CANCELLED)
        self.save()

    @verb(label=_("Move"), past=_("moved"))
    def move(self, starts_at: datetime) -> None:
        """Plan it for another time; it lasts as long as before."""
        if self.ends_at is not None:
            self.ends_at += starts_at - self.at
        self.at, self.status = starts_at, MeetingStatus.PLANNED
        self.save()

    def _become(self, status: MeetingStatus) -> None:
        if self.status == status:
            raise Problem(_("This meeting is already marked so: %(status)s.") % {"status": status.label})
        self.status = status


def _subjects(attendees: Iterable[Attendee]) -> list[Subject]:
    return [Subject(Person.record_type, key) for key in people_among(attendees)]
