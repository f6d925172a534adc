"""What the tests of the HTTP edge share: a server on a real socket in this process, and messages as bytes."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcp_chassis.app import App
from mcp_chassis.http.body import BodyLimits
from mcp_chassis.http.edge import Edge
from mcp_chassis.http.hosts import OwnHosts
from mcp_chassis.http.identity import Authenticator
from mcp_chassis.http.listen import listening
from mcp_chassis.http.service import load_credentials, uvicorn_server
from mcp_chassis.sdk_http import SdkHttp
from sample_server import Notes, make_app

NEW = "2026-07-28"
OLD = "2025-11-25"
META = {
    "io.modelcontextprotocol/protocolVersion": NEW,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
}


def message(era: str, method: str, *, request_id: int | None = 1, progress: bool = False, **params: Any) -> bytes:
    """A JSON-RPC message of an era."""
    meta: dict[str, Any] = dict(META) if era == NEW else {}
    if progress:
        meta["progressToken"] = "token"
    body: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": {**params, "_meta": meta}}
    if request_id is not None:
        body["id"] = request_id
    return json.dumps(body).encode()


def call(era: str, tool: str, *, progress: bool = False, request_id: int = 1, **arguments: Any) -> bytes:
    """A `tools/call`."""
    return message(era, "tools/call", name=tool, arguments=arguments, progress=progress, request_id=request_id)


def headers(era: str, tool: str | None = None, **more: str) -> dict[str, str]:
    """The headers of a `tools/call` in an era; others by their names with `_` for `-`."""
    usual = {
        "host": "localhost",
        "content-type": "application/json",
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": era,
    }
    if era == NEW:
        usual["mcp-method"] = "tools/call"
    if era == NEW and tool is not None:
        usual["mcp-name"] = tool
    return {**usual, **{name.replace("_", "-"): value for name, value in more.items()}}


def post(body: bytes, lines: dict[str, str], path: str = "/mcp") -> bytes:
    """A POST as it goes over the wire."""
    head = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in lines.items())]
    if "transfer-encoding" not in lines and "content-length" not in lines:
        head.append(f"content-length: {len(body)}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@dataclass
class Answer:
    """A whole HTTP response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, raw: bytes) -> None:
        self.writer.write(raw)
        await self.writer.drain()

    async def ask(self, raw: bytes) -> Answer:
        await self.send(raw)
        return await self.answer()

    async def head(self) -> tuple[int, dict[str, str]]:
        first, *rest = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        return int(first.split(" ")[1]), dict(line.lower().split(": ", 1) for line in rest)

    async def chunk(self) -> bytes:
        size = int(await self.reader.readline(), 16)
        data = await self.reader.readexactly(size)
        await self.reader.readexactly(2)
        return data

    async def answer(self) -> Answer:
        status, lines = await self.head()
        if lines.get("transfer-encoding") != "chunked":
            return Answer(status, lines, await self.reader.readexactly(int(lines.get("content-length", "0"))))
        body = b""
        while data := await self.chunk():
            body += data
        return Answer(status, lines, body)

    def close(self) -> None:
        self.writer.close()


@dataclass
class Served:
    """A running server and what a test looks at."""

    app: App[Any, Notes]
    edge: Edge
    port: int
    stack: AsyncExitStack

    async def connect(self, tls: ssl.SSLContext | None = None) -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", self.port, limit=2**24, ssl=tls))
        self.stack.callback(client.close)
        return client

    async def ask(self, raw: bytes) -> Answer:
        return await (await self.connect()).ask(raw)

    def records(self, event: str = "call") -> list[dict[str, Any]]:
        """What the audit log has of a kind."""
        lines = [json.loads(line) for line in self.app.audit.path.read_text().splitlines()]
        return [record for record in lines if record["event"] == event]

    async def ended(self) -> list[str]:
        """How the slow tool ended, as soon as it has."""
        async with asyncio.timeout(10):
            while not self.app.resources.ended:
                await asyncio.sleep(0.01)
        return self.app.resources.ended


@asynccontextmanager
async def serving(
    tmp_path: Path,
    *,
    known: Authenticator | None = None,
    limits: BodyLimits | None = None,
    **settings: Any,
) -> AsyncIterator[Served]:
    """The sample server over HTTP on a free port of loopback."""
    credentials = {"api_key", "api_keys_file", "auth_issuer"}
    settings.setdefault("auth", () if credentials & settings.keys() else ("none",))
    app = make_app(tmp_path, transport="http", **settings)
    async with AsyncExitStack() as stack:
        sockets = stack.enter_context(listening("127.0.0.1", 0, None))
        await stack.enter_async_context(app.open())
        sdk = await stack.enter_async_context(SdkHttp(app).running())
        callers, tls = load_credentials(app)
        edge = Edge(app, sdk, known or callers, OwnHosts.of(app.settings), limits)
        server = uvicorn_server(edge, app.settings, tls)
        running = asyncio.create_task(server.serve(sockets))
        clients = AsyncExitStack()
        while not server.started:
            await asyncio.sleep(0.005)
        try:
            yield Served(app, edge, sockets[0].getsockname()[1], clients)
        finally:
            # Not uvicorn's own end, which takes a few tenths of a second that these tests need not wait for.
            await clients.aclose()
            running.cancel()
            await asyncio.wait([running])
            for listener in server.servers:
                listener.close()
            while server.server_state.connections or server.server_state.tasks:
                await asyncio.sleep(0.005)
