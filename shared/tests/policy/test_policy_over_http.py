"""Tenants by their API keys, over HTTP: what each may see and call, and what the audit log says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from http_wire import NEW, OLD, call, headers, message, post, serving
from mcp_chassis.keys import create

POLICY = """
version: 1
roles: {reader: {scopes: [notes:read]}, writer: {inherits: [reader], scopes: [notes:write]}}
tenants:
  acme: {keys: [acme-ci], actions: ["tool:*", "resource:note://*"], limits: [{id: acme, rate: 1/d burst 4}]}
  globex: {actions: ["tool:add"]}
bind:
  - match: {auth_method: api-key}
    roles: [reader]
  - match: {key: acme-ci}
    roles: [writer]
rules:
  - {id: all, effect: allow, actions: ["*"]}
  - {id: no-secrets, effect: deny, actions: ["resource:note://one"], when: {principal: {tenant: acme}}}
"""


def listed(answer: Any) -> set[str]:
    return {tool["name"] for tool in answer.json["result"]["tools"]}


@pytest.mark.parametrize("era", [NEW, OLD])
@pytest.mark.asyncio
async def test_each_tenant_has_its_own_view(tmp_path: Path, era: str) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY)
    file = tmp_path / "keys.json"
    keys = {
        "acme": create(file, "acme-ci", ["notes:read"]),
        "globex": create(file, "globex-ci", ["notes:read"], "globex"),
        "nobody": create(file, "daily", ["notes:read"]),
    }
    async with serving(tmp_path, api_keys_file=file, policy_file=tmp_path / "policy.yaml") as served:

        async def ask(tenant: str, body: bytes, method: str, name: str | None = None) -> Any:
            lines = headers(era, name, authorization=f"Bearer {keys[tenant]}")
            if era == NEW:
                lines["mcp-method"] = method
            return await served.ask(post(body, lines))

        tools = {tenant: listed(await ask(tenant, message(era, "tools/list"), "tools/list")) for tenant in keys}
        added = [(await ask(tenant, call(era, "add", a=1), "tools/call", "add")).json["result"] for tenant in keys]
        reading = message(era, "resources/read", uri="note://one")
        refused = (await ask("acme", reading, "resources/read", "note://one")).json["error"]
        texts = [
            (await ask("acme", call(era, "add", a=number), "tools/call", "add")).json["result"]["content"][0]["text"]
            for number in range(6)
        ]
    assert {"add", "clear"} <= tools["acme"]  # the role gives the scope
    assert tools["globex"] == {"add"}
    assert tools["nobody"] == set()
    assert [result.get("isError", False) for result in added] == [False, False, True]
    assert refused["data"]["code"] == "denied"
    assert "[rate_limited, " in texts[-1]
    records = [json.loads(line) for line in served.app.audit.path.read_text().splitlines()]
    tenants = {record["tenant"] for record in records if record["event"] == "call"}
    assert tenants == {"acme", "globex", "default"}
