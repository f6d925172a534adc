"""What happens while Redis is down, and how it is found to be back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal

from mcp_chassis.errors import UpstreamUnavailable
from mcp_chassis.limits.memory import MemoryStore
from mcp_chassis.limits.meters import Meter, StoreDown, Verdict
from mcp_chassis.limits.shared import RedisStore

__all__ = ["FailoverStore", "WhenDown"]

logger = logging.getLogger(__name__)

WhenDown = Literal["local", "deny", "allow"]
PROBE_SECONDS = 1.0


class FailoverStore:
    """A shared store, and what stands in for it while it is down.

    The first call that meets the failure pays for it; from then on no call waits for Redis, until a probe that runs
    beside the calls finds it back. Both turns are logged, once each.
    """

    def __init__(self, shared: RedisStore, when_down: WhenDown, *, probe_s: float = PROBE_SECONDS) -> None:
        self._shared = shared
        self._local = MemoryStore()
        self._probe_s = probe_s
        self._probing: asyncio.Task[None] | None = None
        self.when_down = when_down
        self.down: str | None = None
        """Why the shared store does not count, None while it does."""

    async def open(self) -> None:
        """Look whether the shared store is there; it may come later."""
        try:
            await self._shared.probe()
        except StoreDown as error:
            self._fall(error)

    async def close(self) -> None:
        """Stop probing and close the connections."""
        if self._probing is not None:
            self._probing.cancel()
            with suppress(asyncio.CancelledError):
                await self._probing
        await self._shared.close()

    async def take(self, meters: Sequence[Meter]) -> Verdict:
        """Count one call in the shared store, or do as configured while it is down.

        Raises:
            UpstreamUnavailable: it is down, and then no call may pass.
        """
        if self.down is None:
            try:
                return await self._shared.take(meters)
            except StoreDown as error:
                self._fall(error)
        if self.when_down == "local":
            return await self._local.take(meters)
        if self.when_down == "allow":
            return Verdict()
        raise UpstreamUnavailable(
            "The store of the limits does not answer, so no call is let through; call again in a few seconds.",
            retry_after_s=self._probe_s,
        )

    def _fall(self, error: StoreDown) -> None:
        if self.down is not None:
            return
        self.down = str(error)
        # Without what the error says of the address, which may hold a password.
        logger.warning("limits_store_down", extra={"reason": self.down, "until_it_is_back": self.when_down})
        self._probing = asyncio.get_running_loop().create_task(self._probe())

    async def _probe(self) -> None:
        while self.down is not None:
            await asyncio.sleep(self._probe_s)
            try:
                await self._shared.probe()
            except StoreDown as error:
                self.down = str(error)
            else:
                self.down = None
        logger.warning("limits_store_back")
