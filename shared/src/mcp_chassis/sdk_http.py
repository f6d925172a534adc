"""The SDK's part of HTTP: what answers a message that the edge has checked.

Most requests are of the new era and want JSON. Each of them stands for itself and is given, as the strict reader has
parsed it, to what runs the SDK's handlers (`ServerRunner`); the result is written once. Streams and the older era go
through the SDK's own transport, which parses and checks all of it again. Contract tests hold the two to the same
answers.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.connection import Connection
from mcp.server.runner import ServerRunner, modern_error_data
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError, NoBackChannelError
from mcp.shared.inbound import (
    ERROR_CODE_HTTP_STATUS,
    InboundLadderRejection,
    classify_inbound_request,
    find_duplicated_routing_header,
    find_invalid_x_mcp_header,
    validate_mcp_param_headers,
    x_mcp_header_map,
)
from mcp.shared.transport_context import TransportContext
from mcp_types import HEADER_MISMATCH
from pydantic_core import to_json
from starlette.datastructures import Headers

if TYPE_CHECKING:
    from mcp_chassis.app import App
    from mcp_chassis.http.answers import Receive, Scope, Send
    from mcp_chassis.strict_json import Message, RequestId

__all__ = ["SdkHttp"]

_TRANSPORT = TransportContext(kind="streamable-http", can_send_request=False)


class SdkHttp:
    """Answers the messages of one app; `async with sdk.running()` while it does."""

    def __init__(self, app: App[Any, Any]) -> None:
        self._app = app
        self._server = app.mcp(sessions=False)._lowlevel_server
        limit = app.settings.max_body_bytes
        self._json, self._stream = (
            StreamableHTTPSessionManager(
                self._server, json_response=as_json, stateless=True, max_request_body_size=limit
            )
            for as_json in (True, False)
        )
        schemas = {name: tool.arguments.schema for name, tool in app.server.registry.tools.items()}
        # What `Mcp-Param-*` headers can be checked against; as good as no tool has any.
        self._mirrored = {
            name: schema
            for name, schema in schemas.items()
            if x_mcp_header_map(schema) and find_invalid_x_mcp_header(schema) is None
        }

    @asynccontextmanager
    async def running(self) -> AsyncIterator[SdkHttp]:
        """Answer until the end."""
        async with self._json.run(), self._stream.run():
            yield self

    async def by_json(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer any message by the SDK's transport, in JSON."""
        await self._json.handle_request(scope, receive, send)

    async def by_stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer any message by the SDK's transport, by an event stream; the SDK watches the connection itself."""
        await self._stream.handle_request(scope, receive, send)

    async def answer(self, request: Message, lines: list[tuple[bytes, bytes]]) -> tuple[int, bytes]:
        """The status and the body that answer a request of the new era.

        Args:
            request: as the strict reader gives it; no `subscriptions/listen`, which only a stream answers.
            lines: the headers of the request.
        """
        try:
            outcome: dict[str, Any] = {"result": await self._result(request, lines)}
            return 200, to_json({"jsonrpc": "2.0", "id": request.id, **outcome}, inf_nan_mode="null")
        except Exception as failure:
            error = modern_error_data(failure)
            body = {"jsonrpc": "2.0", "id": request.id, "error": error}
            return ERROR_CODE_HTTP_STATUS.get(error.code, 200), to_json(body, by_alias=True, exclude_none=True)

    async def _result(self, request: Message, lines: list[tuple[bytes, bytes]]) -> dict[str, Any]:
        route = classify_inbound_request(request.body, headers=_routing(lines))
        if isinstance(route, InboundLadderRejection):
            raise _rejected(route)
        assert request.method is not None
        params = request.body["params"]  # where the envelope was, by which it was classified
        if request.method == "tools/call":
            self._check_mirrors(params, lines)
        connection = Connection.from_envelope(route.protocol_version, route.client_info, route.client_capabilities)
        runner = ServerRunner(self._server, connection, self._app.resources)
        # Not through `serve_one`: it closes what handlers left on the connection, and ours leave nothing there.
        return await runner._on_request(_Exchange(request.id), request.method, params)

    def _check_mirrors(self, params: Mapping[str, Any], lines: list[tuple[bytes, bytes]]) -> None:
        """Hold the `Mcp-Param-*` headers to the arguments that they mirror.

        Raises:
            MCPError: they differ.
        """
        name, arguments = params.get("name"), params.get("arguments") or {}
        schema = self._mirrored.get(name) if isinstance(name, str) else None
        if schema is None or not isinstance(arguments, dict):
            return
        rejection = validate_mcp_param_headers(schema, arguments, Headers(raw=lines))
        if rejection is not None:
            raise _rejected(rejection)


@dataclass(slots=True)
class _Exchange:
    """What the SDK knows of the connection behind a request that is answered in JSON: before the answer, nothing goes.

    It is the SDK's `DispatchContext`.
    """

    request_id: RequestId | None
    transport: TransportContext = _TRANSPORT
    can_send_request: bool = False
    message_metadata: None = None

    @property
    def cancel_requested(self) -> anyio.Event:
        return anyio.Event()  # never set: a client cancels by closing the connection

    async def send_raw_request(self, method: str, params: Any, opts: Any = None) -> dict[str, Any]:
        raise NoBackChannelError(method)

    async def notify(self, method: str, params: Any, opts: Any = None) -> None:
        """Drop it."""

    async def progress(self, progress: float, total: float | None = None, message: str | None = None) -> None:
        """Drop it: who asks for progress gets a stream."""


_ROUTING = {name.encode(): name for name in ("mcp-protocol-version", "mcp-method", "mcp-name")}


def _routing(lines: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers that say what a request is.

    Raises:
        MCPError: one of them stands twice, and readers of the first and of the last would disagree.
    """
    found = [(_ROUTING[name], value.decode("latin-1")) for name, value in lines if name in _ROUTING]
    if (name := find_duplicated_routing_header(found)) is not None:
        raise MCPError(code=HEADER_MISMATCH, message=f"{name} header appears more than once")
    return dict(found)


def _rejected(rejection: InboundLadderRejection) -> MCPError:
    return MCPError(code=rejection.code, message=rejection.message, data=rejection.data)
