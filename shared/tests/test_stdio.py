"""The stdio transport, in this process over pipes and as the real command."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from mcp_chassis.app import App
from mcp_chassis.call import current_principal
from mcp_chassis.stdio import Conversation
from sample_server import make_app

META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
}
INITIALIZE = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}
ERAS = pytest.mark.parametrize("era", ["old", "new"])


class Wire:
    """The client's ends of a conversation's pipes."""

    def __init__(
        self,
        era: str,
        app: App[Any, Any],
        to_server: int,
        from_server: asyncio.StreamReader,
        pipe: asyncio.ReadTransport,
        conversation: Conversation,
    ) -> None:
        self.era = era
        self.conversation = conversation
        self.pipe = pipe
        self.app = app
        self.to_server = to_server
        self.from_server = from_server

    def send(self, request_id: int | None, method: str, **params: Any) -> None:
        body: dict[str, Any] = {"jsonrpc": "2.0", "method": method}
        if request_id is not None:
            body["id"] = request_id
        if self.era == "new" and request_id is not None:
            params["_meta"] = META
        self.raw(json.dumps({**body, "params": params}).encode() + b"\n")

    def raw(self, data: bytes) -> None:
        os.write(self.to_server, data)

    def call(self, request_id: int, tool: str, **arguments: Any) -> None:
        self.send(request_id, "tools/call", name=tool, arguments=arguments)

    async def answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(await self.from_server.readline())
        return answer

    async def begin(self) -> None:
        if self.era == "old":
            self.send(0, "initialize", **INITIALIZE)
            await self.answer()
            self.send(None, "notifications/initialized")

    def hang_up(self) -> None:
        os.close(self.to_server)


@asynccontextmanager
async def conversation(tmp_path: Path, era: str, **settings: Any) -> AsyncIterator[Wire]:
    """A conversation that has begun; in the end it must have ended by itself."""
    server_in, client_out = os.pipe()
    client_in, server_out = os.pipe()
    async with make_app(tmp_path, **settings).open() as app:
        current_principal.set(app.local_principal())
        reader = asyncio.StreamReader(limit=2**25)
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(client_in, "rb")
        )
        talk = Conversation(app, server_in, server_out)
        served = asyncio.create_task(talk.run())
        wire = Wire(era, app, client_out, reader, pipe, talk)
        await wire.begin()
        yield wire
        async with asyncio.timeout(10):
            await served
        pipe.close()
    os.close(server_in)
    os.close(server_out)


@ERAS
@pytest.mark.asyncio
async def test_calls_are_answered_in_both_eras(tmp_path: Path, era: str) -> None:
    async with conversation(tmp_path, era) as wire:
        wire.call(1, "add", a=40)
        assert (await wire.answer())["result"]["structuredContent"] == {"total": 42}
        wire.hang_up()


@ERAS
@pytest.mark.asyncio
async def test_a_message_that_is_refused_is_answered_and_does_no_harm(tmp_path: Path, era: str) -> None:
    async with conversation(tmp_path, era) as wire:
        for raw, code, request_id in (
            (b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"a":NaN}}\n', -32600, 1),
            (b'{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"a":"\\ud800"}}\n', -32600, 2),
            (b"what?\n", -32700, None),
            (b'{"jsonrpc":"2.0","id":3,"error":1}\n', -32600, None),
        ):
            wire.raw(raw)
            answer = await wire.answer()
            assert (answer["error"]["code"], answer["id"]) == (code, request_id)
        wire.raw(b"\n \r\n")
        wire.call(4, "add", a=1)
        assert (await wire.answer())["id"] == 4
        wire.hang_up()


@pytest.mark.parametrize("rounds", [200, pytest.param(20_000, marks=pytest.mark.soak)])
@pytest.mark.asyncio
async def test_every_damaged_line_is_answered(tmp_path: Path, rounds: int) -> None:
    random = Random(rounds)  # noqa: S311 - damage need not be a secret
    good = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"a": [1, "\\ud83d"]}}).encode()
    async with conversation(tmp_path, "new") as wire:
        for _ in range(rounds):
            line = bytearray(good)
            for _ in range(random.randint(1, 4)):
                line[random.randrange(len(line))] = random.choice(b'{}[]",:\\0eNu\xff')
            wire.raw(bytes(line) + b"\n")
            wire.call(2, "add", a=1)
            while (answer := await wire.answer())["id"] != 2:
                assert "error" in answer
        wire.hang_up()


@pytest.mark.asyncio
async def test_a_line_over_the_cap_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    async with conversation(tmp_path, "new", max_body_bytes=2000) as wire:
        wire.raw(b'{"jsonrpc":"2.0","id":1,"method":"' + b"x" * 3000 + b'"}\n')
        assert "2000 bytes" in (await wire.answer())["error"]["message"]
        wire.call(2, "add", a=1)
        assert (await wire.answer())["id"] == 2
        wire.hang_up()


@ERAS
@pytest.mark.asyncio
async def test_a_cancelled_call_stops_and_is_not_answered(tmp_path: Path, era: str) -> None:
    async with conversation(tmp_path, era) as wire:
        wire.call(1, "wait")
        await wire.app.resources.running.wait()
        wire.send(None, "notifications/cancelled", requestId=1, reason="enough")
        wire.call(2, "add", a=1)
        assert (await wire.answer())["id"] == 2
        assert wire.app.resources.ended == ["cancelled"]
        wire.hang_up()


@pytest.mark.asyncio
async def test_calls_in_flight_at_the_end_of_input_are_still_answered(tmp_path: Path) -> None:
    async with conversation(tmp_path, "new") as wire:
        wire.call(1, "oversleep")
        wire.call(2, "add", a=1)
        wire.hang_up()
        assert {(await wire.answer())["id"], (await wire.answer())["id"]} == {1, 2}


@ERAS
@pytest.mark.asyncio
async def test_calls_that_outlast_the_grace_are_cancelled(tmp_path: Path, era: str) -> None:
    async with conversation(tmp_path, era, grace_seconds=0.1) as wire:
        wire.call(1, "wait")
        await wire.app.resources.running.wait()
        wire.hang_up()
        assert "error" in await wire.answer()
    assert wire.app.resources.ended == ["cancelled"]


@pytest.mark.asyncio
async def test_a_signal_after_the_end_of_input_does_not_wait_for_calls(tmp_path: Path) -> None:
    async with conversation(tmp_path, "new", grace_seconds=600) as wire:
        wire.call(1, "wait")
        await wire.app.resources.running.wait()
        wire.hang_up()
        while not wire.conversation._notices:  # a signal that overtakes the end of input would be the first of two
            await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)
        assert "error" in await wire.answer()
    assert wire.app.resources.ended == ["cancelled"]


@ERAS
@pytest.mark.asyncio
async def test_a_client_that_is_gone_is_not_waited_for(tmp_path: Path, era: str) -> None:
    async with conversation(tmp_path, era) as wire:
        wire.call(1, "wait")
        await wire.app.resources.running.wait()
        wire.pipe.close()
        wire.hang_up()
    assert wire.app.resources.ended == ["cancelled"]


@pytest.mark.asyncio
async def test_a_stream_of_changes_does_not_hold_the_server_up(tmp_path: Path) -> None:
    async with conversation(tmp_path, "new") as wire:
        wire.send(1, "subscriptions/listen", notifications={"resourceSubscriptions": ["note://all"]})
        await wire.answer()
        wire.hang_up()


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """The sample server as a command that also prints where it must not."""
    program = tmp_path / "server.py"
    program.write_text(
        "import os, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from sample_server import make_server\n"
        "server = make_server()\n"
        "@server.tool(scopes={'notes:read'}, read_only=True)\n"
        "async def noisy() -> str:\n"
        "    print('noise', flush=True)\n"
        "    os.system('echo noise; cat')\n"
        "    os.write(1, b'noise')\n"
        "    return 'done'\n"
        "server.run()\n"
    )
    return [sys.executable, str(program)]


def environment(tmp_path: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}


def lines(*calls: str) -> bytes:
    bodies = [
        {"jsonrpc": "2.0", "id": n, "method": "tools/call", "params": {"name": name, "arguments": {}, "_meta": META}}
        for n, name in enumerate(calls)
    ]
    return b"".join(json.dumps(body).encode() + b"\n" for body in bodies)


def test_nothing_but_messages_reaches_stdout(tmp_path: Path, command: list[str]) -> None:
    done = subprocess.run(command, input=lines("noisy"), capture_output=True, env=environment(tmp_path), timeout=60)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["result"]["content"][0]["text"] for answer in answers] == ["done"]
    assert done.stderr.count(b"noise") == 3
    assert done.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_a_running_call_end_and_exits_with_0(
    tmp_path: Path, command: list[str], number: signal.Signals
) -> None:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(tmp_path)) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(lines("add", "oversleep"))
        server.stdin.flush()
        first = json.loads(server.stdout.readline())
        server.send_signal(number)
        rest = [json.loads(line) for line in server.stdout.read().splitlines()]
    assert first["id"] == 0
    assert ["timeout" in answer["result"]["content"][0]["text"] for answer in rest] == [True]
    assert server.returncode == 0
