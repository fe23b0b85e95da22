"""Tells Django about `rapport.insights`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.insights"
    verbose_name = _("Insights")

    def ready(self) -> None:
        """Make what machines do here known to oversight."""
        from .next_actions import action  # needs the models

        action.register()
