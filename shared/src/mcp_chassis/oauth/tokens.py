"""A JWT access token against its key, issuer, audience and time (RFC 7519, RFC 8725, RFC 9068).

What a token says of itself decides nothing: the algorithm must be one of the configuration and of the key, the key is
found among the issuer's by `kid`, and `jku`, `x5u`, `jwk` and `x5c` are not looked at. A token that makes something
critical (`crit`) is refused, since nothing of that kind is understood here.
"""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jwt import PyJWT
from jwt.exceptions import (
    ExpiredSignatureError,
    ImmatureSignatureError,
    InvalidAudienceError,
    InvalidIssuerError,
    MissingRequiredClaimError,
    PyJWTError,
)

from mcp_chassis.oauth.cache import VerifiedTokens
from mcp_chassis.oauth.claims import TokenRefusedError, bound_to, principal_of
from mcp_chassis.strict_json import loads

if TYPE_CHECKING:
    from mcp_chassis.call import Principal
    from mcp_chassis.oauth.provider import Provider

__all__ = ["LARGEST_TOKEN", "LEEWAY_SECONDS", "TokenVerifier", "Verified"]

LARGEST_TOKEN = 16 * 1024
"""Bytes of a token; those of large providers with all their claims have a few thousand."""

LEEWAY_SECONDS = 30.0
"""How far the clocks of the issuer and of this machine may be apart."""

_TYPES = (None, "jwt", "at+jwt")
"""RFC 9068 has `at+jwt`; what older providers write says less, and must not say anything else."""

_MALFORMED = "The access token is not a JWT that this server can read."
_UNPROVEN = "The access token is not signed with a key of the issuer that this server trusts."
_REASONS: tuple[tuple[type[PyJWTError], str], ...] = (
    (ExpiredSignatureError, "The access token has expired."),
    (ImmatureSignatureError, "The access token is not valid yet."),
    (InvalidAudienceError, "The access token is not for this server (`aud`)."),
    (InvalidIssuerError, "The access token is of another issuer (`iss`)."),
    (MissingRequiredClaimError, "The access token lacks a claim that it needs (`iss`, `aud`, `exp`)."),
)


@dataclass(frozen=True, slots=True)
class Verified:
    """Whom a token speaks of, and the certificate that whoever sends it must show, if any."""

    principal: Principal
    bound_to: str | None


class TokenVerifier:
    """Verifies the tokens of one issuer for one server."""

    def __init__(
        self, provider: Provider, issuer: str, audiences: tuple[str, ...], algorithms: tuple[str, ...]
    ) -> None:
        self._provider = provider
        self._issuer = issuer
        self._audiences = audiences
        self._algorithms = algorithms
        self._jwt = PyJWT({"require": ["iss", "aud", "exp"]})
        self._known: VerifiedTokens[Verified] = VerifiedTokens()
        provider.changed = self._known.clear

    async def verify(self, token: bytes) -> Verified:
        """Whom a token speaks of.

        Raises:
            TokenRefusedError: it proves nobody.
            UpstreamUnavailable: the issuer's keys cannot be had.
        """
        if len(token) > LARGEST_TOKEN:
            raise TokenRefusedError("The access token is too large.")
        if (known := self._known.get(token)) is not None:
            return known
        kid, algorithm = self._header(token)
        key = await self._provider.key(kid, algorithm)
        if key is None:
            raise TokenRefusedError(_UNPROVEN)
        claims = self._claims(token, key)
        verified = Verified(principal_of(claims, token), bound_to(claims))
        now = time.time()
        self._known.put(token, verified, min(claims["exp"], now + 3600) - now)
        return verified

    def _header(self, token: bytes) -> tuple[str, str]:
        """`kid` and `alg`, from a header that asks for nothing else."""
        parts = token.split(b".")
        try:
            header = loads(base64.urlsafe_b64decode(parts[0] + b"=" * (-len(parts[0]) % 4)).decode("utf-8"))
        except ValueError:
            header = None
        if len(parts) != 3 or not isinstance(header, dict) or "crit" in header or "b64" in header:
            raise TokenRefusedError(_MALFORMED)
        kind = header.get("typ")
        if not isinstance(kind, str | None) or (kind and kind.lower().removeprefix("application/")) not in _TYPES:
            raise TokenRefusedError("The token is not an access token (`typ`).")
        kid, algorithm = header.get("kid"), header.get("alg")
        if algorithm not in self._algorithms or not isinstance(kid, str):
            raise TokenRefusedError(_UNPROVEN)
        return kid, algorithm

    def _claims(self, token: bytes, key: Any) -> dict[str, Any]:
        """The payload, verified."""
        try:
            claims: dict[str, Any] = self._jwt.decode(
                token,
                key,
                algorithms=self._algorithms,
                audience=self._audiences,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
            )
        except PyJWTError as error:
            reason = next((text for kind, text in _REASONS if isinstance(error, kind)), _UNPROVEN)
            raise TokenRefusedError(reason) from error
        except (ValueError, TypeError, RecursionError) as error:
            raise TokenRefusedError(_MALFORMED) from error
        times = (claims.get(name, 0) for name in ("exp", "nbf", "iat"))
        if not all(isinstance(moment, int | float) and not isinstance(moment, bool) for moment in times):
            raise TokenRefusedError("A time of the access token is not a number.")
        return claims
