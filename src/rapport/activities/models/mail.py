"""Mail, kept as records: what was written to and by a customer."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.values_field import EntriesField

from .activity import Activity
from .call import Direction


class Mail(Activity):
    """One message; `at` is its date, `text` its body. `thread` is the same for a message and its answers."""

    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.OUT)
    message_id = models.CharField(_("message id"), max_length=400, blank=True)
    thread = models.CharField(_("thread"), max_length=400, blank=True)
    sender = models.CharField(_("from"), max_length=320, blank=True)
    recipients = EntriesField(_("to"), default=list, blank=True)
    copied = EntriesField(_("copy to"), default=list, blank=True)

    class Meta(Activity.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"],
                condition=~Q(message_id=""),
                name="mail_is_kept_once",
                violation_error_message=_("This message is already on record."),
            )
        ]

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by the addresses too."""
        addresses = [values.get("sender") or "", *(values.get("recipients") or []), *(values.get("copied") or [])]
        return " ".join([*addresses, str(values.get("text") or "")])
