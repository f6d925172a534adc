"""Who a verified token speaks of: its claims (RFC 9068, RFC 8693) as a `Principal`."""

from __future__ import annotations

import hashlib
import re
from types import MappingProxyType
from typing import Any

from mcp_chassis.call import Principal

__all__ = ["TokenRefusedError", "bound_to", "principal_of"]

_CLIENT = ("client_id", "azp", "cid", "appid")
"""RFC 9068 has `client_id`; OpenID Connect `azp`, two large providers the others."""

_NAME = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,512}")
"""A name without control characters, which would make two identities look like one."""

_SCOPE = re.compile(r"[\x21\x23-\x29\x2b-\x5b\x5d-\x7e]{1,128}")
"""One scope (RFC 6749, section 3.3), and none with an asterisk: what stands for many grants nothing."""

_SCOPES = 256
_LATEST = 253402300799  # the last second of the year 9999


class TokenRefusedError(Exception):
    """The token proves nobody; the sentence may be told to whoever sent it."""


def principal_of(claims: dict[str, Any], token: bytes) -> Principal:
    """The principal of a token that was verified.

    Args:
        claims: its payload.
        token: itself, whose hash names it where it has no `jti`.

    Raises:
        TokenRefusedError: it does not say whom it speaks of.
    """
    client = next((name for claim in _CLIENT if (name := _name(claims.get(claim))) is not None), None)
    subject = _name(claims.get("sub", client))
    if subject is None:
        raise TokenRefusedError("The access token does not say whom it speaks of.")
    return Principal(
        subject=subject,
        auth_method="oauth",
        issuer=claims["iss"],
        client_id=client,
        scopes=_scopes(claims),
        actor=_actor(claims),
        credential=_name(claims.get("jti")) or f"sha256:{hashlib.sha256(token).hexdigest()[:16]}",
        claims=MappingProxyType(claims),
        authenticated_at=_moment(claims.get("auth_time", claims.get("iat"))),
    )


def bound_to(claims: dict[str, Any]) -> str | None:
    """The certificate (RFC 8705, `x5t#S256`) whose holder alone may use the token, if it is bound to one.

    Raises:
        TokenRefusedError: it is bound to something else, as to a DPoP key, so that sending it proves nothing.
    """
    confirmation = claims.get("cnf")
    if confirmation is None:
        return None
    thumbprint = confirmation.get("x5t#S256") if isinstance(confirmation, dict) and len(confirmation) == 1 else None
    if not isinstance(thumbprint, str):
        raise TokenRefusedError("The access token is bound to a key that this server cannot ask for.")
    return thumbprint


def _scopes(claims: dict[str, Any]) -> frozenset[str]:
    """The scopes of `scope` (RFC 9068: one string) or `scp` (a string or a list, as other providers have it)."""
    told = claims.get("scope", claims.get("scp"))
    words = told.split(" ") if isinstance(told, str) else told if isinstance(told, list) else []
    return frozenset(word for word in words[:_SCOPES] if isinstance(word, str) and _SCOPE.fullmatch(word))


def _actor(claims: dict[str, Any]) -> str | None:
    """Who acts for the subject now: the outermost `act` (RFC 8693, section 4.1); those within it are history."""
    actor = claims.get("act")
    if actor is None:
        return None
    name = _name(actor.get("sub", actor.get("client_id"))) if isinstance(actor, dict) else None
    if name is None:
        raise TokenRefusedError("The access token does not say who acts for its subject.")
    return name


def _name(value: object) -> str | None:
    return value if isinstance(value, str) and _NAME.fullmatch(value) else None


def _moment(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _LATEST:
        return None
    return float(value)
