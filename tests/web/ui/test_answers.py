"""Plain views are made right for people and for htmx."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/ui/"}


@pytest.fixture
def alice(client: Client, cast: Cast) -> Client:
    """Alice's browser."""
    client.force_login(cast.alice)
    return client


def test_a_redirect_to_another_page_is_one_for_the_window(alice: Client) -> None:
    answer = alice.post(reverse("sample-toast"), {"next": "/keys/"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.content) == (200, "/keys/", b"")
    assert "Removed" in alice.get("/keys/").content.decode()


def test_a_redirect_to_the_same_page_reloads_it(alice: Client) -> None:
    answer = alice.post(reverse("sample-toast"), {"next": "/ui/"}, headers=HTMX)
    assert answer.headers["HX-Refresh"] == "true"
    assert "HX-Redirect" not in answer.headers


def test_a_toast_comes_once_with_the_fragment(alice: Client) -> None:
    answer = alice.post(reverse("sample-fact"), {"value": "Optics"}, headers=HTMX).content.decode()
    assert answer.count("data-toast") == 1
    assert '<hx-partial hx-target="#toasts"' in answer
    assert "data-toast" not in alice.get("/ui/", headers={}).content.decode().split("toast-template")[0]


def test_a_refusal_is_a_toast_for_htmx_and_a_page_otherwise(alice: Client) -> None:
    fragment = alice.post(reverse("sample-problem"), headers=HTMX)
    assert fragment.status_code == 409
    assert fragment.content.decode().count("Re-open it first.") == 1
    page = alice.post(reverse("sample-problem"))
    assert page.status_code == 409
    assert "<!doctype html>" in page.content.decode()
    assert "Re-open it first." in page.content.decode()


def test_a_verb_is_told_with_undo_without_a_word_from_the_view(alice: Client, cast: Cast) -> None:
    from rapport.directory.models import Organisation

    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme")
    answer = alice.post(f"/organisations/{acme.pk}/edit/website/", {"website": "https://acme.example"}, headers=HTMX)
    assert "Acme" in answer.content.decode()
    assert "toast-undo" in answer.content.decode()


@pytest.mark.parametrize("name", ["theme", "density", "nav"])
def test_a_preference_is_on_the_page_from_its_first_byte(alice: Client, name: str) -> None:
    value = {"theme": "dark", "density": "roomy", "nav": "icons"}[name]
    assert f'data-{name}="{value}"' not in alice.get("/keys/").content.decode()
    assert alice.post(reverse("preferences"), {name: value, "next": "/keys/"}).headers["Location"] == "/keys/"
    assert f'data-{name}="{value}"' in alice.get("/keys/").content.decode()
    alice.post(reverse("preferences"), {name: "<script>"})
    assert f'data-{name}="{value}"' in alice.get("/keys/").content.decode()


def test_nobody_is_sent_to_a_foreign_site(alice: Client) -> None:
    for hostile in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert alice.post(reverse("preferences"), {"theme": "dark", "next": hostile}).headers["Location"] == "/"


def test_the_same_page_fits_the_shared_dialog(alice: Client) -> None:
    fragment = alice.get("/keys/", headers=HTMX | {"HX-Target": "dialog#dialog"}).content.decode()
    assert "dialog-title" in fragment
    assert "<html" not in fragment
