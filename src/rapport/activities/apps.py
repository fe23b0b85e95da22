"""Tells Django about `rapport.activities`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        """Keep timelines in step with what is written, and put activities on them."""
        from . import registration

        registration.register()
