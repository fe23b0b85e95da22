"""Tells Django about `rapport.leads`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.leads"
    verbose_name = _("Leads")

    def ready(self) -> None:
        """Give leads a timeline."""
        from . import registration

        registration.register()
