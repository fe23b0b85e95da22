"""Tells Django about `rapport.intelligence`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntelligenceConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.intelligence"
    verbose_name = _("Intelligence")

    def ready(self) -> None:
        """Listen to what is written, and to which fields are hidden."""
        from . import dictionary, registration, trialling  # noqa: F401 - describes by being imported

        registration.register()
        trialling.register()
