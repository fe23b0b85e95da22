"""For programs that are told by webhooks: whether a delivery is genuine, and what it says."""

import hashlib
import hmac
import json
import time
from typing import Any, cast

TOLERANCE = 300  # seconds


class NotGenuine(Exception):
    """The signature is wrong or too old: do not believe what the request says."""


def verified(body: bytes, signature: str, secret: str, *, now: float | None = None) -> dict[str, Any]:
    """The delivery, if its `Rapport-Signature` was made with the secret; raises `NotGenuine` otherwise."""
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    sent, given = parts.get("t", ""), parts.get("v1", "")
    expected = hmac.new(secret.encode(), f"{sent}.".encode() + body, hashlib.sha256).hexdigest()
    is_fresh = sent.isdecimal() and abs((time.time() if now is None else now) - int(sent)) <= TOLERANCE
    if not is_fresh or not hmac.compare_digest(given.encode(), expected.encode()):
        raise NotGenuine
    return cast("dict[str, Any]", json.loads(body))
