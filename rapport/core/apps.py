"""Tells Django about `rapport.core`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.core"
    verbose_name = _("Core")
