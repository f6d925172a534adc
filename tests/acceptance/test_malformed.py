"""Whatever is sent, over stdio and over HTTP: an answer, nothing but MCP on stdout, and the next message is served."""

from __future__ import annotations

import http.client
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any
from urllib.parse import urlsplit

import pytest

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
INVALID_PARAMS = -32602
METHOD_NOT_FOUND = -32601

MALFORMED: dict[str, tuple[bytes, int, int | str | None]] = {
    "not JSON": (b"hello", PARSE_ERROR, None),
    "cut off": (b'{"jsonrpc":"2.0","id":1,"method":"ping"', PARSE_ERROR, None),
    "two values": (b'{"jsonrpc":"2.0","id":1,"method":"ping"} {}', PARSE_ERROR, None),
    "single quotes": (b"{'jsonrpc':'2.0'}", PARSE_ERROR, None),
    "a trailing comma": (b'{"jsonrpc":"2.0","id":1,"method":"ping",}', PARSE_ERROR, None),
    "a control character in a string": (b'{"jsonrpc":"2.0","id":1,"method":"pi\x01ng"}', PARSE_ERROR, None),
    "not UTF-8": (b'{"jsonrpc":"2.0","id":1,"method":"\xff\xfe"}', PARSE_ERROR, 1),
    "a byte order mark": (b'\xef\xbb\xbf{"jsonrpc":"2.0","id":1,"method":"ping"}', PARSE_ERROR, None),
    "NaN": (b'{"jsonrpc":"2.0","id":"n","method":"ping","params":{"x":NaN}}', INVALID_REQUEST, "n"),
    "Infinity": (b'{"jsonrpc":"2.0","id":2,"method":"ping","params":{"x":-Infinity}}', INVALID_REQUEST, 2),
    "beyond a double": (b'{"jsonrpc":"2.0","id":3,"method":"ping","params":{"x":1e999}}', INVALID_REQUEST, 3),
    "a duplicate key": (b'{"jsonrpc":"2.0","id":4,"method":"ping","params":{"a":1,"a":2}}', INVALID_REQUEST, 4),
    "a lone surrogate": (b'{"jsonrpc":"2.0","id":5,"method":"ping","params":{"x":"\\ud800"}}', INVALID_REQUEST, 5),
    "a bottomless array": (b"[" * 50_000, INVALID_REQUEST, None),
    "deep nesting": (
        b'{"jsonrpc":"2.0","id":6,"method":"ping","params":{"x":' + b"[" * 100 + b"]" * 100 + b"}}",
        INVALID_REQUEST,
        6,
    ),
    "an endless integer": (
        b'{"jsonrpc":"2.0","id":7,"method":"ping","params":{"x":' + b"9" * 10_000 + b"}}",
        INVALID_REQUEST,
        7,
    ),
    "a batch": (b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]', INVALID_REQUEST, None),
    "a number": (b"7", INVALID_REQUEST, None),
    "null": (b"null", INVALID_REQUEST, None),
    "an empty object": (b"{}", INVALID_REQUEST, None),
    "no version": (b'{"id":8,"method":"ping"}', INVALID_REQUEST, 8),
    "another version": (b'{"jsonrpc":"1.0","id":9,"method":"ping"}', INVALID_REQUEST, 9),
    "a method that is a number": (b'{"jsonrpc":"2.0","id":10,"method":5}', INVALID_REQUEST, 10),
    "params that are a string": (b'{"jsonrpc":"2.0","id":11,"method":"ping","params":"x"}', INVALID_REQUEST, 11),
    "an id that is an object": (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', INVALID_REQUEST, None),
    "an id that is a fraction": (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', INVALID_REQUEST, None),
    "an id that is true": (b'{"jsonrpc":"2.0","id":true,"method":"ping"}', INVALID_REQUEST, None),
}
INITIALIZE: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": "start",
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}},
}
WELL_FORMED: dict[str, tuple[dict[str, Any], int]] = {
    "an unknown method": ({"method": "no/such"}, METHOD_NOT_FOUND),
    "arguments that are a list": (
        {"method": "tools/call", "params": {"name": "execute_query", "arguments": []}},
        INVALID_PARAMS,
    ),
    "no tool name": ({"method": "tools/call", "params": {}}, INVALID_PARAMS),
    "a tool name that is null": ({"method": "tools/call", "params": {"name": None}}, INVALID_PARAMS),
}


class Pipe:
    """A server on a pipe; every line of its stdout must be a JSON-RPC message."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._stdin = stdin
        self._stdout = stdout

    def send(self, line: bytes) -> None:
        """Send one line."""
        self._stdin.write(line + b"\n")
        self._stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message."""
        line = self._stdout.readline()
        message: dict[str, Any] = json.loads(line)
        assert message["jsonrpc"] == "2.0", line
        return message

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request."""
        self.send(json.dumps(message).encode())
        return self.receive()


@contextmanager
def piped(command: list[str]) -> Iterator[Pipe]:
    """Start a server, initialize it, and at the end see it leave with its stdin and say no more."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pipe = Pipe(process.stdin, process.stdout)
            assert pipe.ask(INITIALIZE)["id"] == "start"
            pipe.send(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
            yield pipe
            process.stdin.close()
            assert process.stdout.read() == b""
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def test_every_malformed_line_gets_an_answer_over_stdio(shop_over_stdio: list[str]) -> None:
    got = {}
    with piped(shop_over_stdio) as pipe:
        for name, (line, _, _) in MALFORMED.items():
            pipe.send(line)
            answer = pipe.receive()
            got[name] = (line, answer["error"]["code"], answer["id"])
            assert pipe.ask({"jsonrpc": "2.0", "id": "next", "method": "ping"})["id"] == "next", name
        pipe.send(b"")
        pipe.send(b'{"jsonrpc":"2.0","method":"notifications/unknown"}')  # neither of these is answered
        assert pipe.ask({"jsonrpc": "2.0", "id": "last", "method": "ping"}) == {
            "jsonrpc": "2.0",
            "id": "last",
            "result": {},
        }
    assert got == MALFORMED


def test_what_is_json_but_no_request_of_mcp_gets_an_answer_over_stdio(shop_over_stdio: list[str]) -> None:
    with piped(shop_over_stdio) as pipe:
        got = {
            name: pipe.ask({"jsonrpc": "2.0", "id": 1, **message})["error"]["code"]
            for name, (message, _) in WELL_FORMED.items()
        }
        garbage = pipe.ask({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "\x1b[31m\u2028"}})
    assert got == {name: code for name, (_, code) in WELL_FORMED.items()}
    assert garbage["result"]["isError"] is True


def post(url: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """Post a body as it is."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=20)
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    try:
        connection.request("POST", address.path, body, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


@pytest.mark.parametrize("name", MALFORMED)
def test_every_malformed_body_gets_an_answer_over_http(name: str, shop_over_http: str) -> None:
    body, code, request_id = MALFORMED[name]

    status, answer = post(shop_over_http, body)

    assert (status, answer["error"]["code"], answer["id"]) == (400, code, request_id)


def test_an_empty_body_gets_an_answer_over_http(shop_over_http: str) -> None:
    status, answer = post(shop_over_http, b"")

    assert (status, answer["error"]["code"]) == (400, PARSE_ERROR)


@pytest.mark.parametrize("name", WELL_FORMED)
def test_what_is_json_but_no_request_of_mcp_gets_an_answer_over_http(name: str, shop_over_http: str) -> None:
    message, code = WELL_FORMED[name]

    _, answer = post(shop_over_http, json.dumps({"jsonrpc": "2.0", "id": 1, **message}).encode())

    assert (answer["error"]["code"], answer["id"]) == (code, 1)
