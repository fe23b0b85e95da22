"""Django's entry for identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Users, teams, roles."""

    name = "rapport.identity"
    label = "identity"

    def ready(self) -> None:
        """Rights and saved lists follow a record that is merged into another."""
        from rapport.core.merging.links import ALSO_MOVED

        from .merging import keep_rights, point_views

        ALSO_MOVED.extend([keep_rights, point_views])
