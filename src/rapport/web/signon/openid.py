"""OpenID Connect as a client: the code flow with PKCE, nonce and a signed token that is checked in full.

Follows OpenID Connect Core 1.0 (3.1) and Discovery 1.0, RFC 7636 and RFC 9207.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt
from django.utils.translation import gettext as _

from rapport.core.outbound import LONGEST_ANSWER, checked_client
from rapport.core.problems import Problem
from rapport.identity.models import SignOnProvider

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
CLOCKS_MAY_DIFFER = 60  # seconds
LONGEST_WAIT = 15.0  # seconds for a whole answer, however steadily it drips


@dataclass(frozen=True)
class Endpoints:
    """Where a provider does what."""

    issuer: str
    authorization: str
    token: str
    keys: str


@dataclass(frozen=True)
class Claims:
    """What the provider says about whoever signed in there."""

    subject: str
    email: str
    is_verified: bool
    name: str


def discover(issuer: str) -> Endpoints:
    """Ask a provider for its addresses; raises `Problem` when it doesn't answer as it should."""
    found = _fetched("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise Problem(
            _("The provider names itself “%(name)s”. Enter exactly that as its address.")
            % {"name": str(found.get("issuer"))[:200]}
        )
    try:
        return Endpoints(found["issuer"], found["authorization_endpoint"], found["token_endpoint"], found["jwks_uri"])
    except KeyError as error:
        raise Problem(_("The provider's description lacks “%(name)s”.") % {"name": error.args[0]}) from error


def begin(provider: SignOnProvider, *, return_to: str) -> tuple[str, dict[str, str]]:
    """The address to send the browser to, and what must be kept in its session until it comes back."""
    kept = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
    }
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": return_to,
        "scope": "openid email profile",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = discover(provider.issuer).authorization
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", kept


def finish(provider: SignOnProvider, *, kept: Mapping[str, str], answer: Mapping[str, str], return_to: str) -> Claims:
    """Who signed in, from what the browser brought back; raises `Problem` when anything about it is wrong."""
    if not hmac.compare_digest(kept["state"].encode(), answer.get("state", "").encode()):
        raise Problem(_("This sign-in was not begun here, or is too old. Begin again."))
    if answer.get("error") or not answer.get("code"):
        raise Problem(_("The provider did not sign you in. Begin again, or choose another way."))
    endpoints = discover(provider.issuer)
    if answer.get("iss", endpoints.issuer) != endpoints.issuer:
        raise Problem(_("The answer came from another provider. Begin again."))
    wanted = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": return_to,
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code_verifier": kept["verifier"],
    }
    token = str(_fetched("POST", endpoints.token, form=wanted).get("id_token", ""))
    return _claims(_checked(token, provider, endpoints, nonce=kept["nonce"]))


def _checked(token: str, provider: SignOnProvider, endpoints: Endpoints, *, nonce: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        keys = jwt.PyJWKSet.from_dict(_fetched("GET", endpoints.keys)).keys
        (key, *_more) = [key for key in keys if header.get("kid") in (None, key.key_id)]
        found: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=endpoints.issuer,
            leeway=CLOCKS_MAY_DIFFER,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise Problem(_("The provider's token can't be trusted. Tell your administrator.")) from error
    is_for_us = not isinstance(found["aud"], list) or found.get("azp") == provider.client_id or len(found["aud"]) == 1
    if not is_for_us or not hmac.compare_digest(str(found["nonce"]).encode(), nonce.encode()):
        raise Problem(_("The provider's token can't be trusted. Tell your administrator."))
    return found


def _claims(found: Mapping[str, Any]) -> Claims:
    email = str(found.get("email") or "").strip()
    name = str(found.get("name") or email.partition("@")[0]).strip()
    is_verified = found.get("email_verified") in (True, "true")
    return Claims(str(found["sub"]), email[:254], is_verified, name[:150])


def _fetched(method: str, address: str, *, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A JSON object from the provider; no more of it is read than such an answer needs."""
    read, until = bytearray(), time.monotonic() + LONGEST_WAIT
    try:
        with checked_client() as client, client.stream(method, address, data=form, headers=_HEADERS) as response:
            for piece in response.iter_bytes():
                read += piece
                if len(read) > LONGEST_ANSWER or time.monotonic() > until:
                    break
            response.raise_for_status()
        found = json.loads(read)
    except (httpx.HTTPError, ValueError) as error:
        raise Problem(_("The sign-on provider does not answer as it should. Try again in a moment.")) from error
    if not isinstance(found, dict):
        raise Problem(_("The sign-on provider does not answer as it should. Try again in a moment."))
    return found


_HEADERS = {"Accept": "application/json"}
