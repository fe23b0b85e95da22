"""What stands in the logs: one line per request with a number, and nothing about anybody."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.utils import IntegrityError
from django.test import Client, RequestFactory

from rapport.config.logs import logging_settings
from rapport.core.outbound import send
from rapport.core.records import Record
from rapport.directory.models import Person
from rapport.web.places import record_address
from tests.cast import PASSWORD, Cast
from tests.integrations.listener import listening
from tests.world import make_world

CANARIES = ("zebulon", "quagmire", "canary@", "5550199", "secretword")


class Log:
    """What a server writes, line by line, as JSON."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        """All of it."""
        return self._stream.getvalue()

    def lines(self) -> list[dict[str, Any]]:
        """Every line, read."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """The log of a server that logs as JSON, beginning now."""
    monkeypatch.setenv("RAPPORT_LOG_FORMAT", "json")
    stream = io.StringIO()
    settings = logging_settings()
    formatter = settings["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    loggers = [logging.getLogger(name) for name in ("", *settings["loggers"])]
    levels = [logger.level for logger in loggers]
    for logger, wanted in zip(loggers, [settings["root"], *settings["loggers"].values()], strict=True):
        logger.setLevel(wanted["level"])
        if "handlers" in wanted:
            logger.addHandler(handler)
    yield Log(stream)
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.mark.django_db
def test_each_request_leaves_one_line_with_its_number(client: Client, cast: Cast, written: Log) -> None:
    client.force_login(cast.alice)
    answer = client.get("/people/?q=zebulon")
    (line,) = [line for line in written.lines() if line["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "people/", 200)
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["user"] == str(cast.alice.pk)
    assert line["queries"] > 0
    assert "zebulon" not in written.text


def test_no_line_tells_where_webhooks_are_sent(settings: Any, written: Log) -> None:
    settings.ALLOWED_PRIVATE_ADDRESSES = ["127.0.0.0/8"]
    with listening() as listener:
        send(f"{listener.url}?key=secretword", content=b"{}", headers={}, timeout=5)
    assert listener.heard
    assert "secretword" not in written.text


@pytest.mark.django_db
def test_no_line_tells_about_anybody(client: Client, fresh: None, cast: Cast, written: Log) -> None:
    world = make_world(cast)
    _walk_with_canaries(client, cast, world["organisation"])
    lines = written.lines()
    assert len([line for line in lines if line["event"] == "request"]) > 20
    assert [canary for canary in CANARIES if canary in written.text.lower()] == []
    assert [name for name in ("Almeida", "alice@", "Laurent", "Acme") if name in written.text] == []


def _walk_with_canaries(client: Client, cast: Cast, acme: Record) -> None:
    """Names, addresses and numbers in every place where a visitor may put them."""
    client.post("/login/", {"username": "canary@example.org", "password": "secretword"})
    client.post("/login/", {"username": cast.alice.email, "password": PASSWORD})
    client.force_login(cast.dora)
    client.post("/people/new/", {"first_name": "Zebulon", "last_name": "Quagmire", "emails": "canary@example.org"})
    client.post(f"{record_address('organisation', acme.pk)}edit/name/", {"name": "Quagmire & Sons"})
    client.post("/people/new/", {"first_name": "Zebulon" * 200})
    client.post("/settings/users/", {"name": "Zebulon", "email": "canary@example.org", "role": "no such role"})
    client.post("/imports/", {"files": []})
    for path in ("/people/", "/search/?q=quagmire", "/zebulon/quagmire/", "/palette/?q=zebulon", "/undo/1/?q=5550199"):
        client.get(path)
        client.get(path, headers={"HX-Request": "true", "User-Agent": "canary@example.org"})
    for person in Person.objects.all():
        client.get(record_address("person", person.pk))
    for name in ("/", "/organisations/", "/pipeline/", "/settings/history/?who=zebulon", "/imports/"):
        client.get(name)


@pytest.mark.django_db
def test_an_exception_is_told_by_its_kind_and_place_only(
    client: Client, cast: Cast, written: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise IntegrityError("Key (email)=(canary@example.org) already exists.")

    monkeypatch.setattr("rapport.web.today.views.render", broken)
    client.force_login(cast.alice)
    client.raise_request_exception = False
    page = client.get("/")
    assert page.status_code == 500
    assert f"tell your administrator this number: {page.headers['X-Request-ID']}" in page.content.decode()
    (line,) = [line for line in written.lines() if "error" in line]
    assert line["error"] == "IntegrityError"
    assert line["request"] == page.headers["X-Request-ID"]
    assert any("today/views.py" in frame for frame in line["where"])
    assert "canary" not in written.text


def test_a_number_is_taken_only_from_a_proxy_of_ours(settings: Any, rf: RequestFactory) -> None:
    from rapport.config.watching import _number

    request = rf.get("/", headers={"X-Request-ID": "from-the-proxy-1"})
    assert _number(request) != "from-the-proxy-1"
    settings.PUBLIC_URL = "https://crm.example.org"
    assert _number(request) == "from-the-proxy-1"
    assert _number(rf.get("/", headers={"X-Request-ID": "mail@example.org {}"})) != "mail@example.org {}"
