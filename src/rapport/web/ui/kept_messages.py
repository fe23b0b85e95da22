"""Where toasts wait for the next page: in a cookie of this host alone, or in the session when they are long."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    """Django's, under a name that browsers protect."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class ToastStorage(FallbackStorage):
    """A cookie first, then the session."""

    storage_classes = (HostCookieStorage, SessionStorage)
