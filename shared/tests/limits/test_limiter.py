"""Which limits a call meets, what it is told, and repeated calls, through the whole chain."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_chassis.app import App
from mcp_chassis.call import Call, Channel, Principal, current_principal
from mcp_chassis.errors import ChassisError, ConfigurationError, QuotaExhausted, RateLimited
from mcp_chassis.limits.fitting import Fitting
from mcp_chassis.limits.limiter import Limiter, Repeats
from mcp_chassis.limits.memory import MemoryStore
from mcp_chassis.limits.model import Limit, parse_rate
from mcp_chassis.seal import load_or_make_keys
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings
from mcp_types import ElicitResult, PromptReference
from sample_server import make_app, make_server

READER = Principal("reader", "api-key", scopes=frozenset({"notes:read"}))
ANALYST = Principal("anna", "oauth", roles=frozenset({"analyst", "staff"}), tenant="acme")
ENDPOINTS = make_server().registry
NOTE = "io.mcp-chassis/note"
ERROR = "io.mcp-chassis/error"


def call(principal: Principal = READER, name: str = "add", **arguments: Any) -> Call:
    return Call("tool", name, arguments, principal, ENDPOINTS.tools[name], Channel())


@pytest.mark.parametrize(
    ("limit", "action", "fits"),
    [
        (Limit("all"), "tool:add", True),
        (Limit("x", actions=("tool:add",)), "tool:add", True),
        (Limit("x", actions=("tool:add",)), "tool:added", False),
        (Limit("x", actions=("prompt:*", "tool:a*")), "tool:add", True),
        (Limit("x", actions=("tool:*",)), "resource:note://all", False),
        (Limit("x", actions=("resource:note://**",)), "resource:note://a/b", True),
        (Limit("x", roles=("analyst",)), "tool:add", True),
        (Limit("x", roles=("admin", "staff")), "tool:add", True),
        (Limit("x", roles=("admin",)), "tool:add", False),
        (Limit("x", tenants=("acme",)), "tool:add", True),
        (Limit("x", tenants=("other",)), "tool:add", False),
        (Limit("x", tenants=("acme",), roles=("admin",)), "tool:add", False),
    ],
)
def test_a_limit_fits_by_action_role_and_tenant(limit: Limit, action: str, fits: bool) -> None:
    fitting = Fitting([limit])
    assert (fitting.of(ANALYST, action) == (limit,)) is fits
    assert (fitting.of(ANALYST, action) == (limit,)) is fits  # found once, remembered


BEN = Principal("ben", "oauth", tenant="acme")
OTHER = Principal("anna", "oauth", tenant="other")


@pytest.mark.parametrize(
    ("per", "calls", "refused"),
    [
        (("principal",), [(ANALYST, "add"), (ANALYST, "crash"), (BEN, "add"), (OTHER, "add")], [1]),
        (("tenant",), [(ANALYST, "add"), (BEN, "add"), (OTHER, "add"), (OTHER, "crash")], [1, 3]),
        (("action",), [(ANALYST, "add"), (BEN, "add"), (OTHER, "crash"), (OTHER, "add")], [1, 3]),
        (("principal", "action"), [(ANALYST, "add"), (ANALYST, "crash"), (ANALYST, "add"), (BEN, "add")], [2]),
        (("tenant", "action"), [(ANALYST, "add"), (BEN, "crash"), (BEN, "add"), (OTHER, "add")], [2]),
    ],
)
@pytest.mark.asyncio
async def test_calls_are_counted_together_as_the_limit_says(
    per: Any, calls: Sequence[tuple[Principal, str]], refused: list[int]
) -> None:
    limiter = Limiter(MemoryStore(), [Limit("one", rate=parse_rate("1/h"), per=per)])
    found = []
    for number, (principal, name) in enumerate(calls):
        try:
            await limiter.admit(call(principal, name))
        except RateLimited:
            found.append(number)
    assert found == refused


@pytest.mark.asyncio
async def test_all_uris_of_a_template_count_together() -> None:
    limiter = Limiter(MemoryStore(), [Limit("one", rate=parse_rate("2/h"), per=("principal", "action"))])
    template = ENDPOINTS.templates["note://{name}"]
    reads = [Call("resource", f"note://{name}", {}, READER, template, Channel()) for name in "abc"]
    await limiter.admit(reads[0])
    await limiter.admit(reads[1])
    with pytest.raises(RateLimited):
        await limiter.admit(reads[2])


@pytest.mark.asyncio
async def test_limits_of_the_policy_hold_beside_those_of_the_settings_and_change_with_it() -> None:
    current: list[Sequence[Limit]] = [()]
    limiter = Limiter(MemoryStore(), [Limit("fixed", rate=parse_rate("3/h"))], lambda: current[0])
    await limiter.admit(call())
    current[0] = (Limit("strict", rate=parse_rate("1/h")),)
    await limiter.admit(call())
    with pytest.raises(RateLimited):
        await limiter.admit(call())
    current[0] = ()
    await limiter.admit(call())
    with pytest.raises(RateLimited):
        await limiter.admit(call())


@pytest.mark.parametrize(
    ("limit", "error", "words"),
    [
        (Limit("r", rate=parse_rate("1/m")), RateLimited, "wait and call again"),
        (Limit("q", per_day=1), QuotaExhausted, r"quota of 1 calls a day is used up; .* 2\d{3}-\d\d-\d\dT00:00Z"),
    ],
)
@pytest.mark.asyncio
async def test_a_refusal_says_when_to_come_back(limit: Limit, error: type[ChassisError], words: str) -> None:
    limiter = Limiter(MemoryStore(), [limit])
    await limiter.admit(call())
    with pytest.raises(error, match=words) as refused:
        await limiter.admit(call())
    assert 0 < refused.value.retry_after_s <= (60 if error is RateLimited else 86_400)


@pytest.mark.parametrize(
    ("what", "other", "times"),
    [
        ("the same", call(a=1, b=[{"x": 1, "y": 2}]), 2),
        ("keys in another order", call(b=[{"y": 2, "x": 1}], a=1), 2),
        ("another argument", call(a=2, b=[{"x": 1, "y": 2}]), 1),
        ("text that looks like a number", call(a="1", b=[{"x": 1, "y": 2}]), 1),
        ("another tool", call(name="crash", a=1, b=[{"x": 1, "y": 2}]), 1),
        ("another principal", call(ANALYST, a=1, b=[{"x": 1, "y": 2}]), 1),
    ],
)
@pytest.mark.asyncio
async def test_only_the_very_same_call_is_a_repeat(what: str, other: Call, times: int) -> None:
    limiter = Limiter(MemoryStore(), repeats=Repeats(5, 0, 60))
    assert await limiter.admit(call(a=1, b=[{"x": 1, "y": 2}])) == 1
    assert await limiter.admit(other) == times, what


@pytest.mark.asyncio
async def test_answers_of_a_person_make_it_another_call() -> None:
    limiter = Limiter(MemoryStore(), repeats=Repeats(5, 0, 60))
    second = call(name="ask")
    second.channel.answers = {"first": ElicitResult(action="accept", content={"sure": True})}
    assert await limiter.admit(call(name="ask")) == 1
    assert await limiter.admit(second) == 1
    assert await limiter.admit(second) == 2


@pytest.mark.asyncio
async def test_polling_tools_may_repeat_themselves() -> None:
    limiter = Limiter(MemoryStore(), repeats=Repeats(1, 2, 60))
    polled = call(name="add", a=1)
    assert polled.endpoint is not None
    polled.endpoint = replace(polled.endpoint, polling=True)
    assert [await limiter.admit(polled) for _ in range(10)] == [0] * 10


def test_a_tool_declares_that_it_is_polled() -> None:
    server: Server[Any, Any] = make_server()

    @server.tool(scopes={"notes:read"}, read_only=True, polling=True)
    async def state() -> str:
        """How far it is."""
        return "running"

    assert server.registry.tools["state"].polling
    assert not server.registry.tools["add"].polling


def seal_keys(folder: Path) -> Path:
    load_or_make_keys(folder / "seal.keys")
    return folder / "seal.keys"


def client(app: App[Any, Any], era: str = "2026-07-28") -> Client:
    return Client(app.mcp(sessions=True), mode=era)


def outcomes(app: App[Any, Any]) -> list[str]:
    lines = [json.loads(line) for line in app.audit.path.read_text().splitlines()]
    return [record["outcome"] for record in lines if record["event"] == "call"]


@pytest.mark.parametrize("era", ["legacy", "2026-07-28"])
@pytest.mark.asyncio
async def test_a_call_repeated_too_often_carries_a_note_and_is_then_refused(tmp_path: Path, era: str) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, repeat_note=2, repeat_limit=4).open() as app, client(app, era) as session:
        results = [await session.call_tool("add", {"a": 40}) for _ in range(6)]
        other = await session.call_tool("add", {"a": 41})
    assert [result.structured_content for result in results] == [{"total": 42}] * 4 + [None] * 2
    assert [len(result.content) for result in results] == [1, 1, 2, 2, 1, 1]
    assert [(result.meta or {}).get(NOTE, {}).get("count") for result in results[:4]] == [None, None, 3, 4]
    assert results[2].content[0].text == results[0].content[0].text
    assert results[2].content[1].text == results[2].meta[NOTE]["message"]
    assert "made 3 times" in results[2].content[1].text
    error = results[4].meta[ERROR]
    assert error["code"] == "rate_limited"
    assert 0 < error["retry_after_s"] <= 300
    assert "made 4 times" in error["message"]
    assert not other.is_error
    assert outcomes(app) == ["ok"] * 4 + ["rate_limited"] * 2 + ["ok"]


@pytest.mark.asyncio
async def test_a_repeated_call_is_answered_anew_each_time(tmp_path: Path) -> None:
    current_principal.set(READER)
    server: Server[Any, Any] = make_server()
    numbers = count(1)

    @server.tool(scopes={"notes:read"}, read_only=True)
    async def tick() -> str:
        """The next number."""
        return str(next(numbers))

    app = App(server, ChassisSettings(audit_dir=tmp_path, seal_keys_file=seal_keys(tmp_path), repeat_note=1))
    async with app.open(), client(app) as session:
        results = [await session.call_tool("tick", {}) for _ in range(4)]
    assert [result.content[0].text for result in results] == ["1", "2", "3", "4"]
    assert [len(result.content) for result in results] == [1, 2, 2, 2]


@pytest.mark.asyncio
async def test_a_call_that_fails_again_carries_the_note_as_its_hint(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, repeat_note=1).open() as app, client(app) as session:
        errors = [(await session.call_tool("ask", {})).meta[ERROR] for _ in range(3)]
    assert ["hint" in error for error in errors] == [False, True, True]
    assert "made 3 times" in errors[2]["hint"]


@pytest.mark.asyncio
async def test_a_limit_alone_is_noted_before_it_refuses(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, repeat_limit=4).open() as app, client(app) as session:
        results = [await session.call_tool("add", {"a": 1}) for _ in range(5)]
    assert [len(result.content) for result in results[:4]] == [1, 1, 2, 2]
    assert results[4].is_error


@pytest.mark.asyncio
async def test_ordinary_use_meets_no_limit_by_default(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path).open() as app, client(app) as session:
        results = [await session.call_tool("add", {"a": number // 10}) for number in range(300)]
        prompts = [await session.get_prompt("summarize", {"topic": "rain"}) for _ in range(30)]
    assert not [result for result in results if result.is_error or len(result.content) > 1]
    assert len(prompts) == 30


@pytest.mark.parametrize("kind", ["tool", "resource", "prompt", "completion"])
@pytest.mark.asyncio
async def test_calls_of_every_kind_count(tmp_path: Path, kind: str) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, rate_limit="1/h").open() as app, client(app) as session:
        await session.call_tool("add", {"a": 1})
        others: dict[str, Callable[[], Awaitable[Any]]] = {
            "resource": lambda: session.read_resource("note://all"),
            "prompt": lambda: session.get_prompt("summarize", {"topic": "rain"}),
            "completion": lambda: session.complete(
                PromptReference(type="ref/prompt", name="summarize"), {"name": "topic", "value": "o"}
            ),
        }
        if kind == "tool":
            error = (await session.call_tool("add", {"a": 2})).meta[ERROR]
        else:
            with pytest.raises(MCPError) as refused:
                await others[kind]()
            assert refused.value.error.code == -32003
            error = refused.value.error.data
        assert len((await session.list_tools()).tools) > 1  # lists are not calls
    assert error["code"] == "rate_limited"
    assert error["retryable"] is True
    assert 0 < error["retry_after_s"] <= 3_600


@pytest.mark.asyncio
async def test_a_daily_quota_ends_and_says_so(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, daily_quota=2).open() as app, client(app) as session:
        results = [await session.call_tool("add", {"a": number}) for number in range(3)]
    error = results[2].meta[ERROR]
    assert (error["code"], error["retryable"]) == ("quota_exhausted", False)
    assert "T00:00Z" in error["message"]
    assert outcomes(app) == ["ok", "ok", "quota_exhausted"]


@pytest.mark.asyncio
async def test_wrong_arguments_are_told_before_limits_and_cost_nothing(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, rate_limit="1/h").open() as app, client(app) as session:
        wrong = [await session.call_tool("add", {"a": "x"}) for _ in range(3)]
        right = await session.call_tool("add", {"a": 1})
    assert {result.meta[ERROR]["code"] for result in wrong} == {"invalid_arguments"}
    assert not right.is_error


@pytest.mark.asyncio
async def test_concurrent_calls_share_the_rate(tmp_path: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, rate_limit="7/h").open() as app, client(app) as session:
        results = await asyncio.gather(*(session.call_tool("add", {"a": number}) for number in range(40)))
    assert sum(not result.is_error for result in results) == 7


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MCP_RATE_LIMIT", "60", "must be a rate such as 60/m, 10/s burst 20 or 500/h"),
        ("MCP_RATE_LIMIT", "0/m", "with no zero in it"),
        ("MCP_DAILY_QUOTA", "0", "must be at least 1"),
        ("MCP_REDIS_URL", "http://somewhere", "must be a URL such as redis://host:6379/0"),
        ("MCP_LIMITER_DOWN", "explode", "must be one of local, deny or allow"),
        ("MCP_TENANT_SLOTS", "0", "must be at least 1"),
    ],
)
def test_a_setting_that_is_none_is_a_fault(name: str, value: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name} .*{words}") as fault:
        ChassisSettings.load({}, (), {name: value})
    assert name != "MCP_REDIS_URL" or value not in str(fault.value)


def test_settings_are_read_from_the_environment() -> None:
    environment = {"MCP_RATE_LIMIT": "10/s burst 20", "MCP_DAILY_QUOTA": "500", "MCP_REDIS_URL": "redis://cache/1"}
    settings = ChassisSettings.load({}, (), environment)
    assert settings.rate_limit == parse_rate("10/s burst 20")
    assert settings.daily_quota == 500
    assert settings.redis_url is not None
    assert settings.redis_url.get_secret_value() == "redis://cache/1"
    off = ChassisSettings.load({}, (), {"MCP_RATE_LIMIT": "off", "MCP_DAILY_QUOTA": "Off"})
    assert (off.rate_limit, off.daily_quota) == (None, None)
