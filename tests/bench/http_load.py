"""A closed-loop HTTP load over keep-alive connections, with every answer checked."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

import policy_load
import token_cost

CONNECTIONS = 32
AUTHORIZATION = token_cost.authorization().decode()
ERAS = {"new": "2026-07-28", "old": "2025-11-25"}


@dataclass(frozen=True)
class Load:
    """What one run gave: CPU milliseconds of the server per call, calls per core-second, median milliseconds."""

    cpu_ms: float
    per_core_second: float
    p50_ms: float
    errors: int


def request(port: int, era: str, number: int) -> bytes:
    """One `tools/call` as it goes over the wire, another one for each number."""
    version = ERAS[era]
    params: dict[str, object] = {"name": "add", "arguments": {"a": number, "b": 2}}
    headers = [
        "POST /mcp HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        "Accept: application/json, text/event-stream",
        f"Authorization: {AUTHORIZATION}",
        f"MCP-Protocol-Version: {version}",
    ]
    if era == "new":
        meta = {"protocolVersion": version, "clientCapabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
        params["_meta"] = {f"io.modelcontextprotocol/{name}": value for name, value in meta.items()}
        headers += ["Mcp-Method: tools/call", "Mcp-Name: add"]
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
    headers.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(headers) + "\r\n\r\n" + body).encode()


async def _connection(port: int, era: str, numbers: Iterator[int], until: float, times: list[float]) -> int:
    errors = 0
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        number = next(numbers)
        message = request(port, era, number)
        started = time.perf_counter()
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        body = await reader.readexactly(length)
        errors += not head.startswith(b"HTTP/1.1 200") or f'"total":{number + 2}'.encode() not in body
        times.append(time.perf_counter() - started)
    writer.close()
    return errors


async def _run(port: int, era: str, seconds: float) -> tuple[list[float], int]:
    times: list[float] = []
    until = time.perf_counter() + seconds
    numbers = count()
    errors = await asyncio.gather(*(_connection(port, era, numbers, until, times) for _ in range(CONNECTIONS)))
    return times, sum(errors)


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far (Linux: utime and stime of /proc/PID/stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(kind: str) -> Iterator[tuple[int, int]]:
    """A server over HTTP on a free port, with metrics; `traced` is ours with all spans sent. Gives its pid and port."""
    with socket.socket() as free, socket.socket() as other:
        free.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        port, metrics_port = free.getsockname()[1], other.getsockname()[1]
    server = "bare" if kind == "bare" else "ours"
    with tempfile.TemporaryDirectory() as audit, _publishing() as keys:
        program = str(Path(__file__).with_name("trivial_servers.py"))
        command = [sys.executable, program, server, "http", str(port), audit]
        oauth = {"ISSUER": token_cost.ISSUER, "AUDIENCE": token_cost.AUDIENCE, "JWKS_URL": keys}
        environment = {f"MCP_AUTH_{name}": value for name, value in oauth.items()}
        policy = Path(audit) / "policy.yaml"
        policy.write_text(policy_load.hundred_rules() + "  - {id: add, effect: allow, actions: ['tool:add']}\n")
        environment |= {"MCP_POLICY_FILE": str(policy), "MCP_RATE_LIMIT": "100000/s"}
        environment |= {"METRICS_PORT": str(metrics_port)}
        if kind == "traced":
            environment |= {"OTEL_EXPORTER_OTLP_ENDPOINT": keys.rstrip("/")}
        with subprocess.Popen(command, env={**os.environ, **environment}) as process:
            try:
                wait(port)
                yield process.pid, port
            finally:
                process.kill()


@contextmanager
def _publishing() -> Iterator[str]:
    """Where the issuer's keys are; it also takes what is sent by OTLP."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(token_cost.jwks().encode())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def wait(port: int) -> None:
    """Wait until something listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server does not listen")


def measure(pid: int, port: int, era: str, seconds: float) -> Load:
    """One run of load."""
    before = cpu_seconds(pid)
    times, errors = asyncio.run(_run(port, era, seconds))
    cpu = cpu_seconds(pid) - before
    return Load(cpu / len(times) * 1000, len(times) / cpu, statistics.median(times) * 1000, errors)


def compare(era: str, *, rounds: int, seconds: float) -> dict[str, Load]:
    """Bare, ours and ours with tracing in turns, so that a noisy machine is noisy for all; the median run of each."""
    runs: dict[str, list[Load]] = {"bare": [], "ours": [], "traced": []}
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(serving(kind)) for kind in runs}
        for pid, port in servers.values():
            measure(pid, port, era, 0.5)  # warm-up
        for _ in range(rounds):
            for kind, (pid, port) in servers.items():
                runs[kind].append(measure(pid, port, era, seconds))
    return {kind: sorted(loads, key=lambda load: load.cpu_ms)[rounds // 2] for kind, loads in runs.items()}
