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

DATABASE = {
    "query_database": ["table", "columns", "filters", "order_by", "limit", "cursor"],
    "execute_query": ["query", "parameters", "limit", "cursor"],
    "get_schema": ["table_name", "search", "detail", "cursor"],
    "explain_query": ["query", "parameters", "analyze"],
}


async def tools(directory: Path) -> list[dict[str, Any]]:
    """The database server's `tools/list`, of a database that nobody asks."""
    settings = DatabaseSettings(database_url="postgresql://nobody@127.0.0.1:9/none", audit_dir=directory)
    async with App(database, settings).open() as app:
        current_principal.set(app.local_principal())
        return [tool.model_dump(by_alias=True, exclude_none=True) for tool in await app.mcp(sessions=True).list_tools()]


@pytest.mark.asyncio
async def test_tools_and_arguments_are_named_as_promised_and_in_a_fixed_order(tmp_path: Path) -> None:
    listed = await tools(tmp_path)
    assert {tool["name"]: list(tool["inputSchema"]["properties"]) for tool in listed} == DATABASE
    assert [tool["name"] for tool in listed] == list(DATABASE)


@pytest.mark.asyncio
async def test_the_whole_list_stays_small(tmp_path: Path) -> None:
    assert len(json.dumps(await tools(tmp_path))) <= 12_000


@pytest.mark.asyncio
async def test_every_tool_says_what_it_does_to_the_world(tmp_path: Path) -> None:
    for tool in await tools(tmp_path):
        assert set(tool["annotations"]) == {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}
        assert tool["inputSchema"]["additionalProperties"] is False
        assert tool["outputSchema"]["type"] == "object"
        assert len(tool["description"]) > 80
        assert '"title"' not in json.dumps(tool["inputSchema"])
