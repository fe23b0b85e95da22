"""Tells Django about `rapport.directory`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Keep territories in step with what is written."""
        from rapport.core.projections import PROJECTIONS, Projection

        from . import territories

        PROJECTIONS.append(Projection(territories.remember, territories.forget))
