"""Turns over real sockets: what waits, listens or is slow to read holds up nobody."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from http_wire import NEW, OLD, call, headers, message, post, serving

ERAS = pytest.mark.parametrize("era", [OLD, NEW])


@ERAS
@pytest.mark.parametrize("progress", [False, True])
@pytest.mark.asyncio
async def test_calls_that_wait_for_their_backend_hold_up_nobody(tmp_path: Path, era: str, progress: bool) -> None:
    async with serving(tmp_path, max_concurrency=40) as served:
        for _ in range(20):
            waiting = await served.connect()
            await waiting.send(post(call(era, "wait", progress=progress), headers(era, "wait")))
        async with asyncio.timeout(30):
            assert (await served.ask(post(call(era, "add", a=1), headers(era, "add")))).status == 200


@pytest.mark.asyncio
async def test_calls_that_wait_for_a_slot_hold_up_no_list(tmp_path: Path) -> None:
    async with serving(tmp_path, max_concurrency=1, queue_wait=60) as served:
        for number in range(3):
            waiting = await served.connect()
            await waiting.send(post(call(NEW, "wait", request_id=number), headers(NEW, "wait")))
        listed = message(NEW, "tools/list")
        async with asyncio.timeout(30):
            answer = await served.ask(post(listed, headers(NEW, mcp_method="tools/list")))
        assert answer.json["result"]["tools"]


@pytest.mark.asyncio
async def test_clients_that_listen_hold_up_nobody(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        listen = message(NEW, "subscriptions/listen", notifications={"resourceSubscriptions": ["note://all"]})
        for _ in range(20):
            listening = await served.connect()
            await listening.send(post(listen, headers(NEW, mcp_method="subscriptions/listen")))
            assert (await listening.head())[0] == 200
        assert (await served.ask(post(call(NEW, "add", a=1), headers(NEW, "add")))).status == 200


@ERAS
@pytest.mark.asyncio
async def test_clients_that_do_not_read_hold_up_nobody(tmp_path: Path, era: str) -> None:
    async with serving(tmp_path) as served:
        lines = headers(era, mcp_method="tools/list") if era == NEW else headers(era)
        for _ in range(8):
            deaf = await served.connect()
            deaf.writer.write(post(message(era, "tools/list"), lines) * 2_000)
        await asyncio.sleep(0)
        async with asyncio.timeout(60):
            assert (await served.ask(post(call(era, "add", a=1), headers(era, "add")))).status == 200


@ERAS
@pytest.mark.asyncio
async def test_clients_that_left_give_their_turns_back(tmp_path: Path, era: str) -> None:
    async with serving(tmp_path, max_concurrency=1, queue_wait=60) as served:
        for _ in range(30):
            gone = await served.connect()
            await gone.send(post(call(era, "wait"), headers(era, "wait")))
            gone.close()
        async with asyncio.timeout(30):  # until the server has noticed that they left
            while b'"total":3' not in (await served.ask(post(call(era, "add", a=1), headers(era, "add")))).body:
                await asyncio.sleep(0.01)
