"""An issuer of access tokens for tests: keys, tokens, and its documents on a real socket, good or bad as asked."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

RESOURCE = "http://localhost/mcp"
KINDS: dict[str, Any] = {"RS": RSAAlgorithm, "PS": RSAAlgorithm, "ES": ECAlgorithm, "Ed": OKPAlgorithm}
MAKERS: dict[str, Callable[[], Any]] = {
    "RS256": lambda: rsa.generate_private_key(65537, 2048),
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "ES384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate,
}


@dataclass
class SigningKey:
    """A key of an issuer."""

    kid: str
    algorithm: str = "ES256"
    private: Any = None

    def __post_init__(self) -> None:
        if self.private is None:
            self.private = MAKERS[self.algorithm.replace("PS", "RS")]()

    def jwk(self, **more: Any) -> dict[str, Any]:
        """Its public half, as it is published."""
        public: dict[str, Any] = json.loads(KINDS[self.algorithm[:2]].to_jwk(self.private.public_key()))
        return {**public, "kid": self.kid, "use": "sig", "alg": self.algorithm, **more}

    def private_jwk(self) -> dict[str, Any]:
        """The whole of it, as an authorization server is given it."""
        private: dict[str, Any] = json.loads(KINDS[self.algorithm[:2]].to_jwk(self.private))
        return {**private, "kid": self.kid, "use": "sig", "alg": self.algorithm}

    def pem(self) -> bytes:
        """Its public half in PEM, which an attacker may take for a shared secret."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        raw: bytes = self.private.public_key().public_bytes(serialization.Encoding.PEM, form)
        return raw


def base64url(data: bytes | dict[str, Any]) -> str:
    """The encoding of the parts of a JWT."""
    raw = json.dumps(data).encode() if isinstance(data, dict) else data
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Issuer:
    """An issuer at `url`; `answers` are its documents by path (status, headers, body), `asked` is what was fetched."""

    url: str = "http://localhost:1"
    keys: list[SigningKey] = field(default_factory=lambda: [SigningKey("one")])
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    delay_s: float = 0

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Those of a good token, changed; None takes one away."""
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": RESOURCE, "sub": "alice", "client_id": "app", "jti": "token-1", "iat": now,
            "exp": now + 300, "scope": "notes:read", **changes,
        }  # fmt: skip
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, key: SigningKey | None = None, headers: dict[str, Any] | None = None, **changes: Any) -> str:
        """A token with changed claims and headers; a header of None takes that one away."""
        key = key or self.keys[0]
        head = {"kid": key.kid, "typ": "at+jwt", **(headers or {})}
        told = {name: value for name, value in head.items() if value is not None}
        if "typ" not in told:
            told["typ"] = ""  # PyJWT's way to leave it out
        return jwt.encode(self.claims(**changes), key.private, key.algorithm, told)

    def publish(self, *entries: dict[str, Any]) -> None:
        """Put keys where they are fetched, its own where none are given."""
        document = {"keys": list(entries) or [key.jwk() for key in self.keys]}
        self.put("/jwks", json.dumps(document).encode())

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer a path with this from now on."""
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def fetched(self, path: str = "/jwks") -> int:
        """How often a path was fetched."""
        return self.asked.count(path)

    async def get(self, url: str) -> str:
        """A document without a socket, for what is not about sockets."""
        path = url.removeprefix(self.url)
        self.asked.append(path)
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        from mcp_chassis.oauth.fetch import FetchError

        status, _, body = self.answers.get(path, (404, {}, b""))
        if status != 200:
            raise FetchError(f"{url} answers with status {status}", missing=status == 404)
        return body.decode()


@asynccontextmanager
async def issuing(**settings: Any) -> AsyncIterator[Issuer]:
    """An issuer on a free port of loopback, with metadata and keys."""
    issuer = Issuer(**settings)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
            issuer.asked.append(path)
            await asyncio.sleep(issuer.delay_s)
            status, headers, body = issuer.answers.get(path, (404, {}, b""))
            lines = {"content-length": str(len(body)), "connection": "close", **headers}
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
            writer.write(f"HTTP/1.1 {status} x\r\n{head}\r\n".encode() + body)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    issuer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    metadata = {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/jwks"}
    issuer.put("/.well-known/openid-configuration", json.dumps(metadata).encode())
    issuer.publish()
    try:
        yield issuer
    finally:
        server.close()
