"""The real command over HTTP: its sockets, its signals and its end."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from certificates import write_certificate
from http_wire import NEW, OLD, call, headers
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.http.listen import listening
from sample_server import audit_keys

PROGRAM = """
import asyncio, sys
sys.path.insert(0, {tests!r})
from sample_server import make_server
server = make_server()
@server.tool(scopes={{"notes:read"}}, read_only=True)
async def nap(seconds: float) -> str:
    print("napping", file=sys.stderr, flush=True)
    await asyncio.sleep(seconds)
    return "rested"
server.run()
"""


SINGLE = "0123456789abcdefghijklmnopqrstuv"


class Command:
    """The sample server as a process."""

    def __init__(self, folder: Path, *flags: str, **variables: str) -> None:
        program = folder / "server.py"
        if not program.exists():  # another one may be about to read it
            program.write_text(PROGRAM.format(tests=str(Path(__file__).parent.parent)))
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "MCP_AUDIT_DIR": str(folder / "audit"),
            **{f"MCP_{name.upper()}": str(path) for name, path in audit_keys(folder / "keys").items()},
            "METRICS_PORT": "0",
            **variables,
        }
        self.process = subprocess.Popen(
            [sys.executable, str(program), "--transport", "http", "--port", "0", *flags],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[dict[str, Any]] = []

    def until(self, event: str) -> dict[str, Any]:
        """Read the log up to an event."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if line.strip() == event:
                return {}
            if not line.startswith("{"):
                continue
            self.lines.append(json.loads(line))
            if self.lines[-1]["event"] == event:
                return self.lines[-1]
        raise AssertionError(f"no {event} in {self.lines}")

    def port(self) -> int:
        (address,) = self.until("listening")["addresses"]
        return int(address.rpartition(":")[2].partition("/")[0])

    def tell(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def end(self) -> int:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            assert "Traceback" not in line
        return self.process.wait(30)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Command]]:
    """Start the command; what is still running in the end is killed."""
    started: list[Command] = []

    def begin(*flags: str, **variables: str) -> Command:
        started.append(Command(tmp_path, *flags, **variables))
        return started[-1]

    yield begin
    for command in started:
        command.process.kill()
        command.process.wait()
        assert command.process.stderr is not None
        command.process.stderr.close()


def send(port: int, tool: str, era: str = OLD, **arguments: Any) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/mcp", call(era, tool, **arguments), headers(era, tool))
    return connection


def ready(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/ready")
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_signal_drains_lets_calls_end_and_exits_with_0(start: Callable[..., Command]) -> None:
    server = start("--auth", "none", "--drain-seconds", "2")
    port = server.port()
    assert ready(port) == 200
    running = send(port, "nap", seconds=2.5)
    server.until("napping")
    server.tell(signal.SIGTERM)
    server.until("draining")
    assert ready(port) == 503
    with closing(send(port, "add", a=1)) as connection:
        late = connection.getresponse()
        assert (late.status, late.getheader("connection")) == (200, "close")
    with closing(running):
        answer = json.loads(running.getresponse().read())
    assert answer["result"]["content"][0]["text"] == "rested"
    assert server.end() == 0


@pytest.mark.parametrize("era", [NEW, OLD])
def test_calls_that_outlast_the_grace_are_cancelled_with_an_answer(
    start: Callable[..., Command], era: str, tmp_path: Path
) -> None:
    server = start("--auth", "none", "--drain-seconds", "0", "--grace-seconds", "0.3")
    running = send(server.port(), "nap", era, seconds=60)
    server.until("napping")
    server.tell()
    with closing(running):
        answer = running.getresponse()
        assert answer.status == 503
        assert json.loads(answer.read())["error"]["message"] == "The server is stopping; call again."
    assert server.end() == 0
    (audit,) = (tmp_path / "audit").rglob("0*.jsonl")
    events = [json.loads(line) for line in audit.read_text().splitlines()]
    assert [event["event"] for event in events] == ["start", "call", "stop"]
    assert events[1]["outcome"] != "ok"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_hurries(start: Callable[..., Command], number: signal.Signals) -> None:
    server = start("--auth", "none", "--drain-seconds", "60", "--grace-seconds", "60")
    running = send(server.port(), "nap", seconds=60)
    server.until("napping")
    server.tell(number)
    server.until("draining")
    server.tell(number)
    with closing(running):
        assert running.getresponse().status == 503
    assert server.end() == 0


def test_a_client_that_reads_nothing_does_not_hold_the_end_up(start: Callable[..., Command]) -> None:
    server = start("--auth", "none", "--drain-seconds", "0", "--grace-seconds", "1")
    port = server.port()
    with socket.create_connection(("127.0.0.1", port)) as idle, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(
            b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"
        )
        time.sleep(0.2)
        server.tell()
        assert server.end() == 0
        idle.close()


def test_a_unix_socket_is_for_owner_and_group_and_goes_with_the_server(
    start: Callable[..., Command], tmp_path: Path
) -> None:
    path = tmp_path / "mcp.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    server = start("--auth", "none", "--host", f"unix:{path}", "--drain-seconds", "0")
    assert server.until("listening")["addresses"] == [f"unix:{path}"]
    assert path.stat().st_mode & 0o777 == 0o660
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))
        client.sendall(b"GET /ready HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 200")
    with pytest.raises(ConfigurationError, match="another server"), listening("", 0, path):
        raise AssertionError("it is in use")
    server.tell()
    assert server.end() == 0
    assert not path.exists()


def test_https_takes_a_new_certificate_without_a_restart(start: Callable[..., Command], tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    certificate, key = write_certificate(folder, "first")
    server = start(
        "--auth", "none", "--drain-seconds", "0", "--tls-cert-file", str(certificate), "--tls-key-file", str(key)
    )  # fmt: skip
    port = server.port()
    first = _https(port, certificate)
    write_certificate(folder, "second")
    time.sleep(1.1)
    second = _https(port, certificate)
    assert first != second
    server.tell()
    assert server.end() == 0


def _https(port: int, trusted: Path) -> bytes:
    """Call over HTTPS, trusting the certificate of now, and give the one that the server showed."""
    context = ssl.create_default_context(cafile=str(trusted))
    connection = http.client.HTTPSConnection("localhost", port, context=context, timeout=30)
    connection.request("POST", "/mcp", call(OLD, "add", a=1), headers(OLD))
    assert connection.getresponse().status == 200
    assert isinstance(connection.sock, ssl.SSLSocket)
    shown = connection.sock.getpeercert(binary_form=True)
    assert shown is not None
    connection.close()
    return shown


def test_what_cannot_be_used_is_told_in_one_sentence(start: Callable[..., Command], tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{}")
    (tmp_path / "file").write_text("")
    empty = str(tmp_path / "file")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        cases = {
            "Cannot listen on": start("--auth", "none", "--port", str(taken.getsockname()[1])),
            "there is a file": start("--auth", "none", "--host", f"unix:{empty}"),
            "keys create": start("--api-keys-file", str(tmp_path / "keys.json")),
            "TLS files": start("--auth", "none", "--check", MCP_TLS_CERT_FILE=empty, MCP_TLS_KEY_FILE=empty),
            "no address": start("--host", "nowhere.invalid", "--allowed-hosts", "x", MCP_API_KEY=SINGLE),
        }
        for text, command in cases.items():
            _, errors = command.process.communicate(timeout=60)
            told = [line for line in errors.splitlines() if not line.startswith("{")]
            assert len(told) == 1
            assert text in told[0]
            assert command.process.returncode == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_port_0_is_one_free_port_on_every_address_of_a_name(host: str) -> None:
    with listening(host, 0, None) as sockets:
        ports = {listener.getsockname()[1] for listener in sockets}
    assert len(ports) == 1
    assert ports != {0}
