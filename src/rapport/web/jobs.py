"""The background work of the pages; workers find it through this module."""

from .lists.jobs import change_in_background, remove_in_background

__all__ = ["change_in_background", "remove_in_background"]
