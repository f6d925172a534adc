"""One tenant's flood beside another's ordinary calls: the other's p95 alone and during the flood.

The server has 32 slots and a tool that waits 50 ms for its backend. The quiet tenant has 4 connections; the flooding
one has many, each calling again as soon as it is answered, whatever the answer says.

    python flood_load.py serve PORT DIRECTORY
"""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import http_load

BACKEND_SECONDS = 0.05
QUIET, FLOODING = 4, 128
VERSION = "2026-07-28"


@dataclass(frozen=True)
class Flood:
    """The quiet tenant's p95 in milliseconds and its errors, and what became of the flood's calls."""

    alone_ms: float
    beside_ms: float
    errors: int
    answered: int
    refused: int

    @property
    def ratio(self) -> float:
        return self.beside_ms / self.alone_ms


def serve(port: str, directory: str) -> None:
    """The server: one tool that waits for its backend."""
    from mcp_chassis.audit import make_audit_keys
    from mcp_chassis.server import Server
    from mcp_chassis.settings import ChassisSettings

    @asynccontextmanager
    async def nothing(_: ChassisSettings) -> AsyncIterator[None]:
        yield None

    server: Server[ChassisSettings, None] = Server(
        name="flooded", version="1", settings=ChassisSettings, lifespan=nothing, read_scopes={"bench:read"}
    )

    @server.tool(scopes={"bench:read"}, read_only=True)
    async def fetch(number: int) -> int:
        """Wait for a backend."""
        await asyncio.sleep(BACKEND_SECONDS)
        return number

    keys = str(Path(directory) / "keys.json")
    flags = ["--transport", "http", "--port", port, "--audit-dir", directory, "--api-keys-file", keys]
    signing, _, hmac_key = make_audit_keys(Path(directory) / "keys")
    flags += ["--audit-key-file", str(signing), "--audit-hmac-key-file", str(hmac_key)]
    server.run([*flags, "--metrics-port", "0", "--log-level", "error"])


def _request(port: int, key: str, number: int) -> bytes:
    meta = {"protocolVersion": VERSION, "clientCapabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
    params = {
        "name": "fetch",
        "arguments": {"number": number},
        "_meta": {f"io.modelcontextprotocol/{name}": value for name, value in meta.items()},
    }
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
    headers = [
        "POST /mcp HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        "Accept: application/json, text/event-stream",
        f"Authorization: Bearer {key}",
        f"MCP-Protocol-Version: {VERSION}",
        "Mcp-Method: tools/call",
        "Mcp-Name: fetch",
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join(headers) + "\r\n\r\n" + body).encode()


async def _connection(port: int, key: str, until: float, times: list[float], bodies: list[bool]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while (started := time.perf_counter()) < until:
        number += 1
        writer.write(_request(port, key, number))
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        body = await reader.readexactly(length)
        times.append(time.perf_counter() - started)
        bodies.append(head.startswith(b"HTTP/1.1 200") and b'"isError":true' not in body)
    writer.close()


async def _load(port: int, key: str, connections: int, seconds: float) -> tuple[list[float], list[bool]]:
    """The seconds that each call took, and whether it was answered and not refused."""
    times: list[float] = []
    answers: list[bool] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_connection(port, key, until, times, answers) for _ in range(connections)))
    return times, answers


async def _beside(port: int, keys: dict[str, str], seconds: float) -> tuple[Any, Any]:
    """The quiet tenant's calls in the middle of a flood, which comes from a process of its own."""
    flood = asyncio.create_task(
        asyncio.create_subprocess_exec(
            sys.executable, __file__, "flood", str(port), keys["flooding"], str(seconds + 1), stdout=subprocess.PIPE
        )
    )
    process = await flood
    await asyncio.sleep(0.8)
    quiet = await _load(port, keys["quiet"], QUIET, seconds)
    out, _ = await process.communicate()
    return quiet, json.loads(out)


@contextmanager
def _serving() -> Iterator[tuple[int, dict[str, str]]]:
    from mcp_chassis.keys import create

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "keys.json"
        keys = {name: create(path, name, ["bench:read"], tenant=name) for name in ("quiet", "flooding")}
        with subprocess.Popen([sys.executable, __file__, "serve", str(port), directory]) as process:
            try:
                http_load.wait(port)
                yield port, keys
            finally:
                process.kill()


def measure(*, rounds: int, seconds: float = 3.0) -> Flood:
    """Alone and beside the flood in turns; the medians of the rounds."""
    alone: list[float] = []
    beside: list[float] = []
    errors = answered = refused = 0
    with _serving() as (port, keys):
        asyncio.run(_load(port, keys["quiet"], QUIET, 0.5))  # warm-up
        for _ in range(rounds):
            times, answers = asyncio.run(_load(port, keys["quiet"], QUIET, seconds))
            alone.append(_p95(times))
            errors += answers.count(False)
            (times, answers), flood = asyncio.run(_beside(port, keys, seconds))
            beside.append(_p95(times))
            errors += answers.count(False)
            answered += flood["answered"]
            refused += flood["refused"]
    return Flood(statistics.median(alone), statistics.median(beside), errors, answered, refused)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] * 1000


def main(what: str, *rest: str) -> None:
    """Be the server or the flood."""
    if what == "serve":
        serve(*rest)
        return
    port, key, seconds = rest
    _, answers = asyncio.run(_load(int(port), key, FLOODING, float(seconds)))
    print(json.dumps({"answered": answers.count(True), "refused": answers.count(False)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
