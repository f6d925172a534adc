"""A server over HTTP: from its sockets to its end.

The first SIGTERM or SIGINT makes `/ready` say 503 while requests are still answered, each with `Connection: close`, for
MCP_DRAIN_SECONDS; then the sockets close, running calls get MCP_GRACE_SECONDS to end and are cancelled. A second signal
skips what is left of both.
"""

from __future__ import annotations

import asyncio
import math
import signal
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import structlog
import uvicorn

from mcp_chassis.http.edge import Edge
from mcp_chassis.http.hosts import OwnHosts
from mcp_chassis.http.identity import Authenticator, authenticator
from mcp_chassis.http.listen import BACKLOG, listening
from mcp_chassis.http.protocol import BoundedProtocol
from mcp_chassis.http.tls import ReloadingTls
from mcp_chassis.sdk_http import SdkHttp

if TYPE_CHECKING:
    from mcp_chassis.app import App
    from mcp_chassis.settings import ChassisSettings

__all__ = ["load_credentials", "serve", "uvicorn_server"]

_KEEP_ALIVE_SECONDS = 75
_HURRY_SECONDS = 1.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)

_log = structlog.get_logger(__name__)


async def serve(app: App[Any, Any]) -> None:
    """Serve an open app over HTTP until a signal ends it.

    Raises:
        ConfigurationError: an address, a certificate or the keys cannot be used as configured.
    """
    settings = app.settings
    callers, tls = load_credentials(app)
    async with AsyncExitStack() as stack:
        sockets = stack.enter_context(listening(settings.host, settings.port, settings.unix_socket))
        sdk = await stack.enter_async_context(SdkHttp(app).running())
        edge = Edge(app, sdk, callers, OwnHosts.of(settings))
        await _Service(edge, settings, sockets, tls).run()


def load_credentials(app: App[Any, Any]) -> tuple[Authenticator, ReloadingTls | None]:
    """Read the keys and certificates; `--check` does it without serving.

    Raises:
        ConfigurationError: they cannot be used.
    """
    settings = app.settings
    callers = authenticator(app)
    app.parts.append(callers.health)
    if settings.tls_cert_file is None or settings.tls_key_file is None:
        return callers, None
    return callers, ReloadingTls(settings.tls_cert_file, settings.tls_key_file, settings.tls_client_ca_file)


class _Server(uvicorn.Server):
    """uvicorn without its signal handling, which would neither drain nor exit with 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Service:
    """One uvicorn server, told to stop by signals."""

    def __init__(
        self, edge: Edge, settings: ChassisSettings, sockets: list[socket.socket], tls: ReloadingTls | None
    ) -> None:
        self._edge = edge
        self._settings = settings
        self._sockets = sockets
        self._scheme = "http" if tls is None else "https"
        self._server = uvicorn_server(edge, settings, tls)
        self._timers: list[asyncio.TimerHandle] = []

    async def run(self) -> None:
        """Serve until the end."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._told)
        _log.info("listening", addresses=[self._address(listener) for listener in self._sockets])
        try:
            await self._server.serve(self._sockets)
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)
            for timer in self._timers:
                timer.cancel()
            self._edge.cancel_calls()
        _log.info("stopped")

    def _address(self, listener: socket.socket) -> str:
        if listener.family == socket.AF_UNIX:
            return f"unix:{listener.getsockname()}"
        host, port = listener.getsockname()[:2]
        return f"{self._scheme}://{f'[{host}]' if ':' in host else host}:{port}/mcp"

    def _told(self) -> None:
        if self._edge.draining:
            _log.info("hurrying")
            self._stop()
            self._edge.cancel_calls()
            self._later(_HURRY_SECONDS, self._force)
            return
        _log.info("draining", drain_s=self._settings.drain_seconds, grace_s=self._settings.grace_seconds)
        self._edge.draining = True
        self._later(self._settings.drain_seconds, self._stop)

    def _stop(self) -> None:
        if self._server.should_exit:
            return
        self._server.should_exit = True
        self._edge.grace_begins()
        self._edge.end_listeners()
        self._later(self._settings.grace_seconds, self._edge.cancel_calls)

    def _force(self) -> None:
        self._server.force_exit = True

    def _later(self, seconds: float, what: Any) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, what))


def uvicorn_server(edge: Edge, settings: ChassisSettings, tls: ReloadingTls | None) -> uvicorn.Server:
    """The uvicorn that serves an edge; nothing is read from its own environment or command line."""
    config = uvicorn.Config(
        edge,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        # Calls are cancelled when the grace period is over; this is for clients that do not read their answers.
        timeout_graceful_shutdown=math.ceil(settings.grace_seconds) + 2,
        ssl_context_factory=None if tls is None else lambda *_: tls.context,
    )
    return _Server(config)
