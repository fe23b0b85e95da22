"""Tells Django about `rapport.web`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """The Django application of this package."""

    name = "rapport.web"
    verbose_name = _("Web")

    def ready(self) -> None:
        """Lets every domain put its pages into the navigation, facts of signing on become events, lists be exported."""
        from rapport.web.lists import files  # noqa: F401
        from rapport.web.signon import facts  # noqa: F401 - its receivers
        from rapport.web.ui import navigation

        navigation.discover()
