"""Where a page ended, as a token that only its principal can use, for the same request, until it expires."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mcp_chassis.errors import Conflict, InvalidArguments
from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp_chassis.call import Principal
    from mcp_chassis.postgres.session import Column
    from mcp_chassis.seal import Sealer

__all__ = ["Cursors", "Position", "digest", "shape"]

LIFETIME_S = 3600.0
_FORMAT = 1


def digest(*parts: Any) -> str:
    """A short name for a request: its parts as canonical JSON, hashed."""
    return hashlib.sha256(to_json(parts)).hexdigest()[:32]


def shape(columns: Sequence[Column]) -> str:
    """A short name for what a result looks like: names and types of its columns."""
    return digest([[column.name, column.type.oid] for column in columns])


@dataclass(frozen=True, slots=True)
class Position:
    """Where to go on.

    Args:
        shape: of the result when the cursor was given.
        keys: values of the ordering columns to go on behind; None for the beginning.
        skip: rows behind them that were given already; rows are counted only where they have no order.
    """

    shape: str
    keys: list[Any] | None = None
    skip: int = 0

    def check(self, now: str) -> None:
        """Refuse to go on in something else.

        Raises:
            Conflict: the columns are not what they were.
        """
        if self.shape != now:
            raise Conflict("The columns have changed since the cursor was given; call again without the cursor.")


class Cursors:
    """Seals and opens positions."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def seal(self, principal: Principal, tool: str, request: str, position: Position) -> str:
        """A cursor for the same principal, tool and request (its `digest`)."""
        payload = {
            "v": _FORMAT, "t": tool, "r": request, "s": position.shape, "k": position.keys, "n": position.skip,
        }  # fmt: skip
        return self._sealer.seal("cursor", principal, payload, LIFETIME_S)

    def open(self, principal: Principal, tool: str, request: str, cursor: str | None) -> Position | None:
        """The position of a cursor; None without one.

        Raises:
            InvalidArguments: it is not ours, not this principal's, expired, or given for another request.
        """
        if cursor is None:
            return None
        payload = self._sealer.open("cursor", principal, cursor)
        if (payload.get("v"), payload.get("t")) != (_FORMAT, tool):
            raise InvalidArguments("The cursor is another tool's; call again without it.")
        if payload["r"] != request:
            raise InvalidArguments("The cursor belongs to other arguments; repeat them unchanged or leave it out.")
        return Position(payload["s"], payload["k"], payload["n"])
