"""Django's entry for core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core: actors, verbs, events."""

    name = "rapport.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
