"""The sample server as a process, with what the tests of telemetry ask of it over HTTP and stdio."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from http_wire import META, NEW, OLD, headers
from prometheus_client.parser import text_string_to_metric_families
from sample_server import audit_keys

PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from sample_server import make_server
make_server().run()
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def traceparent() -> tuple[str, str]:
    """A caller's span that is recorded: its header and its trace id."""
    trace_id = secrets.token_hex(16)
    return f"00-{trace_id}-{secrets.token_hex(8)}-01", trace_id


class Server:
    """One process; `port` is that of MCP over HTTP, `metrics` that of the metrics."""

    def __init__(self, folder: Path, *flags: str, transport: str = "http", **variables: str) -> None:
        program = folder / "server.py"
        program.write_text(PROGRAM.format(tests=str(Path(__file__).parent)))
        keys = {f"MCP_{name.upper()}": str(path) for name, path in audit_keys(folder / "keys").items()}
        self.port, self.metrics = free_port(), free_port()
        self.log = folder / "stderr.jsonl"
        self.audit = folder / "audit"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "MCP_AUDIT_DIR": str(self.audit),
            "METRICS_PORT": str(self.metrics),
            "OTEL_BSP_SCHEDULE_DELAY": "50",
            "MCP_DRAIN_SECONDS": "0",
            **keys,
            **variables,
        }
        http_flags = ("--auth", "none", "--port", str(self.port)) if transport == "http" else ()
        with self.log.open("wb") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, str(program), "--transport", transport, *http_flags, *flags],
                env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
            )  # fmt: skip

    def wait(self) -> None:
        """Until it listens."""
        until = time.monotonic() + 30
        while '"listening"' not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until
            time.sleep(0.02)

    def end(self) -> int:
        """Terminate it and give its exit code."""
        self.process.terminate()
        return self.process.wait(30)

    def get(self, path: str) -> tuple[int, str]:
        """What the port of the metrics answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.metrics, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def samples(self) -> dict[str, list[tuple[Mapping[str, str], float]]]:
        """The samples of /metrics by name, with their labels that are not empty."""
        found: dict[str, list[tuple[Mapping[str, str], float]]] = {}
        for family in text_string_to_metric_families(self.get("/metrics")[1]):
            for sample in family.samples:
                labels = {name: value for name, value in sample.labels.items() if value}
                found.setdefault(sample.name, []).append((labels, sample.value))
        return found

    def ask(self, era: str, method: str, *, lines: Mapping[str, str] | None = None, **params: Any) -> dict[str, Any]:
        """A request over HTTP, and what came back."""
        meta = {**(META if era == NEW else {}), **params.pop("meta", {})}
        body = json.dumps({"jsonrpc": "2.0", "id": 7, "method": method, "params": {**params, "_meta": meta}})
        named = params.get("name") or params.get("uri")
        told = {**headers(era), "host": f"127.0.0.1:{self.port}", **({} if lines is None else lines)}
        if era == NEW:
            told |= {"mcp-method": method} | ({"mcp-name": named} if named else {})
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("POST", "/mcp", body, told)
            raw = connection.getresponse().read()
        lines_of_data = [line[6:] for line in raw.splitlines() if line.startswith(b"data: {")]
        answer: dict[str, Any] = json.loads(lines_of_data[-1] if lines_of_data else raw)
        return answer

    def say(self, method: str, **params: Any) -> dict[str, Any]:
        """A request of the new era over stdio, and what came back."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        params["_meta"] = {**META, **params.pop("meta", {})}
        line = json.dumps({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def records(self) -> list[dict[str, Any]]:
        """The calls of the audit log."""
        lines = [line for path in self.audit.rglob("0*.jsonl") for line in path.read_text().splitlines()]
        return [record for record in map(json.loads, lines) if record["event"] == "call"]


@contextmanager
def running(folder: Path, *flags: str, transport: str = "http", **variables: str) -> Iterator[Server]:
    """A process that answers, until the end."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(folder, *flags, transport=transport, **variables)
    try:
        if transport == "http":
            server.wait()
        yield server
    finally:
        server.process.kill()
        server.process.wait()
        for pipe in (server.process.stdin, server.process.stdout):
            if pipe is not None:
                pipe.close()


ERAS = (NEW, OLD)
