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

COMMAND = str(Path(sys.executable).parent / "mcp-db-server")
HERE = Path(__file__).parent


def entry(client: str, *flags: str, home: Path, **environ: str) -> dict[str, Any]:
    """The server's entry in the snippet of a client, printed in a folder other than the client's."""
    printed = subprocess.run(
        [COMMAND, "--print-config", client, *flags],
        env={"PATH": os.environ["PATH"], "HOME": str(home), **environ},
        cwd=home, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert printed.stderr == ""
    found: dict[str, Any] = json.loads(printed.stdout)
    return next(iter(found["servers" if client == "vscode" else "mcpServers"].values()))


@pytest.mark.asyncio
@pytest.mark.parametrize("client", ["claude-desktop", "claude-code", "cursor", "vscode"])
async def test_pasted_entry_starts_the_server_with_its_flags(client: str, shop: str, tmp_path: Path) -> None:
    found = entry(client, "--tables", "customers", shop, "--audit-dir", "audit", home=tmp_path)
    server = StdioServerParameters(
        command=found["command"],
        args=found["args"],
        # As clients do it: a filtered environment, and what the entry says.
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **found["env"]},
        cwd=HERE,
    )
    async with Client(server, read_timeout_seconds=30) as session:
        result = await session.call_tool("get_schema", {})
    assert result.structured_content is not None
    assert [table["name"] for table in result.structured_content["tables"]] == ["customers"]
    assert list((tmp_path / "audit").rglob("*.jsonl"))


def test_variables_reach_the_client_and_passwords_do_not(tmp_path: Path) -> None:
    found = entry("cursor", home=tmp_path, PGHOST="db", PGPASSWORD="hunter2", MCP_MAX_ROWS="5")
    assert found["env"] == {"PGHOST": "db", "PGPASSWORD": "${env:PGPASSWORD}", "MCP_MAX_ROWS": "5"}
