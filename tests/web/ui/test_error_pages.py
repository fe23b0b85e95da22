"""When something goes wrong people read what happened and what to do, never a traceback."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path

from rapport.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.cast import Cast

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def _raise(error: Exception) -> object:
    def view(request: object) -> None:
        raise error

    return view


urlpatterns = [
    *urlpatterns,
    path("breaks/", _raise(RuntimeError("secret detail"))),  # type: ignore[arg-type]
    path("forbids/", _raise(PermissionDenied("Only Bob may see the forecast."))),  # type: ignore[arg-type]
    path("suspects/", _raise(SuspiciousOperation("secret detail"))),  # type: ignore[arg-type]
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(cast: Cast) -> Client:
    """Alice's browser, where errors become pages."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/nowhere/", 404, "There is nothing here"),
        ("/breaks/", 500, "Something failed on our side"),
        ("/forbids/", 403, "Only Bob may see the forecast."),
        ("/suspects/", 400, "That could not be read"),
    ],
)
def test_each_failure_has_its_page(browser: Client, address: str, status: int, sentence: str) -> None:
    answer = browser.get(address)
    text = answer.content.decode()
    assert answer.status_code == status
    assert sentence in text
    assert "secret detail" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize(("address", "status"), [("/breaks/", 500), ("/forbids/", 403), ("/nowhere/", 404)])
def test_htmx_gets_a_toast_instead_of_a_page(browser: Client, address: str, status: int) -> None:
    answer = browser.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == status
    assert answer.content.decode().count("data-toast") == 1
    assert "<html" not in answer.content.decode()


def test_a_form_that_was_open_too_long_says_so(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/preferences/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Reload the page and send it again." in answer.content.decode()
