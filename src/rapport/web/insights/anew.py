"""The button that brings figures up to date."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapport.core.clock import now
from rapport.web.ui.toasts import toast


def bring_up_to_date(request: HttpRequest, as_of: Callable[[], datetime]) -> None:
    """Have figures worked out, which gives the moment from which they are; says so where that was just done."""
    asked_at = now()
    if as_of() < asked_at:
        toast(request, _("These figures are less than a minute old. They are worked out once a minute at most."))
