"""The states of what a server stands on, asked at most once a second however many ask: probes, scrapes and exports."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from mcp_chassis.server import Component

__all__ = ["Health"]

_FRESH_SECONDS = 1.0
_PATIENCE_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class Health:
    """One asker for all who want to know; the log tells what is wrong when readiness turns.

    `draining` is set when the process was told to stop, and then it is not ready whatever its components are.
    """

    def __init__(self, ask: Callable[[], Awaitable[Sequence[Component]]]) -> None:
        self._ask = ask
        self._asking: asyncio.Task[None] | None = None
        self._until = 0.0
        self.draining = False
        self.known: Sequence[Component] = ()
        """What was found last, for those who cannot wait."""

    async def components(self) -> Sequence[Component]:
        """The states, not older than a second."""
        asking = self.refresh()
        if asking is not None:
            await asyncio.shield(asking)  # who stops waiting does not stop the others
        return self.known

    def refresh(self) -> asyncio.Task[None] | None:
        """Ask, unless somebody does already or did within a second; what is under way, if anything is."""
        loop = asyncio.get_running_loop()
        if self._asking is None and loop.time() >= self._until:
            self._asking = loop.create_task(self._renew())
        return self._asking

    async def ready(self) -> bool:
        """Whether the server should get calls: it is not draining, and every component is at least degraded."""
        if self.draining:
            return False
        await self.components()
        return self.sound

    @property
    def sound(self) -> bool:
        """Whether no component was found unhealthy."""
        return all(component.status != "unhealthy" for component in self.known)

    async def _renew(self) -> None:
        before = self.sound
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                self.known = await self._ask()
        except Exception as error:
            self.known = [_unknown(error)]
        self._until = asyncio.get_running_loop().time() + _FRESH_SECONDS
        self._asking = None
        if self.sound is not before:
            wrong = {item.name: item.detail for item in self.known if item.status == "unhealthy"}
            _log.warning("ready_changed", ready=self.sound, unhealthy=wrong)


def _unknown(error: Exception) -> Component:
    from mcp_chassis.server import Component

    late = isinstance(error, TimeoutError)
    return Component("health", "unhealthy", "no answer in time" if late else f"cannot be told: {type(error).__name__}")
