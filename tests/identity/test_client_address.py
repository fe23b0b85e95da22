"""A client's address: believed from a header only as far as trusted proxies wrote it."""

from typing import Any

import pytest

from rapport.identity.client_address import client_address, counted_address

PROXIES = ["10.0.0.0/8", "::1"]


@pytest.mark.parametrize(
    ("sender", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # nobody we trust wrote the header
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),  # the first part is the client's own claim
        ("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("10.0.0.1", "rubbish", "10.0.0.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("", "", "0.0.0.0"),
    ],
)
def test_the_address_is_the_last_one_that_no_trusted_proxy_has(
    settings: Any, sender: str, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert client_address({"REMOTE_ADDR": sender, "HTTP_X_FORWARDED_FOR": forwarded}) == expected


def test_without_trusted_proxies_the_header_counts_for_nothing() -> None:
    assert client_address({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}) == "10.0.0.1"


def test_all_addresses_of_one_network_count_as_one_sender() -> None:
    assert counted_address({"REMOTE_ADDR": "2001:db8:1:2::5"}) == counted_address({"REMOTE_ADDR": "2001:db8:1:2::6"})
    assert counted_address({"REMOTE_ADDR": "2001:db8:1:3::5"}) != counted_address({"REMOTE_ADDR": "2001:db8:1:2::6"})
