"""Signatures: proof that a delivery came from us, unchanged and just now (HMAC-SHA256 over time and body)."""

import hashlib
import hmac

HEADER = "Rapport-Signature"


def signature_of(body: bytes, *, secret: str, at: int) -> str:
    """The value of the header: `t=<Unix time>,v1=<HMAC in hexadecimal>`."""
    return f"t={at},v1={_digest(body, secret, at)}"


def is_signed(header: str, body: bytes, *, secret: str, now: int, tolerance: int = 300) -> bool:
    """Whether a header was made with the secret for this body, at most so many seconds ago."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    if not parts.get("t", "").isdigit():
        return False
    at = int(parts["t"])
    return abs(now - at) <= tolerance and hmac.compare_digest(parts.get("v1", ""), _digest(body, secret, at))


def _digest(body: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
