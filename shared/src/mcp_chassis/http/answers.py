"""The answers that the edge gives itself: a status, a JSON-RPC error body and few headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from mcp_chassis.errors import ChassisError
from mcp_chassis.strict_json import INVALID_REQUEST, Fault, RequestId
from mcp_chassis.turns import end_turn

__all__ = ["CLOSE", "Headers", "Receive", "Reply", "Scope", "Send", "answer", "refuse", "refuse_with"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

JSON = (b"content-type", b"application/json")
CLOSE = (b"connection", b"close")


class Reply:
    """A `send` that knows how far the response is, and asks the client to close where the server is about to stop."""

    __slots__ = ("_closing", "_send", "complete", "request_id", "started")

    def __init__(self, send: Send, *, closing: bool) -> None:
        self._send = send
        self._closing = closing
        self.started = False
        self.complete = False
        self.request_id: RequestId | None = None

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            end_turn()  # a client that is slow to read holds up nobody else
            if self._closing:
                kept = [header for header in message["headers"] if header[0].lower() != b"connection"]
                message = {**message, "headers": [*kept, CLOSE]}
        elif not message.get("more_body", False):
            self.complete = True
        await self._send(message)


async def answer(send: Send, status: int, body: bytes = b"", *headers: tuple[bytes, bytes], last: bool = True) -> None:
    """Send a whole response; `last` False leaves it open after the body, for whoever has to close it later."""
    lines: Headers = [(b"content-length", b"%d" % len(body)), *headers]
    if body:
        lines.append(JSON)
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": body, "more_body": not last})


async def refuse(
    send: Send, status: int, message: str, *headers: tuple[bytes, bytes], code: int = INVALID_REQUEST, last: bool = True
) -> None:
    """Refuse what is no JSON-RPC message yet, with an error that belongs to no request."""
    await answer(send, status, Fault(code, message).encode(), *headers, last=last)


async def refuse_with(
    send: Send, status: int, error: ChassisError, request_id: RequestId | None, *headers: tuple[bytes, bytes]
) -> None:
    """Refuse a JSON-RPC request with an error of the chassis."""
    await answer(send, status, Fault(error.jsonrpc_code, error.message, request_id).encode(), *headers)
