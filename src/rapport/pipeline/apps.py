"""Tells Django about `rapport.pipeline`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PipelineConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.pipeline"
    verbose_name = _("Pipeline")
