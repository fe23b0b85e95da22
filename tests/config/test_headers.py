"""What every answer tells the browser, walked over all addresses; and what changes behind a proxy with TLS."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

from tests.architecture.addresses import all_addresses
from tests.architecture.test_pages import NOT_HERE_NOW
from tests.cast import PASSWORD, Cast, make_cast
from tests.world import make_world

pytestmark = pytest.mark.django_db

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TOLD = (
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_NAME"),
    *("CSRF_COOKIE_NAME", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_PROXY_SSL_HEADER"),
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
)
UNDER_TLS = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {TOLD}}}))
"""


def missing_from(answer: object) -> list[str]:
    headers = answer.headers  # type: ignore[attr-defined]
    found = [name for name, value in WANTED.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    parts = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
    found += [f"Content-Security-Policy: {part}" for part in parts if part not in policy and "sandbox" not in policy]
    if "unsafe-" in policy or "*" in policy or "http:" in policy:
        found.append(f"Content-Security-Policy: {policy}")
    if "no-store" not in headers.get("Cache-Control", ""):
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    return found


@pytest.mark.slow
def test_ga7_every_address_sends_every_header_to_everybody(fresh: None) -> None:
    cast = make_cast()
    world = make_world(cast)
    addresses = [address for address in all_addresses(world) if address.pattern not in NOT_HERE_NOW]
    dora = Client()
    dora.force_login(cast.dora)
    logging.disable()
    try:
        seen = [
            (address.path, missing_from(client.get(address.path)))
            for address in addresses
            for client in (dora, Client())
        ]
    finally:
        logging.disable(logging.NOTSET)
    assert not [(path, missing) for path, missing in seen if missing]


def test_errors_send_them_too(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.alice)
    for path in ("/nowhere/", "/settings/users/", "/organisations/00000000-0000-0000-0000-000000000000/"):
        assert not missing_from(client.get(path))
    assert not missing_from(Client(enforce_csrf_checks=True).post("/login/", {}))


def test_trace_is_not_answered(client: Client, cast: Cast) -> None:
    assert client.generic("TRACE", "/login/").status_code == 405


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, cast: Cast) -> None:
    client.get("/login/")
    client.post("/login/", {"username": cast.alice.email, "password": PASSWORD})
    client.post("/language/", {"language": "fr", "next": "/"})
    for name in ("sessionid", "csrftoken", "rapport_device", "django_language"):
        cookie = client.cookies[name]
        assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax"), name


def test_behind_tls_cookies_are_secure_and_bound_to_the_host() -> None:
    environment = os.environ | {
        "RAPPORT_PUBLIC_URL": "https://crm.example.org",
        "DJANGO_SETTINGS_MODULE": "rapport.config.settings",
    }
    command = [sys.executable, "-c", UNDER_TLS]
    told = subprocess.run(command, env=environment, cwd=Path.cwd(), capture_output=True, text=True, check=True).stdout
    found = json.loads(told.splitlines()[-1])
    assert found.pop("SECURE_HSTS_SECONDS") >= 365 * 24 * 3600
    assert found.pop("SECURE_PROXY_SSL_HEADER") == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found.pop("SESSION_COOKIE_NAME") == "__Host-sessionid"
    assert found.pop("CSRF_COOKIE_NAME") == "__Host-csrftoken"
    assert found.pop("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN") is False
    assert all(found.values())


def test_behind_tls_browsers_are_told_to_stay_there(client: Client, cast: Cast) -> None:
    proxy = ("HTTP_X_FORWARDED_PROTO", "https")
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_PROXY_SSL_HEADER=proxy):
        secure = client.get("/login/", headers={"x-forwarded-proto": "https"})
        plain = client.get("/login/")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in plain.headers


def test_signing_off_clears_what_pages_kept(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    assert client.post("/logout/").headers["Clear-Site-Data"] == '"storage"'
