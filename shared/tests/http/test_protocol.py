"""The head of a request within its bounds, over real sockets."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from http_wire import OLD, call, headers, post, serving
from mcp_chassis.http.protocol import BoundedProtocol


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedProtocol, "HEAD_SECONDS", 0.2)


@pytest.mark.parametrize("sent", [b"", b"P", b"POST /mcp HTTP/1.1\r\nhost: localhost\r\n"])
@pytest.mark.usefixtures("hurry")
@pytest.mark.asyncio
async def test_a_head_that_is_not_finished_in_time_is_refused(tmp_path: Path, sent: bytes) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(sent)
        answer = await client.answer()
        assert (answer.status, answer.headers["connection"]) == (408, "close")
        assert await client.reader.read() == b""


@pytest.mark.usefixtures("hurry")
@pytest.mark.asyncio
async def test_the_head_of_a_second_request_has_its_own_time(tmp_path: Path) -> None:
    raw = post(call(OLD, "add", a=1), headers(OLD))
    async with serving(tmp_path) as served:
        client = await served.connect()
        assert (await client.ask(raw)).status == 200
        await asyncio.sleep(0.4)  # an idle connection is kept
        assert (await client.ask(raw)).status == 200
        await client.send(raw[:20])
        assert (await client.answer()).status == 408


@pytest.mark.usefixtures("hurry")
@pytest.mark.asyncio
async def test_empty_lines_between_requests_hold_no_connection(tmp_path: Path) -> None:
    raw = post(call(OLD, "add", a=1), headers(OLD))
    async with serving(tmp_path) as served:
        client = await served.connect()
        assert (await client.ask(b"\r\n" + raw + b"\r\n")).status == 200
        assert (await client.ask(b"\r\n" + raw)).status == 200
        await client.send(b"\r\n")
        assert (await client.answer()).status == 408
        assert await client.reader.read() == b""


@pytest.mark.usefixtures("hurry")
@pytest.mark.asyncio
async def test_the_body_of_a_refused_request_holds_no_connection(tmp_path: Path) -> None:
    raw = post(b"", headers(OLD, content_length="1000"))
    async with serving(tmp_path, api_key="k" + "0123456789abcdef" * 2) as served:
        client = await served.connect()
        assert (await client.ask(raw)).status == 401
        async with asyncio.timeout(10):
            while not client.reader.at_eof():
                client.writer.write(b"x")
                await asyncio.sleep(0.05)
        assert await client.reader.read() == b""
        patient = await served.connect()
        assert (await patient.ask(raw)).status == 401
        assert (await patient.ask(b"x" * 1000 + raw)).status == 401  # who sends it in time may ask again
        await asyncio.sleep(0.4)
        assert not patient.reader.at_eof()


@pytest.mark.usefixtures("hurry")
@pytest.mark.asyncio
async def test_a_call_may_take_longer_than_a_head(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(call(OLD, "wait"), headers(OLD)))
        await asyncio.sleep(0.1)
        await client.send(b"\r\n")
        await asyncio.sleep(0.5)
        assert served.app.resources.ended == []
        client.close()
        await served.ended()


@pytest.mark.parametrize("line", [b"x-long: ", b""])
@pytest.mark.asyncio
async def test_a_head_without_end_is_refused(tmp_path: Path, line: bytes) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(b"POST /mcp HTTP/1.1\r\nhost: localhost\r\n" + line)
        for _ in range(9):
            await client.send(b"x" * 8192 if line else b"x: y\r\n" * 1400)
            await asyncio.sleep(0)
        assert (await client.answer()).status == 431


@pytest.mark.parametrize(
    "raw", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"POST /mcp HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00"]
)
@pytest.mark.asyncio
async def test_what_is_not_http_is_answered_and_closed(tmp_path: Path, raw: bytes) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(raw)
        assert (await client.head())[0] == 400


@pytest.mark.parametrize(
    "lines",
    [
        {"content-length": "5", "transfer-encoding": "chunked"},
        {"content-length": "-1"},
        {"content-length": "5, 6"},
        {"transfer-encoding": "chunked, identity"},
    ],
)
@pytest.mark.asyncio
async def test_a_length_that_can_be_read_in_two_ways_is_refused(tmp_path: Path, lines: dict[str, str]) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(b"", {**headers(OLD), **lines}))
        assert (await client.head())[0] == 400


@pytest.mark.parametrize("upgrade", ["websocket", "h2c"])
@pytest.mark.asyncio
async def test_a_request_that_offers_to_upgrade_is_answered_as_it_is(tmp_path: Path, upgrade: str) -> None:
    lines = {**headers(OLD), "connection": "upgrade, http2-settings", "upgrade": upgrade}
    async with serving(tmp_path) as served:
        answer = await served.ask(post(call(OLD, "add", a=1), lines))
    assert answer.json["result"]["structuredContent"] == {"total": 3}
