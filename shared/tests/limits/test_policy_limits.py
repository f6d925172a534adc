"""Limits of a policy file, through the whole chain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_chassis.app import App
from mcp_chassis.call import Principal, current_principal
from mcp_chassis.limits.fitting import Fitting
from mcp_chassis.limits.model import Limit
from mcp_types import PromptReference
from sample_server import make_app

ERROR = "io.mcp-chassis/error"
POLICY = """version: 1
roles:
  reader: {scopes: [notes:read]}
  trainee: {inherits: [reader]}
tenants:
  acme: {limits: [{id: acme-day, per_day: 6}]}
  globex: {}
bind:
  - {match: {claims: {org: acme}}, roles: [reader], tenant: acme}
  - {match: {claims: {org: globex}}, roles: [reader], tenant: globex}
  - {match: {claims: {new: true}}, roles: [trainee]}
rules:
  - {id: all, effect: allow, actions: ["*"]}
limits:
  - {id: trainees, rate: 2/h, roles: [trainee]}
  - {id: prompts, rate: 1/h, actions: ["prompt:*"]}
"""


def person(name: str, **claims: Any) -> Principal:
    return Principal(name, "oauth", claims=claims)


async def calls(app: App[Any, Any], principal: Principal, times: int) -> list[str]:
    """`ok` or the code of the error, of so many calls."""
    current_principal.set(principal)
    async with Client(app.mcp(sessions=True)) as session:
        results = [await session.call_tool("add", {"a": number}) for number in range(times)]
    return [result.meta[ERROR]["code"] if result.is_error else "ok" for result in results]


def app_with(tmp_path: Path, policy: str, **settings: Any) -> App[Any, Any]:
    path = tmp_path / "policy.yaml"
    path.write_text(policy)
    app: App[Any, Any] = make_app(tmp_path, policy_file=path, **settings)
    return app


@pytest.mark.asyncio
async def test_a_role_and_a_tenant_have_limits_of_their_own(tmp_path: Path) -> None:
    async with app_with(tmp_path, POLICY).open() as app:
        assert await calls(app, person("ann", org="acme"), 4) == ["ok"] * 4
        assert await calls(app, person("bob", org="acme"), 4) == ["ok"] * 2 + ["quota_exhausted"] * 2
        assert await calls(app, person("eve", org="globex"), 9) == ["ok"] * 9
        assert await calls(app, person("tim", org="globex", new=True), 3) == ["ok"] * 2 + ["rate_limited"]


@pytest.mark.asyncio
async def test_limits_of_a_new_file_count_from_the_next_call_on(tmp_path: Path) -> None:
    async with app_with(tmp_path, POLICY).open() as app:
        tim = person("tim", org="globex", new=True)
        assert await calls(app, tim, 3) == ["ok"] * 2 + ["rate_limited"]
        (tmp_path / "policy.yaml").write_text(POLICY.replace("2/h", "1000/s"))
        app.policies.refresh()
        assert await calls(app, tim, 3) == ["ok"] * 3


@pytest.mark.asyncio
async def test_a_limit_of_the_settings_holds_beside_the_policy(tmp_path: Path) -> None:
    policy = POLICY.replace("id: trainees, rate: 2/h", "id: MCP_RATE_LIMIT, rate: 1000/h")
    async with app_with(tmp_path, policy, rate_limit="3/h").open() as app:
        tim = person("tim", org="globex", new=True)
        assert await calls(app, tim, 4) == ["ok"] * 3 + ["rate_limited"]


@pytest.mark.asyncio
async def test_a_limit_holds_for_every_way_of_writing_a_uri(tmp_path: Path) -> None:
    limit = '{id: all-notes, rate: 1/h, actions: ["resource:note://all"]}'
    policy = f"version: 1\nrules: [{{id: all, effect: allow, actions: ['*']}}]\nlimits: [{limit}]\n"
    async with app_with(tmp_path, policy).open() as app:
        fitting = Fitting(app.policies.limits)
        for uri in ("note://all", "note://%61ll", "note://x/../all", "note://./all", "note://%2561ll"):
            assert fitting.of(person("ann"), f"resource:{uri}"), uri
        assert not fitting.of(person("ann"), "resource:note://one")


@pytest.mark.asyncio
async def test_completions_count_as_the_prompt_that_they_are_of(tmp_path: Path) -> None:
    async with app_with(tmp_path, POLICY).open() as app:
        current_principal.set(person("eve", org="globex"))
        async with Client(app.mcp(sessions=True)) as session:
            reference = PromptReference(type="ref/prompt", name="summarize")
            await session.complete(reference, {"name": "topic", "value": "o"})
            with pytest.raises(MCPError, match="more often"):
                await session.complete(reference, {"name": "topic", "value": "o"})


def test_long_uris_are_not_remembered() -> None:
    fitting = Fitting([Limit("notes", per_day=1, actions=("resource:note://**",))])
    for number in range(50):
        assert fitting.of(person("ann"), f"resource:note://{number}{'x' * 1000}")
    assert fitting._find.cache_info().currsize == 0
    assert fitting.of(person("ann"), "resource:note://one")
    assert fitting._find.cache_info().currsize == 1
