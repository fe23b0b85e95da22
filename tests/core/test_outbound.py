"""Nothing that people type makes the server send into its own network (T16, G-A7)."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from itertools import product
from typing import Any

import httpcore
import httpx
import pytest
from pytest_django import Settings

from rapport.core.outbound import send
from rapport.core.outbound_addresses import OutboundRefused, check_url, is_public

INSIDE = (
    *(
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
    ),
    *(
        "0177.0.0.1",
        "0177.1",
        "127.255.255.254",
        "0",
        "0.0.0.0",
        "0x0",
        "00000000000",
        "localhost",
        "LOCALHOST",
        "localhost.",
    ),
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:7f00:1]"),
    *("[::7f00:1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[fe80::1]", "[fc00::1]"),
    *(
        "[fd00:ec2::254]",
        "[fec0::1]",
        "[ff02::1]",
        "[2001::1]",
        "[2001:db8::1]",
        "[100::1]",
        "[::ffff:169.254.169.254]",
    ),
    *("10.0.0.1", "10.1", "167772161", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1", "100.64.0.1"),
    *("169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.1", "198.18.0.1", "192.0.0.1"),
    *("192.0.2.1", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
)
ENDINGS = ("", ":80", ":8000/path?query#part")
NO_ADDRESS = (
    *(
        "",
        "http://",
        "https://",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/_",
        "unix:///run/x",
    ),
    *("dict://127.0.0.1:11211/", "ldap://127.0.0.1", "javascript:alert(1)", "data:text/plain,x", "//127.0.0.1/", "/x"),
    *("https://user@example.com/", "https://user:word@127.0.0.1/", "https://example.com@127.0.0.1/", "https://[::1"),
    *(
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "https://127.0.0.1\\@example.com/",
    ),
    *(
        "https://example.com/\r\nX: y",
        "https://example.com\t/",
        "https://\u2460\u2461\u2466.0.0.1/",
        "https://①②⑦.⓪.⓪.①/",
    ),
    *(
        "https://" + "a" * 3_000 + ".example/",
        "https://.../",
        "https://%31%32%37.0.0.1/",
        "https://[v1.x]/",
        "https://[/",
    ),
)


class _Canary(BaseHTTPRequestHandler):
    """Answers whatever is asked, and counts."""

    asked = 0

    def do_POST(self) -> None:
        type(self).asked += 1
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1/elsewhere")
        self.end_headers()
        self.wfile.write(b"heard " + self.rfile.read(int(self.headers["Content-Length"])))

    do_GET = do_POST  # noqa: N815 - as the library asks for it

    def log_message(self, *_args: Any) -> None:
        """Stay silent."""


@pytest.fixture
def canary() -> Iterator[int]:
    _Canary.asked = 0
    server = HTTPServer(("127.0.0.1", 0), _Canary)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


FORMS = [f"{scheme}://{host}{end}" for scheme, host, end in product(("http", "https"), INSIDE, ENDINGS)]


def test_no_form_of_an_inner_address_is_reached(canary: int) -> None:
    assert len(FORMS) + len(NO_ADDRESS) >= 200
    reached = [form for form in (*FORMS, *NO_ADDRESS) if _is_reached(form)]
    own_port = [host for host in INSIDE if _is_reached(f"http://{host}:{canary}/")]
    assert not reached + own_port
    assert _Canary.asked == 0


def _is_reached(url: str) -> bool:
    """That nothing listens there is not enough: it must be refused."""
    try:
        send(url, content=b"{}", headers={}, timeout=1)
    except OutboundRefused:
        return False
    except httpx.ConnectError:
        pass
    return True


def test_a_name_that_changes_its_mind_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look-up says a public address, every later one ours (DNS rebinding): only the first one counts."""
    answers = iter(["93.184.215.14"])
    connected: list[str] = []

    def connect(_backend: object, host: str, *_args: object, **_options: object) -> None:
        connected.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: [_entry(next(answers, "127.0.0.1"))])
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(httpx.ConnectError):
        send("https://rebinding.example/", content=b"", headers={}, timeout=1)
    with pytest.raises(OutboundRefused):
        send("https://rebinding.example/", content=b"", headers={}, timeout=1)
    assert connected == ["93.184.215.14"]


def _entry(address: str) -> tuple[Any, ...]:
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))


def test_a_name_with_one_inner_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [_entry("93.184.215.14"), _entry("10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: both)
    with pytest.raises(OutboundRefused):
        send("https://mixed.example/", content=b"", headers={}, timeout=1)


def test_what_an_administrator_allows_is_reached_but_redirects_are_not_followed(
    canary: int, settings: Settings
) -> None:
    settings.ALLOWED_PRIVATE_ADDRESSES = ["127.0.0.0/8"]
    answer = send(f"http://localhost:{canary}/", content=b"news", headers={"X-Kind": "test"})
    assert (answer.status, answer.text, _Canary.asked) == (302, "heard news", 1)


def test_public_addresses_are_public() -> None:
    assert all(
        is_public(ip_address(text)) for text in ("93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8")
    )


def test_plain_http_to_the_internet_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: [_entry("93.184.215.14")])
    with pytest.raises(OutboundRefused, match="https"):
        check_url("http://example.com/")
