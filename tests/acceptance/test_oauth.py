"""OAuth with a real authorization server and the SDK's own OAuth clients, in both eras."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from authorization_server import AuthorizationServer, Memory, agent, connected, free_port, person, registered
from mcp.client.auth import OAuthClientProvider
from token_issuer import SigningKey

ERAS = pytest.mark.parametrize("era", ["legacy", "auto"])
WHO = pytest.mark.parametrize("who", ["agent", "person"])
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "shared" / "tests"
RSA, EC = SigningKey("rsa-1", "RS256"), SigningKey("ec-1", "ES256")


class Site:
    """Two servers that trust one authorization server: the shop's database, and notes with a scope to write."""

    def __init__(self, serve: Any, shop: str, log: Path) -> None:
        ports = free_port(), free_port()
        self.shop, self.notes = (f"http://127.0.0.1:{port}/mcp" for port in ports)
        self.issuer = AuthorizationServer(
            log, {self.shop: ("db:read", "RS256"), self.notes: ("notes:read notes:write", "ES256")}
        )
        self.issuer.start(EC, RSA)
        run_sample = ("python", "-c", "from sample_server import make_server; make_server().run()")
        for command, port in (("mcp-db-server", shop), ports[0]), (run_sample, ports[1]):
            environment = {
                "MCP_AUTH_ISSUER": self.issuer.url,
                "MCP_PUBLIC_URL": f"http://127.0.0.1:{port}",
                "PYTHONPATH": str(SAMPLE),
            }
            self.running = serve(*command, environment=environment, auth="oauth", port=port)

    def client(self, who: str, url: str, memory: Memory) -> OAuthClientProvider:
        """The SDK's OAuth client of an agent or a person."""
        return agent(url, memory, self.issuer.url) if who == "agent" else person(url, memory, "alice")

    def audited(self, event: str) -> list[dict[str, Any]]:
        """What the notes' audit log has of a kind."""
        [log] = self.running.log.parent.glob("audit/*/*/0*.jsonl")
        return [record for line in log.read_text().splitlines() if (record := json.loads(line))["event"] == event]


@pytest.fixture(scope="module")
def site(npm: Any, serve: Any, shop: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(serve, shop, tmp_path_factory.mktemp("issuer") / "stderr")
    yield site
    site.issuer.stop()


def post(url: str, token: str, tool: str = "add", **arguments: Any) -> httpx2.Response:
    """A call of the older era, which needs no handshake here."""
    params = {"name": tool, "arguments": arguments}
    return httpx2.post(
        url,
        json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params},
        headers={
            "authorization": f"Bearer {token}",
            "accept": "application/json, text/event-stream",
            "mcp-protocol-version": "2025-11-25",
        },
        timeout=30,
    )


# -- the SDK's clients read our challenges ----------------------------------------------------------------------------


@ERAS
@WHO
@pytest.mark.asyncio
async def test_a_client_that_knows_nothing_but_the_url_gets_in(site: Site, who: str, era: str) -> None:
    memory = Memory()
    async with connected(site.shop, site.client(who, site.shop, memory), era) as client:
        result = await client.call_tool("execute_query", {"query": "select count(*) from customers"})
        assert not result.is_error
        assert "execute_query" in {tool.name for tool in (await client.list_tools()).tools}
    assert memory.scopes == ["db:read"]  # as the challenge asks, and no more


@WHO
@pytest.mark.asyncio
async def test_a_client_of_the_new_era_steps_up_when_a_tool_needs_more(site: Site, who: str) -> None:
    # What registers itself here is bound to the scopes that it first asked for.
    memory = Memory(registration=registered(site.issuer.url) if who == "person" else None)
    before = len(site.audited("elevation"))
    async with connected(site.notes, site.client(who, site.notes, memory), "auto") as client:
        assert (await client.call_tool("add", {"a": 1})).structured_content == {"total": 3}
        assert memory.scopes == ["notes:read"]
        assert not (await client.call_tool("clear", {})).is_error
        assert [set((scope or "").split()) for scope in memory.scopes] == [
            {"notes:read"}, {"notes:read", "notes:write"},
        ]  # fmt: skip
        assert not (await client.call_tool("add", {"a": 1})).is_error
    [elevation] = site.audited("elevation")[before:]
    assert elevation["principal"] == ("alice" if who == "person" else "agent")
    assert elevation["scopes"] == ["notes:write"]


@pytest.mark.asyncio
async def test_a_client_of_the_older_era_is_denied_in_words(site: Site) -> None:
    memory = Memory()
    async with connected(site.notes, site.client("agent", site.notes, memory), "legacy") as client:
        result = await client.call_tool("clear", {})
        assert result.is_error
        assert "notes:write" in result.model_dump_json()
    assert memory.scopes == ["notes:read"]


@ERAS
@pytest.mark.asyncio
async def test_a_client_whose_token_has_become_invalid_gets_a_new_one(site: Site, era: str) -> None:
    memory = Memory()
    async with connected(site.notes, site.client("agent", site.notes, memory), era) as client:
        assert not (await client.call_tool("add", {"a": 1})).is_error
    assert memory.tokens is not None
    memory.tokens.access_token = site.issuer.token(site.shop, "db:read")  # which is for another server
    async with connected(site.notes, site.client("agent", site.notes, memory), era) as client:
        assert not (await client.call_tool("add", {"a": 1})).is_error


# -- tokens of a real issuer ------------------------------------------------------------------------------------------


def test_a_token_opens_the_server_that_it_was_asked_for_and_no_other(site: Site) -> None:
    for_shop = site.issuer.token(site.shop, "db:read")
    for_notes = site.issuer.token(site.notes, "notes:read")
    for_nothing = site.issuer.token(None, "notes:read")  # an opaque one
    query = {"query": "select 1"}
    assert post(site.shop, for_shop, "execute_query", **query).status_code == 200
    assert post(site.notes, for_notes, a=1).status_code == 200
    for url, token in ((site.shop, for_notes), (site.notes, for_shop), (site.shop, for_nothing)):
        answer = post(url, token)
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_an_agent_that_acts_for_somebody_is_told_from_them(site: Site) -> None:
    assert post(site.notes, site.issuer.token(site.notes, "notes:read", "delegate"), a=1).status_code == 200
    record = site.audited("call")[-1]
    assert (record["principal"], record["actor"]) == ("delegate", "agent-7")
    assert record["credential"]


def test_the_quick_start_of_the_documentation_works(npm: Any, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "oauth.md").read_text().partition("<!-- quick-start -->")[2]
    ports = {"9000": str(free_port()), "8080": str(free_port()), "/tmp/mcp-audit": str(tmp_path / "audit")}
    blocks = re.findall(r"```\n(.*?)```", text.partition("<!-- /quick-start -->")[0], re.DOTALL)
    issuer, server, calls = (re.sub("|".join(ports), lambda match: ports[match[0]], block) for block in blocks)
    server = server.replace("--transport", f"--port {ports['8080']} --transport")
    with ExitStack() as stack:
        for command in (issuer, server):
            stack.enter_context(_background(command, tmp_path))
        for port in (ports["9000"], ports["8080"]):
            _listening(int(port))
        done = subprocess.run(["bash", "-c", calls], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)  # noqa: S607
    assert "resource_metadata=" in done.stdout
    assert '"structuredContent"' in done.stdout


@contextmanager
def _background(command: str, home: Path) -> Iterator[None]:
    environment = {"PATH": f"{ROOT}/.venv/bin:{os.environ['PATH']}", "HOME": str(home)}
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=ROOT, env=environment, start_new_session=True,  # noqa: S607
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _listening(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on {port}")


def until(status: int, url: str, token: str) -> bool:
    """Whether a call is answered so within the cool-down and a little more."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if post(url, token, a=1).status_code == status:
            return True
        time.sleep(0.5)
    return False


def test_keys_rotate_and_the_issuer_comes_and_goes(npm: Any, serve: Any, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/mcp"
    issuer = AuthorizationServer(tmp_path / "stderr", {url: ("notes:read", "ES256")})
    first, second = SigningKey("first"), SigningKey("second")
    sample = ("python", "-c", "from sample_server import make_server; make_server().run()")
    environment = {
        "MCP_AUTH_ISSUER": issuer.url,
        "MCP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(SAMPLE),
    }
    try:
        # The server starts before its issuer, and is not ready until it has seen its keys.
        running = serve(*sample, environment=environment, auth="oauth", port=port)
        ready = running.url.removesuffix("/mcp") + "/ready"
        assert httpx2.get(ready).status_code == 503
        assert post(url, f"{'a' * 40}.b.c").status_code == 401
        issuer.start(first)
        old = issuer.token(url, "notes:read")
        assert until(200, url, old)
        assert httpx2.get(ready).status_code == 200

        # Down: who has a token goes on, and so does who brings one that was not seen before.
        unseen = issuer.token(url, "notes:read")
        issuer.stop()
        assert post(url, old, a=1).status_code == 200
        assert post(url, unseen, a=1).status_code == 200
        assert httpx2.get(ready).status_code == 200

        # Back with another key: the new tokens are good, the old ones are not.
        issuer.start(second)
        new = issuer.token(url, "notes:read")
        assert until(200, url, new)
        for token in (old, unseen):
            assert post(url, token, a=1).status_code == 401
    finally:
        issuer.stop()
