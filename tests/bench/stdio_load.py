"""Calls over stdio one after another, and the time from the start of the process to its answer to `tools/list`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
}


def command(kind: str) -> list[str]:
    """How the trivial server of this kind is started."""
    return [sys.executable, str(Path(__file__).with_name("trivial_servers.py")), kind, "stdio"]


class Session:
    """One process spoken to by raw JSON-RPC lines; `quiet` throws away what it writes to stderr."""

    def __init__(self, words: Sequence[str], *, quiet: bool = False, **environment: str) -> None:
        self._state = tempfile.TemporaryDirectory()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
            bufsize=2**20,
            env={**os.environ, "XDG_STATE_HOME": self._state.name, **environment},
        )
        self.took = 0.0
        """Seconds from sending the last request to having its answer, which is not parsed by then."""

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a request and read its answer."""
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {**params, "_meta": META}}
        sent = json.dumps(message).encode() + b"\n"
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        began = time.perf_counter()
        self.process.stdin.write(sent)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        self.took = time.perf_counter() - began
        answer: dict[str, Any] = json.loads(line)
        if "result" not in answer or answer["result"].get("isError"):
            raise RuntimeError(f"{method} failed: {answer}")
        return answer

    def close(self) -> None:
        """End the process and forget its state."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)
        self._state.cleanup()


def start_seconds(words: Sequence[str], **environment: str) -> float:
    """Seconds from starting the process to its answer to `tools/list`."""
    session = Session(words, **environment)
    session.call("tools/list")
    elapsed = time.perf_counter() - session.started
    session.close()
    return elapsed


def median_start(kinds: Sequence[str], rounds: int) -> dict[str, float]:
    """The median start of each kind, in turns."""
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind in kinds:
            times[kind].append(start_seconds(command(kind)))
    return {kind: statistics.median(values) for kind, values in times.items()}


def median_calls(sessions: dict[str, Session], tool: str, arguments: dict[str, Any], calls: int) -> dict[str, float]:
    """The median seconds of one call in each session, in turns of fifty."""
    times: dict[str, list[float]] = {kind: [] for kind in sessions}
    for batch in range(calls // 50 + 1):
        for kind, session in sessions.items():
            for _ in range(50):
                started = time.perf_counter()
                session.call("tools/call", name=tool, arguments=arguments)
                if batch:  # the first batch warms up
                    times[kind].append(time.perf_counter() - started)
    return {kind: statistics.median(values) for kind, values in times.items()}
