"""Programs that use the API, as tests see them."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from rapport.core.actors import acting_as
from rapport.identity.actors import actor_for
from rapport.identity.models import ApiToken, User
from tests.cast import Cast


class Program:
    """Asks the API with the token of one user."""

    def __init__(self, user: User, *scopes: str) -> None:
        with acting_as(actor_for(user)):
            self.token = ApiToken.issue(name="Program", scopes=scopes or ("*",))
        self.client = Client(headers={"Authorization": f"Bearer {self.token.key}"})

    def get(self, path: str, query: Any = None, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=_names(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self._send("patch", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.client.delete(f"/api/v1/{path}", headers=_names(headers))

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = headers.pop("Content_Type", "application/json")
        send = getattr(self.client, method)
        return send(f"/api/v1/{path}", content, content_type=kind, headers=_names(headers))


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture(autouse=True)
def unhurried(settings: Settings) -> None:
    """Tests ask faster than programs may."""
    settings.API_REQUESTS_PER_MINUTE = 1_000_000


@pytest.fixture
def alice(cast: Cast) -> Program:
    return Program(cast.alice)


@pytest.fixture
def dora(cast: Cast) -> Program:
    return Program(cast.dora)
