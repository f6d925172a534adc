"""What the tests that cross packages share: servers as subprocesses, and the clients and suites from npm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from mcp_chassis.audit import make_audit_keys
from mcp_chassis.testing.postgres import postgres

__all__ = ["postgres"]

Completed = subprocess.CompletedProcess[str]
NODE_MODULES = Path(__file__).parent / "acceptance" / "npm" / "node_modules"
START_SECONDS = 60


@dataclass(frozen=True)
class Running:
    """A server that answers over HTTP at `url`, and the file its stderr goes to."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]


@dataclass(frozen=True)
class Npm:
    """What the lock of tests/acceptance/npm installs; `modules` is where."""

    modules: Path

    def popen(self, name: str, *arguments: str | Path, cwd: Path) -> subprocess.Popen[str]:
        """Start one of its commands, or a script with its modules at hand, in `cwd`."""
        command = [str(self.modules / ".bin" / name)] if name != "node" else ["node"]
        return subprocess.Popen(
            [*command, *map(str, arguments)],
            cwd=cwd,
            env=clean_environment(cwd),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, name: str, *arguments: str | Path, cwd: Path, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its commands to its end."""
        with self.popen(name, *arguments, cwd=cwd) as process:
            try:
                out, err = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def clean_environment(home: Path) -> dict[str, str]:
    """What a client gives its servers at the least: PATH, with this environment's programs first, and HOME."""
    return {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(home)}


@pytest.fixture(scope="session")
def clean() -> Callable[[Path], list[str]]:
    """The beginning of a command that sees PATH and HOME (a folder) and nothing else."""

    def prefix(home: Path) -> list[str]:
        return ["env", "-i", *(f"{name}={value}" for name, value in clean_environment(home).items())]

    return prefix


@pytest.fixture(scope="session")
def npm() -> Npm:
    """The clients and suites of others."""
    if not (NODE_MODULES / ".bin" / "conformance").exists():
        pytest.skip("tests/acceptance/npm is not installed; `make test` does it")
    return Npm(NODE_MODULES)


Serve = Callable[..., Running]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start servers over HTTP with `serve(command, *arguments, environment={}, auth="none", port=0)`, until the end."""
    started: list[Running] = []
    with ExitStack() as stack:

        def start(
            *command: str, environment: Mapping[str, str] | None = None, auth: str = "none", port: int = 0
        ) -> Running:
            home = tmp_path_factory.mktemp("server")
            line = (*command, "--auth", auth, "--port", str(port))
            started.append(stack.enter_context(_serving(line, home, environment or {})))
            return started[-1]

        yield start
        for running in started:  # all at once, since each takes its time to end
            running.process.terminate()


@contextmanager
def _serving(command: tuple[str, ...], home: Path, environment: Mapping[str, str]) -> Iterator[Running]:
    log = home / "stderr.jsonl"
    flags = ["--transport", "http", "--audit-dir", str(home / "audit"), *_audit_keys(home)]
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [*command, *flags, "--drain-seconds", "0", "--grace-seconds", "2"],
            cwd=home,
            env={**clean_environment(home), "METRICS_PORT": "0", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
    try:
        yield Running(_address(process, log), log, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _audit_keys(home: Path) -> list[str]:
    """The flags of the audit log's keys, which are made first."""
    signing, _, hmac_key = make_audit_keys(home / "keys")
    return ["--audit-key-file", str(signing), "--audit-hmac-key-file", str(hmac_key)]


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the server logs once it listens."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        for line in log.read_text().splitlines():
            if '"listening"' in line and line.endswith("}"):
                return str(json.loads(line)["addresses"][0])
        time.sleep(0.05)
    raise AssertionError(f"the server does not listen: {log.read_text()[-2_000:]}")
