"""Two replicas behind a real haproxy that share Redis, key ring, audit folder and PostgreSQL: what fails, what not."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp.client.session import ClientRequestContext
from mcp_chassis.audit import make_audit_keys
from mcp_chassis.testing.redis import RedisServer, redis_server
from mcp_types import ElicitRequestParams, ElicitResult
from replicas import ERAS, Balancer, Replica, Site, clean, command
from traffic import Traffic

__all__ = ["redis_server"]

FIXTURE = Path(__file__).parents[1] / "conformance" / "fixture.py"
POLICY = """
version: 1
roles:
  steady: {scopes: [db:read]}
  counted: {scopes: [db:read]}
bind:
  - {match: {key: [steady]}, roles: [steady]}
  - {match: {key: [first, second]}, roles: [counted]}
rules:
  - {id: reads, effect: allow, actions: ["tool:*"]}
limits:
  - {id: each, rate: 12/d, per: [principal], roles: [counted]}
  - {id: all, rate: 20/d, per: [tenant], roles: [counted]}
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where everything lies: not below pytest's own folder, whose path may be longer than that of a socket can be."""
    if shutil.which("haproxy") is None:
        pytest.skip("haproxy is not here: `apt-get install haproxy`")
    made = Path(tempfile.mkdtemp(prefix="mcp-replicas-"))
    yield made
    shutil.rmtree(made)


def site_of(folder: Path, *words: str | Path, **settings: str) -> Site:
    """Two replicas of a command behind a balancer, with what they share; the replicas are not started."""
    one, two = (Replica(name, words, folder) for name in ("one", "two"))
    balancer = Balancer(folder, (one, two))
    signing, _, hmac_key = make_audit_keys(folder / "keys")
    ring = folder / "keys" / "seal.keys"
    ring.write_text(secrets.token_hex(32))
    ring.chmod(0o600)
    shared = {
        "MCP_PUBLIC_URL": balancer.url.removesuffix("/mcp"),
        "MCP_ALLOWED_HOSTS": f"127.0.0.1:{one.port},127.0.0.1:{two.port}",
        "MCP_AUDIT_DIR": str(folder / "audit"),
        "MCP_AUDIT_KEY_FILE": str(signing),
        "MCP_AUDIT_HMAC_KEY_FILE": str(hmac_key),
        "MCP_SEAL_KEYS_FILE": str(ring),
        "MCP_DRAIN_SECONDS": "2",
        "MCP_TOOL_TIMEOUT": "4s",
    }
    for replica in (one, two):
        replica.environment = {**clean(folder), **shared, **settings}
    return Site(folder, one, two, balancer)


@pytest.fixture(scope="module")
def site(folder: Path, postgres: Any, redis_server: RedisServer) -> Iterator[Site]:
    """The database server twice, and haproxy before it."""
    keys = {}
    for name in ("steady", "first", "second"):
        made = command(
            "mcp-db-server", "keys", "create", name, "--scopes", "db:read", "--file", folder / "keys.json", home=folder
        )
        assert made.returncode == 0, made.stderr
        keys[name] = made.stdout.strip()
    (folder / "policy.yaml").write_text(POLICY)
    postgres.ensure_database("replicas")
    site = site_of(
        folder,
        "mcp-db-server",
        DATABASE_URL=postgres.dsn("replicas"),
        MCP_API_KEYS_FILE=str(folder / "keys.json"),
        MCP_POLICY_FILE=str(folder / "policy.yaml"),
        MCP_REDIS_URL=redis_server.url,
        MCP_ALLOW_FUNCTION="pg_sleep",
    )
    site.keys = keys
    site.balancer.start()
    yield site
    site.balancer.stop()
    for replica in site.replicas:
        replica.kill()


def assert_proven(site: Site, traffic: Traffic) -> None:
    """Every chain is intact, and every call that was answered is in one of them, once."""
    verified = site.verify()
    assert verified.returncode == 0, verified.stdout
    recorded, failed = traffic.records(), {call.number for call in traffic.failed}
    assert {call.number for call in traffic.made if recorded[call.number] != 1} <= failed
    assert all(recorded[number] <= 1 for number in failed)


@pytest.mark.asyncio
async def test_a_replica_that_is_told_to_stop_and_started_again_fails_no_call(site: Site) -> None:
    await site.up()
    traffic = Traffic(site, clients=6, pause_s=0.02)
    async with traffic.flowing():
        await traffic.more(10)
        assert await site.one.terminate() == 0
        await traffic.more(10)
        await site.up()
        await traffic.more(10)
    assert traffic.failed == []
    assert all({"one", "two"} <= set(served) for served in traffic.served.values())
    assert_proven(site, traffic)


@pytest.mark.asyncio
async def test_a_killed_replica_fails_the_calls_that_it_was_at_work_on_and_no_other(site: Site) -> None:
    await site.up()
    unanswered, recovered = site.balancer.unanswered("one"), len(site.records("recovery"))
    traffic = Traffic(site, clients=8, pause_s=0.01, streams=False)  # which haproxy calls answered once they begin
    async with traffic.flowing():
        await traffic.more(10)
        while int(site.balancer.stats("one")["scur"]) < 2:
            await asyncio.sleep(0.005)
        in_flight = traffic.in_flight
        site.one.kill()
        await site.balancer.until(site.one, "DOWN")
        await traffic.more(10)
        await site.up()
        await traffic.more(10)
    failed = {call.number for call in traffic.failed}
    assert failed <= in_flight
    assert len(failed) == site.balancer.unanswered("one") - unanswered > 0
    assert len(site.records("recovery")) == recovered + 1
    assert_proven(site, traffic)


@pytest.mark.asyncio
async def test_a_limit_holds_over_the_sum_and_a_refused_call_counts_for_none(site: Site) -> None:
    await site.up()

    async def passed(key: str, times: int) -> int:
        """How many of so many calls at once, by clients of both eras, are let through."""
        async with site.client(key, ERAS[0], served) as new, site.client(key, ERAS[1], served) as old:
            calls = [
                client.call_tool("execute_query", {"query": "select $1::int", "parameters": [number]})
                for number in range(times // 2)
                for client in (new, old)
            ]
            results = await asyncio.gather(*calls)
        refusals = [result.meta["io.mcp-chassis/error"]["code"] for result in results if result.is_error]
        assert set(refusals) <= {"rate_limited"}
        return times - len(refusals)

    served: list[str] = []
    assert await passed("first", 20) == 12  # its own rate
    assert await passed("second", 20) == 8  # what the first has left of the rate of both
    assert await passed("first", 4) == 0
    assert {"one", "two"} <= set(served)


@pytest.mark.asyncio
@pytest.mark.parametrize("era", ERAS)
async def test_a_cursor_from_one_replica_leads_on_at_the_other(site: Site, era: str) -> None:
    await site.up()
    served: list[str] = []
    pages: list[str] = []
    found: list[int] = []
    page: dict[str, Any] = {"query": "select n from generate_series(1, 20) as n order by n", "limit": 4}
    async with site.client("steady", era, served) as client:
        while len(found) < 20:
            result = await client.call_tool("execute_query", page)
            assert result.structured_content is not None, result.content
            found += [row[0] for row in result.structured_content["rows"]]
            page["cursor"] = result.structured_content.get("next_cursor")
            pages.append(served[-1])
    assert found == list(range(1, 21))
    assert set(pages) == {"one", "two"}


@pytest.mark.asyncio
async def test_a_cancellation_that_lands_on_the_other_replica_is_harmless(site: Site) -> None:
    await site.up()
    headers = {
        "authorization": f"Bearer {site.keys['steady']}",
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": "2025-11-25",
    }
    call = {"name": "execute_query", "arguments": {"query": "select pg_sleep(60)"}}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:

        async def post(url: str, method: str, **message: Any) -> httpx2.Response:
            return await http.post(url, json={"jsonrpc": "2.0", "method": method, **message})

        async def cancelled_at(url: str) -> str:
            """The code that a call of the first replica ends with, whose cancellation goes there."""
            running = asyncio.create_task(post(site.one.url, "tools/call", id="same", params=call))
            await asyncio.sleep(0.5)
            told = await post(url, "notifications/cancelled", params={"requestId": "same"})
            assert told.status_code == 202
            result = (await running).json()
            return result["result"]["_meta"]["io.mcp-chassis/error"]["code"] if "result" in result else "none"

        assert await cancelled_at(site.two.url) == "timeout"
        assert await cancelled_at(site.one.url) != "timeout"


@pytest.mark.asyncio
async def test_the_request_that_a_client_closes_is_cancelled_through_the_balancer(site: Site) -> None:
    await site.up()
    query = {"query": "select pg_sleep(60), 'closed'"}
    async with site.client("steady", "auto") as client:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.call_tool("execute_query", query), 0.5)
    for _ in range(100):
        if any(record["outcome"] == "cancelled" for record in site.records("call")):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the call goes on")


@pytest.mark.asyncio
async def test_what_one_replica_asks_the_other_hears_answered(folder: Path) -> None:
    site = site_of(folder / "asking", sys.executable, FIXTURE, MCP_API_KEY="0123456789abcdefghijklmnopqrstuv")
    site.keys = {"asking": "0123456789abcdefghijklmnopqrstuv"}
    answers = [{"username": "Ada", "email": "ada@example.org"}, {"ok": True}]

    async def person(_: ClientRequestContext, __: ElicitRequestParams) -> ElicitResult:
        return ElicitResult(action="accept", content=answers.pop(0))

    site.balancer.start()
    try:
        await site.up()
        served: list[str] = []
        async with site.client("asking", "auto", served, elicitation_callback=person) as client:
            del served[:]
            result = await client.call_tool("test_two_questions", {})
    finally:
        site.balancer.stop()
        for replica in site.replicas:
            replica.kill()
    assert result.content[0].text == "Ada: True"
    assert {"one", "two"} <= set(served)


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.asyncio
@pytest.mark.parametrize("connections", ["option http-server-close", "option http-keep-alive"])
async def test_ten_rolling_restarts_fail_no_call(site: Site, connections: str) -> None:
    site.balancer.stop()
    site.balancer.start(("option http-server-close", connections))
    await site.up()
    traffic = Traffic(site, clients=8, pause_s=0.05)
    async with traffic.flowing():
        for turn in range(10):
            assert await site.replicas[turn % 2].terminate() == 0
            await site.up()
        await traffic.more(5)
    assert traffic.failed == []
    assert_proven(site, traffic)
