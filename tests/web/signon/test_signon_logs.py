"""Sign-ins leave lines in the log: how somebody came in, who was refused, without telling anybody's address."""

from collections.abc import Callable

import pytest
from django.test import Client
from structlog.testing import capture_logs

from rapport.identity.models import User
from tests.cast import Cast
from tests.web.signon.conftest import log_in

pytestmark = pytest.mark.django_db


def test_success_and_failure_leave_a_line_each(cast: Cast, app_of: Callable[[User], str]) -> None:
    with capture_logs() as lines:
        log_in(Client(), cast.alice)
        log_in(Client(), cast.alice, password="wrong")
        app_of(cast.bob)
        second = Client()
        log_in(second, cast.bob)
        second.post("/login/second-step/", {"code": "000000"})
    told = [line["event"] for line in lines if line["event"] in {"signed in", "sign-in refused", "code refused"}]
    assert told == ["signed in", "sign-in refused", "code refused"]
    assert "rapport.example" not in str(lines)


def test_slowed_guessing_leaves_a_warning(cast: Cast) -> None:
    client = Client()
    with capture_logs() as lines:
        for _ in range(6):
            log_in(client, cast.alice, password="wrong")
    assert any(line["event"] == "guessing slowed" and line["log_level"] == "warning" for line in lines)
