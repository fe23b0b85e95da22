"""Django's entry for identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Users, teams, roles."""

    name = "rapport.identity"
    label = "identity"

    def ready(self) -> None:
        """Rights and saved lists follow a merged record; who loses sight of something is marked."""
        from rapport.core.derived import SETTLERS
        from rapport.core.merging.links import ALSO_MOVED

        from .merging import keep_rights, point_views
        from .sight import note_losses

        ALSO_MOVED.extend([keep_rights, point_views])
        SETTLERS.append(note_losses)
