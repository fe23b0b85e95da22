"""The connection: requests with a token, repeated where that is safe, errors as exceptions."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

_WAIT_AT_MOST = 60.0
_COME_BACK = frozenset({429, 503})
Query = Mapping[str, str | Sequence[str]]


@dataclass(eq=False)
class Problem(Exception):
    """What the API refused: status, what to do, and the wrong values (`pointer` or `parameter`, `detail`)."""

    status: int
    title: str
    detail: str = ""
    errors: list[dict[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.status} {self.title}: {self.detail}"


class Connection:
    """Asks one Rapport with one token."""

    def __init__(
        self,
        address: str,
        token: str,
        *,
        transport: httpx.BaseTransport | None = None,
        tries: int = 4,
        timeout: float = 30.0,
    ) -> None:
        base = address.rstrip("/").removesuffix("/api/v1") + "/api/v1/"
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._client = httpx.Client(base_url=base, headers=headers, transport=transport, timeout=timeout)
        self._tries = tries

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def ask(
        self, method: str, path: str, *, query: Query | None = None, body: object = None, etag: str | None = None
    ) -> httpx.Response:
        """One request; raises `Problem` for what is refused and `httpx.HTTPError` when there is no answer."""
        headers = {"If-Match": etag} if etag else {}
        if method != "GET":
            headers["Idempotency-Key"] = str(uuid4())  # the same for each try: it has one effect
        return self._sent(self._client.build_request(method, path, params=query, json=body, headers=headers))

    def _sent(self, request: httpx.Request) -> httpx.Response:
        """Sent until there is an answer, or no try is left."""
        for left in reversed(range(self._tries)):
            try:
                response = self._client.send(request)
            except httpx.TransportError:
                if not left:
                    raise
                time.sleep(0.2)
                continue
            if response.status_code not in _COME_BACK or not left:
                return _accepted(response)
            time.sleep(_wait(response))
        raise AssertionError

    def send_file(self, path: str, *, name: str, content: bytes, form: Mapping[str, str]) -> httpx.Response:
        """A document in a form."""
        headers = {"Idempotency-Key": str(uuid4())}
        request = self._client.build_request(
            "POST", path, files={"file": (name, content)}, data=dict(form), headers=headers
        )
        request.read()  # so that it can be sent again
        return self._sent(request)


def _wait(response: httpx.Response) -> float:
    """Seconds until the next try: as told in `Retry-After`; where that is a date, as proxies may send, one."""
    told = response.headers.get("Retry-After", "")
    return min(float(told), _WAIT_AT_MOST) if told.isdecimal() else 1.0


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    try:
        told: dict[str, Any] = response.json()
    except ValueError:
        told = {}
    title, detail = told.get("title", response.reason_phrase), told.get("detail", "")
    raise Problem(response.status_code, title, detail, told.get("errors", []))
