"""Creating tasks and meetings from anywhere."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation

navigation.add_creation(
    Creation(
        "task",
        _("Task"),
        icon="square-check",
        url="task-new",
        permission="task.create",
        order=50,
    )
)
navigation.add_creation(
    Creation(
        "meeting",
        _("Meeting"),
        icon="calendar-plus",
        url="meeting-new",
        permission="meeting.create",
        order=60,
    )
)
