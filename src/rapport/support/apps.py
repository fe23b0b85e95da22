"""Tells Django about `rapport.support`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.support"
    verbose_name = _("Support")

    def ready(self) -> None:
        """Put tickets on timelines."""
        from . import registration

        registration.register()
