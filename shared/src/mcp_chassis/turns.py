"""Turns: whose request the process works on, so that one caller's flood costs the others no more than their turn.

One event loop does all the work between a request's arrival and its slot, and between a refusal and its answer. Left to
itself it serves connections as they come, and a caller with a hundred of them gets a hundred times the CPU of one with
one. With turns only a few requests are in work at a time, and who waits is served as for slots: round robin over the
tenants, then over their principals. A turn ends when its call waits for a slot or has one, and when its answer begins.
"""

from __future__ import annotations

import asyncio
import sys
from contextvars import ContextVar

from mcp_chassis.call import Principal
from mcp_chassis.concurrency import Slots

__all__ = ["Turn", "Turns", "end_turn"]

AT_A_TIME = 4
"""Few, since all of them stand between one look at the sockets and the next."""

AT_A_TIME_WITH_REDIS = 16
"""More, since a turn then waits for Redis most of its time."""


class Turns:
    """The turns of one process."""

    def __init__(self, *, redis: bool = False) -> None:
        # Connections bound the queue: each has at most one request that waits.
        self._slots = Slots(AT_A_TIME_WITH_REDIS if redis else AT_A_TIME, wait_s=None, queue=sys.maxsize)

    async def take(self, principal: Principal) -> Turn:
        """Wait for a turn; `with await turns.take(principal):` has it until it ends there or by `end_turn`."""
        await self._slots.acquire(principal.tenant, principal.key)
        return Turn(self._slots, principal.tenant)


class Turn:
    """One turn."""

    __slots__ = ("_slots", "_tenant", "_token")

    def __init__(self, slots: Slots, tenant: str) -> None:
        self._slots: Slots | None = slots
        self._tenant = tenant

    def __enter__(self) -> None:
        self._token = _current.set(self)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)
        self.end()

    def end(self) -> None:
        """Let the next one have it."""
        slots, self._slots = self._slots, None
        if slots is not None:
            # Not before the event loop has looked at its sockets and timers again.
            asyncio.get_running_loop().call_soon(slots.release, self._tenant)


_current: ContextVar[Turn | None] = ContextVar("_current", default=None)


def end_turn() -> None:
    """End the turn of the request that runs here, if it has one that has not ended."""
    turn = _current.get()
    if turn is not None:
        turn.end()
