"""Who is let in: authentication, and the early step up of OAuth clients of the new era."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS

from mcp_chassis.call import Call, Channel, Principal
from mcp_chassis.errors import Denied, UpstreamUnavailable
from mcp_chassis.http.answers import Reply, Scope, refuse
from mcp_chassis.http.challenges import Challenges
from mcp_chassis.http.identity import Authenticator, UnknownCallerError

if TYPE_CHECKING:
    from mcp_chassis.app import App

__all__ = ["Admission", "of_older_era"]

_log = structlog.get_logger(__name__)


class Admission:
    """Lets a request in as its principal, or answers it with a challenge."""

    def __init__(self, app: App[Any, Any], authenticator: Authenticator, challenges: Challenges) -> None:
        self._app = app
        self._authenticator = authenticator
        self._challenges = challenges
        registry, read_only = app.server.registry, app.settings.read_only
        shelves = {
            b"tools/call": registry.tools,
            b"prompts/get": registry.prompts,
            b"resources/read": registry.resources,
        }
        # No scope opens what this server does not offer at all.
        self._shelves = {
            method: {name: endpoint for name, endpoint in shelf.items() if endpoint.hints.read_only or not read_only}
            for method, shelf in shelves.items()
        }

    async def __call__(self, scope: Scope, headers: Mapping[bytes, bytes], reply: Reply) -> Principal | None:
        """Whose request it is, or None where it was refused.

        Raises:
            UpstreamUnavailable: it cannot be judged, or not be recorded, now.
        """
        authorization = headers.get(b"authorization")
        if authorization and b"access_token=" in scope["query_string"]:
            message = "Send the access token in the Authorization header alone, and never in a URL."
            await refuse(reply, 400, message, (b"www-authenticate", self._challenges.twice()))
            return None
        try:
            principal = await self._authenticator.principal(authorization, scope.get("client_certificate"))
        except UnknownCallerError as error:
            address = (scope.get("client") or ("",))[0]
            _log.info("unauthenticated", client=address, presented=bool(authorization), reason=str(error) or None)
            await self._refuse(reply, bool(authorization), str(error))
            return None
        return None if await self._must_step_up(headers, principal, reply) else principal

    async def knows(self, principal: Principal, scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
        """Whether what a request was let in with still proves the same principal."""
        authorization = headers.get(b"authorization")
        try:
            return principal == await self._authenticator.principal(authorization, scope.get("client_certificate"))
        except (UnknownCallerError, UpstreamUnavailable):
            return False

    async def _refuse(self, reply: Reply, presented: bool, reason: str) -> None:
        challenge = (b"www-authenticate", self._challenges.unknown(presented, reason))
        message = f"{reason} {self._challenges.hint}".lstrip()
        await refuse(reply, 401, message, challenge, code=Denied.jsonrpc_code)

    async def _must_step_up(self, headers: Mapping[bytes, bytes], principal: Principal, reply: Reply) -> bool:
        """Ask a client of the new era for a token with more scopes, by what its headers say that it calls.

        Nothing has compared those with the body yet, so nothing is allowed here: the call path judges every call by its
        body. Only clients of OAuth know what to do with such an answer.
        """
        bound = self._app.calls.bind(principal)
        shelf = self._shelves.get(headers.get(b"mcp-method", b""))
        if bound.auth_method != "oauth" or shelf is None or of_older_era(headers):
            return False
        endpoint = shelf.get(headers.get(b"mcp-name", b"").decode("latin-1"))
        if endpoint is None or not (missing := endpoint.missing_scopes(bound)):
            return False
        if self._app.calls.hidden(endpoint, bound):
            return False  # nobody is to consent to what would be of no use
        refusal = Denied(
            f"{endpoint.name} needs the scope {' and '.join(sorted(missing))}; ask for a token that has it."
        )
        with suppress(Denied):
            call = Call(endpoint.kind, endpoint.name, {}, principal, endpoint, Channel())
            await self._app.calls.refuse(call, refusal)
        challenge = (b"www-authenticate", self._challenges.insufficient(principal, endpoint.scopes))
        await refuse(reply, 403, refusal.message, challenge, code=Denied.jsonrpc_code)
        return True


def of_older_era(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request is of a protocol with the handshake, which has no headers that name what is called."""
    version = headers.get(b"mcp-protocol-version")
    return version is None or version.decode("latin-1") in HANDSHAKE_PROTOCOL_VERSIONS
