"""What a text may speak of."""

from enum import StrEnum


class Aspect(StrEnum):
    """One thing that a text tells by its words."""

    WAITING = "waiting"
    CROSS = "cross"
    AGAIN = "again"
    LEAVING = "leaving"
    CLAIMING = "claiming"
    PRAISE = "praise"
