"""The Django app of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Keeps the answers to requests that may be repeated."""

    name = "rapport.api"
    label = "api"
