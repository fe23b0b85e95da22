"""Telling the owner that a webhook is no longer told."""

from rapport.activities.notices import NoticeKind, tell

from ..models import Webhook


def tell_owner(webhook: Webhook) -> None:
    """A notification, within the verb under way."""
    tell(webhook.owner_id, NoticeKind.GAVE_UP, about=webhook)
