"""The background work of identity."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from .guessing import forget_old


@job(label=_("Forget old attempts to sign in"), schedule="41 3 * * *", lock="forget-attempts")
def forget_attempts() -> None:
    """Drop the counts of failed attempts that are too old to slow anybody down."""
    forget_old()
