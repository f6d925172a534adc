"""What the adapter to the SDK tells of a server, and whom it asks: in process, with the SDK's own client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_chassis.app import App
from mcp_chassis.call import Context, InputNeeded, Principal, current_principal
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings
from mcp_types import (
    CreateMessageRequest,
    CreateMessageRequestParams,
    ElicitResult,
    SamplingMessage,
    TextContent,
)
from sample_server import make_app

MODERN = "2026-07-28"
READER = Principal("reader", "api-key", scopes=frozenset({"notes:read"}))


def asking_app(folder: Path) -> App[ChassisSettings, Any]:
    """The sample with a tool that asks the client's model."""
    app = make_app(folder)
    server: Server[ChassisSettings, Any] = app.server

    @server.tool(scopes={"notes:read"}, read_only=True)
    async def think(ctx: Context[Any]) -> str:
        """Ask the model."""
        message = SamplingMessage(role="user", content=TextContent(type="text", text="Well?"))
        request = CreateMessageRequest(params=CreateMessageRequestParams(messages=[message], max_tokens=9))
        raise InputNeeded({"model": request})

    return app


@pytest.mark.asyncio
async def test_a_client_that_lacks_what_a_call_asks_for_is_told_which_capability(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with asking_app(tmp_path).open() as app, Client(app.mcp(sessions=True), mode=MODERN) as client:
        with pytest.raises(MCPError) as refused:
            await client.call_tool("think", {})

    assert refused.value.error.code == -32021
    assert refused.value.error.data["requiredCapabilities"] == {"sampling": {}}
    assert refused.value.error.data["code"] == "approval_required"


@pytest.mark.asyncio
async def test_rounds_are_not_sent_to_an_older_client(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with asking_app(tmp_path).open() as app, Client(app.mcp(sessions=True), mode="legacy") as client:
        result = await client.call_tool("think", {})

    assert result.is_error
    assert "[approval_required, " in result.content[0].text


@pytest.mark.asyncio
async def test_an_answer_that_does_not_fit_is_asked_for_again(tmp_path: Path) -> None:
    current_principal.set(READER)
    answers: list[dict[str, Any]] = [{"sure": "perhaps"}, {"sure": True}, {"sure": False}]

    async def fill_in(context: Any, params: Any) -> ElicitResult:
        return ElicitResult(action="accept", content=answers.pop(0))

    async with (
        make_app(tmp_path).open() as app,
        Client(app.mcp(sessions=True), mode=MODERN, elicitation_callback=fill_in) as client,
    ):
        result = await client.call_tool("ask", {})

    assert result.content[0].text == "True False"


@pytest.mark.asyncio
async def test_resources_can_be_watched_but_lists_do_not_change(tmp_path: Path) -> None:
    current_principal.set(READER)
    for mode in ("legacy", "auto"):
        async with make_app(tmp_path).open() as app, Client(app.mcp(sessions=True), mode=mode) as client:
            offered = client.server_capabilities
        assert offered.resources.subscribe is True
        assert [offered.tools.list_changed, offered.prompts.list_changed, offered.resources.list_changed] == [False] * 3


@pytest.mark.asyncio
async def test_a_resource_that_is_not_there_is_named_in_the_error(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, Client(app.mcp(sessions=True), mode=MODERN) as client:
        with pytest.raises(MCPError) as missing:
            await client.read_resource("note://nobody")

    assert missing.value.error.data["uri"] == "note://nobody"
