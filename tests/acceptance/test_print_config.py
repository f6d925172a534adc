"""What `--print-config` prints works when it is pasted: the client starts that server and gets its tools."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

PROGRAMS = Path(sys.executable).parent
HERE = Path(__file__).parent


def entry(command: str, client: str, *flags: str, home: Path, **environ: str) -> dict[str, Any]:
    """The server's entry in the snippet of a client, printed in a folder other than the client's."""
    printed = subprocess.run(
        [str(PROGRAMS / command), "--print-config", client, *flags],
        env={"PATH": os.environ["PATH"], "HOME": str(home), **environ},
        cwd=home, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert printed.stderr == ""
    found: dict[str, Any] = json.loads(printed.stdout)
    return next(iter(found["servers" if client == "vscode" else "mcpServers"].values()))


NARROWED: dict[str, tuple[list[str], str, dict[str, Any], str, str]] = {
    "mcp-db-server": (["--tables", "customers"], "get_schema", {}, "customers", "'orders'"),
    "mcp-fs-server": (["--read-only"], "list_allowed_directories", {}, "'ro'", "'rw'"),
}
"""By server: flags, a call, what is in its answer with them, and what is not."""


@pytest.mark.asyncio
@pytest.mark.parametrize("client", ["claude-desktop", "claude-code", "cursor", "vscode"])
async def test_pasted_entry_starts_the_server_with_its_flags(client: str, product: Any, tmp_path: Path) -> None:
    flags, tool, arguments, told, untold = NARROWED[product.command]
    found = entry(product.command, client, *flags, product.target, "--audit-dir", "audit", home=tmp_path)
    server = StdioServerParameters(
        command=found["command"],
        args=found["args"],
        # As clients do it: a filtered environment, and what the entry says.
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **found.get("env", {})},
        cwd=HERE,
    )
    async with Client(server, read_timeout_seconds=30) as session:
        result = await session.call_tool(tool, arguments)
    assert not result.is_error
    assert told in str(result.structured_content)
    assert untold not in str(result.structured_content)
    assert list((tmp_path / "audit").rglob("*.jsonl"))


def test_variables_reach_the_client_and_passwords_do_not(tmp_path: Path) -> None:
    found = entry("mcp-db-server", "cursor", home=tmp_path, PGHOST="db", PGPASSWORD="hunter2", MCP_MAX_ROWS="5")
    assert found["env"] == {"PGHOST": "db", "PGPASSWORD": "${env:PGPASSWORD}", "MCP_MAX_ROWS": "5"}
