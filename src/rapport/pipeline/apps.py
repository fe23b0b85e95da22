"""Tells Django about `rapport.pipeline`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PipelineConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.pipeline"
    verbose_name = _("Pipeline")

    def ready(self) -> None:
        """Know what a fresh database needs; give opportunities a timeline."""
        from . import registration, setup  # noqa: F401 - the setup registers itself; both need the models

        registration.register()
