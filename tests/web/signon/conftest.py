"""People who log in as people do."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client

from rapport.identity.models import User
from tests.cast import PASSWORD


def log_in(client: Client, user: User, *, password: str = PASSWORD, **more: str) -> HttpResponse:
    """Answer the log-in page."""
    return client.post("/login/", {"username": user.email, "password": password}, **more)  # type: ignore[arg-type]


def is_in(client: Client) -> bool:
    """Whether the browser is signed in."""
    return client.get("/keys/").status_code == 200


def code_for(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows now, or some steps of 30 seconds later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


@pytest.fixture
def app_of() -> Callable[[User], str]:
    """Gives a user an authenticator app; its secret."""

    def activate(user: User) -> str:
        secret = str(generate_totp_secret())
        TOTP.activate(user, secret)
        return secret

    return activate


def recovery_codes_of(user: User) -> list[str]:
    """Gives a user recovery codes."""
    RecoveryCodes.activate(user)
    return list(Authenticator.objects.get(user_id=user.pk, type="recovery_codes").wrap().get_unused_codes())
