"""METRICS_PORT: what operators and their machines read, apart from the port that clients reach.

/metrics   Prometheus text, or OpenMetrics where the scraper asks for it
/ready     200 or 503, with the state of every component
/health    200, with what was found of them last
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from typing import Any

import structlog
import uvicorn
from prometheus_client.exposition import choose_encoder

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.health import Health
from mcp_chassis.http.listen import listening
from mcp_chassis.http.protocol import BoundedProtocol
from mcp_chassis.redaction import Redactor
from mcp_chassis.settings.network import is_loopback
from mcp_chassis.telemetry.metrics import Metrics

__all__ = ["MetricsPort"]

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_JSON = b"application/json"
_PORT = re.compile(r":\d*$")
_STATUSES = ("healthy", "degraded", "unhealthy")
_LAST_ANSWERS_SECONDS = 1
_KEEP_ALIVE_SECONDS = 75
"""Longer than scrapers wait, or they would ask on connections that are being closed."""

_log = structlog.get_logger(__name__)


class MetricsPort:
    """The ASGI application of the port."""

    def __init__(self, metrics: Metrics, health: Health, redact: Redactor, *, local: bool) -> None:
        """Make it.

        Args:
            redact: takes secrets out of what components tell.
            local: it listens on loopback, where a web page could reach it under a name of its own.
        """
        self._metrics = metrics
        self._health = health
        self._redact = redact
        self._local = local

    async def __call__(self, scope: MutableMapping[str, Any], _: Any, send: Send) -> None:
        """Answer one request."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"", _JSON)
        elif self._local and not is_loopback(_PORT.sub("", headers.get(b"host", ""))):
            await _answer(send, 421, b"", _JSON)
        elif scope["path"] == "/metrics":
            await self._health.components()
            encode, kind = _encoder(headers.get(b"accept", ""))
            await _answer(send, 200, encode(self._metrics.registry), kind.encode())
        elif scope["path"] == "/health":  # whether it lives must not wait for backends
            self._health.refresh()
            await _answer(send, 200, self._report(), _JSON)
        elif scope["path"] == "/ready":
            ready = await self._health.ready()
            await _answer(send, 200 if ready else 503, self._report(), _JSON)
        else:
            await _answer(send, 404, b"", _JSON)

    def _report(self) -> bytes:
        """The components as they were found last."""
        components = self._health.known
        found = {component.status for component in components}
        worst = next(
            status for status in ("unhealthy", "degraded", "healthy") if status in found or status == "healthy"
        )
        report = {
            "status": worst,
            "draining": self._health.draining,
            "components": [
                {"name": item.name, "status": item.status, "detail": self._redact(item.detail)} for item in components
            ],
        }
        return json.dumps(report, ensure_ascii=False).encode()

    @asynccontextmanager
    async def serving(self, host: str, port: int) -> AsyncIterator[None]:
        """Answer on an address until the end.

        Raises:
            ConfigurationError: the address cannot be had.
        """
        with _listening(host, port) as sockets:
            server = _server(self)
            running = asyncio.create_task(server.serve(sockets))
            _log.info("metrics", address=f"http://{f'[{host}]' if ':' in host else host}:{port}/metrics")
            try:
                yield
            finally:
                server.should_exit = server.force_exit = True
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([running], timeout=_LAST_ANSWERS_SECONDS)
                running.cancel()


def _encoder(accepted: str) -> tuple[Callable[[Any], bytes], str]:
    """How the metrics are written for who accepts this; the client fails at versions that are no numbers."""
    try:
        return choose_encoder(accepted)
    except (TypeError, ValueError):
        return choose_encoder("")


class _Server(uvicorn.Server):
    """uvicorn that leaves signals to the transport."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextmanager
def _listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        try:
            sockets = stack.enter_context(listening(host, port, None))
        except ConfigurationError as error:
            advice = "Give each server of a machine a METRICS_PORT of its own, or 0 for none."
            raise ConfigurationError(f"METRICS_PORT: {error.faults[0]} {advice}") from error
        yield sockets


def _server(app: MetricsPort) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
    )
    return _Server(config)


async def _answer(send: Send, status: int, body: bytes, kind: bytes) -> None:
    headers = [
        (b"content-length", b"%d" % len(body)),
        (b"content-type", kind),
        (b"cache-control", b"no-store"),
        *([(b"allow", b"GET, HEAD")] if status == 405 else []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
