"""Whether the server should get calls, asked of the app at most once a second however often probes ask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from mcp_chassis.app import App

__all__ = ["Readiness"]

_FRESH_SECONDS = 1.0
_PATIENCE_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class Readiness:
    """The app's health as yes or no; the log tells what is wrong when it turns."""

    def __init__(self, app: App[Any, Any]) -> None:
        self._app = app
        self._lock = asyncio.Lock()
        self._until = 0.0
        self._ready = True

    async def __call__(self) -> bool:
        """Whether every component is at least degraded."""
        async with self._lock:
            loop = asyncio.get_running_loop()
            if loop.time() >= self._until:
                await self._ask()
                self._until = loop.time() + _FRESH_SECONDS
            return self._ready

    async def _ask(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                components = await self._app.health()
            wrong = {item.name: item.detail for item in components if item.status == "unhealthy"}
        except Exception as error:
            wrong = {"health": type(error).__name__}
        if bool(wrong) is self._ready:
            _log.warning("ready_changed", ready=not wrong, unhealthy=wrong)
        self._ready = not wrong
