"""Tells Django about `rapport.oversight`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.oversight"
    verbose_name = _("Oversight")

    def ready(self) -> None:
        """Put the gate before every verb, the count of what runs touch behind it, and trials before what is shown."""
        from . import drilling, gate, setup  # noqa: F401 - register themselves; need the models
        from .trials import shuffling, withholding

        withholding.register()
        shuffling.register()
