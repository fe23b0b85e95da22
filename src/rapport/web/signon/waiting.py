"""Saying how long somebody must wait."""

import math
from datetime import timedelta

from django.utils.translation import ngettext


def waiting_sentence(wait: timedelta) -> str:
    """That there were too many wrong attempts, and when to try again."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    if seconds < 60:
        text = ngettext(
            "Too many wrong attempts. Wait %(count)s second, then try again.",
            "Too many wrong attempts. Wait %(count)s seconds, then try again.",
            seconds,
        )
        return text % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Too many wrong attempts. Wait %(count)s minute, then try again.",
        "Too many wrong attempts. Wait %(count)s minutes, then try again.",
        minutes,
    )
    return text % {"count": minutes}
