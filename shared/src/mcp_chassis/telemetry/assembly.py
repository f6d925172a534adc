"""The telemetry of one process, from its settings and the OTEL_* variables."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import structlog

from mcp_chassis.redaction import Redactor
from mcp_chassis.server import Component
from mcp_chassis.settings.network import is_loopback
from mcp_chassis.telemetry.operations import Operations
from mcp_chassis.telemetry.otlp import sampler, wanted

if TYPE_CHECKING:
    from mcp_chassis.app import App
    from mcp_chassis.telemetry.exporter import Exporter
    from mcp_chassis.telemetry.metrics import Metrics
    from mcp_chassis.telemetry.spans import Otlp

__all__ = ["Telemetry"]

_FLUSH_SECONDS = 3.0
"""For the last spans and metrics, within the grace period; who does not take them by then does not get them."""

_log = structlog.get_logger(__name__)


class Telemetry:
    """What records; `async with telemetry.running()` while it is also served and sent."""

    def __init__(self, app: App[Any, Any]) -> None:
        """Record what somebody will ask for, and nothing else; the app's calls must be there."""
        settings = app.settings
        self._app = app
        self._wanted = wanted(os.environ)
        self._redact = Redactor(settings.secrets())
        self._metrics: Metrics | None = None
        self._exporter: Exporter | None = None
        self._otlp: Otlp | None = None
        if settings.metrics_port or self._wanted.metrics:
            from mcp_chassis.telemetry.metrics import Metrics

            self._metrics = Metrics(app)
            app.calls.slots.waited = self._metrics.queue_wait.observe
        if self._wanted:
            self._exporter = self._export()
        self.operations = Operations(
            app.server.registry,
            "pipe" if settings.transport == "stdio" else "tcp" if settings.unix_socket is None else "unix",
            None if self._metrics is None else self._metrics.operations,
            self._exporter if self._wanted.traces else None,
            sampler(os.environ),
        )

    @property
    def spans_dropped(self) -> int:
        """Spans that were lost."""
        return 0 if self._exporter is None else self._exporter.dropped

    def session_ended(self, seconds: float) -> None:
        """A session with a client is over."""
        if self._metrics is not None:
            self._metrics.sessions.labels("pipe").observe(seconds)

    def health(self) -> Sequence[Component]:
        """What is asked for and cannot be done."""
        return () if self._wanted.fault is None else (Component("telemetry", "degraded", self._wanted.fault),)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer on METRICS_PORT and send by OTLP, as far as that is asked for.

        Raises:
            ConfigurationError: METRICS_PORT cannot be had.
        """
        if self._wanted.fault is not None:
            _log.warning(self._wanted.fault)
        async with AsyncExitStack() as stack:
            if self._exporter is not None:
                await stack.enter_async_context(self._sending(self._exporter))
            if self._metrics is not None and (port := self._app.settings.metrics_port):
                from mcp_chassis.telemetry.port import MetricsPort

                host = self._app.settings.metrics_host
                answers = MetricsPort(self._metrics, self._app.readiness, self._redact, local=is_loopback(host))
                await stack.enter_async_context(answers.serving(host, port))
            yield

    def _export(self) -> Exporter:
        from mcp_chassis.telemetry.exporter import Exporter, Pace
        from mcp_chassis.telemetry.spans import Otlp

        server, metrics = self._app.server, self._metrics
        otlp = self._otlp = Otlp(server.name, server.version, self._redact)
        send_metrics = None
        if self._wanted.metrics and metrics is not None:
            registry = metrics.registry
            send_metrics = lambda: otlp.send_metrics(registry)  # noqa: E731
        return Exporter(Pace(os.environ), otlp.send_spans, send_metrics)

    @asynccontextmanager
    async def _sending(self, exporter: Exporter) -> AsyncIterator[None]:
        exporter.start()
        ticking = asyncio.create_task(self._tick(exporter))
        try:
            yield
        finally:
            ticking.cancel()
            with suppress(asyncio.CancelledError):
                await ticking
            if not await exporter.close(min(_FLUSH_SECONDS, self._app.settings.grace_seconds)):
                _log.warning("telemetry_lost", reason="the endpoint did not take the last of it in time")
            assert self._otlp is not None
            self._otlp.give_up()

    async def _tick(self, exporter: Exporter) -> None:
        while self._wanted.metrics:
            await asyncio.sleep(exporter.pace.metrics_s)
            await self._app.readiness.components()
            exporter.send_metrics()
