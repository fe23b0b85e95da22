"""Tells Django about `rapport.quality`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.quality"
    verbose_name = _("Data quality")

    def ready(self) -> None:
        """Describe the tables, and listen to what is written."""
        from . import machine_actions, registration  # noqa: F401 - machine_actions registers itself

        registration.register()
