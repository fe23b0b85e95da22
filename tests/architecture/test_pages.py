"""Every page can be reached, answers, and leads nowhere that does not exist."""

import logging
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.architecture.addresses import Address, all_addresses
from tests.cast import make_cast
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINKS = {"href", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "src"}
OURS_BUT_NOT_PAGES = ("/static/",)
LEADS_ELSEWHERE = 302
ONLY_FOR_ACTIONS = 405
NOT_HERE_NOW = {"healthz", "settings-job-action", "bulk-progress", "log-out"}  # need a worker or a job; ends the visit
NOT_HERE_NOW |= {
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "provider-start",
}  # need a second factor, or a provider to ask


class _Links(HTMLParser):
    """Collects where a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.update(value for name, value in attributes if name in LINKS and value)


@pytest.fixture
def visits(fresh: None, client: Client) -> list[tuple[Address, HttpResponse]]:
    """Each address, as it answers an administrator."""
    cast = make_cast()
    world = make_world(cast)
    client.force_login(cast.dora)
    addresses = [address for address in all_addresses(world) if address.pattern not in NOT_HERE_NOW]
    logging.disable()  # refusals are expected, and counted below
    try:
        return [(address, client.get(address.path)) for address in addresses]
    finally:
        logging.disable(logging.NOTSET)


def test_every_page_answers_and_leads_only_to_pages_that_exist(visits: list[tuple[Address, HttpResponse]]) -> None:
    broken = [f"{address.path}: {answer.status_code}" for address, answer in visits if not _is_fine(answer)]
    dead = {link: address.path for address, answer in visits for link in _dead_links(address, answer)}
    assert not broken
    assert not dead, "\n".join(f"{link} (on {path})" for link, path in sorted(dead.items()))


def _is_fine(answer: HttpResponse) -> bool:
    return answer.status_code < 300 or answer.status_code in {LEADS_ELSEWHERE, ONLY_FOR_ACTIONS}


def _dead_links(address: Address, answer: HttpResponse) -> Iterator[str]:
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return
    page = _Links()
    page.feed(answer.content.decode())
    for link in sorted(page.found):
        target = urlsplit(urljoin(address.path, link))
        if not target.netloc and not target.scheme and not _exists(target.path):
            yield link


def _exists(path: str) -> bool:
    if path.startswith(OURS_BUT_NOT_PAGES):
        return True
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
