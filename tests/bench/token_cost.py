"""What it costs to know a caller: an access token that is known, one that is new, and an API key, in this process."""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from mcp_chassis import keys
from mcp_chassis.http.identity import ApiKeys, Credentials
from mcp_chassis.oauth.provider import Provider
from mcp_chassis.oauth.tokens import TokenVerifier

ISSUER, AUDIENCE = "https://id.example", "https://server.example/mcp"
KEYS: dict[str, tuple[Any, Any]] = {
    "RS256": (rsa.generate_private_key(65537, 2048), RSAAlgorithm),
    "ES256": (ec.generate_private_key(ec.SECP256R1()), ECAlgorithm),
    "EdDSA": (ed25519.Ed25519PrivateKey.generate(), OKPAlgorithm),
}


def jwks() -> str:
    """The issuer's keys, as it publishes them."""
    entries = [{**json.loads(kind.to_jwk(key.public_key())), "kid": name} for name, (key, kind) in KEYS.items()]
    return json.dumps({"keys": entries})


class _Document:
    """The issuer's keys, without a network."""

    async def get(self, url: str) -> str:
        return jwks()


def authorization(algorithm: str = "RS256", number: int = 0) -> bytes:
    """The header of a caller with an access token of ordinary size."""
    now = int(time.time())
    claims = {
        "iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "client_id": "app", "jti": f"token-{number}", "iat": now,
        "exp": now + 3600, "scope": "bench:read openid", "email": "alice@example.org", "groups": ["a"] * 20,
    }  # fmt: skip
    return b"Bearer " + jwt.encode(claims, KEYS[algorithm][0], algorithm, {"kid": algorithm, "typ": "at+jwt"}).encode()


async def _microseconds() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "keys.json"
        key = keys.create(path, "bench", ["db:read"])
        api_keys = ApiKeys(keys.KeyRing(path), None, frozenset())
        provider = Provider(ISSUER, f"{ISSUER}/jwks", tuple(KEYS), _Document())
        callers = Credentials(None, TokenVerifier(provider, ISSUER, (AUDIENCE,), tuple(KEYS)), provider)
        costs = {
            "API key": await _time(Credentials(api_keys, None), [f"Bearer {key}".encode()] * 700),
            "access token, known": await _time(callers, [authorization("RS256")] * 700),
        }
        for algorithm in KEYS:
            headers = [authorization(algorithm, number) for number in range(1, 211)]
            costs[f"access token, new, {algorithm}"] = await _time(callers, headers)
        return costs


async def _time(callers: Credentials, headers: list[bytes]) -> float:
    """The median over batches of the microseconds to know one caller."""
    await callers.principal(headers[0])
    size = len(headers) // 7
    batches = []
    for first in range(0, size * 7, size):
        started = time.perf_counter()
        for header in headers[first : first + size]:
            await callers.principal(header)
        batches.append((time.perf_counter() - started) / size * 1e6)
    return statistics.median(batches)


def measure() -> dict[str, float]:
    """Run it."""
    return asyncio.run(_microseconds())
