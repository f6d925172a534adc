"""The ASGI application in front of the SDK: routes, and the order in which a request is checked.

    /health, /ready      for probes, which know neither our name nor a key
    Host and Origin      421, 403
    header caps          400, 431
    metadata             what RFC 9728 has clients of OAuth read, for everyone
    method               405: everything is a POST; streams of the older era by GET are not offered
    authentication       401, before a byte of the body is read
    step up              403, where the headers of the new era name what the caller's token has no scope for
    content types        415, 406
    body cap and time    413, 408
    a turn               so that nobody's flood takes the CPU of all
    strict JSON          400
    the SDK              JSON, or a stream where the request carries a progress token or listens

When the client closes the connection, the call behind it is cancelled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import anyio
import structlog

from mcp_chassis.call import current_principal
from mcp_chassis.errors import Internal, UpstreamUnavailable
from mcp_chassis.http.admission import Admission, of_older_era
from mcp_chassis.http.answers import CLOSE, Receive, Reply, Scope, Send, answer, refuse, refuse_with
from mcp_chassis.http.body import BodyLimits, BodyRefusedError, ClientGoneError, linger, read_body, replay
from mcp_chassis.http.challenges import Challenges
from mcp_chassis.http.hosts import OwnHosts
from mcp_chassis.http.identity import Authenticator
from mcp_chassis.http.listeners import Listeners
from mcp_chassis.http.protocol import HEAD_BYTES
from mcp_chassis.strict_json import Fault, Message, read
from mcp_chassis.telemetry.trace import current_http
from mcp_chassis.turns import Turns

if TYPE_CHECKING:
    from mcp_chassis.app import App
    from mcp_chassis.sdk_http import SdkHttp

__all__ = ["Edge"]

_ONCE = frozenset((b"host", b"origin", b"authorization", b"content-length", b"content-type"))
_HEADERS = 100
_WATCH_AFTER_SECONDS = 0.02
_LISTEN = "subscriptions/listen"

_log = structlog.get_logger(__name__)


class Edge:
    """The edge of one server."""

    def __init__(
        self,
        app: App[Any, Any],
        sdk: SdkHttp,
        authenticator: Authenticator,
        hosts: OwnHosts,
        limits: BodyLimits | None = None,
    ) -> None:
        """Put an edge before the SDK.

        Args:
            app: the open app.
            sdk: what answers a message, running.
            authenticator: knows the callers.
            hosts: the names of this server.
            limits: of a body; MCP_MAX_BODY_BYTES when missing.
        """
        self._app = app
        self._sdk = sdk
        self._hosts = hosts
        self._limits = limits or BodyLimits(app.settings.max_body_bytes)
        self._challenges = Challenges(app.server, app.settings)
        self._admission = Admission(app, authenticator, self._challenges)
        self._turns = Turns(redis=app.settings.redis_url is not None)
        self._calls: set[anyio.CancelScope] = set()
        self._listeners = Listeners(self._admission)

    @property
    def draining(self) -> bool:
        """Set when the server was told to stop: it is not ready, and asks clients to close."""
        return self._app.readiness.draining

    @draining.setter
    def draining(self, told: bool) -> None:
        self._app.readiness.draining = told

    def grace_begins(self) -> None:
        """Note that nothing more is accepted."""
        self._app.grace_begins()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        reply = Reply(send, closing=self.draining)
        try:
            await self._route(scope, receive, reply)
        except ClientGoneError:
            return
        except Exception as error:
            await self._failed(error, scope["path"], reply)

    def end_listeners(self) -> None:
        """End the streams that would never end by themselves."""
        self._listeners.end()

    def cancel_calls(self) -> None:
        """Cancel every call that is still running."""
        for call in tuple(self._calls):
            call.cancel()

    @staticmethod
    async def _failed(error: Exception, path: str, reply: Reply) -> None:
        if isinstance(error, UpstreamUnavailable) and not reply.started:
            await refuse_with(reply, 503, error, None, (b"retry-after", b"%d" % (error.retry_after_s or 1)))
            return
        _log.error("http_edge_failed", path=path, exc_info=error)
        if not reply.started:
            await refuse_with(reply, 500, Internal(), None)

    async def _route(self, scope: Scope, receive: Receive, reply: Reply) -> None:
        path = scope["path"]
        if path in ("/health", "/ready"):
            await self._probe(path, scope["method"], reply)
            return
        headers = await self._checked_headers(scope["headers"], reply)
        if headers is None:
            return
        if path in self._challenges.paths:
            await self._metadata(scope["method"], reply)
        elif path not in ("/mcp", "/mcp/"):
            await refuse(reply, 404, "There is nothing here; the server's endpoint is /mcp.")
        elif scope["method"] != "POST":
            await refuse(reply, 405, "Send messages by POST.", (b"allow", b"POST"))
        else:
            await self._post(scope, headers, receive, reply)

    async def _probe(self, path: str, method: str, reply: Reply) -> None:
        if method not in ("GET", "HEAD"):
            await answer(reply, 405, b"", (b"allow", b"GET, HEAD"))
            return
        good = path == "/health" or await self._app.readiness.ready()
        body = b'{"status":"ok"}' if good else b'{"status":"unavailable"}'
        await answer(reply, 200 if good else 503, body, (b"cache-control", b"no-store"))

    async def _metadata(self, method: str, reply: Reply) -> None:
        if method not in ("GET", "HEAD"):
            await answer(reply, 405, b"", (b"allow", b"GET, HEAD"))
            return
        await answer(reply, 200, self._challenges.metadata or b"", (b"cache-control", b"max-age=300"))

    async def _checked_headers(self, lines: list[tuple[bytes, bytes]], reply: Reply) -> dict[bytes, bytes] | None:
        """The headers by name, or None where they were refused."""
        headers = dict(lines)
        if len(headers) != len(lines) and any(sum(name == once for name, _ in lines) > 1 for once in _ONCE):
            await refuse(reply, 400, "A header that may stand once stands there twice.")
        elif not self._hosts.host(headers.get(b"host", b"")):
            message = "The Host header does not name this server (MCP_PUBLIC_URL, MCP_ALLOWED_HOSTS)."
            await refuse(reply, 421, message)
        elif b"origin" in headers and not self._hosts.origin(headers[b"origin"]):
            await refuse(reply, 403, "Pages of that origin may not use this server.")
        elif len(lines) > _HEADERS or sum(len(name) + len(value) for name, value in lines) > HEAD_BYTES:
            await refuse(reply, 431, "The headers of the request are too large.")
        else:
            return headers
        return None

    async def _post(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive, reply: Reply) -> None:
        principal = await self._admission(scope, headers, reply)
        if principal is None:
            return
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if (
            kind != b"application/json"
            or headers.get(b"content-encoding", b"identity").lower() != b"identity"
            or headers.get(b"transfer-encoding", b"chunked").lower() != b"chunked"
        ):
            await refuse(reply, 415, "Send messages as application/json, without an encoding such as gzip.")
            return
        if not _accepts(headers, b"application/json", b"application/*"):
            await refuse(reply, 406, "Send the header `Accept: application/json, text/event-stream`.")
            return
        current_principal.set(principal)
        current_http.set(scope)
        # What a caller proves its identity with goes no further than here.
        scope["headers"] = [line for line in scope["headers"] if line[0] != b"authorization"]
        call = anyio.CancelScope()
        self._calls.add(call)
        try:
            with call:
                await self._serve(scope, headers, receive, reply, call)
        finally:
            self._calls.discard(call)
            self._listeners.discard(call)
        if call.cancelled_caught:
            await self._end(reply)

    async def _serve(
        self,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        receive: Receive,
        reply: Reply,
        call: anyio.CancelScope,
    ) -> None:
        try:
            raw = await read_body(receive, headers, self._limits)
        except BodyRefusedError as refused:
            await refuse(reply, refused.status, refused.message, CLOSE, code=refused.code, last=False)
            await linger(receive)
            await reply({"type": "http.response.body", "body": b"", "more_body": False})
            return
        with await self._turns.take(self._app.calls.bind(current_principal.get())):
            await self._work(raw, scope, headers, receive, reply, call)

    async def _work(
        self,
        raw: bytes,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        receive: Receive,
        reply: Reply,
        call: anyio.CancelScope,
    ) -> None:
        message = read(raw)
        if isinstance(message, Fault):
            await answer(reply, 400, message.encode())
            return
        reply.request_id = message.id
        if message.method == "notifications/cancelled" and of_older_era(headers):
            self._cancel(message)
            await answer(reply, 202)
            return
        listening = message.method == _LISTEN
        if listening:
            self._listeners.add(call, scope, headers)
        if (message.progress or listening) and _accepts(headers, b"text/event-stream", b"text/*"):
            await self._sdk.by_stream(scope, replay(raw, receive), reply)
            return
        watch = _Watch(receive, reply, call)
        try:
            if message.id is None or message.method is None or listening or of_older_era(headers):
                await self._sdk.by_json(scope, replay(raw, receive), reply)
            else:
                await answer(reply, *await self._sdk.answer(message, scope["headers"]))
        finally:
            watch.end()

    @staticmethod
    async def _end(reply: Reply) -> None:
        """Complete the answer to a call that was cancelled; where the client is gone, nobody reads it."""
        if not reply.started:
            error = UpstreamUnavailable("The server is stopping; call again.")
            await refuse_with(reply, 503, error, reply.request_id)
        elif not reply.complete:
            await reply({"type": "http.response.body", "body": b"", "more_body": False})

    def _cancel(self, message: Message) -> None:
        """What clients of the older era post instead of closing the connection."""
        request_id = (message.body.get("params") or {}).get("requestId")
        if type(request_id) is str or type(request_id) is int:
            self._app.calls.cancel(current_principal.get(), request_id)


def _accepts(headers: Mapping[bytes, bytes], kind: bytes, group: bytes) -> bool:
    accepted = headers.get(b"accept", b"").lower()
    return kind in accepted or b"*/*" in accepted or group in accepted


class _Watch:
    """Cancels a call when its client closes the connection; a quick call never pays for the task it takes."""

    def __init__(self, receive: Receive, reply: Reply, call: anyio.CancelScope) -> None:
        self._receive = receive
        self._reply = reply
        self._call = call
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._timer = self._loop.call_later(_WATCH_AFTER_SECONDS, self._start)

    def end(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    def _start(self) -> None:
        self._task = self._loop.create_task(self._run())

    async def _run(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if not self._reply.complete:
            self._call.cancel()
