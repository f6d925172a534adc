"""The command as a user runs it: a process of its own, in the environment that MCP clients give their servers."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = """
from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import Annotated

from pydantic import Field, SecretStr

from mcp_chassis.app import open_sealer
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.server import Component, Server
from mcp_chassis.settings import ChassisSettings, Setting


class Settings(ChassisSettings):
    database_url: Annotated[SecretStr | None, Setting(variables=("DATABASE_URL",), target="URL")] = Field(
        default=None, description="Where the database is."
    )


@asynccontextmanager
async def open_nothing(settings):
    if settings.database_url is None:
        raise ConfigurationError("Say which database to serve: set DATABASE_URL.")
    if "crash" in settings.database_url.get_secret_value():
        raise RuntimeError(f"cannot dial {settings.database_url.get_secret_value()}")
    if "seal" in settings.database_url.get_secret_value():
        open_sealer(settings)
    yield settings.database_url.get_secret_value()


async def health(url):
    status = "unhealthy" if "down" in url else "degraded" if "slow" in url else "healthy"
    return [Component("database", status, f"at {url}")]


server = Server(
    name="mcp-x-server",
    version="1.2.3",
    settings=Settings,
    lifespan=open_nothing,
    read_scopes={"x:read"},
    health=health,
)
if __name__ == "__main__":
    server.run()
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "server.py"
    path.write_text(SERVER)
    return path


def run(script: Path, *argv: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the server with only PATH and HOME set, as MCP clients do, and what the test adds."""
    filtered = {"PATH": os.environ["PATH"], "HOME": str(script.parent), **environ}
    return subprocess.run(
        [sys.executable, str(script), *argv], env=filtered, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        timeout=60, check=False, cwd=script.parent,
    )  # fmt: skip


def test_version_is_told(script: Path) -> None:
    done = run(script, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, "mcp-x-server 1.2.3\n", "")


@pytest.mark.parametrize("argv", [["--version"], ["--help"], ["keys", "list"], ["--print-config", "cursor"]])
def test_small_commands_do_not_import_the_sdk(script: Path, argv: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"""
import sys
sys.argv = ["mcp-x-server", *{argv!r}]
sys.path.insert(0, {str(script.parent)!r})
from server import server
try:
    server.run()
except SystemExit:
    heavy = {{"mcp", "uvicorn", "starlette", "uvloop", "asyncpg"}} & set(sys.modules)
    print(sorted(heavy), file=sys.stderr)
"""],
        capture_output=True, text=True, timeout=60, check=False, env={"PATH": os.environ["PATH"], "HOME": "/"},
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]"


def test_check_reports_what_the_server_stands_on(script: Path) -> None:
    done = run(script, "--check", "postgresql://me:hunter2-hunter2@db/x")
    assert done.returncode == 0
    assert done.stdout.startswith("mcp-x-server 1.2.3: the configuration is right.\n")
    assert "database   healthy" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_check_fails_when_a_backend_does(script: Path) -> None:
    done = run(script, "--check", DATABASE_URL="postgresql://down/x")
    assert done.returncode == 2
    assert done.stdout.startswith("mcp-x-server 1.2.3: it cannot work like this; see what is unhealthy.\n")
    assert "database   unhealthy" in done.stdout


@pytest.mark.parametrize("name", ["audit-signing.pem", "audit-hmac.key", "seal.keys"])
def test_check_and_log_tell_of_keys_that_everybody_may_read(script: Path, name: str) -> None:
    run(script, "--check", "postgresql://seal/x")  # which makes them
    key = script.parent / ".local/state/mcp-chassis" / name
    told = {}
    for mode in (0o440, 0o444):
        key.chmod(mode)
        done = run(script, "--check", "postgresql://seal/x")
        assert done.returncode == 0
        told[mode] = [line for line in (done.stdout + done.stderr).splitlines() if str(key) in line]
    assert told[0o440] == []
    listed, logged = told[0o444]
    assert listed.split()[:2] == ["keys", "degraded"]
    assert json.loads(logged)["level"] == "warning"


def test_check_says_in_its_first_line_that_something_is_degraded(script: Path) -> None:
    done = run(script, "--check", DATABASE_URL="postgresql://slow/x")
    assert done.returncode == 0
    assert done.stdout.startswith("mcp-x-server 1.2.3: it works; see what is degraded.\n")


@pytest.mark.parametrize(
    ("argv", "environ", "faults"),
    [
        (["--prot", "1"], {}, ["--prot is not a flag; did you mean --port?"]),
        ([], {"MCP_TRANSPORT": "sse"}, ["MCP_TRANSPORT must be stdio or http, which replaces the older network "
                                        "transports, not 'sse'."]),
        ([], {}, ["Say which database to serve: set DATABASE_URL."]),
        (["--check"], {}, ["Say which database to serve: set DATABASE_URL."]),
        (["keys", "create", "me"], {}, ["The following arguments are required: --scopes."]),
        (
            ["--port", "x", "--transport", "http"],
            {"MCP_QUEUE_WAIT": "long"},
            [
                "--port must be a whole number, not 'x'.",
                "MCP_QUEUE_WAIT must be a duration such as 500ms, 2s, 5m, 8h or 90d, not 'long'.",
                "http must know its callers: set --auth-issuer (MCP_AUTH_ISSUER), --api-keys-file "
                "(MCP_API_KEYS_FILE) or MCP_API_KEY, or --auth none on loopback.",
                "http needs a folder for the audit log: set --audit-dir (MCP_AUDIT_DIR).",
                "http needs the audit log's keys: make them with `audit keygen DIR`, then set --audit-key-file "
                "(MCP_AUDIT_KEY_FILE) and --audit-hmac-key-file (MCP_AUDIT_HMAC_KEY_FILE).",
            ],
        ),
    ],
)  # fmt: skip
def test_bad_configuration_ends_with_2_and_a_sentence_for_each_fault(
    script: Path, argv: list[str], environ: dict[str, str], faults: list[str]
) -> None:
    done = run(script, *argv, **environ)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [f"mcp-x-server: {fault}" for fault in faults]


def test_crash_at_start_is_one_log_line_without_secrets(script: Path) -> None:
    done = run(script, DATABASE_URL="postgresql://me:hunter2-hunter2@crash/x")
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert line["event"] == "uncaught exception"
    assert "RuntimeError: cannot dial" in line["exception"]
    assert "hunter2" not in done.stderr


def test_keys_are_made_and_listed_without_a_server(script: Path) -> None:
    keys = script.parent / "keys.json"
    made = run(script, "keys", "create", "ci", "--scopes", "x:read", "--expires", "90d", MCP_API_KEYS_FILE=str(keys))
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("mk_")
    listed = run(script, "keys", "list", "--file", str(keys))
    assert "ci" in listed.stdout
    assert made.stdout.strip() not in listed.stdout + keys.read_text()


def test_print_config_starts_this_very_server(script: Path) -> None:
    done = run(script, "--print-config", "cursor", "postgresql://me@db/x")
    assert json.loads(done.stdout)["mcpServers"]["mcp-x-server"]["env"] == {"DATABASE_URL": "postgresql://me@db/x"}


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "server/discover", "params": {"_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        }}},
        {"method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        }},
    ],
    ids=["new era", "older era"],
)  # fmt: skip
def test_stdio_server_answers_in_the_environment_of_a_client(script: Path, request_: dict[str, object]) -> None:
    message = json.dumps({"jsonrpc": "2.0", "id": 1, **request_})
    done = subprocess.run(
        [sys.executable, str(script), "postgresql://me:hunter2-hunter2@db/x"],
        env={"PATH": os.environ["PATH"], "HOME": str(script.parent)}, input=f"{message}\n",
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (answer,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert answer["id"] == 1
    assert "error" not in answer
    assert [json.loads(line)["level"] for line in done.stderr.splitlines() if '"error"' in line] == []
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize(
    ("argv", "environ", "label"),
    [
        (["--audit-dir", "file"], {}, "--audit-dir"),
        ([], {"MCP_AUDIT_DIR": "file"}, "MCP_AUDIT_DIR"),
        (["--seal-keys-file", "file"], {}, "--seal-keys-file"),
        (["--audit-key-file", "file"], {}, "--audit-key-file"),
        (["--audit-hmac-key-file", "file"], {}, "--audit-hmac-key-file"),
        ([], {"XDG_STATE_HOME": "FOLDER/file"}, "--audit-dir (MCP_AUDIT_DIR)"),
    ],
)
def test_a_file_that_does_not_fit_is_told_by_the_setting_that_named_it(
    script: Path, argv: list[str], environ: dict[str, str], label: str
) -> None:
    (script.parent / "file").touch()
    environ = {name: value.replace("FOLDER", str(script.parent)) for name, value in environ.items()}
    done = run(script, "--check", "postgresql://seal/x", *argv, **environ)
    assert done.returncode == 2
    assert done.stderr.startswith(f"mcp-x-server: {label}: ")


def test_what_waits_on_a_terminal_says_so(script: Path) -> None:
    terminal, ours = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, str(script), "postgresql://db/x"],
            env={"PATH": os.environ["PATH"], "HOME": str(script.parent)}, stdin=ours, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stderr is not None
            line = json.loads(process.stderr.readline())
            process.terminate()
    finally:
        os.close(terminal)
        os.close(ours)
    assert line["event"] == "waiting for an MCP client on stdin; try --check"


def test_state_lies_in_folders_of_its_own(script: Path) -> None:
    run(script, "--check", "postgresql://seal/x")
    state = script.parent / ".local/state"
    assert sorted(path.name for path in state.iterdir()) == ["mcp-audit", "mcp-chassis"]
    assert sorted(path.name for path in (state / "mcp-chassis").iterdir()) == [
        "audit-hmac.key", "audit-signing.pem", "audit-signing.pub.pem", "seal.keys",
    ]  # fmt: skip
