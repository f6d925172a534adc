"""The order of the edge's checks, over real sockets."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from http_wire import NEW, OLD, call, headers, message, post, serving
from mcp_chassis.http.body import BodyLimits
from mcp_chassis.http.protocol import BoundedProtocol
from mcp_chassis.server import Component

ERAS = pytest.mark.parametrize("era", [NEW, OLD])
FORMS = pytest.mark.parametrize("progress", [False, True], ids=["json", "stream"])


@ERAS
@FORMS
@pytest.mark.asyncio
async def test_a_progress_token_makes_the_answer_a_stream(tmp_path: Path, era: str, progress: bool) -> None:
    async with serving(tmp_path) as served:
        answer = await served.ask(post(call(era, "add", a=40, progress=progress), headers(era, "add")))
    assert answer.status == 200
    if not progress:
        assert answer.headers["content-type"] == "application/json"
        assert answer.json["result"]["structuredContent"] == {"total": 42}
        return
    assert answer.headers["content-type"] == "text/event-stream"
    events = [json.loads(line[6:]) for line in answer.body.decode().splitlines() if line.startswith("data: ")]
    assert events[0]["params"]["message"] == "adding"
    assert events[-1]["result"]["structuredContent"] == {"total": 42}


@pytest.mark.parametrize("accept", [None, "text/event-stream", "text/html"])
@pytest.mark.parametrize("era", [NEW, OLD])
@pytest.mark.asyncio
async def test_a_client_that_takes_no_json_is_told_what_to_accept(tmp_path: Path, era: str, accept: str | None) -> None:
    lines = headers(era, "add", accept=accept or "")
    if accept is None:
        del lines["accept"]
    async with serving(tmp_path) as served:
        refused = await served.ask(post(call(era, "add", a=1), lines))
    assert refused.status == 406
    assert "Accept: application/json" in refused.json["error"]["message"]


@pytest.mark.asyncio
async def test_a_client_that_takes_no_stream_gets_json(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        lines = headers(OLD, "add", accept="application/json")
        answer = await served.ask(post(call(OLD, "add", a=1, progress=True), lines))
    assert answer.json["result"]["structuredContent"] == {"total": 3}


@ERAS
@FORMS
@pytest.mark.asyncio
async def test_closing_the_connection_cancels_the_call(tmp_path: Path, era: str, progress: bool) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(call(era, "wait", progress=progress), headers(era, "wait")))
        await served.app.resources.running.wait()
        client.close()
        assert await served.ended() == ["cancelled"]


@FORMS
@pytest.mark.asyncio
async def test_a_posted_cancellation_of_the_older_era_cancels_the_call(tmp_path: Path, progress: bool) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(call(OLD, "wait", progress=progress, request_id=9), headers(OLD)))
        await served.app.resources.running.wait()
        other = message(OLD, "notifications/cancelled", request_id=None, requestId=8)
        assert (await served.ask(post(other, headers(OLD)))).status == 202
        assert served.app.resources.ended == []
        right = message(OLD, "notifications/cancelled", request_id=None, requestId=9)
        assert (await served.ask(post(right, headers(OLD)))).status == 202
        assert await served.ended() == ["cancelled"]
        assert b"cancelled" in (await client.answer()).body.lower()


@pytest.mark.asyncio
async def test_a_posted_cancellation_of_the_new_era_cancels_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(call(NEW, "wait"), headers(NEW, "wait")))
        await served.app.resources.running.wait()
        posted = message(NEW, "notifications/cancelled", request_id=None, requestId=1)
        assert (await served.ask(post(posted, headers(NEW)))).status == 202
        assert served.app.resources.ended == []
        client.close()
        await served.ended()


@ERAS
@pytest.mark.parametrize(
    ("body", "code", "request_id"),
    [
        (b'{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"a":NaN}}', -32600, 5),
        (b'{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"a":1,"a":2}}', -32600, 5),
        (b'{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"a":"\\ud800"}}', -32600, 5),
        (b"[]", -32600, None),
        (b"", -32700, None),
        (b"\xff", -32700, None),
        (b"{" * 100_000, -32700, None),
    ],
)
@pytest.mark.asyncio
async def test_what_is_not_strict_json_is_answered_with_400(
    tmp_path: Path, era: str, body: bytes, code: int, request_id: int | None
) -> None:
    async with serving(tmp_path) as served:
        answer = await served.ask(post(body, headers(era)))
    assert (answer.status, answer.json["error"]["code"], answer.json["id"]) == (400, code, request_id)


@pytest.mark.parametrize(
    ("era", "method", "params", "action", "words"),
    [
        (OLD, "tools/call", {"arguments": {"a": 1}}, "tool:", "name is missing."),
        (OLD, "tools/call", {"name": "add", "arguments": "hunter2"}, "tool:add", "arguments should be a valid dict"),
        (NEW, "tools/call", {"name": "add", "arguments": "hunter2"}, "tool:add", "arguments should be a valid dict"),
        (OLD, "tools/call", {"name": {"hunter2": 1}}, "tool:", "name should be a valid string."),
        (
            OLD,
            "prompts/get",
            {"name": "summarize", "arguments": {"topic": 22}},
            "prompt:summarize",
            "arguments.topic should be a valid string.",
        ),
        (OLD, "resources/read", {}, "resource:", "uri is missing."),
        (OLD, "completion/complete", {"ref": {}}, "completion:", "argument is missing; ref.name is missing"),
    ],
)
@pytest.mark.asyncio
async def test_params_that_make_no_call_are_refused_and_recorded_too(
    tmp_path: Path, era: str, method: str, params: dict[str, Any], action: str, words: str
) -> None:
    async with serving(tmp_path) as served:
        answer = await served.ask(post(message(era, method, **params), headers(era, "add")))
        *_, record = map(json.loads, served.app.audit.path.read_text().splitlines())
    error = answer.json["error"]
    assert error["code"] == -32602
    assert words in error["message"]
    assert b"hunter2" not in answer.body
    assert (record["action"], record["outcome"]) == (action, "invalid_arguments")
    assert record["error_id"] == error["data"]["error_id"]


REFUSALS = {
    "another host": (headers(OLD, host="evil.example"), 421),
    "no host": ({name: value for name, value in headers(OLD).items() if name != "host"}, 421),
    "another origin": (headers(OLD, origin="https://evil.example"), 403),
    "a sandboxed origin": (headers(OLD, origin="null"), 403),
    "our own origin": (headers(OLD, origin="http://localhost:6274"), 200),
    "a header of 70 KB": (headers(OLD, x_long="x" * 70_000), 431),
    "too many headers": (headers(OLD, **{f"x_{n}": "" for n in range(120)}), 431),
    "compressed": (headers(OLD, content_encoding="gzip"), 415),
    "another content type": (headers(OLD, content_type="text/plain"), 415),
    "no content type": ({name: value for name, value in headers(OLD).items() if name != "content-type"}, 415),
    "a charset": (headers(OLD, content_type="application/json; charset=utf-8"), 200),
    "no answer is acceptable": (headers(OLD, accept="text/html"), 406),
}


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.asyncio
async def test_headers_are_checked_before_anything_runs(tmp_path: Path, name: str) -> None:
    lines, status = REFUSALS[name]
    async with serving(tmp_path) as served:
        answer = await served.ask(post(call(OLD, "add", a=1), lines))
    assert answer.status == status
    assert "result" in answer.json if status == 200 else "error" in answer.json or answer.body == b""


@pytest.mark.asyncio
async def test_a_body_that_is_compressed_on_the_way_is_refused(tmp_path: Path) -> None:
    body = call(OLD, "add", a=1)
    raw = post(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), headers(OLD, transfer_encoding="gzip, chunked"))
    async with serving(tmp_path) as served:
        assert (await served.ask(raw)).status == 415
        assert (await served.ask(raw.replace(b"gzip, ", b""))).status == 200


@pytest.mark.parametrize("name", ["Host", "Authorization", "Origin"])
@pytest.mark.asyncio
async def test_a_header_that_decides_may_not_stand_twice(tmp_path: Path, name: str) -> None:
    raw = post(call(OLD, "add", a=1), headers(OLD))
    raw = raw.replace(b"\r\n\r\n", f"\r\n{name}: localhost\r\n{name}: localhost\r\n\r\n".encode(), 1)
    async with serving(tmp_path) as served:
        assert (await served.ask(raw)).status == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/mcp/", 200),
        ("GET", "/mcp", 405),
        ("DELETE", "/mcp", 405),
        ("OPTIONS", "/mcp", 405),
        ("PUT", "/mcp", 405),
        ("GET", "/", 404),
        ("POST", "/mcp/x", 404),
        ("POST", "/sse", 404),
        ("GET", "/.well-known/oauth-protected-resource", 404),
        ("GET", "/health", 200),
        ("HEAD", "/health", 200),
        ("GET", "/ready", 200),
        ("POST", "/ready", 405),
        ("GET", "/health/", 404),
    ],
)
@pytest.mark.asyncio
async def test_there_are_three_routes(tmp_path: Path, method: str, path: str, status: int) -> None:
    raw = post(call(OLD, "add", a=1), headers(OLD), path).replace(b"POST", method.encode(), 1)
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(raw)
        assert (await client.head())[0] == status


@pytest.mark.asyncio
async def test_probes_need_neither_our_name_nor_a_key(tmp_path: Path) -> None:
    async with serving(tmp_path, api_key="k" * 3 + "0123456789abcdefghijklmnopqrstuv") as served:
        for path in ("/health", "/ready"):
            answer = await served.ask(f"GET {path} HTTP/1.1\r\nhost: 10.1.2.3:8080\r\n\r\n".encode())
            assert (answer.status, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize("state", ["unhealthy", "degraded", "broken"])
@pytest.mark.asyncio
async def test_ready_follows_the_backends_and_tells_nothing_else(
    tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(tmp_path) as served:

        async def health() -> list[Component]:
            if state == "broken":
                raise RuntimeError("secret")
            return [Component("database", "unhealthy" if state == "unhealthy" else "degraded", "secret")]

        monkeypatch.setattr(served.app, "health", health)
        answer = await served.ask(b"GET /ready HTTP/1.1\r\nhost: x\r\n\r\n")
        alive = await served.ask(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
    assert answer.status == (200 if state == "degraded" else 503)
    assert b"secret" not in answer.body
    assert alive.status == 200


@pytest.mark.asyncio
async def test_while_draining_calls_are_answered_and_clients_asked_to_go(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.edge.draining = True
        for progress in (False, True):
            answer = await served.ask(post(call(OLD, "add", a=1, progress=progress), headers(OLD)))
            assert (answer.status, answer.headers["connection"]) == (200, "close")
        assert (await served.ask(b"GET /ready HTTP/1.1\r\nhost: x\r\n\r\n")).status == 503
        assert (await served.ask(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")).status == 200


@ERAS
@pytest.mark.asyncio
async def test_calls_that_the_end_of_the_server_cancels_are_told_so(tmp_path: Path, era: str) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(call(era, "wait"), headers(era, "wait")))
        await served.app.resources.running.wait()
        served.edge.cancel_calls()
        answer = await client.answer()
        assert await served.ended() == ["cancelled"]
    assert (answer.status, answer.json["id"]) == (503, 1)


@pytest.mark.asyncio
async def test_listeners_end_with_the_server(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        listen = message(NEW, "subscriptions/listen", notifications={"resourceSubscriptions": ["note://all"]})
        await client.send(post(listen, headers(NEW, mcp_method="subscriptions/listen")))
        status, lines = await client.head()
        assert (status, lines["content-type"]) == (200, "text/event-stream")
        assert b"acknowledged" in await client.chunk()
        served.edge.end_listeners()
        assert await client.chunk() == b""


@pytest.mark.asyncio
async def test_a_declared_length_over_the_cap_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    async with serving(tmp_path, max_body_bytes=5000) as served:
        client = await served.connect()
        await client.send(post(b"", {**headers(OLD), "content-length": "5001"}))
        answer = await client.answer()
        assert (answer.status, answer.headers["connection"]) == (413, "close")
        assert "5000 bytes" in answer.json["error"]["message"]


@pytest.mark.asyncio
async def test_a_client_that_sends_on_after_the_cap_reads_its_refusal(tmp_path: Path) -> None:
    async with serving(tmp_path, max_body_bytes=5000) as served:
        client = await served.connect()
        await client.send(post(b"", {**headers(OLD), "transfer-encoding": "chunked"}))
        for _ in range(64):
            await client.send(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")
        await client.send(b"0\r\n\r\n")
        answer = await client.answer()
        assert answer.status == 413
        assert await client.reader.read() == b""


@pytest.mark.asyncio
async def test_a_body_of_exactly_the_cap_passes(tmp_path: Path) -> None:
    body = call(OLD, "add", a=1)
    async with serving(tmp_path, max_body_bytes=2000) as served:
        answer = await served.ask(post(body + b" " * (2000 - len(body)), headers(OLD)))
    assert answer.status == 200


@pytest.mark.asyncio
async def test_a_body_that_comes_too_slowly_is_refused(tmp_path: Path) -> None:
    async with serving(tmp_path, limits=BodyLimits(5000, patience_s=0.2)) as served:
        client = await served.connect()
        await client.send(post(b"{", {**headers(OLD), "content-length": "100"}))
        answer = await client.answer()
    assert (answer.status, answer.headers["connection"]) == (408, "close")


@pytest.mark.asyncio
async def test_a_body_in_pieces_and_requests_in_a_row_are_read(tmp_path: Path) -> None:
    raw = post(call(OLD, "add", a=1), headers(OLD))
    async with serving(tmp_path) as served:
        client = await served.connect()
        for byte in raw:
            await client.send(bytes([byte]))
            await asyncio.sleep(0)
        assert (await client.answer()).status == 200
        await client.send(raw * 3)
        assert [(await client.answer()).status for _ in range(3)] == [200] * 3


@pytest.mark.asyncio
async def test_a_client_that_asks_first_sends_its_body_only_when_it_may(tmp_path: Path) -> None:
    body = call(OLD, "add", a=1)
    lines = {**headers(OLD), "expect": "100-continue", "content-length": str(len(body))}
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(b"", lines))
        assert (await client.head())[0] == 100
        assert (await client.ask(body)).status == 200
        refused = await served.ask(post(b"", {**lines, "host": "evil.example"}))
    assert refused.status == 421


@pytest.mark.asyncio
async def test_a_client_that_sends_its_next_request_early_can_still_leave(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(call(OLD, "wait"), headers(OLD)) * 2)
        await served.app.resources.running.wait()
        client.close()
        assert (await served.ended())[0] == "cancelled"


@pytest.mark.asyncio
async def test_a_client_that_leaves_within_its_body_harms_nobody(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        client = await served.connect()
        await client.send(post(b"{", {**headers(OLD), "content-length": "100"}))
        client.close()
        assert (await served.ask(post(call(OLD, "add", a=1), headers(OLD)))).status == 200


@pytest.mark.asyncio
async def test_a_fault_of_the_edge_itself_is_an_answer_without_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        async def principal(self, authorization: bytes | None, certificate: object = None) -> None:
            raise RuntimeError("postgres://user:hunter2@db")

    async with serving(tmp_path, known=Broken()) as served:  # type: ignore[arg-type]
        answer = await served.ask(post(call(OLD, "add", a=1), headers(OLD)))
    assert (answer.status, answer.json["error"]["code"]) == (500, -32603)
    assert b"hunter2" not in answer.body


@pytest.mark.parametrize("rounds", [40, pytest.param(4000, marks=pytest.mark.soak)])
@pytest.mark.asyncio
async def test_every_damaged_request_is_answered(tmp_path: Path, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedProtocol, "HEAD_SECONDS", 0.1)
    random = Random(rounds)  # noqa: S311 - damage need not be a secret
    good = post(call(OLD, "add", a=1), headers(OLD))
    async with serving(tmp_path, limits=BodyLimits(2**20, patience_s=0.1)) as served:
        for _ in range(rounds):
            raw = bytearray(good)
            for _ in range(random.randint(1, 4)):
                raw[random.randrange(len(raw))] = random.randrange(256)
            client = await served.connect()
            await client.send(bytes(raw))
            assert (await client.reader.readexactly(9)) == b"HTTP/1.1 "
            client.close()
        assert (await served.ask(good)).status == 200
