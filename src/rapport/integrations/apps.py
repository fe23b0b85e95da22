"""Tells Django about `rapport.integrations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.integrations"
    verbose_name = _("Integrations")

    def ready(self) -> None:
        """Let webhooks hear of events, and exports of records be made in the background."""
        from .exporting import export  # noqa: F401
        from .webhooks import outbox  # noqa: F401
