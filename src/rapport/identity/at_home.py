"""The language and the time zone of a user: how they are spoken to, and how what they typed is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone, translation

from .models import User


def zone_of(user: User) -> ZoneInfo:
    """Their time zone; UTC where this machine doesn't know it."""
    try:
        return ZoneInfo(user.time_zone)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")


@contextmanager
def at_home_with(user: User, *, language: str = "") -> Iterator[None]:
    """Within the block all is as the user is used to: their language, or the given one, and their time zone."""
    with translation.override(language or user.language), timezone.override(zone_of(user)):
        yield
