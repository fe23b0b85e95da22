"""Background work of the API."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now
from rapport.core.jobs import job

from .idempotency import KEPT_HOURS
from .models import KeptAnswer


@job(label=_("Forget kept answers of the API"), schedule="23 * * * *", lock="forget-answers")
def forget_answers() -> None:
    """Drop the answers that were kept for repeated requests over a day ago."""
    KeptAnswer._base_manager.filter(at__lt=now() - timedelta(hours=KEPT_HOURS)).delete()
