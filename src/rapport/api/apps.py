"""The Django app of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Keeps the answers to requests that may be repeated."""

    name = "rapport.api"
    label = "api"

    def ready(self) -> None:
        """What is deleted for good is kept in no answer either."""
        from rapport.governance.own.forgetting import DELETED_FOR_GOOD

        from .idempotency import forget_value

        DELETED_FOR_GOOD.append(forget_value)
