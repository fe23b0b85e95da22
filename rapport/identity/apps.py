"""Tells Django about `rapport.identity`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.identity"
    verbose_name = _("Identity")
