"""The one way of every call, driven by the SDK's own client in both eras without a transport between."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from audit_wire import room_for
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_chassis.app import App
from mcp_chassis.call import Call, Channel, Principal, current_principal
from mcp_chassis.errors import ConfigurationError
from mcp_types import ElicitResult, PromptReference, ResourceTemplateReference
from sample_server import Notes, make_app

ERAS = pytest.mark.parametrize("era", ["legacy", "2026-07-28"])
READER = Principal("reader", "api-key", scopes=frozenset({"notes:read"}), credential="k1")
WRITER = Principal("writer", "api-key", scopes=frozenset({"notes:read", "notes:write"}))


def client(app: App[Any, Any], era: str, **more: Any) -> Client:
    return Client(app.mcp(sessions=True), mode=era, **more)


def records(app: App[Any, Any]) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in app.audit.path.read_text().splitlines()]
    return [record for record in lines if record["event"] == "call"]


@ERAS
@pytest.mark.asyncio
async def test_a_call_gives_structured_content_and_one_audit_record(tmp_path: Path, era: str) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, era) as session:
        result = await session.call_tool("add", {"a": 40})
    assert (result.is_error, result.structured_content) == (False, {"total": 42})
    (record,) = records(app)
    assert record["action"] == "tool:add"
    assert (record["principal"], record["credential"], record["tenant"]) == ("reader", "k1", "default")
    assert (record["outcome"], record["decision"], record["args_summary"]) == ("ok", "allow", {"a": "integer"})


@ERAS
@pytest.mark.asyncio
async def test_what_a_principal_may_not_use_is_neither_listed_nor_callable(tmp_path: Path, era: str) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, era) as session:
        tools = [tool.name for tool in (await session.list_tools()).tools]
        resources = [str(resource.uri) for resource in (await session.list_resources()).resources]
        result = await session.call_tool("clear", {"wrong": 1})
        with pytest.raises(MCPError) as refused:
            await session.read_resource("note://secret")
    assert "clear" not in tools
    assert resources == ["note://all"]
    assert "[denied, " in result.content[0].text
    assert "wrong" not in result.content[0].text  # nothing of the hidden schema is told
    assert (refused.value.error.code, refused.value.error.data["code"]) == (-32001, "denied")
    assert [record["decision"] for record in records(app)] == ["deny", "deny"]


@pytest.mark.asyncio
async def test_read_only_hides_what_changes_things_from_everyone(tmp_path: Path) -> None:
    current_principal.set(WRITER)
    async with make_app(tmp_path, read_only=True).open() as app, client(app, "2026-07-28") as session:
        assert "clear" not in [tool.name for tool in (await session.list_tools()).tools]
        assert "--read-only" in (await session.call_tool("clear", {})).content[0].text
    async with make_app(tmp_path).open() as app, client(app, "2026-07-28") as session:
        assert (await session.call_tool("clear", {})).content[0].text == "cleared"


@ERAS
@pytest.mark.asyncio
async def test_a_crash_tells_the_client_nothing_and_the_log_everything(
    tmp_path: Path, era: str, caplog: pytest.LogCaptureFixture
) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, era) as session:
        with caplog.at_level(logging.WARNING, "mcp_chassis"):
            result = await session.call_tool("crash", {})
    assert "hunter2" not in str(result)
    assert "RuntimeError" not in str(result)
    error_id = result.meta["io.mcp-chassis/error"]["error_id"]
    (crash,) = [record for record in caplog.records if record.name == "mcp_chassis.hooks"]
    assert crash.__dict__["error_id"] == error_id
    assert "hunter2" in str(crash.exc_info)
    assert records(app)[0]["error_id"] == error_id


@ERAS
@pytest.mark.parametrize(
    ("tool", "arguments", "code", "words"),
    [
        ("add", {"a": "1"}, "invalid_arguments", "a should be a valid integer"),
        ("add", {"a": 1, "bb": 1}, "invalid_arguments", "did you mean b? ["),
        ("ad", {}, "not_found", "did you mean add?"),
        ("claer", {}, "not_found", "see tools/list"),  # a hidden tool is not suggested
        ("oversleep", {}, "timeout", "took longer than 0.1 s"),
    ],
)
@pytest.mark.asyncio
async def test_failures_say_what_to_do(
    tmp_path: Path, era: str, tool: str, arguments: dict[str, Any], code: str, words: str
) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, era) as session:
        result = await session.call_tool(tool, arguments)
    assert result.is_error
    assert words in result.content[0].text
    assert result.meta["io.mcp-chassis/error"]["code"] == code
    assert records(app)[0]["outcome"] == code


@ERAS
@pytest.mark.asyncio
async def test_resources_prompts_and_completions_go_the_same_way(tmp_path: Path, era: str) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, era) as session:
        assert (await session.read_resource("note://all")).contents[0].text == '{"one":"first"}'
        assert (await session.read_resource("note://one")).contents[0].text == "first"
        prompt = await session.get_prompt("summarize", {"topic": "rain"})
        completion = await session.complete(
            PromptReference(type="ref/prompt", name="summarize"), {"name": "topic", "value": "o"}
        )
        for failing in (
            session.read_resource("note://two"),
            session.get_prompt("summarize", {}),
            session.get_prompt("sumarize", {}),
        ):
            with pytest.raises(MCPError) as refused:
                await failing
            assert refused.value.error.code == -32602
            assert refused.value.error.data["error_id"]
    assert prompt.messages[0].content.text == "Summarize rain, plain."
    assert completion.completion.values == ["one"]
    assert [(record["action"], record["outcome"]) for record in records(app)] == [
        ("resource:note://all", "ok"),
        ("resource:note://one", "ok"),
        ("prompt:summarize", "ok"),
        ("completion:summarize", "ok"),
        ("resource:note://two", "not_found"),
        ("prompt:summarize", "invalid_arguments"),
        ("prompt:sumarize", "not_found"),
    ]


@ERAS
@pytest.mark.parametrize(("action", "answer"), [("accept", "True True"), ("decline", "None None")])
@pytest.mark.asyncio
async def test_a_tool_may_ask_the_person_in_either_era(tmp_path: Path, era: str, action: Any, answer: str) -> None:
    async def person(*_: Any) -> ElicitResult:
        return ElicitResult(action=action, content={"sure": True} if action == "accept" else None)

    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, era, elicitation_callback=person) as session:
        assert (await session.call_tool("ask", {})).content[0].text == answer


@ERAS
@pytest.mark.asyncio
async def test_a_client_that_cannot_ask_gets_a_sentence(tmp_path: Path, era: str) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, era) as session:
        assert "[approval_required, " in (await session.call_tool("ask", {})).content[0].text


@pytest.mark.asyncio
async def test_a_call_in_flight_is_cancelled_by_its_own_principal_alone(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, "2026-07-28") as session:
        notes: Notes = app.resources
        waiting = asyncio.create_task(session.call_tool("wait", {}))
        await notes.running.wait()
        (request_id,) = [key[1] for key in app.calls._in_flight._scopes]
        assert not app.calls.cancel(WRITER, request_id)
        assert app.calls.cancel(READER, request_id)
        result = await waiting
    assert "[cancelled, " in result.content[0].text
    assert notes.ended == ["cancelled"]
    assert records(app)[0]["outcome"] == "cancelled"


@pytest.mark.asyncio
async def test_a_call_that_waits_for_its_turn_can_be_cancelled(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with (
        make_app(tmp_path, max_concurrency=1, queue_wait=60).open() as app,
        client(app, "2026-07-28") as session,
    ):
        first = asyncio.create_task(session.call_tool("wait", {}))
        await app.resources.running.wait()
        second = asyncio.create_task(session.call_tool("add", {"a": 1}))
        while len(app.calls._in_flight._scopes) < 2:
            await asyncio.sleep(0)
        running, waiting = [key[1] for key in app.calls._in_flight._scopes]
        assert app.calls.cancel(READER, waiting)
        assert "[cancelled, " in (await second).content[0].text
        assert app.calls.cancel(READER, running)
        await first
    assert [record["outcome"] for record in records(app)] == ["cancelled", "cancelled"]


@ERAS
@pytest.mark.asyncio
async def test_the_size_cap_holds_for_whatever_is_asked_for(tmp_path: Path, era: str) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, max_result_bytes=1024).open() as app, client(app, era) as session:
        app.resources.texts["one"] = "\N{EURO SIGN}" * 342  # 1,026 bytes
        for failing in (session.read_resource("note://one"), session.get_prompt("summarize", {"topic": "x" * 1_000})):
            with pytest.raises(MCPError) as refused:
                await failing
            assert refused.value.error.data["code"] == "too_large"
    assert [record["outcome"] for record in records(app)] == ["too_large", "too_large"]


@ERAS
@pytest.mark.asyncio
async def test_what_has_no_completions_is_completed_for_who_may_use_it(tmp_path: Path, era: str) -> None:
    current_principal.set(READER)
    reference = ResourceTemplateReference(type="ref/resource", uri="note://{name}")
    async with make_app(tmp_path).open() as app, client(app, era) as session:
        found = await session.complete(reference, {"name": "name", "value": "o"})
        current_principal.set(Principal("nobody", "api-key"))
    assert found.completion.values == []
    async with make_app(tmp_path).open() as other, client(other, era) as session:
        with pytest.raises(MCPError) as refused:
            await session.complete(reference, {"name": "name", "value": "o"})
    assert refused.value.error.data["code"] == "denied"
    assert [record["outcome"] for record in (*records(app), *records(other))] == ["ok", "denied"]


@pytest.mark.parametrize("code", ["invalid_arguments", "not_found", "denied"])
@pytest.mark.asyncio
async def test_the_cause_of_a_callers_mistake_is_logged_by_its_class_alone(
    code: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, "2026-07-28") as session:
        with caplog.at_level(logging.INFO, "mcp_chassis"):
            result = await session.call_tool("mistake", {"text": "hunter2", "code": code})
    assert f"[{code}, " in result.content[0].text
    (told,) = [record for record in caplog.records if record.name == "mcp_chassis.hooks"]
    assert (told.__dict__["cause"], told.exc_info) == ("ValueError", None)
    assert "hunter2" not in str(vars(told))


@pytest.mark.asyncio
async def test_a_stream_too_many_is_refused_as_such(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, "2026-07-28") as session:
        app.mcp(sessions=True)._listen_handler._max_subscriptions = 0
        with pytest.raises(MCPError, match="Subscription limit reached"):
            async with session.listen(resource_subscriptions=["note://one"]):
                pass


@pytest.mark.asyncio
async def test_a_long_request_id_makes_no_long_record(tmp_path: Path) -> None:
    async with make_app(tmp_path).open() as app:
        endpoint = app.server.registry.tools["add"]
        await app.calls.run(Call("tool", "add", {"a": 1}, READER, endpoint, Channel(), request_id="i" * 100_000))
    assert len(records(app)[0]["request_id"]) == 512


@pytest.mark.asyncio
async def test_no_argument_text_reaches_the_audit_log(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, "2026-07-28") as session:
        await session.call_tool("add", {"a": "hunter2"})
        await session.call_tool("add", {"a": "hunter2"})
        await session.call_tool("add", {"a": "hunter3"})
    assert "hunter" not in app.audit.path.read_text()
    first, second, third = (record["args_hmac"] for record in records(app))
    assert first == second != third


@pytest.mark.asyncio
async def test_what_a_function_notes_is_in_its_record_beside_what_is_measured(tmp_path: Path) -> None:
    current_principal.set(WRITER)
    async with make_app(tmp_path).open() as app, client(app, "2026-07-28") as session:
        await session.call_tool("clear", {})
    assert records(app)[0]["result_summary"] == {"bytes": 63, "notes_before": 1, "notes_after": 0}


@pytest.mark.asyncio
async def test_a_call_is_not_answered_when_its_record_cannot_be_written(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app, "2026-07-28") as session:
        with room_for(0):
            result = await session.call_tool("add", {"a": 1})
            assert [component.status for component in await app.health()] == ["unhealthy"]
        assert (await session.call_tool("add", {"a": 1})).structured_content == {"total": 3}
    assert "audit log cannot be written" in result.content[0].text
    assert [record["outcome"] for record in records(app)] == ["ok"]


@pytest.mark.asyncio
async def test_http_without_an_audit_folder_refuses_to_start() -> None:
    from sample_server import make_server

    settings = make_server().settings(transport="http")
    with pytest.raises(ConfigurationError, match="MCP_AUDIT_DIR"):
        async with App(make_server(), settings).open():
            pass
