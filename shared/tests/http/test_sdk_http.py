"""Requests of the new era that want JSON are not answered by the SDK's transport, and yet in the same way."""

from __future__ import annotations

import json
import re
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from http_wire import META, NEW
from mcp_chassis.app import App
from mcp_chassis.call import current_principal
from mcp_chassis.sdk_http import SdkHttp
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings
from mcp_chassis.strict_json import Message, read
from pydantic import Field
from sample_server import audit_keys, make_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Lines = list[tuple[bytes, bytes]]
OWN = re.compile(r'\b[0-9a-f]{12}\b|(?<="requestState": ")[^"]+')
"""What is another in each answer: error ids and sealed states."""

ELICITING = {**META, "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}}}}
CURSED = {**META, "io.modelcontextprotocol/clientInfo": "nobody", "io.modelcontextprotocol/logLevel": "loud"}


def lines(method: str, name: str | None = None, version: str = NEW, **more: str) -> Lines:
    usual = {"content-type": "application/json", "accept": "application/json", "host": "localhost"}
    usual |= {"mcp-protocol-version": version, "mcp-method": method} | ({"mcp-name": name} if name else {})
    usual |= {key.replace("_", "-"): value for key, value in more.items()}
    return [(key.encode(), value.encode()) for key, value in usual.items()]


def request(method: str, meta: Any = META, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": "r-1", "method": method, "params": {**params, "_meta": meta}}


def call(tool: str, meta: Any = META, **arguments: Any) -> dict[str, Any]:
    return request("tools/call", meta, name=tool, arguments=arguments)


ADD = lines("tools/call", "add")
OTHER = {**META, "io.modelcontextprotocol/protocolVersion": "2031-01-01"}
REQUESTS: dict[str, tuple[dict[str, Any], Lines, int]] = {
    "a call": (call("add", a=40), ADD, 200),
    "a number as id": ({**call("add", a=40), "id": 7}, ADD, 200),
    "text of all kinds": (call("add", a="\N{SNOWMAN}"), ADD, 200),
    "wrong arguments": (call("add", c=1), ADD, 200),
    "no arguments": (request("tools/call", name="add"), ADD, 200),
    "arguments of another kind": (request("tools/call", name="add", arguments=[1]), ADD, 400),
    "a tool that is not there": (call("nothing"), lines("tools/call", "nothing"), 200),
    "a tool without a name": (request("tools/call"), ADD, 400),
    "a crash": (call("crash"), lines("tools/call", "crash"), 200),
    "a question": (call("ask", ELICITING), lines("tools/call", "ask"), 200),
    "a question to nobody": (call("ask"), lines("tools/call", "ask"), 200),
    "a forged state": (request("tools/call", name="add", requestState="x"), ADD, 400),
    "a method that is not there": (request("no/such"), lines("no/such"), 404),
    "a method of the older era": (request("ping"), lines("ping"), 404),
    "a handshake": (request("initialize"), lines("initialize"), 404),
    "discovery": (request("server/discover"), lines("server/discover"), 200),
    "tools": (request("tools/list"), lines("tools/list"), 200),
    "resources": (request("resources/list"), lines("resources/list"), 200),
    "templates": (request("resources/templates/list"), lines("resources/templates/list"), 200),
    "prompts": (request("prompts/list"), lines("prompts/list"), 200),
    "a resource": (request("resources/read", uri="note://one"), lines("resources/read", "note://one"), 200),
    "a resource that is not there": (
        request("resources/read", uri="note://two"),
        lines("resources/read", "note://two"),
        400,
    ),
    "a prompt": (
        request("prompts/get", name="summarize", arguments={"topic": "x"}),
        lines("prompts/get", "summarize"),
        200,
    ),
    "a completion": (
        request(
            "completion/complete",
            ref={"type": "ref/prompt", "name": "summarize"},
            argument={"name": "topic", "value": "o"},
        ),
        lines("completion/complete"),
        200,
    ),
    "no params": ({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, lines("tools/list"), 400),
    "params that are null": ({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": None}, ADD, 400),
    "no envelope": (call("add", {}, a=1), ADD, 400),
    "an envelope of another kind": (call("add", 5, a=1), ADD, 400),
    "an envelope with nonsense": (call("add", CURSED, a=1), ADD, 400),
    "another version in the body": (call("add", OTHER, a=1), ADD, 400),
    "a version of the future": (call("add", OTHER, a=1), lines("tools/call", "add", "2031-01-01"), 400),
    "another method in the header": (call("add", a=1), lines("tools/list", "add"), 400),
    "another name in the header": (call("add", a=1), lines("tools/call", "clear"), 400),
    "no name in the header": (call("add", a=1), lines("tools/call"), 400),
    "a name in base 64": (call("add", a=1), lines("tools/call", "=?base64?YWRk?="), 200),
    "a header that stands twice": (call("add", a=1), [*ADD, (b"mcp-name", b"add")], 400),
    "a mirror of nothing": (call("add", a=1), lines("tools/call", "add", mcp_param_region="eu"), 200),
}


@asynccontextmanager
async def answering(app: App[Any, Any]) -> AsyncIterator[SdkHttp]:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.open())
        current_principal.set(app.anonymous_principal())
        yield await stack.enter_async_context(SdkHttp(app).running())


async def by_transport(sdk: SdkHttp, body: dict[str, Any], headers: Lines) -> tuple[int, bytes]:
    """What the SDK's own transport answers."""
    sent: list[Any] = []
    scope = {"type": "http", "method": "POST", "path": "/mcp", "query_string": b"", "headers": headers}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await sdk.by_json(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


async def both(sdk: SdkHttp, body: dict[str, Any], headers: Lines) -> tuple[tuple[int, Any], tuple[int, Any]]:
    """What we answer, and what the SDK's transport does, without what is another each time."""
    message = read(json.dumps(body).encode())
    assert isinstance(message, Message)
    answers = (await sdk.answer(message, headers), await by_transport(sdk, body, headers))
    ours, theirs = ((status, json.loads(OWN.sub("", json.dumps(json.loads(text))))) for status, text in answers)
    return ours, theirs


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.asyncio
async def test_a_request_is_answered_as_the_transport_of_the_sdk_would(tmp_path: Path, name: str) -> None:
    body, headers, status = REQUESTS[name]
    async with answering(make_app(tmp_path, transport="http", auth=("none",))) as sdk:
        ours, theirs = await both(sdk, body, headers)
    assert ours == theirs
    assert ours[0] == status


@pytest.mark.parametrize(
    ("region", "mirrored", "status"),
    [
        ("eu", ["eu"], 200),
        ("eu", ["us"], 400),
        ("eu", [], 400),
        ("eu", ["eu", "eu"], 400),
        (None, [], 200),
        (None, ["eu"], 400),
        ("\N{SNOWMAN}", ["=?base64?4piD?="], 200),
    ],
)
@pytest.mark.asyncio
async def test_headers_that_mirror_arguments_are_held_to_them(
    tmp_path: Path, region: str | None, mirrored: list[str], status: int
) -> None:
    server: Server[Any, None] = Server(
        name="regions", version="1", settings=ChassisSettings, lifespan=nothing, read_scopes={"r"}
    )

    @server.tool(scopes={"r"}, read_only=True)
    async def ask(region: Annotated[str | None, Field(json_schema_extra={"x-mcp-header": "Region"})] = None) -> str:
        """Ask in a region."""
        return region or "everywhere"

    headers = [*lines("tools/call", "ask"), *((b"mcp-param-region", value.encode()) for value in mirrored)]
    settings = ChassisSettings(transport="http", audit_dir=tmp_path, **audit_keys(tmp_path / "keys"))
    async with answering(App(server, settings)) as sdk:
        ours, theirs = await both(sdk, call("ask", **({} if region is None else {"region": region})), headers)
    assert ours == theirs
    assert ours[0] == status


@asynccontextmanager
async def nothing(_: ChassisSettings) -> AsyncIterator[None]:
    yield None
