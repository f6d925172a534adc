"""The connection: uvicorn's protocol, with the bounds on a request's head that it does not have itself.

A client that opens a connection and never finishes a head would hold it for ever, and one that never ends a header line
would fill the memory. And an offer to upgrade, as Java's HTTP client and `curl --http2` make it with a first POST,
would lose the body: it is hidden from the parser, which is the same as to decline it (RFC 9110, section 7.8). It also
hands on the certificate that the client showed, as `client_certificate` of the ASGI scope, which uvicorn does not.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from mcp_chassis.http.certificates import ClientCertificate, client_certificate
from mcp_chassis.strict_json import INVALID_REQUEST, Fault

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

__all__ = ["HEAD_BYTES", "BoundedProtocol"]

HEAD_BYTES = 64 * 1024
"""Bytes of a request line and its headers."""

_UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)


class BoundedProtocol(HttpToolsProtocol):
    """One connection, whose heads come within `HEAD_SECONDS` and `HEAD_BYTES`, like bodies that nobody reads."""

    HEAD_SECONDS = 10.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_head = True
        self._head_next = True
        self._head_bytes = 0
        self._head_timer: asyncio.TimerHandle | None = None
        self._running: RequestResponseCycle | None = None
        self._certificate: ClientCertificate | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._certificate = client_certificate(transport)
        self._head_timer = self.loop.call_later(self.HEAD_SECONDS, self._head_late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_done()
        # uvicorn tells only the request that came last, which is not the one that runs when requests are pipelined.
        if self._running is not None and not self._running.response_complete:
            self._running.disconnected = True
            self._running.message_event.set()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._certificate is not None:
            self.scope["client_certificate"] = self._certificate  # type: ignore[typeddict-unknown-key]
        self._in_head = True
        self._head_bytes = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        # RFC 9110, 5.5: the white space around a value is not part of it; httptools leaves what follows.
        super().on_header(name, value.strip(b" \t"))

    def on_headers_complete(self) -> None:
        self._in_head = self._head_next = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._head_next = True
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        if self._head_next and b"pgrade:" in data:
            head, end, rest = data.partition(b"\r\n\r\n")
            data = _UPGRADE.sub(b"\r\nx-upgrade:", head) + end + rest
        if self._head_next and not self._in_head and (self.cycle is None or self.cycle.response_complete):
            # What comes between two requests begins a head, whose time is also that of empty lines before it.
            self._in_head, self._head_bytes = True, 0
        super().data_received(data)
        if not self._in_head:
            if self._refused():
                self._head_timer = self._head_timer or self.loop.call_later(self.HEAD_SECONDS, self.transport.close)
            elif self._head_timer is not None:
                self._head_done()
            return
        self._head_bytes += len(data)
        if self._head_bytes > HEAD_BYTES:
            self._refuse(b"431 Request Header Fields Too Large", "The headers of the request are too large.")
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.HEAD_SECONDS, self._head_late)

    def _refused(self) -> bool:
        """Whether what comes is the body of a request that was answered without it, which nobody waits for."""
        return not self._head_next and self.cycle is not None and self.cycle.response_complete

    def _head_done(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_late(self) -> None:
        self._head_timer = None
        self._refuse(b"408 Request Timeout", "The head of the request did not come in time.")

    def _refuse(self, status: bytes, message: str) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            body = Fault(INVALID_REQUEST, message).encode()
            head = b"content-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % len(body)
            self.transport.write(b"HTTP/1.1 " + status + b"\r\n" + head + body)
        self.transport.close()
