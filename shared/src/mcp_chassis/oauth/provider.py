"""The issuer, as this process knows it: where its keys are, and the last good ones while it is down.

Keys are fetched when the first token needs them, again every few minutes (while calls go on with those that are there),
and at once for a `kid` that is not known, as after a rotation; that at most once in a cool-down, however many such
tokens come. What is fetched replaces what was there, so a key that the issuer withdraws is gone with the next fetch,
the last one too: a set without keys is no outage.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import structlog

from mcp_chassis.errors import UpstreamUnavailable
from mcp_chassis.oauth.fetch import FetchError
from mcp_chassis.oauth.jwks import Keys, NoKeysError, read_keys
from mcp_chassis.strict_json import loads

if TYPE_CHECKING:
    from jwt import PyJWK

    from mcp_chassis.server import Status

__all__ = ["COOL_DOWN_SECONDS", "Provider", "metadata_addresses"]

COOL_DOWN_SECONDS = 10.0
"""Between fetches that tokens or failures ask for."""

FRESH_SECONDS = 300.0
"""Until keys are fetched again."""

LAST_GOOD_SECONDS = 24 * 3600.0
"""How long keys are good that could not be fetched again: who cuts a server off must not keep a withdrawn key alive."""

PATIENCE_SECONDS = 1.0
"""How long the state waits for a fetch that is under way."""

_log = structlog.get_logger(__name__)


class Fetch(Protocol):
    """Where documents come from."""

    async def get(self, url: str) -> str:
        """The document at an address.

        Raises:
            FetchError: it cannot be had.
        """
        ...


class Provider:
    """The keys of one issuer; `changed` is called when they are others than before."""

    def __init__(
        self,
        issuer: str,
        jwks_url: str | None,
        algorithms: tuple[str, ...],
        fetch: Fetch,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Know an issuer.

        Args:
            issuer: its identifier.
            jwks_url: where its keys are; told by its metadata (RFC 8414, OpenID Connect Discovery) when missing.
            algorithms: what tokens may be signed with.
        """
        self.changed: Callable[[], None] = lambda: None
        self._issuer = issuer
        self._jwks_url = jwks_url
        self._algorithms = algorithms
        self._fetch = fetch
        self._clock = clock
        self._keys: Keys | None = None
        self._text = ""
        self._stale_at = self._ends_at = self._next_try = clock()
        self._failure: str | None = None
        self._running: asyncio.Task[None] | None = None

    async def key(self, kid: str, algorithm: str) -> PyJWK | None:
        """The key of that name for that algorithm, or None where the issuer has none.

        Raises:
            UpstreamUnavailable: the issuer does not answer and there are no good keys.
        """
        keys = await self._good_keys()
        under_way = self._running is not None and not self._running.done()
        if (kid, algorithm) not in keys and (under_way or self._clock() >= self._next_try):
            if not under_way:
                self._next_try = self._clock() + COOL_DOWN_SECONDS
            await asyncio.shield(self._renewal())
            keys = self._keys or keys
        return keys.get((kid, algorithm))

    async def state(self) -> tuple[Status, str]:
        """`healthy`, `degraded` (on its last good keys) or `unhealthy`, and why; fetches what is missing.

        It does not wait for an issuer that lets it wait: who asks has other components to look at.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                keys = await self._good_keys()
        except (UpstreamUnavailable, TimeoutError):
            return "unhealthy", self._failure or "its keys are not there yet"
        if self._failure is not None:
            return "degraded", f"the last good keys are used: {self._failure}"
        return "healthy", f"{self._issuer}, {len({kid for kid, _ in keys})} keys"

    async def _good_keys(self) -> Keys:
        """The keys, fetched where there are none, fetched beside the call where they are only old."""
        now = self._clock()
        if self._keys is None or now >= self._ends_at:
            if now >= self._next_try:
                await asyncio.shield(self._renewal())
            if self._keys is None or self._clock() >= self._ends_at:
                wait = max(1.0, self._next_try - self._clock())
                raise UpstreamUnavailable("The issuer of access tokens does not answer.", retry_after_s=round(wait))
        elif now >= self._stale_at:
            self._renewal()
        return self._keys

    def _renewal(self) -> asyncio.Task[None]:
        """The one fetch that is under way, for all who wait for it."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._renew())
        return self._running

    async def _renew(self) -> None:
        try:
            text = await self._fetch.get(self._jwks_url or await self._discover())
            keys = self._keys if text == self._text and self._keys is not None else read_keys(text, self._algorithms)
        except (FetchError, ValueError) as error:
            self._failure = str(error)
            if isinstance(error, NoKeysError) and self._keys is not None:
                self._keys, self._text = None, ""
                self.changed()
            self._stale_at = self._next_try = self._clock() + COOL_DOWN_SECONDS
            _log.error("oauth_keys_unavailable", reason=self._failure, kept=len(self._keys or ()))
            return
        if keys is not self._keys:
            _log.info("oauth_keys_loaded", issuer=self._issuer, kids=sorted({kid for kid, _ in keys})[:20])
            self.changed()
        self._keys, self._text, self._failure = keys, text, None
        self._stale_at = self._clock() + FRESH_SECONDS
        self._ends_at = self._clock() + LAST_GOOD_SECONDS

    async def _discover(self) -> str:
        """Where the keys are, by the first metadata document that the issuer has."""
        for address in metadata_addresses(self._issuer):
            try:
                text = await self._fetch.get(address)
            except FetchError as error:
                if error.missing:
                    continue
                raise
            return _jwks_address(loads(text), self._issuer)
        raise ValueError(f"{self._issuer} has no metadata; set MCP_AUTH_JWKS_URL")


def metadata_addresses(issuer: str) -> Iterator[str]:
    """Where an issuer's metadata may be (RFC 8414, sections 3 and 5; OpenID Connect Discovery 1.0, section 4)."""
    parts = urlsplit(issuer)
    origin, path = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
    yield f"{origin}{path}/.well-known/openid-configuration"
    yield f"{origin}/.well-known/oauth-authorization-server{path}"


def _jwks_address(metadata: Any, issuer: str) -> str:
    """The `jwks_uri` of an issuer's metadata.

    Raises:
        ValueError: the metadata is not that issuer's, or names no address that may be used.
    """
    told = metadata.get("issuer") if isinstance(metadata, dict) else None
    if told != issuer:
        named = str(told)[:200]
        raise ValueError(f"the metadata of {issuer} is of the issuer {named!r}; set MCP_AUTH_ISSUER to that, if it is")
    address = metadata.get("jwks_uri")
    scheme = urlsplit(address).scheme if isinstance(address, str) else ""
    if scheme != "https" and (scheme != "http" or issuer.startswith("https:")):
        raise ValueError(f"the metadata of {issuer} names no address of keys that may be used")
    return str(address)
