"""kill -9 under load: every call that was answered is in the log, and the log is intact after the next start."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from audit_wire import intact, records
from mcp_chassis.audit.reading.places import Log
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.verification import verify
from sample_server import audit_keys

OLD = "2025-11-25"
PROGRAM = "import sys; sys.path.insert(0, {tests!r}); from sample_server import make_server; make_server().run()"


class Killed:
    """A server on stdio that is called as fast as it answers, until it is killed."""

    def __init__(self, folder: Path, mode: str) -> None:
        files = {f"MCP_{name.upper()}": str(path) for name, path in audit_keys(folder / "keys").items()}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(tests=str(Path(__file__).parent.parent))],
            env={
                "PATH": os.environ["PATH"], "HOME": str(folder), "MCP_AUDIT_DIR": str(folder / "audit"),
                "MCP_AUDIT_MODE": mode, "MCP_AUDIT_ROTATE_BYTES": "16384", "METRICS_PORT": "0", **files,
            },
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.answered: list[int] = []
        self._send("initialize", 0, protocolVersion=OLD, capabilities={}, clientInfo={"name": "t", "version": "1"})
        assert self._answer()["id"] == 0
        self._send("notifications/initialized", None)

    def run(self, seconds: float) -> None:
        """Call until it is killed after a while."""
        timer = threading.Timer(seconds, self.process.send_signal, [signal.SIGKILL])
        timer.start()
        number = 0
        try:
            while True:
                for number in range(number + 1, number + 9):  # noqa: B020 - it goes on where it was
                    self._send("tools/call", number, name="add", arguments={"a": number})
                for _ in range(8):
                    self.answered.append(self._answer()["id"])
        except (BrokenPipeError, EOFError):
            pass
        timer.join()
        assert self.process.wait(30) == -signal.SIGKILL
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                continue

    def _send(self, method: str, number: int | None, **params: Any) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params, **({} if number is None else {"id": number})}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer


def survive(folder: Path, kills: int, mode: str) -> int:
    """Kill servers one after the other; how many calls were answered."""
    answered: dict[int, set[int]] = {}
    for _ in range(kills):
        server = Killed(folder, mode)
        server.run(random.uniform(0.02, 0.4))  # noqa: S311 - any moment will do
        answered[server.process.pid] = set(server.answered)
    last = Killed(folder, mode)  # which closes what the one before left
    assert last.process.stdin is not None
    last.process.stdin.close()
    assert last.process.wait(30) == 0
    assert last.process.stdout is not None
    last.process.stdout.close()
    folder /= "audit/mcp-sample-server"
    assert len(list(folder.glob("2*"))) == kills + 1
    for pid, calls in answered.items():
        (chain,) = folder.glob(f"2*-{pid}-*")
        assert intact(chain)
        assert not (chain / "lock").exists()
        assert calls <= {record["request_id"] for record in records(chain) if record["event"] == "call"}
    report = verify(Log(folder.parent), Signers([], Log(folder.parent).keys))
    assert report.intact
    assert len(report.chains) == kills + 1
    return sum(map(len, answered.values()))


@pytest.mark.parametrize("mode", ["balanced", "strict"])
def test_nothing_that_was_answered_is_lost_by_a_kill(tmp_path: Path, mode: str) -> None:
    assert survive(tmp_path, 2, mode) > 0


@pytest.mark.soak
@pytest.mark.timeout(1200)  # a start of a server under load takes seconds
def test_nothing_that_was_answered_is_lost_by_a_hundred_kills(tmp_path: Path) -> None:
    assert survive(tmp_path, 100, "balanced") > 100
