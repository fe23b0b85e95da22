"""Notifications in the dictionary."""

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, PersonalData, describe
from rapport.governance.domains import Choice, DateTime, Link, Text

from ..models import Notification
from ..notices import NoticeKind

describe(
    Notification,
    label=_("Notification"),
    plural=_("Notifications"),
    meaning=_("What a user is told: a mention, a task given, a reminder."),
    icon="bell",
    importable=False,
    fields=[
        Field("user", _("For"), Link("user"), _("The user who is told."), PersonalData.PERSONAL, form=False),
        Field("at", _("When"), DateTime(), _("When it was sent."), in_list=True, form=False, sortable=True),
        Field(
            "kind", _("Kind"), Choice(dict(NoticeKind.choices)), _("Why the user is told."), in_list=True, form=False
        ),
        Field("item_type", _("Record type"), Text(40), _("The type of the record it points to."), form=False),
        Field(
            "item_title",
            _("Record"),
            Text(300),
            _("The record it points to."),
            PersonalData.PERSONAL,
            form=False,
            selectable=False,
        ),
        Field("sender", _("By"), Text(200), _("Whose doing it is."), PersonalData.PERSONAL, in_list=True, form=False),
        Field("read_at", _("Read"), DateTime(), _("When it was read; empty until then."), in_list=True, form=False),
    ],
)
