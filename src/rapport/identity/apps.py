"""Django's entry for identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Users, teams, roles."""

    name = "rapport.identity"
    label = "identity"
