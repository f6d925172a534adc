"""Replicas of a server behind a real haproxy that is configured as docs/deployment.md shows."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

ROOT = Path(__file__).parents[2]
ERAS = ("auto", "legacy")
START_SECONDS = 60


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Replica:
    """One process of a server, which can be ended and started again on its port."""

    def __init__(self, name: str, words: Sequence[str | Path], folder: Path) -> None:
        self.name = name
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/mcp"
        self.environment: Mapping[str, str] = {}
        self.log = folder / f"{name}.log"
        # Its METRICS_PORT would be that of the other one.
        self._command = [*map(str, words), "--transport", "http", "--port", str(self.port), "--metrics-port", "0"]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    def start(self) -> None:
        """Start the process; it is the balancer that finds out when it is ready."""
        with self.log.open("ab") as stderr:
            self._process = subprocess.Popen(
                self._command, env=self.environment, stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr
            )

    async def terminate(self) -> int:
        """Tell it to end, wait until it has, and give its exit code."""
        assert self._process is not None
        self._process.terminate()
        code = await asyncio.to_thread(self._process.wait, START_SECONDS)
        self._process = None
        return code

    def kill(self) -> None:
        """End it as a lost machine would, without notice; our event loop stands still until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Balancer:
    """A haproxy before two replicas."""

    def __init__(self, folder: Path, servers: Sequence[Replica]) -> None:
        """Args: folder: where its files go; short, since a socket is among them."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/mcp"
        self._servers = servers
        self._socket = folder / "admin.sock"
        self._file = folder / "haproxy.cfg"
        self._log = folder / "haproxy.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *changes: tuple[str, str]) -> None:
        """Start it with the documented configuration on our ports, looking at the replicas five times as often."""
        text = documented()
        for old, new in (
            ("/run/haproxy/admin.sock", str(self._socket)),
            ("bind :8080", f"bind 127.0.0.1:{self.port}"),
            *((f"10.0.0.1{at}:8080", f"127.0.0.1:{server.port}") for at, server in enumerate(self._servers, 1)),
            ("inter 1s", "inter 200ms"),
            *changes,
        ):
            assert old in text, f"{old} is not in the documented configuration"
            text = text.replace(old, new)
        self._file.write_text(text + "    http-response set-header x-replica %[srv_name]\n")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(["haproxy", "-db", "-f", self._file], stdout=log, stderr=log)  # noqa: S607
        until = time.monotonic() + START_SECONDS
        while not self._socket.exists():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < until, self._log.read_text()
            time.sleep(0.02)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None
            self._socket.unlink()

    def stats(self, server: str) -> dict[str, str]:
        """What it counts of a replica."""
        with socket.socket(socket.AF_UNIX) as admin:
            admin.connect(str(self._socket))
            admin.sendall(b"show stat\n")
            told = b"".join(iter(lambda: admin.recv(65_536), b"")).decode()
        names, *rows = (line.split(",") for line in told.removeprefix("# ").splitlines() if line)
        [found] = [row for row in rows if row[:2] == ["replicas", server]]
        return dict(zip(names, found, strict=True))

    def unanswered(self, server: str) -> int:
        """How many requests were sent to a replica that it has not answered (yet)."""
        told = {name: int(count) for name, count in self.stats(server).items() if count.isdecimal()}
        reached = told["stot"] - told["wredis"]  # without those that found nobody there and went to the other one
        return reached - sum(told[f"hrsp_{kind}xx"] for kind in range(1, 6))

    async def until(self, server: Replica, status: str) -> None:
        """Wait until it has found that a replica is `UP` or `DOWN`."""
        until = time.monotonic() + START_SECONDS
        while self.stats(server.name)["status"] != status:
            assert time.monotonic() < until, f"{server.name} is not {status}: {server.log.read_text()[-2000:]}"
            await asyncio.sleep(0.05)


def documented() -> str:
    """The configuration of haproxy in docs/deployment.md."""
    text = (ROOT / "docs" / "deployment.md").read_text()
    found = re.search(r"<!-- haproxy -->\n```\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


@dataclass
class Site:
    """Two replicas behind a balancer, what they share, and their log."""

    folder: Path
    one: Replica
    two: Replica
    balancer: Balancer
    keys: Mapping[str, str] = field(default_factory=dict)
    """API keys by the names they were made with."""
    numbers: Iterator[int] = field(default_factory=itertools.count)
    """What tells the calls of all traffic from each other."""

    @property
    def replicas(self) -> tuple[Replica, Replica]:
        """Both."""
        return self.one, self.two

    async def up(self) -> None:
        """Have both replicas running and known to be ready."""
        for replica in self.replicas:
            if not replica.runs:
                replica.start()
        for replica in self.replicas:
            await self.balancer.until(replica, "UP")

    @asynccontextmanager
    async def client(
        self, key: str, era: str, served: list[str] | None = None, url: str = "", **options: Any
    ) -> AsyncIterator[Client]:
        """The SDK's client with an API key; `served` gets the name of the replica behind each answer."""

        async def noted(answer: httpx2.Response) -> None:
            if served is not None:
                served.append(answer.headers.get("x-replica", ""))

        headers = {"Authorization": f"Bearer {self.keys[key]}"} if key else {}
        http = httpx2.AsyncClient(headers=headers, timeout=60, event_hooks={"response": [noted]})
        async with (
            http,
            Client(
                streamable_http_client(url or self.balancer.url, http_client=http),
                mode=era,
                read_timeout_seconds=60,
                **options,
            ) as client,
        ):
            yield client

    def records(self, event: str) -> list[dict[str, Any]]:
        """What all chains have of a kind."""
        lines = [line for path in self.folder.glob("audit/*/*/0*.jsonl") for line in path.read_text().splitlines()]
        return [record for line in lines if (record := json.loads(line))["event"] == event]

    def verify(self) -> subprocess.CompletedProcess[str]:
        """`audit verify` of all chains, with the public key."""
        key = self.folder / "keys" / "audit-signing.pub.pem"
        return command("mcp-db-server", "audit", "verify", self.folder / "audit", "--public-key", key, home=self.folder)


def command(*words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with PATH and HOME only."""
    environment = clean(home)
    program = shutil.which(words[0], path=environment["PATH"])
    assert program is not None
    return subprocess.run(
        [program, *map(str, words[1:])], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def clean(home: Path) -> dict[str, str]:
    """PATH, with this environment's programs first, and HOME."""
    return {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(home)}
