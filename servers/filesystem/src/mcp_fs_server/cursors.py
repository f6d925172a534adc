"""Where a page ended, as a token that only its principal can use, for the same request, until it expires."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from mcp_chassis.errors import InvalidArguments
from pydantic_core import to_json

if TYPE_CHECKING:
    from mcp_chassis.call import Principal
    from mcp_chassis.seal import Sealer

__all__ = ["Cursors"]

LIFETIME_S = 3600.0
_FORMAT = 1


class Cursors:
    """Seals and opens positions, which are JSON values."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def seal(self, principal: Principal, tool: str, request: Any, position: Any) -> str:
        """A cursor for the same principal, tool and request (whatever JSON describes it)."""
        payload = {"v": _FORMAT, "t": tool, "r": _digest(request), "p": position}
        return self._sealer.seal("cursor", principal, payload, LIFETIME_S)

    def open(self, principal: Principal, tool: str, request: Any, cursor: str | None) -> Any:
        """The position of a cursor; None without one.

        Raises:
            InvalidArguments: it is not ours, not this principal's, expired, or given for another request.
        """
        if cursor is None:
            return None
        payload = self._sealer.open("cursor", principal, cursor)
        if (payload.get("v"), payload.get("t")) != (_FORMAT, tool):
            raise InvalidArguments("The cursor is another tool's; call again without it.")
        if payload["r"] != _digest(request):
            raise InvalidArguments("The cursor belongs to other arguments; repeat them unchanged or leave it out.")
        return payload["p"]


def _digest(request: Any) -> str:
    return hashlib.sha256(to_json(request)).hexdigest()[:32]
