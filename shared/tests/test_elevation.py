"""Who comes back with a scope that it lacked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from mcp_chassis.app import App
from mcp_chassis.call import Call, Channel, Principal
from mcp_chassis.elevation import Elevations
from mcp_chassis.errors import Denied
from mcp_chassis.rendering import Rendered
from sample_server import make_app

ALICE = Principal("alice", "oauth", issuer="https://id.example")


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App[Any, Any]]:
    async with make_app(tmp_path).open() as opened:
        yield opened


def with_scopes(principal: Principal, *scopes: str) -> Principal:
    return Principal(principal.subject, principal.auth_method, issuer=principal.issuer, scopes=frozenset(scopes))


async def called(app: App[Any, Any], elevations: Elevations, principal: Principal, tool: str = "clear") -> bool:
    """Whether a call of a tool gets through its scopes."""
    endpoint = app.server.registry.tools[tool]

    async def proceed(call: Call) -> Rendered:
        if endpoint.missing_scopes(call.principal):
            raise Denied
        return Rendered("done", 4)

    try:
        await elevations(Call("tool", tool, {}, principal, endpoint, Channel()), proceed)
    except Denied:
        return False
    return True


def told(app: App[Any, Any]) -> list[tuple[str, list[str]]]:
    lines = [json.loads(line) for line in app.audit.path.read_text().splitlines()]
    return [(record["principal"], record["scopes"]) for record in lines if record["event"] == "elevation"]


@pytest.mark.asyncio
async def test_an_elevation_is_told_once_and_only_of_what_was_lacking(app: App[Any, Any]) -> None:
    elevations = Elevations(app.audit)
    assert not await called(app, elevations, with_scopes(ALICE, "notes:read"))
    assert await called(app, elevations, with_scopes(ALICE, "notes:read", "other"), "add")
    assert told(app) == []
    for _ in range(2):
        assert await called(app, elevations, with_scopes(ALICE, "notes:read", "notes:write", "other"))
    assert told(app) == [("alice", ["notes:write"])]


@pytest.mark.asyncio
async def test_somebody_else_who_has_the_scope_is_no_elevation(app: App[Any, Any]) -> None:
    elevations = Elevations(app.audit)
    await called(app, elevations, with_scopes(ALICE))
    other_issuer = Principal("alice", "oauth", issuer="https://other.example", scopes=frozenset({"notes:write"}))
    assert await called(app, elevations, other_issuer)
    assert told(app) == []


@pytest.mark.asyncio
async def test_a_tool_that_refuses_its_caller_for_another_reason_is_no_want_of_a_scope(app: App[Any, Any]) -> None:
    elevations = Elevations(app.audit)
    endpoint = app.server.registry.tools["clear"]

    async def refuse(_: Call) -> Rendered:
        raise Denied

    for _ in range(2):
        with pytest.raises(Denied):
            await elevations(Call("tool", "clear", {}, with_scopes(ALICE, "notes:write"), endpoint, Channel()), refuse)
    assert told(app) == []


@pytest.mark.asyncio
async def test_only_so_many_callers_are_remembered(app: App[Any, Any]) -> None:
    elevations = Elevations(app.audit)
    for number in range(1025):
        elevations.refused(Principal(f"user-{number}", "oauth"), {"notes:write"})
    for number in (0, 1, 1024):
        assert await called(app, elevations, Principal(f"user-{number}", "oauth", scopes=frozenset({"notes:write"})))
    assert told(app) == [("user-1", ["notes:write"]), ("user-1024", ["notes:write"])]
