"""Notes: what somebody wants to remember about a customer."""

from django.utils.translation import gettext_lazy as _

from .activity import Activity


class Note(Activity):
    """A text about one or more records; “@name” in it tells a colleague."""

    class Meta(Activity.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
