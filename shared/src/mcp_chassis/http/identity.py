"""Whose request it is: what the caller shows, as a `Principal`.

A credential stands in the Authorization header and nowhere else. With MCP_TLS_CLIENT_CA_FILE the client's certificate
is no credential of its own: it says which client sends the key or token, and becomes the principal's `client_id`.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import structlog

from mcp_chassis.call import Principal
from mcp_chassis.http.certificates import ClientCertificate
from mcp_chassis.keys import ApiKey, KeyRing, digest
from mcp_chassis.oauth.claims import TokenRefusedError
from mcp_chassis.server import Component
from mcp_chassis.settings.network import is_loopback

if TYPE_CHECKING:
    from mcp_chassis.app import App
    from mcp_chassis.oauth.provider import Provider
    from mcp_chassis.oauth.tokens import TokenVerifier
    from mcp_chassis.settings import ChassisSettings

__all__ = ["Anonymous", "ApiKeys", "Authenticator", "Credentials", "UnknownCallerError", "authenticator"]

_log = structlog.get_logger(__name__)

_UNKNOWN_KEY = "The API key is unknown, expired or revoked."


class UnknownCallerError(Exception):
    """The request does not prove whose it is; the sentence, if any, may be told to whoever sent it."""


class Authenticator(Protocol):
    """Knows callers by what they show."""

    async def principal(self, authorization: bytes | None, certificate: ClientCertificate | None = None) -> Principal:
        """The caller.

        Raises:
            UnknownCallerError: what is shown proves nobody.
            UpstreamUnavailable: it cannot be judged now.
        """
        ...

    async def health(self) -> list[Component]:
        """The states of what callers are known by."""
        ...


class Anonymous:
    """`--auth none`: everyone who reaches the loopback address is the same principal, header or not."""

    def __init__(self, principal: Principal) -> None:
        self._principal = principal

    async def principal(self, authorization: bytes | None, certificate: ClientCertificate | None = None) -> Principal:
        return self._principal

    async def health(self) -> list[Component]:
        return []


class ApiKeys:
    """Keys of the file, and the one key of MCP_API_KEY."""

    def __init__(self, ring: KeyRing | None, single: str | None, single_scopes: frozenset[str]) -> None:
        self._ring = ring
        self._single = digest(single) if single is not None else None
        self._single_principal = Principal(
            subject="api-key", auth_method="api-key", scopes=single_scopes, credential="MCP_API_KEY"
        )

    def holder(self, presented: str) -> Principal | None:
        """Whose key it is."""
        if self._single is not None and hmac.compare_digest(digest(presented), self._single):
            return self._single_principal
        key = self._ring.find(presented) if self._ring is not None else None
        return _holder(key) if key is not None else None


class Credentials:
    """API keys, sent as `Bearer KEY` or `ApiKey KEY`, and access tokens, sent as `Bearer TOKEN`; either or both."""

    def __init__(self, keys: ApiKeys | None, tokens: TokenVerifier | None, provider: Provider | None = None) -> None:
        self._keys = keys
        self._tokens = tokens
        self._provider = provider

    async def principal(self, authorization: bytes | None, certificate: ClientCertificate | None = None) -> Principal:
        scheme, _, credential = (authorization or b"").partition(b" ")
        presented, scheme = credential.strip(), scheme.lower()
        if not presented or scheme not in (b"bearer", b"apikey"):
            raise UnknownCallerError
        principal = self._keys.holder(presented.decode("latin-1")) if self._keys is not None else None
        if principal is None:
            principal = await self._token_holder(presented, scheme, certificate)
        if certificate is not None and certificate.name is not None:
            return replace(principal, client_id=certificate.name)
        return principal

    async def health(self) -> list[Component]:
        if self._provider is None:
            return []
        status, detail = await self._provider.state()
        # Who has a key can still be served while the issuer of tokens is away.
        if status == "unhealthy" and self._keys is not None:
            status = "degraded"
        return [Component("oauth", status, detail)]

    async def _token_holder(self, token: bytes, scheme: bytes, certificate: ClientCertificate | None) -> Principal:
        if self._tokens is None or scheme != b"bearer" or (self._keys is not None and b"." not in token):
            raise UnknownCallerError(_UNKNOWN_KEY if self._keys is not None else "")
        try:
            verified = await self._tokens.verify(token)
        except TokenRefusedError as refused:
            raise UnknownCallerError(str(refused)) from refused
        if verified.bound_to is not None and (certificate is None or certificate.thumbprint != verified.bound_to):
            raise UnknownCallerError("The access token is bound to a client certificate that is not shown.")
        return verified.principal


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
        ConfigurationError: the keys file, or a file of certificate authorities, is not usable.
    """
    settings = app.settings
    methods = settings.auth_methods
    if "none" in methods:
        return Anonymous(app.anonymous_principal())
    keys = _api_keys(settings, app.server.read_scopes) if "api-key" in methods else None
    if "oauth" not in methods:
        return Credentials(keys, None)
    provider, tokens = _oauth(settings)
    return Credentials(keys, tokens, provider)


def _api_keys(settings: ChassisSettings, read_scopes: frozenset[str]) -> ApiKeys:
    ring = KeyRing(settings.api_keys_file) if settings.api_keys_file is not None else None
    single = settings.api_key.get_secret_value().strip() if settings.api_key is not None else None
    return ApiKeys(ring, single, read_scopes)


def _oauth(settings: ChassisSettings) -> tuple[Provider, TokenVerifier]:
    from mcp_chassis.oauth.fetch import Fetcher
    from mcp_chassis.oauth.provider import Provider
    from mcp_chassis.oauth.tokens import TokenVerifier

    issuer, resource = settings.auth_issuer, settings.resource_url
    assert issuer is not None  # `ChassisSettings.faults` holds both
    assert resource is not None
    for address in (issuer, settings.auth_jwks_url or issuer):
        place = urlsplit(address)
        if place.scheme == "http" and not is_loopback(place.hostname or ""):
            _log.warning("oauth_issuer_without_tls", address=address, risk="who is on the way can replace its keys")
            break
    algorithms = settings.auth_algorithms
    provider = Provider(issuer, settings.auth_jwks_url, algorithms, Fetcher())
    return provider, TokenVerifier(provider, issuer, settings.auth_audience or (resource,), algorithms)
