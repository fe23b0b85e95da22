"""Tells Django about `rapport.orders`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        """Put orders and contracts on timelines."""
        from . import registration

        registration.register()
