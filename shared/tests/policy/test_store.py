"""The policy file while the server runs: it is followed, a broken one is told and not taken, calls keep their own."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_chassis.app import App
from mcp_chassis.call import Call, Channel, Principal, current_principal
from mcp_chassis.errors import ConfigurationError, Denied
from mcp_chassis.policy.store import PolicyStore
from sample_server import make_app

READER = Principal("reader", "api-key", scopes=frozenset({"notes:read", "notes:write"}))
ALLOW = "version: 1\nrules: [{id: all, effect: allow, actions: ['*']}]\n"
DENY = "version: 1\nrules: [{id: all, effect: allow, actions: ['*']}, {id: no, effect: deny, actions: ['tool:add']}]\n"
BROKEN = "version: 1\nrules: [{id: all, efect: allow, actions: ['*']}]\n"


class Told:
    """Audit events."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def __call__(self, event: str, **details: Any) -> None:
        self.events.append({"event": event, **details})


def write(path: Path, text: str) -> None:
    """Replace a file in one step, as editors and deployments do."""
    new = path.with_suffix(".new")
    new.write_text(text)
    os.replace(new, path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "policy.yaml"
    path.write_text(ALLOW)
    return path


def test_a_changed_file_is_read_and_told(file: Path) -> None:
    told = Told()
    store = PolicyStore(file, told)
    first = store.current
    assert first is not None
    assert not store.refresh()
    write(file, DENY)
    assert store.refresh()
    assert store.current is not None
    assert store.current is not first
    assert told.events == [
        {
            "event": "policy_reload",
            "outcome": "ok",
            "policy_sha256": store.current.sha256,
            "previous_sha256": first.sha256,
        }
    ]


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: write(path, BROKEN),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text(""),
        lambda path: path.write_text(ALLOW[:30]),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to(path)),
    ],
    ids=["faulty", "not text", "empty", "half written", "gone", "a folder", "a circle"],
)
def test_a_broken_file_keeps_the_last_good_policy(file: Path, harm: Callable[[Path], Any]) -> None:
    told = Told()
    store = PolicyStore(file, told)
    good = store.current
    harm(file)
    assert not store.refresh()
    assert not store.refresh()  # and is told once
    assert store.current is good
    assert store.faults
    (event,) = told.events
    assert good is not None
    assert (event["outcome"], event["policy_sha256"]) == ("failed", good.sha256)
    assert event["faults"] == list(store.faults)


def test_a_file_that_is_whole_again_is_taken(file: Path) -> None:
    told = Told()
    store = PolicyStore(file, told)
    write(file, BROKEN)
    store.refresh()
    write(file, DENY)
    assert store.refresh()
    assert store.faults == ()
    assert [event["outcome"] for event in told.events] == ["failed", "ok"]


def test_a_file_that_only_was_touched_changes_nothing(file: Path) -> None:
    told = Told()
    store = PolicyStore(file, told)
    good = store.current
    write(file, ALLOW)
    store.refresh()
    assert store.current is good
    assert told.events == []


def test_a_link_that_is_turned_is_followed(tmp_path: Path) -> None:
    for name, text in (("one", ALLOW), ("two", DENY)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(text)
    (tmp_path / "data").symlink_to("one")
    store = PolicyStore(tmp_path / "data" / "policy.yaml", Told())
    (tmp_path / "next").symlink_to("two")
    os.replace(tmp_path / "next", tmp_path / "data")
    assert store.refresh()


def test_a_binding_is_made_anew_with_another_policy(file: Path) -> None:
    store = PolicyStore(file, Told())
    assert store.bind(READER).roles == frozenset()
    assert store.bind(READER) is store.bind(READER)
    write(file, "version: 1\nroles: {a: }\nbind: [{match: {subject: reader}, roles: [a]}]\n")
    store.refresh()
    assert store.bind(READER).roles == {"a"}


def test_two_tokens_of_one_person_are_bound_each_by_its_own_claims(file: Path) -> None:
    write(file, "version: 1\nroles: {a: }\nbind: [{match: {claims: {admin: true}}, roles: [a]}]\n")
    store = PolicyStore(file, Told())
    plain, admin = (Principal("ann", "oauth", claims=claims) for claims in ({}, {"admin": True}))
    assert plain == admin  # claims are no part of the identity
    assert [store.bind(principal).roles for principal in (plain, admin, plain)] == [set(), {"a"}, set()]


def test_a_key_that_is_made_a_principal_for_each_request_is_bound_once(file: Path) -> None:
    store = PolicyStore(file, Told())
    first, second = (Principal("key:ci", "api-key", credential="k1") for _ in range(2))
    assert store.bind(first) is store.bind(second)
    later = Principal("key:ci", "api-key", credential="k1", authenticated_at=5.0)
    assert store.bind(later).authenticated_at == 5.0


@pytest.mark.parametrize("text", [BROKEN, "version: 9", "[", ""])
def test_a_server_does_not_start_with_a_broken_policy(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=r"policy\.yaml line \d"):
        PolicyStore(file, Told())


async def until(ready: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not ready():
            await asyncio.sleep(0.01)


def events(app: App[Any, Any], name: str) -> list[dict[str, Any]]:
    return [record for line in app.audit.path.read_text().splitlines() if (record := json.loads(line))["event"] == name]


@pytest.mark.asyncio
async def test_a_running_server_follows_its_file_and_tells_of_a_broken_one(tmp_path: Path, file: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, policy_file=file).open() as app, Client(app.mcp(sessions=True)) as session:
        assert not (await session.call_tool("add", {"a": 1})).is_error
        write(file, DENY)
        await until(lambda: bool(events(app, "policy_reload")))
        assert "[denied, " in (await session.call_tool("add", {"a": 1})).content[0].text
        assert "add" not in [tool.name for tool in (await session.list_tools()).tools]
        write(file, BROKEN)
        await until(lambda: len(events(app, "policy_reload")) == 2)
        assert "[denied, " in (await session.call_tool("add", {"a": 1})).content[0].text
        health = {component.name: component for component in await app.health()}
        assert health["policy"].status == "degraded"
        assert "faulty now: policy.yaml line 2" in health["policy"].detail
    assert [event["outcome"] for event in events(app, "policy_reload")] == ["ok", "failed"]


@pytest.mark.asyncio
async def test_a_call_in_flight_keeps_the_policy_that_it_began_with(tmp_path: Path, file: Path) -> None:
    current_principal.set(READER)
    async with make_app(tmp_path, policy_file=file).open() as app, Client(app.mcp(sessions=True)) as session:
        first = app.policies.current
        waiting = asyncio.create_task(session.call_tool("wait", {}))
        await app.resources.running.wait()
        write(file, "version: 1\nrules: [{id: none, effect: deny, actions: ['*']}]\n")
        await until(lambda: app.policies.current is not first)
        (request_id,) = [key[1] for key in app.calls._in_flight._scopes]
        assert app.calls.cancel(READER, request_id)
        await waiting
    (record,) = events(app, "call")
    assert first is not None
    assert (record["policy_sha256"], record["decision"]) == (first.sha256, "allow")


@pytest.mark.asyncio
async def test_every_call_under_load_is_decided_by_one_whole_policy(tmp_path: Path, file: Path) -> None:
    """Two policies take turns, with broken files between; each call is decided wholly by one of the two."""
    swapped = DENY.replace("tool:add", "tool:clear")
    async with make_app(tmp_path, policy_file=file).open() as app:
        known = {app.policies.current.sha256: {"add": True, "clear": True}}
        outcomes: list[tuple[str, bool, str]] = []
        running = True

        async def caller(tool: str) -> None:
            arguments = {"a": 1} if tool == "add" else {}
            endpoint = app.server.registry.tools[tool]
            while running:
                call = Call("tool", tool, arguments, READER, endpoint, Channel())
                try:
                    await app.calls.run(call)
                    outcomes.append((tool, True, call.policy_sha256 or ""))
                except Denied:
                    outcomes.append((tool, False, call.policy_sha256 or ""))
                await asyncio.sleep(0)

        callers = [asyncio.create_task(caller(tool)) for tool in ("add", "clear") * 4]
        for number in range(30):
            text, denied = ((DENY, "add"), (swapped, "clear"))[number % 2]
            write(file, text)
            app.policies.refresh()
            known[app.policies.current.sha256] = {"add": denied != "add", "clear": denied != "clear"}
            await asyncio.sleep(0.005)
            write(file, BROKEN)
            app.policies.refresh()
            await asyncio.sleep(0.005)
        running = False
        await asyncio.gather(*callers)
    assert len(known) == 3
    assert {sha for _, _, sha in outcomes} >= set(list(known)[1:])
    assert [outcome for outcome in outcomes if known[outcome[2]][outcome[0]] is not outcome[1]] == []
