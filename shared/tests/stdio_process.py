"""The sample server as a process over stdio, for tests of the log that real runs leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sample_server import audit_keys

TESTS = Path(__file__).parent
PROGRAM = f"import sys; sys.path.insert(0, {str(TESTS)!r}); from sample_server import make_server; make_server().run()"
META = {
    "io.modelcontextprotocol/protocolVersion": "2025-11-25",
    "io.modelcontextprotocol/clientInfo": {"name": "a test", "version": "1"},
}


class Process:
    """One process of `mcp-sample-server`, whose log is in `folder/audit` and whose keys in `folder/keys`."""

    def __init__(self, folder: Path, *flags: str, **variables: str) -> None:
        keys = {f"MCP_{name.upper()}": str(path) for name, path in audit_keys(folder / "keys").items()}
        self.folder, self.sent = folder, 0
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "MCP_AUDIT_DIR": str(folder / "audit")}
        with (folder / "stderr").open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, *flags], env={**environment, **keys, **variables},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
            )  # fmt: skip
        self.ask(
            "initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "a test", "version": "1"}
        )
        self.write({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def write(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def send(self, method: str, **params: Any) -> None:
        self.sent += 1
        self.write({"jsonrpc": "2.0", "id": self.sent, "method": method, "params": params})

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """A request, and its answer."""
        self.send(method, **params)
        assert self.process.stdout
        for line in self.process.stdout:
            answer: dict[str, Any] = json.loads(line)
            if answer.get("id") == self.sent:
                return answer
        raise AssertionError((self.folder / "stderr").read_text())

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        return self.ask("tools/call", name=tool, arguments=arguments)

    def end(self) -> int:
        """Close its input, as clients do, and give its exit code."""
        self.process.communicate(timeout=30)
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=30)
