"""What the server lives by is out of reach of its clients, also where it lies in a directory that is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.errors import Denied
from mcp_fs_server.editing import Edit
from mcp_fs_server.tools.delete_file import delete_file
from mcp_fs_server.tools.edit_file import edit_file
from mcp_fs_server.tools.list_directory import list_directory
from mcp_fs_server.tools.move_file import move_file
from mcp_fs_server.tools.read_text_file import read_text_file
from mcp_fs_server.tools.write_file import write_file

POLICY = "version: 1\nrules: [{id: all, effect: allow, actions: ['tool:*']}]\n"

pytestmark = pytest.mark.asyncio


@pytest.fixture
def home(docs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which all of it lies."""
    monkeypatch.setenv("XDG_STATE_HOME", str(docs / "state"))
    for path in ("state/mcp-audit/s/i/000001.jsonl", "state/other/x", "set/up[1]*.yaml",
                 "set/real.yaml", "set/up1x.yaml", "set/secret"):  # fmt: skip
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(POLICY)
    (docs / "set/policy.yaml").symlink_to("real.yaml")
    monkeypatch.setenv("MCP_API_KEY_FILE", str(docs / "set/secret"))
    (docs / "set/up[1]*.yaml").write_text(f"roots: {{docs: '{docs}:rw'}}\n")
    return docs


async def test_it_is_neither_read_nor_changed(home: Path, files: Any) -> None:
    flags = {"config": str(home / "set/up[1]*.yaml"), "policy_file": str(home / "set/policy.yaml")}
    ctx = await files(**flags, deny_secrets=False, deny=["!*"])
    for path in ("state/mcp-chassis/seal.keys", "state/mcp-audit/s/i/000001.jsonl", "set/policy.yaml", "set/real.yaml",
                 "set/up[1]*.yaml", "set/secret"):  # fmt: skip
        for call in (
            read_text_file(ctx, path),
            write_file(ctx, path, "x", overwrite=True),
            edit_file(ctx, path, [Edit(oldText="allow", newText="deny")]),
            move_file(ctx, path, "gone"),
            delete_file(ctx, path),
        ):
            with pytest.raises(Denied):
                await call
    for path in ("state", "state/mcp-audit", "set"):
        with pytest.raises(Denied):
            await move_file(ctx, path, "gone")
    for path in ("state/other/x", "set/up1x.yaml"):  # what only lies beside it
        assert (await read_text_file(ctx, path)).content[0] == POLICY
    listing = (await list_directory(ctx, "set")).content[0]
    assert "[FILE] real.yaml" in listing
    assert listing.count("not readable") == 4
