"""What a user of a server meets by name: tools, arguments, their order and their size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.app import App
from mcp_chassis.call import current_principal
from mcp_db_server.server import server as database
from mcp_db_server.settings import DatabaseSettings
from mcp_fs_server.server import server as filesystem
from mcp_fs_server.settings import FilesystemSettings

DATABASE = {
    "query_database": ["table", "columns", "filters", "order_by", "limit", "cursor"],
    "execute_query": ["query", "parameters", "limit", "cursor"],
    "get_schema": ["table_name", "search", "detail", "cursor"],
    "explain_query": ["query", "parameters", "analyze"],
}


FILESYSTEM = {
    "read_file": ["path", "encoding"],
    "read_text_file": ["path", "head", "tail", "start_line", "end_line", "encoding"],
    "read_media_file": ["path"],
    "read_multiple_files": ["paths"],
    "list_directory": ["path", "recursive", "sortBy", "cursor"],
    "directory_tree": ["path", "excludePatterns", "depth"],
    "search_files": ["path", "pattern", "excludePatterns", "cursor"],
    "search_file_contents": ["path", "pattern", "literal", "glob", "context", "max_matches", "cursor"],
    "get_file_info": ["path"],
    "list_allowed_directories": [],
    "write_file": ["path", "content", "encoding", "overwrite", "if_match"],
    "edit_file": ["path", "edits", "dryRun", "if_match"],
    "create_directory": ["path"],
    "move_file": ["source", "destination"],
    "delete_file": ["path", "recursive"],
    "restore_file": ["trash_id"],
}
PROMISED = {"database": DATABASE, "filesystem": FILESYSTEM}
EVERY_SERVER = pytest.mark.parametrize("name", PROMISED)


async def tools(name: str, directory: Path) -> list[dict[str, Any]]:
    """The `tools/list` of a server: of a database that nobody asks, of an empty directory."""
    app: App[Any, Any]
    if name == "database":
        settings = DatabaseSettings(database_url="postgresql://nobody@127.0.0.1:9/none", audit_dir=directory)
        app = App(database, settings)
    else:
        app = App(filesystem, FilesystemSettings.load({"audit_dir": str(directory / "audit")}, [f"{directory}:rw"], {}))
    async with app.open():
        current_principal.set(app.local_principal())
        return [tool.model_dump(by_alias=True, exclude_none=True) for tool in await app.mcp(sessions=True).list_tools()]


@EVERY_SERVER
@pytest.mark.asyncio
async def test_tools_and_arguments_are_named_as_promised_and_in_a_fixed_order(name: str, tmp_path: Path) -> None:
    listed = await tools(name, tmp_path)
    assert {tool["name"]: list(tool["inputSchema"].get("properties", {})) for tool in listed} == PROMISED[name]
    assert [tool["name"] for tool in listed] == list(PROMISED[name])


@EVERY_SERVER
@pytest.mark.asyncio
async def test_the_whole_list_stays_small(name: str, tmp_path: Path) -> None:
    listed = json.dumps(await tools(name, tmp_path), separators=(",", ":"), ensure_ascii=False)
    assert len(listed.encode()) <= 12_000


@EVERY_SERVER
@pytest.mark.asyncio
async def test_every_tool_says_what_it_does_to_the_world(name: str, tmp_path: Path) -> None:
    for tool in await tools(name, tmp_path):
        assert set(tool["annotations"]) == {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}
        assert tool["inputSchema"]["additionalProperties"] is False
        assert tool["outputSchema"]["type"] == "object"
        assert len(tool["description"]) > 80
        assert '"title"' not in json.dumps(tool["inputSchema"])
