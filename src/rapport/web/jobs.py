"""The background work of the pages; workers find it through this module."""

from .lists.jobs import change_in_background, remove_in_background
from .signon.jobs import mail_reset_link, tell_about_sign_on

__all__ = ["change_in_background", "mail_reset_link", "remove_in_background", "tell_about_sign_on"]
