"""The body of a request, within a size and a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from mcp_chassis.errors import DeadlineExceeded, TooLarge
from mcp_chassis.http.answers import Receive

__all__ = ["BodyLimits", "BodyRefusedError", "ClientGoneError", "linger", "read_body", "replay"]


class BodyRefusedError(Exception):
    """The body is too large or comes too slowly: an HTTP status, a sentence and a JSON-RPC code."""

    def __init__(self, status: int, message: str, code: int) -> None:
        self.status = status
        self.message = message
        self.code = code
        super().__init__(message)


class ClientGoneError(Exception):
    """The client closed the connection before its request was complete."""


class BodyLimits:
    """How large a body may be, and how slow.

    Args:
        largest: bytes.
        patience_s: seconds that any body may take, to which every 64 KiB that have come add one.
    """

    def __init__(self, largest: int, patience_s: float = 10.0) -> None:
        self.largest = largest
        self.patience_s = patience_s

    def deadline(self, started: float, received: int) -> float:
        """When the rest of the body must be here, on the loop's clock."""
        return started + self.patience_s + received / 65536

    def too_large(self) -> BodyRefusedError:
        """The refusal of a body that is larger."""
        message = f"A message may have at most {self.largest} bytes; send less at a time."
        return BodyRefusedError(413, message, TooLarge.jsonrpc_code)


async def read_body(receive: Receive, headers: Mapping[bytes, bytes], limits: BodyLimits) -> bytes:
    """Read the whole body; nothing is read of one whose declared length is too large.

    Raises:
        BodyRefusedError: it is too large (413) or too slow (408).
        ClientGoneError: there is nobody left to answer.
    """
    declared = headers.get(b"content-length")
    if declared is not None and int(declared) > limits.largest:
        raise limits.too_large()
    loop = asyncio.get_running_loop()
    started = loop.time()
    body = bytearray()
    try:
        async with asyncio.timeout_at(limits.deadline(started, 0)) as timeout:
            while True:
                part = await receive()
                if part["type"] != "http.request":
                    raise ClientGoneError
                body += part.get("body", b"")
                if len(body) > limits.largest:
                    raise limits.too_large()
                if not part.get("more_body", False):
                    return bytes(body)
                timeout.reschedule(limits.deadline(started, len(body)))
    except TimeoutError:
        message = "The message did not come in time; send it again in one go."
        raise BodyRefusedError(408, message, DeadlineExceeded.jsonrpc_code) from None


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once more, and then what the connection tells."""
    pending: bytes | None = body

    async def again() -> dict[str, object]:
        nonlocal pending
        if pending is None:
            return dict(await receive())
        message = {"type": "http.request", "body": pending, "more_body": False}
        pending = None
        return message

    return again


async def linger(receive: Receive, seconds: float = 2.0) -> None:
    """Take what a refused client is still sending, so that it reads our answer before the connection is reset."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return
