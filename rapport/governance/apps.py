"""Tells Django about `rapport.governance`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.governance"
    verbose_name = _("Governance")
