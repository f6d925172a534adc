"""The thread that sends spans and metrics. A call leaves its span here and never waits; what cannot be sent is lost."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcp_chassis.telemetry.operations import Operation

__all__ = ["Exporter", "Pace"]

logger = logging.getLogger(__name__)


class Pace:
    """How much is sent how often, by the standard variables and their defaults (milliseconds there, seconds here)."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.delay_s = _number(environ, "OTEL_BSP_SCHEDULE_DELAY", 5_000) / 1000
        self.room = _number(environ, "OTEL_BSP_MAX_QUEUE_SIZE", 2_048)
        self.batch = min(_number(environ, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512), self.room)
        self.metrics_s = _number(environ, "OTEL_METRIC_EXPORT_INTERVAL", 60_000) / 1000


class Exporter:
    """Takes spans from the calls, and sends them and the metrics from a thread of its own."""

    def __init__(
        self,
        pace: Pace,
        send_spans: Callable[[Sequence[Operation]], bool],
        send_metrics: Callable[[], bool] | None,
    ) -> None:
        """Make it; `start` starts it.

        Args:
            send_spans: sends a batch, and may take its time; whether it was taken.
            send_metrics: sends what the metrics are, and may take its time.
        """
        self.pace = pace
        self._send_spans = send_spans
        self._send_metrics = send_metrics
        self._spans: deque[Operation] = deque(maxlen=pace.room)
        self._woken = threading.Event()
        self._metrics_due = self._closing = self._over = False
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._crowded_out = self._not_taken = 0  # of a thread each

    @property
    def dropped(self) -> int:
        """Spans that were lost."""
        return self._crowded_out + self._not_taken

    def append(self, operation: Operation) -> None:
        """Take a span; the oldest one makes room for it where there is none."""
        spans = self._spans
        waiting = len(spans)
        if waiting == spans.maxlen:
            self._crowded_out += 1
        spans.append(operation)
        if waiting == self.pace.batch:
            self._woken.set()

    def start(self) -> None:
        """Start sending."""
        threading.Thread(target=self._run, name="telemetry", daemon=True).start()

    def send_metrics(self) -> None:
        """Have the metrics sent now."""
        self._metrics_due = True
        self._woken.set()

    async def close(self, seconds: float) -> bool:
        """Send what is there; False when that took longer than this many seconds."""
        self._closing = True
        self.send_metrics()
        try:
            async with asyncio.timeout(seconds):
                await self._ended.wait()
        except TimeoutError:
            self._over = True
        return self._ended.is_set()

    def _run(self) -> None:
        while not self._closing:
            self._woken.wait(self.pace.delay_s)
            self._woken.clear()
            self._flush()
        self._flush()
        with suppress(RuntimeError):  # the loop is closed where nobody waited
            self._loop.call_soon_threadsafe(self._ended.set)

    def _flush(self) -> None:
        while self._spans and not self._over:
            batch = [self._spans.popleft() for _ in range(min(len(self._spans), self.pace.batch))]
            if not self._try(lambda batch=batch: self._send_spans(batch)):  # type: ignore[misc]
                self._not_taken += len(batch)
        if self._metrics_due and self._send_metrics is not None and not self._over:
            self._metrics_due = False
            self._try(self._send_metrics)

    @staticmethod
    def _try(send: Callable[[], bool]) -> bool:
        try:
            return send()
        except Exception:  # the thread must outlive whatever a batch holds
            logger.exception("telemetry could not be sent")
            return False


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    return int(text) if text.isdecimal() and int(text) > 0 else default
