"""Somebody who sends nonsense: sends a request, notes what failed, and leaves the database as it was."""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from .pages import came_alive

FULL = 200_000


@dataclass(frozen=True)
class Failure:
    """A request that failed: what was sent where, and what happened."""

    method: str
    path: str
    sent: str
    happened: str

    def __str__(self) -> str:
        return f"{self.method} {self.path[:200]} {self.sent[:200]!r}: {self.happened}"


@dataclass
class Visitor:
    """Sends requests as one user; counts them and keeps the failures."""

    client: Client
    is_known: bool = True
    sent: int = 0
    failures: list[Failure] = field(default_factory=list)
    _raised: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client.raise_request_exception = False

    @contextmanager
    def watching(self) -> Iterator["Visitor"]:
        """Within the block, exceptions of requests are noted with their last lines."""

        def note(**_signal: Any) -> None:
            self._raised.append(" | ".join(traceback.format_exc(limit=-3).strip().splitlines()[-7:]))

        got_request_exception.connect(note)
        try:
            yield self
        finally:
            got_request_exception.disconnect(note)

    def send(
        self, method: str, path: str, answers: Any = None, *, about: str = "", undone: bool = True, **options: Any
    ) -> HttpResponseBase | None:
        """Send one request and look at the answer; what it changed is taken back unless `undone` is false."""
        self.sent += 1
        self._raised.clear()
        cookies = SimpleCookie(self.client.cookies.output(header="", sep=";"))
        try:
            with transaction.atomic():
                answer = self.client.generic(method, path, **_body(answers), **options)
                page = text_of(answer)
                if undone:
                    transaction.set_rollback(True)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self._fail(method, path, about, f"raised {type(error).__name__}: {error} {traceback.format_exc(limit=-2)}")
            return None
        finally:
            self.client.cookies = cookies  # still signed in, whatever was sent
        self._judge(method, path, about, answer, page)
        return answer

    def _judge(self, method: str, path: str, about: str, answer: HttpResponseBase, page: str) -> None:
        status, where = answer.status_code, answer.headers.get("Location", "")
        if status >= 500:
            self._fail(method, path, about, f"{status} {' '.join(self._raised)}")
        elif self.is_known and where.startswith("/login/?") and path != "/logout/":
            self._fail(method, path, about, "was signed out")
        elif "Traceback (most recent call last)" in page:
            self._fail(method, path, about, "shows a traceback")
        elif "html" in answer.headers.get("Content-Type", "") and (alive := came_alive(page)):
            self._fail(method, path, about, f"unescaped: {alive}")

    def failed(self, what: str, happened: str) -> None:
        """Note that something is not as it should be after a request that was answered well."""
        self._fail("GET", what, "", happened)

    def _fail(self, method: str, path: str, sent: str, happened: str) -> None:
        self.failures.append(Failure(method, path, sent, happened))
        print(f"found: {self.failures[-1]}", flush=True)  # also when the run is stopped

    def report(self) -> None:
        """Fail the test when a request failed; each kind of failure once, with how often it came."""
        kinds: dict[str, list[Failure]] = {}
        for failure in self.failures:
            kinds.setdefault(failure.happened[-300:], []).append(failure)
        print(f"{self.sent} requests")
        if kinds:
            pytest.fail("\n".join(f"{len(found)}× {found[0]}" for found in kinds.values()), pytrace=False)


def _body(answers: Mapping[str, Any] | None) -> dict[str, Any]:
    if answers is None:
        return {}
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    return {"data": encode_multipart(BOUNDARY, answers), "content_type": MULTIPART_CONTENT}


def text_of(answer: HttpResponseBase) -> str:
    """What an answer says, streams read to their end."""
    if answer.streaming:
        return b"".join(answer).decode(errors="replace")[:FULL]  # type: ignore[arg-type]
    return answer.content.decode(errors="replace")  # type: ignore[attr-defined,no-any-return]
