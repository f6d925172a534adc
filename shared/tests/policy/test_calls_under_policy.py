"""A running server under a policy: calls of every kind, lists, what functions reach, obligations, shadow."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NotRequired

import anyio
import pytest
from mcp import Client
from mcp.client.subscriptions import SubscriptionLost
from mcp.shared.exceptions import MCPError
from mcp_chassis.app import App
from mcp_chassis.call import Context, Principal, current_principal
from mcp_chassis.errors import Denied
from mcp_chassis.policy.decision import RealPath
from mcp_chassis.server import Server
from mcp_chassis.settings import ChassisSettings
from mcp_types import PromptReference, ResourceTemplateReference, ResourceUpdatedNotification
from pydantic import BaseModel
from typing_extensions import TypedDict

ERAS = pytest.mark.parametrize("era", ["legacy", "2026-07-28"])
SCOPES = frozenset({"people:read"})
ANN = Principal("ann", "oauth", scopes=SCOPES, claims={"team": "sales"})
BOB = Principal("bob", "oauth", scopes=SCOPES, claims={"team": "support"})
PEOPLE = {"ann": ("ann@example.com", 10), "bob": ("bob@example.com", 20), "eve": ("eve@example.com", 30)}
LINKS = {"docs/link": "secret/plan", "/srv/docs": "docs", "elsewhere": "docs/a"}
LABELS = {"email": {"pii"}, "salary": {"financial"}}


class Table(TypedDict):
    """Rows."""

    columns: list[Any]
    rows: list[list[Any]]
    row_count: int
    truncated: bool
    next_cursor: NotRequired[str]


class Person(BaseModel):
    """One person."""

    name: str
    email: str
    salary: int | None


@asynccontextmanager
async def nothing(_: ChassisSettings) -> AsyncIterator[None]:
    yield None


def make_server() -> Server[ChassisSettings, None]:
    server: Server[ChassisSettings, None] = Server(
        name="mcp-people-server",
        version="1.0.0",
        settings=ChassisSettings,
        lifespan=nothing,
        read_scopes=SCOPES,
        subscriptions=True,
    )

    @server.tool(scopes=SCOPES, read_only=True, reaches=True)
    async def query(ctx: Context[None], columns: list[str], limit: int = 50) -> Table:
        """Read columns of people."""
        ctx.reach(fields={name: LABELS.get(name, set()) for name in columns})
        rows = [[{"name": key, "email": email, "salary": salary}[name] for name in columns]
                for key, (email, salary) in PEOPLE.items()]  # fmt: skip
        heads = [{"name": name, "type": "text"} for name in columns]
        return {"columns": heads, "rows": rows[:limit], "row_count": 3, "truncated": False, "next_cursor": "more"}

    @server.tool(scopes=SCOPES, read_only=True, reaches=True)
    async def forgetful(columns: list[str]) -> str:
        """Never say what it reads."""
        return ",".join(columns)

    @server.tool(scopes=SCOPES, read_only=True, reaches=True)
    async def tolerant(ctx: Context[None]) -> dict[str, Any]:
        """Leave out what the policy refuses."""
        try:
            ctx.reach({"phi"})
        except Denied:
            return {"health": "left out"}
        return {"health": "told"}

    @server.tool(scopes=SCOPES, read_only=True, places={"path"})
    async def look(ctx: Context[None], path: str) -> dict[str, Any]:
        """Follow a link, and see which of two places below may be looked at too."""
        real = LINKS.get(path, path)
        ctx.reach(places={"path": RealPath(real, f"/srv/{real}")})
        below = [f"{real}/open", f"{real}/closed"]
        return {"real": real, "below": [p for p in below if ctx.may_reach((), {"path": RealPath(p, f"/srv/{p}")})]}

    @server.tool(scopes=SCOPES, read_only=True, data_classes={"pii"})
    async def person(name: str) -> Person:
        """Get a person."""
        email, salary = PEOPLE[name]
        return Person(name=name, email=email, salary=salary)

    @server.tool(scopes=SCOPES, read_only=True)
    async def describe(name: str) -> str:
        """Describe a person in words."""
        return f"{name} is {PEOPLE[name][0]}"

    @server.tool(scopes=SCOPES, read_only=False)
    async def remove(name: str, reason: str | None = None) -> str:
        """Remove a person."""
        return f"removed {name}"

    @server.resource("people://all", scopes=SCOPES, mime_type="application/json")
    async def everyone() -> list[dict[str, Any]]:
        """All people."""
        return [{"name": name, "email": email} for name, (email, _) in PEOPLE.items()]

    @server.resource("people://{name}", scopes=SCOPES, mime_type="application/json")
    async def one(name: str) -> dict[str, Any]:
        """One person."""
        return {"name": name, "contact": {"email": PEOPLE[name][0]}}

    @server.prompt(scopes=SCOPES)
    async def write_to(name: str) -> str:
        """Write to a person."""
        return f"Write to {name}."

    @server.completion("write_to", scopes=SCOPES)
    async def names(argument: str, value: str, resolved: dict[str, str]) -> list[str]:
        """Names."""
        return [name for name in PEOPLE if name.startswith(value)]

    @server.completion("people://{name}", scopes=SCOPES)
    async def more_names(argument: str, value: str, resolved: dict[str, str]) -> list[str]:
        """Names."""
        return list(PEOPLE)

    return server


def make_app(directory: Path, policy: str | None) -> App[ChassisSettings, None]:
    file = directory / "policy.yaml"
    if policy is not None:
        file.write_text(f"version: 1\n{policy}")
    settings = ChassisSettings(audit_dir=directory / "audit", policy_file=file if policy is not None else None)
    return App(make_server(), settings)


def client(app: App[Any, Any], era: str) -> Client:
    return Client(app.mcp(sessions=True), mode=era)


def records(app: App[Any, Any], event: str = "call") -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in app.audit.path.read_text().splitlines()]
    return [record for record in lines if record["event"] == event]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    current_principal.set(ANN)


EVERYTHING = "rules: [{id: all, effect: allow, actions: ['*']}]\n"


@ERAS
@pytest.mark.asyncio
async def test_nothing_is_allowed_or_listed_that_no_rule_allows(tmp_path: Path, era: str) -> None:
    async with make_app(tmp_path, "rules: []\n").open() as app, client(app, era) as session:
        assert (await session.list_tools()).tools == []
        assert (await session.list_resources()).resources == []
        assert (await session.list_resource_templates()).resource_templates == []
        assert (await session.list_prompts()).prompts == []
        result = await session.call_tool("person", {"wrong": 1})
        assert "[denied, " in result.content[0].text
        assert "wrong" not in result.content[0].text  # nothing of the schema is told
        for refused in (
            session.read_resource("people://all"),
            session.read_resource("people://ann"),
            session.get_prompt("write_to", {"name": "ann"}),
            session.complete(PromptReference(type="ref/prompt", name="write_to"), {"name": "name", "value": "a"}),
        ):
            with pytest.raises(MCPError) as denied:
                await refused
            assert denied.value.error.data["code"] == "denied"
    assert {(record["decision"], record["outcome"]) for record in records(app)} == {("deny", "denied")}
    assert {record["policy_sha256"] for record in records(app)} == {app.policies.current.sha256}


DENIALS = """rules:
  - {id: all, effect: allow, actions: ["*"]}
  - {id: no-bob, effect: deny, actions: ["tool:person", "prompt:write_to"], when: {arguments: {name: bob}}}
  - {id: no-bob-uri, effect: deny, actions: ["resource:people://bob"]}
  - id: no-removal
    effect: deny
    actions: ["tool:remove"]
    when: {principal: {claims: {team: {not: {eq: sales}}}}}
    message: Only sales may remove people.
"""


@ERAS
@pytest.mark.asyncio
async def test_the_same_rules_hold_for_every_kind_of_call(tmp_path: Path, era: str) -> None:
    async with make_app(tmp_path, DENIALS).open() as app, client(app, era) as session:
        assert (await session.call_tool("person", {"name": "ann"})).structured_content["name"] == "ann"
        assert "[denied, " in (await session.call_tool("person", {"name": "bob"})).content[0].text
        assert (await session.read_resource("people://ann")).contents[0].text.startswith('{"name":"ann"')
        for uri in ("people://bob", "people://%62ob"):
            with pytest.raises(MCPError) as denied:
                await session.read_resource(uri)
            assert denied.value.error.code == -32001
        with pytest.raises(MCPError, match="does not allow"):
            await session.get_prompt("write_to", {"name": "bob"})
        assert (await session.get_prompt("write_to", {"name": "ann"})).messages[0].content.text == "Write to ann."
        prompt = PromptReference(type="ref/prompt", name="write_to")
        assert (await session.complete(prompt, {"name": "name", "value": "a"})).completion.values == ["ann"]
        template = ResourceTemplateReference(type="ref/resource", uri="people://{name}")
        offered = (await session.complete(template, {"name": "name", "value": ""})).completion.values
        assert offered == ["ann", "eve"]  # and not who may not be read
    decided = [(record["action"], record["decision"], record["rule_ids"]) for record in records(app)]
    assert decided[:5] == [
        ("tool:person", "allow", ["all"]),
        ("tool:person", "deny", ["no-bob"]),
        ("resource:people://ann", "allow", ["all"]),
        ("resource:people://bob", "deny", ["no-bob-uri"]),
        ("resource:people://%62ob", "deny", ["no-bob-uri"]),
    ]


@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore:resources:mcp.shared.exceptions.MCPDeprecationWarning")
async def test_a_subscription_is_judged_as_the_resource_that_it_watches(tmp_path: Path) -> None:
    async with make_app(tmp_path, DENIALS).open() as app, client(app, "legacy") as session:
        await session.subscribe_resource("people://ann")
        with pytest.raises(MCPError) as denied:
            await session.subscribe_resource("people://bob")
    assert denied.value.error.data["code"] == "denied"
    assert [(record["action"], record["decision"]) for record in records(app)] == [
        ("subscription:people://ann", "allow"),
        ("subscription:people://bob", "deny"),
    ]


@ERAS
@pytest.mark.asyncio
async def test_lists_show_each_caller_what_may_be_allowed(tmp_path: Path, era: str) -> None:
    app = make_app(tmp_path, DENIALS)
    seen = {}
    async with app.open(), client(app, era) as session:
        for principal in (ANN, BOB):
            current_principal.set(principal)
            async with client(app, era) as session:
                seen[principal.subject] = [tool.name for tool in (await session.list_tools()).tools]
                refused = await session.call_tool("remove", {"name": "eve"})
        assert refused.content[0].text.startswith("Only sales may remove people.")
    assert "remove" in seen["ann"]
    assert "person" in seen["bob"]  # it depends on the arguments
    assert "remove" not in seen["bob"]


@pytest.mark.asyncio
async def test_defaults_are_judged_like_what_is_sent(tmp_path: Path) -> None:
    policy = "rules: [{id: few, effect: allow, actions: ['tool:query'], when: {arguments: {limit: {lte: 10}}}}]\n"
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        assert "[denied, " in (await session.call_tool("query", {"columns": ["name"]})).content[0].text
        assert not (await session.call_tool("query", {"columns": ["name"], "limit": 10})).is_error


@pytest.mark.asyncio
async def test_approve_answers_that_an_approval_is_required(tmp_path: Path) -> None:
    policy = "rules: [{id: ask, effect: approve, actions: ['tool:remove']}]\n"
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        assert [tool.name for tool in (await session.list_tools()).tools] == ["remove"]
        result = await session.call_tool("remove", {"name": "ann"})
    assert result.meta["io.mcp-chassis/error"]["code"] == "approval_required"
    assert [(r["decision"], r["rule_ids"], r["outcome"]) for r in records(app)] == [
        ("approve", ["ask"], "approval_required")
    ]


CLASSES = """rules:
  - {id: all, effect: allow, actions: ["tool:*"], when: {data_classes: {only: [pii]}}}
  - {id: no-money, effect: deny, actions: ["tool:*"], when: {data_classes: [financial]}}
"""


@pytest.mark.asyncio
async def test_what_a_function_reaches_is_judged_before_it_reads(tmp_path: Path) -> None:
    async with make_app(tmp_path, CLASSES).open() as app, client(app, "2026-07-28") as session:
        assert not (await session.call_tool("query", {"columns": ["name", "email"]})).is_error
        assert "[denied, " in (await session.call_tool("query", {"columns": ["salary"]})).content[0].text
        assert (await session.call_tool("tolerant", {})).structured_content == {"health": "left out"}
    decided = [(record["data_classes"], record["decision"], record["rule_ids"]) for record in records(app)]
    assert decided == [(["pii"], "allow", ["all"]), (["financial"], "deny", ["no-money"]), ([], "allow", ["all"])]


@pytest.mark.parametrize(
    ("rules", "path", "below"),
    [
        ("allow: docs", "docs/a", ["docs/a/open", "docs/a/closed"]),
        ("allow: docs", "elsewhere", ["docs/a/open", "docs/a/closed"]),  # the text alone would not be allowed
        ("allow: /srv/docs", "docs/a", ["docs/a/open", "docs/a/closed"]),
        ("allow: docs", "docs/link", None),  # the text alone would be allowed
        ("allow: .. deny: secret", "docs/link", None),
        ("allow: .. deny: /srv/secret", "docs/link", None),
        ("allow: .. deny: docs/a/closed", "docs/a", ["docs/a/open"]),
        ("allow: .. deny: docs/a/closed", "/srv/docs", ["docs/open", "docs/closed"]),
        ("allow: docs", "other", None),
    ],
)
@pytest.mark.asyncio
async def test_a_place_is_judged_by_where_it_leads(
    tmp_path: Path, rules: str, path: str, below: list[str] | None
) -> None:
    effects = dict(zip(rules.split()[::2], rules.split()[1::2], strict=True))
    policy = "rules:\n"
    for effect, folder in ((name.rstrip(":"), folder) for name, folder in effects.items()):
        when = "" if folder == ".." else f", when: {{arguments: {{path: {{under_path: {folder}}}}}}}"
        policy += f"  - {{id: {effect}, effect: {effect}, actions: ['tool:look']{when}}}\n"
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        result = await session.call_tool("look", {"path": path})
    assert result.is_error is (below is None), result.content[0].text
    if below is not None:
        assert result.structured_content["below"] == below
    assert records(app)[0]["decision"] == ("deny" if below is None else "allow")


@pytest.mark.asyncio
async def test_a_function_that_reaches_nothing_is_judged_at_its_end(tmp_path: Path) -> None:
    policy = "rules: [{id: public, effect: allow, actions: ['tool:*'], when: {data_classes: [public]}}]\n"
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        result = await session.call_tool("forgetful", {"columns": ["email"]})
    assert "[denied, " in result.content[0].text
    assert "email" not in result.content[0].text
    assert records(app)[0]["decision"] == "deny"


REDACTED = """rules: [{id: all, effect: allow, actions: ["*"]}]
obligations:
  - {id: mask, redact: {fields: [EMAIL], classes: [financial]}, when: {principal: {claims: {team: sales}}}}
  - {id: few, actions: ["tool:query", "resource:people://all"], max_rows: 2}
"""


@ERAS
@pytest.mark.asyncio
async def test_fields_are_masked_and_rows_are_cut(tmp_path: Path, era: str) -> None:
    async with make_app(tmp_path, REDACTED).open() as app, client(app, era) as session:
        table = (await session.call_tool("query", {"columns": ["name", "email", "salary"]})).structured_content
        person = (await session.call_tool("person", {"name": "ann"})).structured_content
        everyone = json.loads((await session.read_resource("people://all")).contents[0].text)
        one = json.loads((await session.read_resource("people://ann")).contents[0].text)
        words = await session.call_tool("describe", {"name": "ann"})
    assert table["rows"] == [["ann", "[redacted]", None], ["bob", "[redacted]", None]]
    assert table["redacted"] == ["email", "salary"]
    assert (table["truncated"], table["truncated_by"], table["row_count"]) == (True, "rows", 2)
    assert "next_cursor" not in table
    assert person == {"name": "ann", "email": "[redacted]", "salary": 10}  # no class is known of its fields
    assert everyone == [{"name": "ann", "email": "[redacted]"}, {"name": "bob", "email": "[redacted]"}]
    assert one == {"name": "ann", "contact": {"email": "[redacted]"}}
    assert "cannot be told apart" in words.content[0].text
    assert "example.com" not in str(words)


@pytest.mark.asyncio
async def test_others_are_not_redacted(tmp_path: Path) -> None:
    current_principal.set(BOB)
    async with make_app(tmp_path, REDACTED).open() as app, client(app, "2026-07-28") as session:
        assert (await session.call_tool("person", {"name": "ann"})).structured_content["email"] == "ann@example.com"
        assert "ann@example.com" in (await session.call_tool("describe", {"name": "ann"})).content[0].text


@pytest.mark.asyncio
async def test_a_class_whose_fields_are_not_known_is_refused_where_it_must_be_redacted(tmp_path: Path) -> None:
    policy = EVERYTHING + "obligations: [{id: mask, redact: {classes: [pii]}}]\n"
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        result = await session.call_tool("person", {"name": "ann"})
    assert "[denied, " in result.content[0].text
    assert records(app)[0]["decision"] == "deny"


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.asyncio
async def test_shadow_records_what_would_be_denied_and_changes_nothing(tmp_path: Path, whole: bool) -> None:
    mode = "mode: shadow\n" if whole else ""
    policy = f"""{mode}rules:
  - {{id: all, effect: allow, actions: ["*"], when: {{arguments: {{name: {{not: {{eq: nobody}}}}}}}}}}
  - {{id: no-ann, effect: deny, actions: ["tool:*"], when: {{arguments: {{name: ann}}}}, mode: shadow}}
  - {{id: no-pii, effect: approve, actions: ["tool:query"], mode: shadow}}
  - {{id: hide, effect: deny, actions: ["tool:describe", "resource:**"], mode: shadow}}
"""
    async with make_app(tmp_path, None).open() as app, client(app, "2026-07-28") as session:
        before = [await session.list_tools(), await session.list_resources()]
        results = [await session.call_tool("person", {"name": name}) for name in ("ann", "bob")]
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        assert [await session.list_tools(), await session.list_resources()] == before
        again = [await session.call_tool("person", {"name": name}) for name in ("ann", "bob")]
        await session.call_tool("describe", {"name": "eve"})
        await session.read_resource("people://all")
        assert not (await session.call_tool("query", {"columns": ["salary"]})).is_error
    assert [result.structured_content for result in again] == [result.structured_content for result in results]
    assert {record["decision"] for record in records(app)} == {"allow"}
    assert [record.get("shadow") for record in records(app)] == [
        {"decision": "deny", "rule_ids": ["no-ann"]},
        None,
        {"decision": "deny", "rule_ids": ["hide"]},
        {"decision": "deny", "rule_ids": ["hide"]},
        None,
    ]


@pytest.mark.asyncio
async def test_a_file_in_shadow_gives_and_takes_no_scopes_and_no_limits(tmp_path: Path) -> None:
    policy = """mode: shadow
roles: {writer: {scopes: [people:write]}}
bind: [{match: {subject: ann}, roles: [writer]}]
limits: [{id: one, rate: 1/d}]
"""
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        for _ in range(3):
            assert not (await session.call_tool("person", {"name": "ann"})).is_error
        assert app.policies.bind(ANN) is ANN
    assert [record["shadow"]["rule_ids"] for record in records(app)] == [[], [], []]


@pytest.mark.asyncio
async def test_roles_give_scopes_and_the_audit_names_the_tenant(tmp_path: Path) -> None:
    policy = (
        EVERYTHING
        + """roles: {reader: {scopes: [people:read]}}
tenants: {acme: {actions: ["tool:person"]}}
bind: [{match: {claims: {team: sales}}, roles: [reader], tenant: acme}]
"""
    )
    async with make_app(tmp_path, policy).open() as app:
        current_principal.set(Principal("ann", "oauth", claims={"team": "sales"}))
        async with client(app, "2026-07-28") as session:
            assert [tool.name for tool in (await session.list_tools()).tools] == ["person"]
            assert not (await session.call_tool("person", {"name": "ann"})).is_error
        current_principal.set(BOB)  # of no tenant
        async with client(app, "2026-07-28") as session:
            assert (await session.list_tools()).tools == []
    assert records(app)[0]["tenant"] == "acme"


@pytest.mark.asyncio
async def test_without_a_policy_everything_is_as_it_was(tmp_path: Path) -> None:
    async with make_app(tmp_path, None).open() as app, client(app, "2026-07-28") as session:
        assert len((await session.list_tools()).tools) == 7
        assert not (await session.call_tool("query", {"columns": ["salary"]})).is_error
    assert [(r["policy_sha256"], r["rule_ids"], r["data_classes"]) for r in records(app)] == [(None, [], ["financial"])]


@pytest.mark.asyncio
async def test_a_durable_record_is_on_disk_before_the_reply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fdatasync = os.fdatasync

    def sync(fd: int) -> None:
        synced.append(fd)
        fdatasync(fd)

    monkeypatch.setattr("os.fdatasync", sync)
    policy = EVERYTHING + "obligations: [{id: sure, actions: ['tool:person'], audit: durable}]\n"
    async with make_app(tmp_path, policy).open() as app, client(app, "2026-07-28") as session:
        synced.clear()  # the start is on the disk too
        await session.call_tool("describe", {"name": "ann"})
        assert synced == []
        await session.call_tool("person", {"name": "ann"})
        assert len(synced) == 1


def test_an_unknown_data_class_is_refused_when_the_server_is_declared() -> None:
    with pytest.raises(ValueError, match="not secret"):
        make_server().tool(scopes=SCOPES, read_only=True, data_classes={"secret"})(nothing)  # type: ignore[type-var]


@pytest.mark.asyncio
async def test_a_stream_ends_when_another_policy_refuses_what_it_tells_of(tmp_path: Path) -> None:
    async with make_app(tmp_path, DENIALS).open() as app, client(app, "2026-07-28") as session:
        listening = session.listen(resource_subscriptions=["people://ann"])
        changes = aiter(await listening.__aenter__())
        (tmp_path / "policy.yaml").write_text(f"version: 1\n{DENIALS.replace('people://bob', 'people://*')}")
        app.policies.refresh()
        with pytest.raises(SubscriptionLost), anyio.fail_after(20):
            await anext(changes)
        await listening.__aexit__(None, None, None)
    assert [(record["action"], record["decision"]) for record in records(app)] == [
        ("subscription:people://ann", "allow"),
        ("subscription:people://ann", "deny"),
    ]


@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore:resources:mcp.shared.exceptions.MCPDeprecationWarning")
async def test_an_older_client_is_not_told_what_another_policy_refuses(tmp_path: Path) -> None:
    told: list[str] = []

    async def notice(message: Any) -> None:
        if isinstance(message, ResourceUpdatedNotification):
            told.append(str(message.params.uri))

    app = make_app(tmp_path, DENIALS)
    async with app.open(), Client(app.mcp(sessions=True), mode="legacy", message_handler=notice) as session:
        await session.subscribe_resource("people://ann")
        await app.mcp(sessions=True).updated("people://ann")
        (tmp_path / "policy.yaml").write_text(f"version: 1\n{DENIALS.replace('people://bob', 'people://*')}")
        app.policies.refresh()
        await app.mcp(sessions=True).updated("people://ann")
        await session.list_tools()
    assert told == ["people://ann"]


@pytest.mark.asyncio
async def test_a_newer_client_listens_only_to_what_it_may_read(tmp_path: Path) -> None:
    async with make_app(tmp_path, DENIALS).open() as app, client(app, "2026-07-28") as session:
        async with session.listen(resource_subscriptions=["people://ann"]):
            pass
        with pytest.raises(MCPError) as denied:
            async with session.listen(resource_subscriptions=["people://bob"]):
                pass
    assert denied.value.error.data["code"] == "denied"
