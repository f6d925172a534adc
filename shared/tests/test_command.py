"""What a command line means, and what is said about one that means nothing."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Annotated, Any

import pytest
from mcp_chassis.cli.command import parse
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings, CommaList, Setting
from pydantic import Field, SecretStr


class UrlSettings(ChassisSettings):
    """One secret target."""

    database_url: Annotated[SecretStr | None, Setting(variables=("DATABASE_URL",), target="URL")] = Field(
        default=None, description="Where the database is."
    )
    demo: bool = Field(default=False, description="Serve sample data.")
    allow_function: CommaList = Field(default=(), description="Functions to allow.")


class FolderSettings(ChassisSettings):
    """Any number of targets."""

    roots: Annotated[CommaList, Setting(target="DIR")] = Field(default=(), description="Folders, 100% of them.")


@asynccontextmanager
async def nothing(_: ChassisSettings) -> Any:
    yield None


def server(settings: type[ChassisSettings] = UrlSettings) -> Server[Any, Any]:
    return Server(name="mcp-x-server", version="1", settings=settings, lifespan=nothing, read_scopes=())


@pytest.mark.parametrize(
    ("argv", "flags", "targets"),
    [
        ([], {}, []),
        (["--port", "1"], {"port": "1"}, []),
        (["--port=1", "--port=2"], {"port": "2"}, []),  # the last one counts
        (["a://b"], {}, ["a://b"]),
        (["--port", "1", "a://b", "--demo"], {"port": "1", "demo": True}, ["a://b"]),  # a target between flags
        (["--read-only"], {"read_only": True}, []),
        (["--no-read-only"], {"read_only": False}, []),
        (["--allow-function", "a", "--allow-function", "b,c"], {"allow_function": ["a", "b,c"]}, []),
        (["--api-key-file", "x"], {"api_key": "x"}, []),  # a secret's flag takes a file
        (["--", "--demo"], {}, ["--demo"]),
        (["./keys"], {}, ["./keys"]),
    ],
)
def test_words_become_settings_and_targets(argv: list[str], flags: dict[str, Any], targets: list[str]) -> None:
    command = parse(server(), argv, ["keys"])
    assert {name: value for name, value in command.flags.items() if value is not None} == flags
    assert command.targets == targets


def test_server_may_take_many_targets() -> None:
    assert parse(server(FolderSettings), ["a", "--port", "1", "b"], ["keys"]).targets == ["a", "b"]


@pytest.mark.parametrize(
    ("argv", "faults"),
    [
        (["--potr", "1"], ["--potr is not a flag; did you mean --port?"]),
        (["--zzz", "-y"], ["--zzz is not a flag.", "-y is not a flag."]),
        (["--api-key=hunter2"], ["--api-key is not a flag; did you mean --api-key-file?"]),
        (["--rea"], ["--rea is not a flag; did you mean --read-only?"]),  # no abbreviations
        (["--port"], ["--port needs a value."]),
        (["--port", "--demo"], ["--port needs a value."]),
        (["--demo=yes"], ["--demo/--no-demo takes no value."]),
        (["a://hunter2", "b://hunter2"], ["There is more than one URL argument; mcp-x-server takes one."]),
        (
            ["--print-config", "cursed"],
            ["--print-config must be one of claude-desktop, claude-code, cursor, vscode; did you mean cursor?"],
        ),
    ],
)
def test_what_is_not_understood_is_told_in_sentences(argv: list[str], faults: list[str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(server(), argv, ["keys"])
    assert list(caught.value.faults) == faults


def test_server_without_targets_takes_flags_only() -> None:
    with pytest.raises(ConfigurationError, match="There are arguments that mcp-x-server does not take"):
        parse(server(ChassisSettings), ["hunter2"], ["keys"])


@pytest.mark.parametrize("settings", [UrlSettings, FolderSettings, ChassisSettings])
def test_help_tells_every_flag_with_its_variable(
    settings: type[ChassisSettings], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(server(settings), ["--help"], ["keys"])
    assert ended.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    for flag, variable in [
        ("--port", "MCP_PORT"),
        ("--api-key-file", "MCP_API_KEY_FILE"),
        ("--log-level", "LOG_LEVEL"),
    ]:
        assert flag in told
        assert f"[{variable}" in told
    assert "default 4MiB" in told
    assert "at least 32 characters; read from this file [MCP_API_KEY_FILE]" in told
