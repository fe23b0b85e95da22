"""When something goes wrong people read what happened and what to do, never a traceback."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from rapport.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from rapport.core.actors import SYSTEM, acting_as
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
    path("bare/<int:status>/", lambda _request, status: HttpResponse(status=status)),
]

AS_BROWSERS_ASK = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(cast: Cast) -> Client:
    """Alice's browser, where errors become pages."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.alice)
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
    client.force_login(cast.alice)
    answer = client.post("/preferences/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Reload the page and send it again." in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This address can't be opened like that"),
        ("fr", "Cette adresse ne s’ouvre pas ainsi"),
        ("pt", "Este endereço não se abre assim"),
    ],
)
def test_an_address_of_a_button_has_a_page_for_whoever_opens_it(
    browser: Client, cast: Cast, language: str, sentence: str
) -> None:
    with acting_as(SYSTEM):
        cast.alice.change(language=language)
    answer = browser.get("/logout/", headers=AS_BROWSERS_ASK)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
    assert sentence in unescape(answer.content.decode())
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 411, 413, 414, 415, 422, 429, 431, 500, 503])
def test_no_refusal_is_without_words(browser: Client, status: int) -> None:
    answer = browser.get(f"/bare/{status}/", headers=AS_BROWSERS_ASK)
    assert answer.status_code == status
    assert f"Code {status}" in answer.content.decode()
    toast = browser.get(f"/bare/{status}/", headers={**AS_BROWSERS_ASK, "HX-Request": "true"})
    assert toast.content.decode().count("data-toast") == 1


def test_scripts_get_the_refusal_as_it_is(browser: Client) -> None:
    answer = browser.get("/bare/415/", headers={"Accept": "*/*"})
    assert (answer.status_code, answer.content) == (415, b"")


@pytest.mark.parametrize("address", ["/api/v1/docs/openapi.json", "/healthz", "/choose/person/"])
def test_a_program_that_asks_in_a_way_that_is_not_offered_gets_a_problem(browser: Client, address: str) -> None:
    answer = browser.put(address, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert answer.json()["title"] == "This address can't be opened like that"
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("address", ["/api/v1/me", "/api/v1/nowhere/else"])
def test_a_program_that_calls_us_by_another_name_gets_a_problem(address: str) -> None:
    answer = Client(headers={"Host": "evil.example"}).get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["title"] == "That could not be read"


def test_a_failure_is_told_to_programs_without_its_reason(browser: Client) -> None:
    answer = browser.get("/breaks/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (500, "Something failed on our side")
    assert "secret detail" not in answer.content.decode()


def test_a_browser_that_calls_us_by_another_name_gets_a_page_in_its_language() -> None:
    answer = Client(headers={"Host": "evil.example", "Accept-Language": "pt", **AS_BROWSERS_ASK}).get("/login/")
    assert answer.status_code == 400
    assert 'lang="pt"' in answer.content.decode()
