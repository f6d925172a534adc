"""Whose request it is: the Authorization header as a `Principal`."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, Protocol

from mcp_chassis.call import Principal
from mcp_chassis.keys import ApiKey, KeyRing, digest

if TYPE_CHECKING:
    from mcp_chassis.app import App

__all__ = ["Anonymous", "ApiKeys", "Authenticator", "authenticator"]


class Authenticator(Protocol):
    """Knows callers by the Authorization header."""

    def principal(self, authorization: bytes | None) -> Principal | None:
        """The caller, or None when the header does not prove one."""


class Anonymous:
    """`--auth none`: everyone who reaches the loopback address is the same principal, header or not."""

    def __init__(self, principal: Principal) -> None:
        self._principal = principal

    def principal(self, authorization: bytes | None) -> Principal | None:
        return self._principal


class ApiKeys:
    """Keys of the file, and the one key of MCP_API_KEY, both sent as `Bearer KEY` or `ApiKey KEY`."""

    def __init__(self, ring: KeyRing | None, single: str | None, single_scopes: frozenset[str]) -> None:
        self._ring = ring
        self._single = digest(single) if single is not None else None
        self._single_principal = Principal(
            subject="api-key", auth_method="api-key", scopes=single_scopes, credential="MCP_API_KEY"
        )

    def principal(self, authorization: bytes | None) -> Principal | None:
        scheme, _, credential = (authorization or b"").decode("latin-1").partition(" ")
        presented = credential.strip()
        if not presented or scheme.lower() not in ("bearer", "apikey"):
            return None
        if self._single is not None and hmac.compare_digest(digest(presented), self._single):
            return self._single_principal
        key = self._ring.find(presented) if self._ring is not None else None
        return _holder(key) if key is not None else None


def _holder(key: ApiKey) -> Principal:
    """The holder by the key's name and not its id, so that what is bound to them outlives a change of keys."""
    return Principal(
        subject=f"key:{key.name}",
        auth_method="api-key",
        tenant=key.tenant,
        scopes=frozenset(key.scopes),
        credential=key.id,
    )


def authenticator(app: App[Any, Any]) -> Authenticator:
    """How this process knows its callers, by its settings.

    Raises:
        ConfigurationError: the keys file is not usable.
    """
    settings = app.settings
    if "none" in settings.auth_methods:
        return Anonymous(app.anonymous_principal())
    ring = KeyRing(settings.api_keys_file) if settings.api_keys_file is not None else None
    single = settings.api_key.get_secret_value().strip() if settings.api_key is not None else None
    return ApiKeys(ring, single, app.server.read_scopes)
