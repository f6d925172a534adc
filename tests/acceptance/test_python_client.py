"""The SDK's own client against the real servers: both eras, stdio and HTTP."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp_types import TextContent, TextResourceContents

ERAS = {"legacy": "2025-11-25", "auto": "2026-07-28"}
"""The client's modes, and what they agree on with the server."""


DATABASE = pytest.mark.parametrize("product", ["database"], indirect=True, scope="session")
FILESYSTEM = pytest.mark.parametrize("product", ["filesystem"], indirect=True, scope="session")


@pytest.fixture(params=["stdio", "http"])
def target(request: pytest.FixtureRequest, product: Any) -> StdioServerParameters | str:
    """How to reach the server; on stdio it is started with PATH and HOME only."""
    if request.param == "http":
        url: str = request.getfixturevalue("over_http")
        return url
    command, *arguments = request.getfixturevalue("over_stdio")
    return StdioServerParameters(command=command, args=arguments)


@asynccontextmanager
async def connected(target: StdioServerParameters | str, era: str) -> AsyncIterator[Client]:
    """A client of the server."""
    async with Client(target, mode=era, read_timeout_seconds=30) as client:
        yield client


async def call(client: Client, tool: str, **arguments: Any) -> Any:
    """The structured result of a call, which the text repeats."""
    result = await client.call_tool(tool, arguments)
    [block] = result.content
    assert isinstance(block, TextContent)
    assert not result.is_error, block.text
    assert json.loads(block.text) == result.structured_content
    return result.structured_content


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_a_client_is_told_of_the_server_and_its_tools(
    target: StdioServerParameters | str, era: str, product: Any
) -> None:
    async with connected(target, era) as client:
        assert client.protocol_version == ERAS[era]
        assert client.server_info is not None
        assert client.server_info.name == product.command
        tools = (await client.list_tools()).tools
    offered = product.server.registry.tools
    assert [tool.name for tool in tools] == list(offered)
    assert {tool.name for tool in tools if tool.annotations and tool.annotations.read_only_hint} == {
        name for name, tool in offered.items() if tool.hints.read_only
    }


@DATABASE
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_a_session_with_a_database(target: StdioServerParameters | str, era: str) -> None:
    async with connected(target, era) as client:
        schema = await call(client, "get_schema")
        assert {table["name"] for table in schema["tables"]} >= {"customers", "orders"}

        page = await call(client, "query_database", table="orders", order_by=["-amount"], limit=50)
        assert page["row_count"] == 50
        rest = await call(
            client, "query_database", table="orders", order_by=["-amount"], limit=50, cursor=page["next_cursor"]
        )
        assert rest["row_count"] == 10

        rows = await call(
            client,
            "execute_query",
            query="select c.name, sum(o.amount) from orders o join customers c on c.id = o.customer_id "
            "where o.placed_on >= $1 group by c.name order by c.name",
            parameters=["2026-02-01"],
        )
        assert [row[0] for row in rows["rows"]] == ["Ada", "Edsger", "Grace"]

        plan = await call(client, "explain_query", query="select * from orders where customer_id = 1")
        assert plan["summary"]

        prompt = await client.get_prompt("data_analyst_prompt", {"question": "Who buys most?"})
        assert "Who buys most?" in prompt.messages[0].model_dump_json()


@FILESYSTEM
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_a_session_with_files(target: StdioServerParameters | str, era: str) -> None:
    async with connected(target, era) as client:

        async def told(tool: str, **arguments: Any) -> Any:
            result = await client.call_tool(tool, arguments)
            assert not result.is_error, result.content
            return result.structured_content

        path = f"shop/{secrets.token_hex(4)}.csv"
        written = await told("write_file", path=path, content="customer,amount\r\nAda,1\r\n")
        assert written["created"] is True
        found = await told("search_files", path="shop", pattern=f"{path.removeprefix('shop/')}")
        assert [row[0] for row in found["rows"]] == [path.removeprefix("shop/")]
        assert (await told("search_file_contents", path=path, pattern="^Ada,"))["matches"] == 1

        edits = [{"oldText": "Ada,1\n", "newText": "Ada,2\nGrace,3\n"}]
        preview = await client.call_tool("edit_file", {"path": path, "edits": edits, "dryRun": True})
        assert isinstance(preview.content[0], TextContent)
        assert "+Grace,3" in preview.content[0].text
        edited = await told("edit_file", path=path, edits=edits, if_match=written["etag"])
        assert edited["etag"] != written["etag"]
        late = await client.call_tool("edit_file", {"path": path, "edits": edits, "if_match": written["etag"]})
        assert late.meta is not None
        assert late.meta["io.mcp-chassis/error"]["code"] == "conflict"

        trash_id = (await told("delete_file", path=path))["trash_id"]
        assert (await client.call_tool("read_file", {"path": path})).is_error
        await told("restore_file", trash_id=trash_id)
        read = await told("read_file", path=path)
        assert read["content"] == "customer,amount\r\nAda,2\r\nGrace,3\r\n"


@DATABASE
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_resources_are_listed_and_read(target: StdioServerParameters | str, era: str) -> None:
    async with connected(target, era) as client:
        assert "schema://database" in {str(item.uri) for item in (await client.list_resources()).resources}
        templates = (await client.list_resource_templates()).resource_templates
        assert [item.uri_template for item in templates] == ["schema://database/{schema}/{table}"]

        [table] = (await client.read_resource("schema://database/public/orders")).contents
        assert isinstance(table, TextResourceContents)
        assert "customer_id" in table.text

        with pytest.raises(MCPError) as missing:
            await client.read_resource("schema://database/public/nothing")
        assert missing.value.error.code == -32602
        assert missing.value.error.data["code"] == "not_found"


@FILESYSTEM
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_files_are_resources_too(target: StdioServerParameters | str, era: str) -> None:
    async with connected(target, era) as client:
        assert "file:///shop/" in {
            f"{str(item.uri).rstrip('/')}/" for item in (await client.list_resources()).resources
        }
        templates = (await client.list_resource_templates()).resource_templates
        assert "file:///{+path}" in [item.uri_template for item in templates]

        [orders] = (await client.read_resource("file:///shop/orders/first.csv")).contents
        assert isinstance(orders, TextResourceContents)
        assert orders.text == "customer,amount\nAda,12.50\nGrace,7\n"

        for uri in ("file:///shop/nothing", "file:///etc/hostname"):
            with pytest.raises(MCPError) as refused:
                await client.read_resource(uri)
            assert refused.value.error.data["code"] == "not_found"


@DATABASE
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.asyncio
async def test_faults_are_told_in_words_and_as_an_object(target: StdioServerParameters | str, era: str) -> None:
    async with connected(target, era) as client:
        faults = {
            "denied": await client.call_tool("execute_query", {"query": "drop table orders"}),
            "invalid_arguments": await client.call_tool("query_database", {"tabel": "orders"}),
            "not_found": await client.call_tool("query_database", {"table": "order"}),
        }
        unknown = await client.call_tool("query_databse", {})

    for code, result in faults.items():
        assert result.is_error, code
        assert result.structured_content is None
        assert result.meta is not None
        assert result.meta["io.mcp-chassis/error"]["code"] == code
    assert "did you mean table" in faults["invalid_arguments"].model_dump_json()
    assert "orders" in faults["not_found"].model_dump_json()
    assert unknown.is_error
    assert "did you mean query_database" in unknown.model_dump_json()
