"""Slots: how many calls run at once, with a short, bounded queue that is fair to tenants, then to principals.

Who waits is served in turn: round robin over the tenants, and within one over its principals. A full queue answers at
once, and it is the longest line that is turned away: a call of someone who has fewer calls waiting takes the place of
the last one in that line. While calls of several tenants come, one tenant holds no more than its share of the slots, so
that the others find free ones however long its calls take.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from mcp_chassis.errors import RateLimited

__all__ = ["Slots"]

SEEN_SECONDS = 60.0

Turn = asyncio.Future[None]
Lines = OrderedDict[str, deque[Turn]]


class Slots:
    """A fixed number of slots."""

    def __init__(
        self,
        size: int,
        *,
        wait_s: float | None,
        queue: int | None = None,
        tenant_slots: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the slots.

        Args:
            size: how many calls may run at once.
            wait_s: how many seconds a call may wait for a slot; None for as long as it takes.
            queue: how many calls may wait; twice the slots when missing.
            tenant_slots: how many slots one tenant may hold while others call too; half of them when missing.
            clock: seconds; decides for how long a tenant counts as one that calls.
        """
        self.size = size
        self._wait_s = wait_s
        self.room = 2 * size if queue is None else queue
        self._share = (size + 1) // 2 if tenant_slots is None else min(tenant_slots, size)
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, Lines] = OrderedDict()
        self.running = 0
        self.queued = 0
        self.refused = 0
        self.waited: Callable[[float], object] = _nobody_counts
        """Told the seconds that a call waited for its slot."""

    @asynccontextmanager
    async def hold(self, tenant: str, principal: str) -> AsyncIterator[None]:
        """Hold a slot for a principal, by its key, of a tenant.

        Raises:
            RateLimited: at once when the queue is full, else after the wait.
        """
        await self.acquire(tenant, principal)
        try:
            yield
        finally:
            self.release(tenant)

    async def acquire(self, tenant: str, principal: str, queued: Callable[[], None] = lambda: None) -> None:
        """Take a slot, to be given back by `release`.

        Args:
            queued: called when the call has to wait and there is room to.

        Raises:
            RateLimited: at once when the queue is full, else after the wait.
        """
        self._see(tenant)
        if self.queued:
            self._serve()  # the share of a tenant ends when no other has called for a while
        if tenant not in self._waiting and self._may_run(tenant):
            self._take(tenant)
        else:
            try:
                await self._wait(tenant, principal, queued)
            except RateLimited:
                self.refused += 1
                raise

    def release(self, tenant: str) -> None:
        """Give a slot of this tenant back; who waits is served."""
        self.running -= 1
        self._running[tenant] -= 1
        if not self._running[tenant]:
            del self._running[tenant]
        self._serve()

    def _see(self, tenant: str) -> None:
        now = self._clock()
        self._seen[tenant] = now
        self._seen.move_to_end(tenant)
        while next(iter(self._seen.values())) < now - SEEN_SECONDS:
            self._seen.popitem(last=False)

    def _may_run(self, tenant: str) -> bool:
        return self.running < self.size and (len(self._seen) < 2 or self._running[tenant] < self._share)

    def _take(self, tenant: str) -> None:
        self.running += 1
        self._running[tenant] += 1

    async def _wait(self, tenant: str, principal: str, queued: Callable[[], None]) -> None:
        if self.queued >= self.room:
            self._make_room(tenant, principal)
        queued()
        since = self._clock()
        turn: Turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(tenant, OrderedDict()).setdefault(principal, deque()).append(turn)
        self.queued += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await turn
        except BaseException as error:
            self._leave(tenant, principal, turn)
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.release(tenant)  # the slot came in the same moment as the cancellation: pass it on
            if isinstance(error, TimeoutError):
                raise RateLimited("The server is busy; call again shortly.", retry_after_s=self._wait_s) from None
            raise
        self.waited(self._clock() - since)

    def _make_room(self, tenant: str, principal: str) -> None:
        """Turn away the last of the longest line, unless the call that comes would make a line as long.

        Raises:
            RateLimited: there is no longer line than that of the call that comes.
        """
        longest = max(reversed(self._waiting), key=self._length, default=tenant)
        if self._length(longest) <= self._length(tenant) + 1:
            longest = tenant
        lines = self._waiting.get(longest, OrderedDict())
        line = max(reversed(lines), key=lambda name: len(lines[name]), default=principal)
        if longest == tenant and len(lines.get(line, ())) <= len(lines.get(principal, ())) + 1:
            raise _full()
        turn = lines[line][-1]
        self._leave(longest, line, turn)
        if not turn.done():  # who was cancelled in this moment has left anyway
            turn.set_exception(_full())

    def _length(self, tenant: str) -> int:
        return sum(map(len, self._waiting.get(tenant, {}).values()))

    def _leave(self, tenant: str, principal: str, turn: Turn) -> None:
        lines = self._waiting.get(tenant, OrderedDict())
        line = lines.get(principal)
        if line is None or turn not in line:
            return
        line.remove(turn)
        self.queued -= 1
        if not line:
            del lines[principal]
        if not lines:
            del self._waiting[tenant]

    def _serve(self) -> None:
        """Give the slots that are free to those whose turn it is."""
        while self._waiting and self.running < self.size:
            tenant = next((name for name in self._waiting if self._may_run(name)), None)
            if tenant is None:
                return
            lines = self._waiting[tenant]
            principal, line = lines.popitem(last=False)
            turn = line.popleft()
            self.queued -= 1
            if line:
                lines[principal] = line  # to the back: the next slot is another principal's
            self._waiting.move_to_end(tenant)  # and another tenant's
            if not lines:
                del self._waiting[tenant]
            if not turn.done():
                self._take(tenant)
                turn.set_result(None)


def _nobody_counts(_: float) -> None:
    """Nothing is measured."""


def _full() -> RateLimited:
    return RateLimited("The server is busy and its queue is full; call again shortly.", retry_after_s=1)
