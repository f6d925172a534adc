"""METRICS_PORT: what it answers of the components, and how it is had."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from http_wire import Client, serving
from mcp_chassis.app import App
from mcp_chassis.health import Health
from mcp_chassis.server import Component
from sample_server import make_app
from telemetry_process import free_port, running

READY, HEALTH = b"GET /ready HTTP/1.1\r\nhost: localhost\r\n\r\n", b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n"


class Backend:
    """A backend that counts how often it is asked."""

    def __init__(self, status: str = "healthy") -> None:
        self.status = status
        self.asked = 0
        self.answers = asyncio.Event()
        self.answers.set()

    async def __call__(self, _: Any) -> list[Component]:
        self.asked += 1
        await self.answers.wait()
        return [Component("backend", self.status, "postgres://user:hunter2@db.internal/x is there")]


async def ask(port: int, raw: bytes) -> tuple[int, Any]:
    """One answer of a port of loopback."""
    client = Client(*await asyncio.open_connection("127.0.0.1", port))
    try:
        answer = await client.ask(raw)
    finally:
        client.close()
    return answer.status, answer.json


def app_with(backend: Backend, folder: Path, port: int) -> App[Any, Any]:
    app = make_app(folder, metrics_port=port)
    app.server.health = backend
    return app


@pytest.mark.asyncio
@pytest.mark.parametrize(("status", "code"), [("healthy", 200), ("degraded", 200), ("unhealthy", 503)])
async def test_ready_lists_the_components(status: str, code: int, tmp_path: Path) -> None:
    port = free_port()
    app = app_with(Backend(status), tmp_path, port)
    async with app.open(), app.telemetry.running():
        ready, report = await ask(port, READY)
        alive, same = await ask(port, HEALTH)
    assert (ready, alive) == (code, 200)
    assert report == same
    assert report["status"] == status
    assert not report["draining"]
    backend = report["components"][-1]
    assert (backend["name"], backend["status"]) == ("backend", status)
    assert "hunter2" not in backend["detail"]
    assert {"audit"} <= {component["name"] for component in report["components"]}


@pytest.mark.asyncio
async def test_a_server_that_drains_is_not_ready(tmp_path: Path) -> None:
    port = free_port()
    app = app_with(Backend(), tmp_path, port)
    async with app.open(), app.telemetry.running():
        app.readiness.draining = True
        ready, report = await ask(port, READY)
        alive, _ = await ask(port, HEALTH)
    assert (ready, alive, report["draining"]) == (503, 200, True)


@pytest.mark.asyncio
async def test_a_stampede_asks_the_backend_once(tmp_path: Path) -> None:
    port = free_port()
    backend = Backend()
    since = asyncio.get_running_loop().time()
    async with serving(tmp_path, metrics_port=port) as served:
        served.app.server.health = backend
        async with served.app.telemetry.running():
            scrape = b"GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n"
            backend.answers.clear()
            many = [asyncio.create_task(ask(port, READY)) for _ in range(100)]
            main = [asyncio.create_task(served.ask(READY)) for _ in range(100)]
            client = Client(*await asyncio.open_connection("127.0.0.1", port))
            await client.send(scrape)
            while not backend.asked:
                await asyncio.sleep(0.01)
            backend.answers.set()
            assert {status for status, _ in await asyncio.gather(*many)} == {200}
            assert {answer.status for answer in await asyncio.gather(*main)} == {200}
            assert (await client.answer()).status == 200
            client.close()
    assert backend.asked <= 1 + (asyncio.get_running_loop().time() - since)  # once a second


@pytest.mark.asyncio
async def test_who_gives_up_waiting_does_not_make_the_next_one_ask_again() -> None:
    backend = Backend()
    health = Health(lambda: backend(None))
    backend.answers.clear()
    first = asyncio.create_task(health.ready())
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait([first])
    second = asyncio.create_task(health.ready())
    await asyncio.sleep(0)
    backend.answers.set()
    assert await second
    assert backend.asked == 1


@pytest.mark.asyncio
async def test_health_does_not_wait_for_a_backend(tmp_path: Path) -> None:
    port = free_port()
    backend = Backend()
    app = app_with(backend, tmp_path, port)
    async with app.open(), app.telemetry.running():
        backend.answers.clear()
        status, _ = await ask(port, HEALTH)
        backend.answers.set()
        assert (await ask(port, READY))[1] == (await ask(port, HEALTH))[1]
    assert status == 200


@pytest.mark.asyncio
@pytest.mark.parametrize("accepted", ["text/plain;version=new", "application/openmetrics-text;version=x;q=y", ";=,"])
async def test_metrics_are_plain_for_who_accepts_what_cannot_be_read(accepted: str, tmp_path: Path) -> None:
    port = free_port()
    app = make_app(tmp_path, metrics_port=port)
    async with app.open(), app.telemetry.running():
        client = Client(*await asyncio.open_connection("127.0.0.1", port))
        answer = await client.ask(f"GET /metrics HTTP/1.1\r\nhost: localhost\r\naccept: {accepted}\r\n\r\n".encode())
        client.close()
    assert answer.status == 200


@pytest.mark.asyncio
async def test_a_backend_that_does_not_answer_is_unhealthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcp_chassis.health._PATIENCE_SECONDS", 0.01)
    backend = Backend()
    backend.answers.clear()
    health = Health(lambda: backend(None))
    assert not await health.ready()
    assert [(item.name, item.detail) for item in health.known] == [("health", "no answer in time")]


@pytest.mark.parametrize(
    ("request_line", "host", "status"),
    [
        ("POST /metrics", "localhost", 405),
        ("GET /", "localhost", 404),
        ("GET /mcp", "localhost", 404),
        ("HEAD /metrics", "127.0.0.1:9464", 200),
        ("GET /metrics", "[::1]:9464", 200),
        ("GET /metrics", "rebound.example:9464", 421),  # a web page, under a name that it made lead here
        ("GET /ready", "", 421),
    ],
)
def test_other_requests_are_refused(request_line: str, host: str, status: int, tmp_path: Path) -> None:
    async def answer() -> bytes:
        port = free_port()
        app = make_app(tmp_path, metrics_port=port)
        async with app.open(), app.telemetry.running():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"{request_line} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 0\r\n\r\n".encode())
            line = await reader.readline()
            writer.close()
            return line

    assert int(asyncio.run(answer()).split()[1]) == status


@pytest.mark.parametrize("transport", ["http", "stdio"])
def test_a_port_in_use_is_told_in_one_sentence(transport: str, tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        flags = ("--auth", "none", "--port", "0") if transport == "http" else ()
        with running(tmp_path, *flags, "--transport", transport, transport="stdio", METRICS_PORT=str(port)) as server:
            assert server.process.wait(30) == 2
            lines = [line for line in server.log.read_text().splitlines() if not line.startswith("{")]
    assert lines == [
        f"mcp-sample-server: METRICS_PORT: Cannot listen on 127.0.0.1, port {port}: address already in use. "
        "Give each server of a machine a METRICS_PORT of its own, or 0 for none."
    ]


def test_stdio_listens_only_where_a_port_is_named(tmp_path: Path) -> None:
    with running(tmp_path, transport="stdio", METRICS_PORT="") as server:
        assert "result" in server.say("tools/list")
        assert '"metrics"' not in server.log.read_text()
    with running(tmp_path / "named", transport="stdio") as server:
        assert "result" in server.say("tools/list")
        status, body = server.get("/ready")
        assert (status, json.loads(body)["status"]) == (200, "healthy")


def test_zero_switches_the_port_off(tmp_path: Path) -> None:
    with running(tmp_path, METRICS_PORT="0") as server:
        assert '"metrics"' not in server.log.read_text()
        assert server.end() == 0
