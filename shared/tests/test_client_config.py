"""What `--print-config` gives to paste: the same server, started by the client, without a secret in the text."""

from __future__ import annotations

import json
import sys
from contextlib import asynccontextmanager
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import pytest
from mcp_chassis.cli import client_config
from mcp_chassis.cli.command import CLIENTS, parse
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings, CommaList, Setting
from pydantic import Field, SecretStr


class SampleSettings(ChassisSettings):
    """As the database server's: a secret URL, which the demo does not need."""

    database_url: Annotated[
        SecretStr | None, Setting(variables=("DATABASE_URL",), target="URL", beside=("PGHOST", "PGPASSWORD"))
    ] = Field(default=None, description="Where the database is.")
    demo: bool = Field(default=False, description="Serve sample data.")


class FolderSettings(ChassisSettings):
    """As the filesystem server's: targets that are no secret."""

    roots: Annotated[CommaList, Setting(target="DIR")] = Field(default=(), description="Folders.")


@asynccontextmanager
async def nothing(_: ChassisSettings) -> Any:
    yield None


def snippet(
    client: str, *argv: str, environ: dict[str, str] | None = None, settings: type[ChassisSettings] = SampleSettings
) -> dict[str, Any]:
    server = Server(name="mcp-x-server", version="1", settings=settings, lifespan=nothing, read_scopes=())
    text = client_config.render(server, parse(server, ["--print-config", client, *argv], ["keys"]), environ or {})
    assert "hunter2" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def entry(client: str, *argv: str, **options: Any) -> dict[str, Any]:
    found = snippet(client, *argv, **options)
    servers: dict[str, Any] = found["servers" if client == "vscode" else "mcpServers"]
    (name,) = servers
    assert name == "mcp-x-server"
    entry: dict[str, Any] = servers[name]
    return entry


def install(monkeypatch: pytest.MonkeyPatch, origin: dict[str, Any]) -> None:
    """Have the server installed from this place (PEP 610)."""

    class Distribution:
        def read_text(self, name: str) -> str:
            assert name == "direct_url.json"
            return json.dumps(origin)

    monkeypatch.setattr(metadata, "distribution", lambda name: Distribution())


@pytest.mark.parametrize("client", CLIENTS)
def test_flags_are_repeated(client: str) -> None:
    found = entry(client, "--demo", "--tool-timeout", "5s", "--no-read-only")
    assert found["args"] == ["--no-read-only", "--tool-timeout", "5s", "--demo"]
    assert "env" not in found


@pytest.mark.parametrize(
    ("client", "reference"),
    [
        ("claude-desktop", "<DATABASE_URL>"),
        ("claude-code", "${DATABASE_URL}"),
        ("cursor", "${env:DATABASE_URL}"),
        ("vscode", "${input:DATABASE_URL}"),
    ],
)
@pytest.mark.parametrize(
    ("argv", "environ"),
    [
        (["postgresql://me:hunter2@db/x"], {}),
        ([], {"DATABASE_URL": "postgresql://me:hunter2@db/x"}),
        (["postgresql://db/x?password=hunter2"], {}),
        (["hunter2"], {}),
        ([], {}),  # nothing given: the snippet asks for it
    ],
)
def test_secret_is_asked_for_in_the_way_of_the_client(
    client: str, reference: str, argv: list[str], environ: dict[str, str]
) -> None:
    assert entry(client, *argv, environ=environ)["env"] == {"DATABASE_URL": reference}


def test_url_without_a_password_is_no_secret() -> None:
    assert entry("cursor", "postgresql://me@db/x")["env"] == {"DATABASE_URL": "postgresql://me@db/x"}


def test_vscode_prompts_for_secrets() -> None:
    assert snippet("vscode", "postgresql://me:hunter2@db/x")["inputs"] == [
        {"type": "promptString", "id": "DATABASE_URL", "description": "DATABASE_URL", "password": True}
    ]
    assert "inputs" not in snippet("vscode", "--demo")


def test_variables_are_spelled_out_since_clients_pass_none_on() -> None:
    found = entry(
        "cursor", "--demo", environ={"LOG_LEVEL": "debug", "MCP_READ_ONLY": "true", "HOME": "/x", "MCP_PORT": ""}
    )
    assert found["env"] == {"LOG_LEVEL": "debug", "MCP_READ_ONLY": "true"}


def test_variables_that_a_library_reads_are_passed_on() -> None:
    found = entry("cursor", environ={"PGHOST": "db", "PGPASSWORD": "hunter2"})
    assert found["env"] == {"PGHOST": "db", "PGPASSWORD": "${env:PGPASSWORD}"}


def test_flag_silences_its_variable() -> None:
    found = entry("cursor", "--demo", "--log-level", "error", environ={"LOG_LEVEL": "debug"})
    assert "env" not in found


def test_paths_are_made_absolute_since_clients_start_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = entry(
        "cursor", "--demo", "--audit-dir", "audit", environ={"DATABASE_URL_FILE": "url", "MCP_CONFIG": "c.yaml"}
    )
    assert found["args"] == ["--audit-dir", str(tmp_path / "audit"), "--demo"]
    assert found["env"] == {"MCP_CONFIG": str(tmp_path / "c.yaml"), "DATABASE_URL_FILE": str(tmp_path / "url")}


@pytest.mark.parametrize(
    ("argv", "value", "extra"),
    [([], "true", "[demo]"), ([], "ON", "[demo]"), ([], "false", ""), ([], "", ""), (["--no-demo"], "true", "")],
)
def test_demo_may_be_asked_for_by_its_variable(
    argv: list[str], value: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, {"url": "file:///home/me/x", "dir_info": {}})
    found = entry("cursor", *argv, environ={"MCP_DEMO": value})
    assert found["args"][:2] == ["--from", f"/home/me/x{extra}"]
    assert ("DATABASE_URL" in found.get("env", {})) == (not extra)


def test_claude_desktop_is_told_where_uvx_is_since_it_has_no_path_of_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, {"url": "file:///home/me/x", "dir_info": {}})
    uvx = tmp_path / "uvx"
    uvx.touch(0o755)
    assert entry("claude-desktop", "--demo", environ={"PATH": str(tmp_path)})["command"] == str(uvx)
    assert entry("claude-desktop", "--demo", environ={"PATH": "/nowhere"})["command"] == "uvx"
    assert entry("cursor", "--demo", environ={"PATH": str(tmp_path)})["command"] == "uvx"


def test_script_that_is_no_command_is_run_by_this_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "echo.py").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["echo.py", "--print-config", "cursor"])
    found = entry("cursor", "--demo")
    assert [found["command"], *found["args"]] == [sys.executable, str(tmp_path / "echo.py"), "--demo"]


def test_plain_targets_stay_arguments() -> None:
    assert entry("cursor", "/a", "/b", settings=FolderSettings)["args"] == ["/a", "/b"]
    assert entry("cursor", settings=FolderSettings)["args"] == ["<DIR>"]


@pytest.mark.parametrize(
    ("client", "found"),
    [
        (
            "claude-code",
            {"type": "http", "url": "https://x.org/mcp", "headers": {"Authorization": "Bearer ${MCP_API_KEY}"}},
        ),
        ("cursor", {"url": "https://x.org/mcp", "headers": {"Authorization": "Bearer ${env:MCP_API_KEY}"}}),
        (
            "vscode",
            {"type": "http", "url": "https://x.org/mcp", "headers": {"Authorization": "Bearer ${input:MCP_API_KEY}"}},
        ),
    ],
)
def test_http_server_is_reached_by_its_url(client: str, found: dict[str, Any]) -> None:
    assert entry(client, "--transport", "http", "--public-url", "https://x.org/") == found


def test_http_server_without_auth_needs_no_header() -> None:
    found = entry("cursor", "--transport", "http", "--auth", "none", environ={"MCP_PORT": "9000"})
    assert found == {"url": "http://127.0.0.1:9000/mcp"}


@pytest.mark.parametrize("auth", ["oauth", "oauth,api-key", None])
def test_http_server_with_oauth_says_itself_whom_to_ask(auth: str | None) -> None:
    flags = ["--transport", "http", "--public-url", "https://x.org", *(["--auth", auth] if auth else [])]
    assert entry("cursor", *flags, environ={"MCP_AUTH_ISSUER": "https://id.example"}) == {"url": "https://x.org/mcp"}


@pytest.mark.parametrize("host", ["0.0.0.0", "db.example.org", "unix:/run/mcp.sock"])  # noqa: S104 - not bound here
def test_http_server_that_others_reach_must_be_told_its_url(host: str) -> None:
    with pytest.raises(ConfigurationError, match="Say where clients reach the server"):
        entry("cursor", "--transport", "http", "--host", host)
    found = entry("cursor", "--transport", "http", "--host", host, "--public-url", "https://x.org", "--auth", "none")
    assert found == {"url": "https://x.org/mcp"}


def test_a_public_url_that_no_client_could_reach_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"^--public-url \(MCP_PUBLIC_URL\) must be a URL"):
        entry("cursor", "--transport", "http", "--public-url", "db.example.org")


def test_http_server_on_ipv6_is_reached_in_brackets() -> None:
    found = entry("cursor", "--transport", "http", "--host", "::1", "--auth", "none")
    assert found == {"url": "http://[::1]:8080/mcp"}


def test_claude_desktop_starts_its_servers_itself() -> None:
    with pytest.raises(ConfigurationError, match="leave --transport http out"):
        snippet("claude-desktop", environ={"MCP_TRANSPORT": "http"})


@pytest.mark.parametrize(
    ("origin", "argv", "command"),
    [
        (
            {"url": "https://example.org/suite", "subdirectory": "servers/x", "vcs_info": {"vcs": "git"}},
            ["--demo"],
            [
                "uvx",
                "--from",
                "mcp-x-server[demo] @ git+https://example.org/suite#subdirectory=servers/x",
                "mcp-x-server",
            ],
        ),
        (
            {"url": "https://example.org/suite", "vcs_info": {"vcs": "git", "requested_revision": "v1"}},
            [],
            ["uvx", "--from", "mcp-x-server @ git+https://example.org/suite@v1", "mcp-x-server"],
        ),
        ({"url": "file:///home/me/x", "dir_info": {}}, [], ["uvx", "--from", "/home/me/x", "mcp-x-server"]),
        ({"url": "file:///home/me/x", "dir_info": {"editable": True}}, [], ["mcp-x-server"]),
        ({}, [], ["mcp-x-server"]),
    ],
)
def test_command_is_the_installation_it_was_printed_by(
    monkeypatch: pytest.MonkeyPatch, origin: dict[str, Any], argv: list[str], command: list[str]
) -> None:
    install(monkeypatch, origin)
    found = entry("cursor", *argv, environ={"SSL_CERT_FILE": "/etc/ca.pem", "UV_SYSTEM_CERTS": "true"})
    assert [found["command"], *found["args"]][: len(command)] == command
    # Behind a custom CA uvx cannot fetch what it needs, unless the client hands this on.
    assert ({"SSL_CERT_FILE", "UV_SYSTEM_CERTS"} <= found.get("env", {}).keys()) == (command[0] == "uvx")
