"""Slots: how many calls run at once, with a short, bounded queue that serves principals in turn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp_chassis.errors import RateLimited


class Slots:
    """A fixed number of slots; who waits is served round robin over principals, so that one cannot starve another."""

    def __init__(self, size: int, *, wait_s: float, queue: int | None = None) -> None:
        """Make the slots.

        Args:
            size: how many calls may run at once.
            wait_s: how many seconds a call may wait for a slot.
            queue: how many calls may wait; twice the slots when missing.
        """
        self._free = size
        self._wait_s = wait_s
        self._room = 2 * size if queue is None else queue
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self.queued = 0

    @asynccontextmanager
    async def hold(self, principal: str) -> AsyncIterator[None]:
        """Hold a slot for the principal of this key.

        Raises:
            RateLimited: at once when the queue is full, else after the wait.
        """
        if self._free > 0 and not self.queued:
            self._free -= 1
        else:
            await self._wait(principal)
        try:
            yield
        finally:
            self._release()

    async def _wait(self, principal: str) -> None:
        if self.queued >= self._room:
            self._make_room(principal)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(principal, deque()).append(turn)
        self.queued += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._release()  # the slot came in the same moment as the cancellation: pass it on
            else:
                self._leave(principal, turn)
            if isinstance(error, TimeoutError):
                raise RateLimited("The server is busy; call again shortly.", retry_after_s=self._wait_s) from None
            raise

    def _make_room(self, principal: str) -> None:
        """Turn away the last of the longest line, which is the asking principal's own where it is as long."""
        full = RateLimited("The server is busy and its queue is full; call again shortly.", retry_after_s=1)
        line = max(self._waiting.values(), key=len, default=None)
        if line is None or len(line) <= len(self._waiting.get(principal, ())) + 1:
            raise full
        self.queued -= 1
        last = line.pop()
        if not last.done():
            last.set_exception(full)

    def _leave(self, principal: str, turn: asyncio.Future[None]) -> None:
        line = self._waiting.get(principal)
        if line is not None and turn in line:
            line.remove(turn)
            self.queued -= 1
            if not line:
                del self._waiting[principal]

    def _release(self) -> None:
        while self._waiting:
            principal, line = self._waiting.popitem(last=False)
            turn = line.popleft()
            self.queued -= 1
            if line:
                self._waiting[principal] = line  # to the back: the next slot is another principal's
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
