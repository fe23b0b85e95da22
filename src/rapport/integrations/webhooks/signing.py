"""Signatures: proof that a delivery came from us, unchanged and just now (HMAC-SHA256 over time and body)."""

import hashlib
import hmac

HEADER = "Rapport-Signature"


def signature_of(body: bytes, *, secret: str, at: int) -> str:
    """The value of the header: `t=<Unix time>,v1=<HMAC in hexadecimal>`."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
