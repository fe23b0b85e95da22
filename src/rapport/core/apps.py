"""Django's entry for core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core: actors, verbs, events."""

    name = "rapport.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Mergers are undone from the last one; moments are read quickly."""
        from .merging.undoing import refuse_out_of_order
        from .moments import read_moments_quickly
        from .undo import OBJECTIONS

        read_moments_quickly()

        OBJECTIONS.append(refuse_out_of_order)
