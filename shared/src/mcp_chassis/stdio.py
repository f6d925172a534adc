"""The stdio transport: one client, on the process's own stdin and stdout, one JSON-RPC message a line.

While serving, fd 0 reads from the null device and fd 1 writes to stderr, so that nothing but MCP reaches the client,
whatever a library prints or a child process inherits.

The end: at the end of input and on the first SIGTERM or SIGINT no more is read, and running calls may end within
MCP_GRACE_SECONDS; the second of these, or a client that no longer reads, cancels them.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import anyio
import structlog
from mcp_types import INTERNAL_ERROR, JSONRPCError, JSONRPCNotification, JSONRPCRequest, JSONRPCResponse
from pydantic import ValidationError

from mcp_chassis.call import current_principal
from mcp_chassis.pipes import LineReader, LineWriter, claimed_pipes
from mcp_chassis.sdk import SessionMessage, run_streams
from mcp_chassis.strict_json import INVALID_REQUEST, Fault, Message, read

if TYPE_CHECKING:
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

    from mcp_chassis.app import App

__all__ = ["Conversation", "serve"]

_LOOK_SECONDS = 0.25

_log = structlog.get_logger(__name__)


async def serve(app: App[Any, Any]) -> None:
    """Serve an open app on stdin and stdout until the client leaves or a signal ends it."""
    current_principal.set(app.local_principal())
    with claimed_pipes() as (stdin, stdout):
        if os.isatty(stdin):
            _log.info("waiting for an MCP client on stdin; try --check")
        since = time.monotonic()
        try:
            await Conversation(app, stdin, stdout).run()
        finally:
            app.telemetry.session_ended(time.monotonic() - since)


class Conversation:
    """One client's messages between the pipes and the SDK."""

    def __init__(self, app: App[Any, Any], stdin: int, stdout: int) -> None:
        self._app = app
        self._cap = app.settings.max_body_bytes
        self._reader = LineReader(stdin, self._cap)
        self._writer = LineWriter(stdout)
        self._open: set[str] = set()
        self._answered = asyncio.Event()
        self._notices = 0
        self._all = anyio.CancelScope()

    async def run(self) -> None:
        """Talk until the end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._told)
        to_sdk, sdk_reads = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        sdk_writes, from_sdk = anyio.create_memory_object_stream[SessionMessage](0)
        try:
            with self._all:
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(self._receive, to_sdk)
                    tasks.start_soon(self._send, from_sdk)
                    await run_streams(self._app, sdk_reads, sdk_writes)
                    self._open.clear()
                    self._reader.stop()
        finally:
            self._reader.stop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)
            for stream in (to_sdk, sdk_reads, sdk_writes, from_sdk):
                stream.close()

    def _told(self) -> None:
        _log.info("stopping", hurrying=self._notices > 0)
        self._notice()
        self._reader.stop()

    def _notice(self) -> None:
        """Take the end of input or a signal as a request to stop; the second one does not wait for calls."""
        self._notices += 1
        self._app.grace_begins()
        self._answered.set()

    async def _receive(self, to_sdk: MemoryObjectSendStream[SessionMessage | Exception]) -> None:
        async with to_sdk:
            try:
                while True:
                    await self._take(await self._reader.next(), to_sdk)
            except EOFError:
                if not self._notices:
                    self._notice()
                await self._let_calls_end()
            except BrokenPipeError:
                self._all.cancel()
            except anyio.BrokenResourceError:
                return

    async def _take(self, line: bytes | None, to_sdk: MemoryObjectSendStream[SessionMessage | Exception]) -> None:
        if line is not None and not line.strip():
            return
        message = self._read(line)
        if isinstance(message, Fault):
            await self._writer.write(message.encode())
            return
        await to_sdk.send(message)

    def _read(self, line: bytes | None) -> SessionMessage | Fault:
        if line is None:
            return Fault(INVALID_REQUEST, f"A message may have at most {self._cap} bytes; send less at a time.")
        message = read(line)
        if isinstance(message, Fault):
            return message
        try:
            return SessionMessage(self._noted(message))
        except ValidationError:
            return Fault(INVALID_REQUEST, "The message is not one of JSON-RPC 2.0.")

    def _noted(self, message: Message) -> JSONRPCRequest | JSONRPCNotification | JSONRPCResponse | JSONRPCError:
        """The message as the SDK's model, after a note of which requests are still to be answered."""
        body = message.body
        if message.method is None:
            return (JSONRPCResponse if "result" in body else JSONRPCError).model_validate(body)
        if message.id is None:
            if message.method == "notifications/cancelled":
                # The protocol forbids an answer to what was cancelled.
                self._settle((body.get("params") or {}).get("requestId"))
            return JSONRPCNotification.model_validate(body)
        if message.method != "subscriptions/listen":  # which is never answered
            self._open.add(str(message.id))
        return JSONRPCRequest.model_validate(body)

    def _settle(self, request_id: object) -> None:
        self._open.discard(str(request_id))
        if not self._open:
            self._answered.set()

    async def _let_calls_end(self) -> None:
        """Wait until every request is answered, the grace is over, or there is no reason to wait any more."""
        try:
            async with asyncio.timeout(self._app.settings.grace_seconds):
                while self._open and self._notices < 2 and not self._writer.gone():
                    self._answered.clear()
                    try:
                        async with asyncio.timeout(_LOOK_SECONDS):
                            await self._answered.wait()
                    except TimeoutError:
                        continue
        except TimeoutError:
            _log.warning("calls_cancelled", reason="the grace period is over", calls=len(self._open))

    async def _send(self, from_sdk: MemoryObjectReceiveStream[SessionMessage]) -> None:
        async with from_sdk:
            async for outgoing in from_sdk:
                message = outgoing.message
                try:
                    await self._writer.write(_encoded(message))
                except BrokenPipeError:
                    self._all.cancel()
                    return
                if isinstance(message, JSONRPCResponse | JSONRPCError):
                    self._settle(message.id)


def _encoded(message: JSONRPCRequest | JSONRPCNotification | JSONRPCResponse | JSONRPCError) -> bytes:
    """The message in one line; an answer that cannot be written (a lone surrogate) still gets an answer."""
    try:
        return message.model_dump_json(by_alias=True, exclude_unset=True).encode()
    except ValueError:
        _log.exception("message_not_encodable")
        request_id = message.id if isinstance(message, JSONRPCResponse | JSONRPCError) else None
        return Fault(INTERNAL_ERROR, "The server failed to write its answer.", request_id).encode()
