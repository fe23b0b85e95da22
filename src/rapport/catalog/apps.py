"""Tells Django about `rapport.catalog`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Know what a fresh database needs; tell what amounts are worth."""
        from . import setup, worth  # noqa: F401 - they register themselves; they need the models
