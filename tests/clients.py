"""Browsers without a screen."""

from django.test import Client

from rapport.identity.models import User


def signed_in(user: User) -> Client:
    """A browser in which this user is signed in, by a session as the log-in page begins it."""
    client = Client()
    client.force_login(user)
    return client
