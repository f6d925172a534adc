"""The two servers that are compared: a bare `MCPServer` and ours, with the same trivial tool.

python trivial_servers.py bare|ours stdio
python trivial_servers.py bare|ours http PORT AUDIT_DIR
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from typing_extensions import TypedDict


class Sum(TypedDict):
    """What `add` gives."""

    total: int


def bare() -> Any:
    """The SDK's server alone."""
    from mcp.server import MCPServer

    server: MCPServer[Any] = MCPServer("bare", log_level="ERROR")

    @server.tool()
    async def add(a: int, b: int) -> Sum:
        """Add two numbers."""
        return {"total": a + b}

    return server


def ours() -> Any:
    """The chassis's server."""
    from mcp_chassis.server import Server
    from mcp_chassis.settings import ChassisSettings

    @asynccontextmanager
    async def nothing(_: ChassisSettings) -> AsyncIterator[None]:
        yield None

    server = Server(name="ours", version="1", settings=ChassisSettings, lifespan=nothing, read_scopes={"bench:read"})

    @server.tool(scopes={"bench:read"}, read_only=True)
    async def add(a: int, b: int) -> Sum:
        """Add two numbers."""
        return {"total": a + b}

    return server


def serve_bare_http(port: int) -> None:
    """The bare server over HTTP with the uvicorn settings that ours has."""
    import uvicorn

    app = bare().streamable_http_app(json_response=True, stateless_http=True)
    uvicorn.run(app, port=port, loop="uvloop", http="httptools", access_log=False, log_level="error")


def keys(directory: str) -> list[str]:
    """The flags of the audit log's keys, which are made first."""
    from mcp_chassis.audit import make_audit_keys

    signing, _, hmac_key = make_audit_keys(Path(directory) / "keys")
    return ["--audit-key-file", str(signing), "--audit-hmac-key-file", str(hmac_key)]


def main(kind: str, transport: str, *rest: str) -> None:
    """Serve until told to stop."""
    if kind == "ours":
        http = ("--host", "127.0.0.1", "--port", rest[0], "--audit-dir", rest[1], *keys(rest[1])) if rest else ()
        ours().run(["--transport", transport, "--log-level", "error", *http])
    if transport == "http":
        serve_bare_http(int(rest[0]))
    bare().run("stdio")


if __name__ == "__main__":
    main(*sys.argv[1:])
