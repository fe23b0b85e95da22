"""A sign-on provider of our own on loopback: it does what the test tells it, right or wrong."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class ScriptedProvider:
    """What the provider answers; `asked` is what it was asked for a token with."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    key: Any = KEY
    algorithm: str = "RS256"
    named: str = ""
    drip: float = 0.0
    """Seconds between the bytes of an answer."""
    asked: dict[str, str] = field(default_factory=dict)

    def description(self) -> dict[str, str]:
        """The discovery document."""
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.named or self.issuer, **{key: f"{self.issuer}/{path}" for key, path in places.items()}}

    def token(self) -> str:
        """A signed token with the claims of the test over those of a good one."""
        moment = int(time.time())
        usual = {"iss": self.issuer, "aud": "rapport", "sub": "u-1", "iat": moment, "exp": moment + 300}
        whole = {**usual, "nonce": self.nonce, **self.claims}
        return jwt.encode(whole, self.key, algorithm=self.algorithm, headers={"kid": "k1"})

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]}


@contextmanager
def a_provider() -> Iterator[ScriptedProvider]:
    """Serves until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    provider = ScriptedProvider(issuer=f"http://127.0.0.1:{server.server_port}")
    server.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


class _Answering(BaseHTTPRequestHandler):
    @property
    def provider(self) -> ScriptedProvider:
        found: ScriptedProvider = self.server.provider  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        if self.path == "/.well-known/openid-configuration":
            self._send(self.provider.description())
        elif self.path == "/keys":
            self._send(self.provider.keys())
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.provider.asked = {key: values[0] for key, values in parse_qs(body).items()}
        self._send({"access_token": "unused", "token_type": "Bearer", "id_token": self.provider.token()})

    def _send(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # who asked may have gone
            self._write(body)

    def _write(self, body: bytes) -> None:
        if not self.provider.drip:
            self.wfile.write(body)
            return
        for place in range(len(body)):
            self.wfile.write(body[place : place + 1])
            time.sleep(self.provider.drip)

    def log_message(self, *args: Any) -> None:
        """Quiet."""
