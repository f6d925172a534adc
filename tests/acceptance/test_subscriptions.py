"""Watching a resource: over stdio in both eras, over HTTP in the newer one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp_types import ResourceUpdatedNotification

FIXTURE = Path(__file__).parent.parent / "conformance" / "fixture.py"
WATCHED = "test://watched-resource"


def over_stdio(home: Path) -> StdioServerParameters:
    """The fixture as a subprocess."""
    return StdioServerParameters(command=sys.executable, args=[str(FIXTURE)], env={"HOME": str(home)}, cwd=home)


@pytest.mark.parametrize("transport", ["stdio", "http"])
@pytest.mark.asyncio
async def test_a_newer_client_listens_for_changes(transport: str, serve: Any, tmp_path: Path) -> None:
    target = over_stdio(tmp_path) if transport == "stdio" else serve(sys.executable, str(FIXTURE)).url
    async with Client(target, mode="2026-07-28", read_timeout_seconds=30) as client:
        async with client.listen(resource_subscriptions=[WATCHED]) as changes:
            await client.call_tool("test_touch_watched_resource", {})
            with anyio.fail_after(20):
                event = await anext(aiter(changes))
        assert getattr(event, "uri", None) == WATCHED

        with pytest.raises(MCPError) as unknown:
            async with client.listen(resource_subscriptions=["test://nothing"]):
                pass
        assert unknown.value.error.data["code"] == "not_found"


@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore:resources:mcp.shared.exceptions.MCPDeprecationWarning")
async def test_an_older_client_subscribes_over_stdio_until_it_unsubscribes(tmp_path: Path) -> None:
    told: list[str] = []
    arrived = anyio.Event()

    async def notice(message: Any) -> None:
        if isinstance(message, ResourceUpdatedNotification):
            told.append(str(message.params.uri))
            arrived.set()

    async with Client(over_stdio(tmp_path), mode="legacy", message_handler=notice, read_timeout_seconds=30) as client:
        assert client.server_capabilities is not None
        assert client.server_capabilities.resources is not None
        assert client.server_capabilities.resources.subscribe is True
        await client.subscribe_resource(WATCHED)
        await client.call_tool("test_touch_watched_resource", {})
        with anyio.fail_after(20):
            await arrived.wait()
        await client.unsubscribe_resource(WATCHED)
        await client.call_tool("test_touch_watched_resource", {})
        await client.call_tool("test_simple_text", {})  # a later answer, after which a notification would be here

        with pytest.raises(MCPError) as unknown:
            await client.subscribe_resource("test://nothing")
        assert unknown.value.error.data["code"] == "not_found"
    assert told == [WATCHED]


@pytest.mark.asyncio
async def test_an_older_client_is_not_offered_it_over_http(serve: Any) -> None:
    async with Client(serve(sys.executable, str(FIXTURE)).url, mode="legacy", read_timeout_seconds=30) as client:
        assert client.server_capabilities is not None
        assert client.server_capabilities.resources is not None
        assert client.server_capabilities.resources.subscribe is not True


@pytest.mark.asyncio
async def test_files_that_change_are_told_over_http(serve: Any, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("a.txt", ".env"):
        (docs / name).write_text("1")
    server = serve(sys.executable, "-m", "mcp_fs_server", str(docs))
    async with Client(server.url, mode="2026-07-28", read_timeout_seconds=30) as client:
        watched = ["file:///docs/a.txt", "file:///docs"]
        async with client.listen(resource_subscriptions=watched) as changes:
            (docs / "a.txt").write_text("2")
            events = aiter(changes)
            with anyio.fail_after(20):
                told = {(await anext(events)).uri for _ in watched}
            assert told == set(watched)
        with pytest.raises(MCPError) as denied:
            async with client.listen(resource_subscriptions=["file:///docs/.env"]):
                pass
        assert denied.value.error.data["code"] == "denied"
