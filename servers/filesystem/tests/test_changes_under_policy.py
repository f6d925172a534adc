"""The changing tools as a client meets them: under a policy, with scopes, with --read-only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_chassis.app import App
from mcp_chassis.call import Principal, current_principal
from mcp_fs_server.server import server
from mcp_fs_server.settings import FilesystemSettings

CHANGING = {"write_file", "edit_file", "create_directory", "move_file", "delete_file", "restore_file"}
ONLY_OPEN = """version: 1
rules:
  - {id: all, effect: allow, actions: ["*"]}
  - id: not-closed
    effect: deny
    actions: ["tool:*"]
    when: {arguments: {path: {under_path: docs/closed}}}
  - id: not-in-above
    effect: deny
    actions: ["tool:delete_file"]
    when: {arguments: {path: {under_path: docs/above/in/closed.txt}}}
  - id: not-from-above
    effect: deny
    actions: ["tool:move_file"]
    when: {arguments: {source: {under_path: docs/above/in/closed.txt}}}
  - id: not-to-one-below
    effect: deny
    actions: ["tool:move_file"]
    when: {arguments: {destination: {under_path: docs/closed2/in}}}
  - id: not-from-closed
    effect: deny
    actions: ["tool:move_file"]
    when: {arguments: {source: {under_path: docs/closed}}}
  - id: not-into-closed
    effect: deny
    actions: ["tool:move_file"]
    when: {arguments: {destination: {under_path: docs/closed}}}
"""
Serve = Callable[..., AbstractAsyncContextManager[Client]]
pytestmark = pytest.mark.asyncio


@pytest.fixture
def serve(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Be a client of a server on `docs`, as somebody with these scopes."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("open", "closed"):
        (docs / name).mkdir()
        (docs / name / "a.txt").write_text(name)
    for name in ("above/in/closed.txt", "below/in/b.txt"):
        (docs / name).parent.mkdir(parents=True)
        (docs / name).write_text("text")
    (docs / "open" / "link").symlink_to("../closed/a.txt")
    (docs / "open" / "link_dir").symlink_to("../closed")

    @asynccontextmanager
    async def client(scopes: set[str], policy: str | None = None, **flags: Any) -> AsyncIterator[Client]:
        current_principal.set(Principal("ann", "oauth", scopes=frozenset(scopes)))
        if policy is not None:
            (tmp_path / "policy.yaml").write_text(policy)
            flags["policy_file"] = str(tmp_path / "policy.yaml")
        settings = FilesystemSettings.load({"audit_dir": str(tmp_path / "audit"), **flags}, [f"{docs}:rw"], {})
        async with App(server, settings).open() as app, Client(app.mcp(sessions=True)) as session:
            yield session

    return client


async def offered(session: Client) -> set[str]:
    return {tool.name for tool in (await session.list_tools()).tools}


async def test_what_changes_is_offered_to_who_may_change(serve: Serve) -> None:
    async with serve({"fs:read"}) as session:
        assert not await offered(session) & CHANGING
        result = await session.call_tool("write_file", {"path": "docs/new", "content": "new"})
        assert "[denied, " in result.content[0].text
    async with serve({"fs:write"}) as session:  # the diff of an edit would show what is in the file
        assert await offered(session) & CHANGING == CHANGING - {"edit_file"}
    async with serve({"fs:read", "fs:write"}) as session:
        assert await offered(session) >= CHANGING
    async with serve({"fs:read", "fs:write"}, read_only=True) as session:
        assert not await offered(session) & CHANGING


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("write_file", {"path": "docs/closed/a.txt", "content": "new", "overwrite": True}),
        ("write_file", {"path": "docs/open/link", "content": "new", "overwrite": True}),
        ("write_file", {"path": "docs/open/link_dir/new", "content": "new"}),
        ("write_file", {"path": "docs/open/../closed/new", "content": "new"}),
        ("edit_file", {"path": "docs/open/link", "edits": [{"oldText": "closed", "newText": "new"}]}),
        ("edit_file", {"path": "docs/open/link", "edits": [{"oldText": "closed", "newText": "new"}], "dryRun": True}),
        ("create_directory", {"path": "docs/open/link_dir/new"}),
        ("delete_file", {"path": "docs/open/link_dir/a.txt"}),
        ("delete_file", {"path": "docs/closed", "recursive": True}),
        ("move_file", {"source": "docs/open/link_dir/a.txt", "destination": "docs/open/b.txt"}),
        ("delete_file", {"path": "docs/above", "recursive": True}),  # something closed is in it
        ("move_file", {"source": "docs/above", "destination": "docs/open/b"}),
        ("move_file", {"source": "docs/below", "destination": "docs/closed2"}),  # it would come to where one is closed
        ("move_file", {"source": "docs/open/a.txt", "destination": "docs/open/link_dir/b.txt"}),
    ],
)
async def test_a_policy_decides_by_where_a_change_really_is(
    docs: Path, serve: Serve, tool: str, arguments: dict[str, Any]
) -> None:
    def everything() -> dict[str, str]:
        return {str(path): path.read_text() for path in docs.rglob("*") if path.is_file()}

    before = everything()
    async with serve({"fs:read", "fs:write"}, ONLY_OPEN) as session:
        result = await session.call_tool(tool, arguments)
    assert "[denied, " in result.content[0].text, result.content[0].text
    assert everything() == before


async def test_a_policy_allows_what_it_does_not_deny(docs: Path, serve: Serve) -> None:
    async with serve({"fs:read", "fs:write"}, ONLY_OPEN) as session:
        for tool, arguments in (
            ("write_file", {"path": "docs/open/b.txt", "content": "new"}),
            ("edit_file", {"path": "docs/open/b.txt", "edits": [{"oldText": "new", "newText": "newer"}]}),
            ("create_directory", {"path": "docs/open/below"}),
            ("move_file", {"source": "docs/below", "destination": "docs/open/below2"}),
            ("move_file", {"source": "docs/open/b.txt", "destination": "docs/open/below/c.txt"}),
        ):
            result = await session.call_tool(tool, arguments)
            assert not result.is_error, result.content[0].text
        deleted = (await session.call_tool("delete_file", {"path": "docs/open/below/c.txt"})).structured_content
        assert not (await session.call_tool("restore_file", {"trash_id": deleted["trash_id"]})).is_error
    assert (docs / "open" / "below" / "c.txt").read_text() == "newer"


async def test_a_policy_decides_by_where_a_deleted_file_comes_back(docs: Path, serve: Serve) -> None:
    async with serve({"fs:read", "fs:write"}) as session:
        deleted = (await session.call_tool("delete_file", {"path": "docs/closed/a.txt"})).structured_content
    async with serve({"fs:read", "fs:write"}, ONLY_OPEN) as session:
        result = await session.call_tool("restore_file", {"trash_id": deleted["trash_id"]})
        assert "[denied, " in result.content[0].text
    assert not (docs / "closed" / "a.txt").exists()
