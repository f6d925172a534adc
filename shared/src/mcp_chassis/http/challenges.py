"""What a caller is told who is not known or may do too little: RFC 6750 challenges and the RFC 9728 metadata.

A client that meets a challenge reads `resource_metadata`, learns there which issuer to ask, and asks for the scopes of
the challenge: at first those that let it read, later, when a tool needs more, those it has and the ones it lacks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

    from mcp_chassis.call import Principal
    from mcp_chassis.server import Server
    from mcp_chassis.settings import ChassisSettings

__all__ = ["Challenges"]

_WELL_KNOWN = "/.well-known/oauth-protected-resource"


class Challenges:
    """The challenges of one server; `metadata` is its document, None without OAuth, and `paths` are where it is."""

    def __init__(self, server: Server[Any, Any], settings: ChassisSettings) -> None:
        self._realm = f'Bearer realm="{server.name}"'
        self._first = " ".join(sorted(server.read_scopes))
        self._known = _scopes_of(server)
        self._address = ""
        self.metadata: bytes | None = None
        self.paths: frozenset[str] = frozenset()
        ways = {"api-key": "an API key as `Authorization: Bearer KEY`"}
        resource = settings.resource_url
        if "oauth" in settings.auth_methods and resource is not None:
            place = urlsplit(resource)
            self._address = f"{place.scheme}://{place.netloc}{_WELL_KNOWN}{place.path}"
            self.paths = frozenset((_WELL_KNOWN, f"{_WELL_KNOWN}/mcp", _WELL_KNOWN + place.path))
            self.metadata = _metadata(server, settings, resource)
            ways = {"oauth": "an access token as `Authorization: Bearer TOKEN`"} | ways
        told = [words for method, words in ways.items() if method in settings.auth_methods]
        self.hint = f"Send {' or '.join(told)}." if told else "Send a valid Authorization header."

    def unknown(self, presented: bool, reason: str) -> bytes:
        """For a request that proves nobody.

        Args:
            presented: whether it carried a credential at all.
            reason: why that was refused, if it may be told.
        """
        parts = [self._realm]
        if presented:
            parts.append('error="invalid_token"')
        if reason:
            parts.append(f'error_description="{_quotable(reason)}"')
        return self._joined(parts, self._first)

    def twice(self) -> bytes:
        """For a token in the URL beside the one in the header."""
        return self._joined([self._realm, 'error="invalid_request"'], "")

    def insufficient(self, principal: Principal, needed: Collection[str]) -> bytes:
        """For a caller whose token lacks scopes: those it has here are asked for too, or a client would lose them."""
        wanted = (principal.scopes & self._known) | frozenset(needed)
        return self._joined([self._realm, 'error="insufficient_scope"'], " ".join(sorted(wanted)))

    def _joined(self, parts: list[str], scope: str) -> bytes:
        if self._address:
            parts += [f'scope="{scope}"'] * bool(scope) + [f'resource_metadata="{self._address}"']
        return ", ".join(parts).encode("ascii", "replace")


def _metadata(server: Server[Any, Any], settings: ChassisSettings, resource: str) -> bytes:
    """The protected resource metadata (RFC 9728, section 2); of the scopes only those that read."""
    document = {
        "resource": resource,
        "authorization_servers": [settings.auth_issuer],
        "scopes_supported": sorted(server.read_scopes),
        "bearer_methods_supported": ["header"],
        "resource_name": server.title or server.name,
    }
    return json.dumps(document, separators=(",", ":")).encode()


def _scopes_of(server: Server[Any, Any]) -> frozenset[str]:
    registry = server.registry
    shelves = (registry.tools, registry.resources, registry.templates, registry.prompts, registry.completions)
    return frozenset(scope for shelf in shelves for endpoint in shelf.values() for scope in endpoint.scopes)


def _quotable(text: str) -> str:
    """Text for a quoted string (RFC 9110, section 5.6.4), of the characters that RFC 6750 allows there."""
    return text.replace("\\", "").replace('"', "'")
