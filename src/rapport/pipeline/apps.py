"""Tells Django about `rapport.pipeline`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PipelineConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.pipeline"
    verbose_name = _("Pipeline")

    def ready(self) -> None:
        """After migrating, see to it that there is a pipeline."""
        from .setup import ensure_default_pipeline  # needs the models

        post_migrate.connect(ensure_default_pipeline, sender=self, dispatch_uid="ensure_default_pipeline")
