"""The probe of a container: whether the server of this environment answers `/health`."""

from __future__ import annotations

import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from certificates import write_certificate
from mcp_chassis import probe


@contextmanager
def answering(status: int, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that answers `/health` like this, by its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield str(server.server_port)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])  # noqa: S104
@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (404, 1)])
def test_server_lives_when_its_health_is_200(host: str, status: int, code: int) -> None:
    with answering(status) as port:
        assert probe.main({"MCP_HOST": host, "MCP_PORT": port}) == code


def test_nobody_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(200) as port:
        pass
    assert probe.main({"MCP_PORT": port}) == 1
    assert capsys.readouterr().err.startswith("The server does not answer: ")


@pytest.mark.parametrize("asks_for_certificate", [False, True])
def test_server_lives_behind_tls(tmp_path: Path, *, asks_for_certificate: bool) -> None:
    certificate, key = write_certificate(tmp_path, "server")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if asks_for_certificate:
        context.load_verify_locations(certificate)
        context.verify_mode = ssl.CERT_REQUIRED
    with answering(200, context) as port:
        environment = {"MCP_PORT": port, "MCP_TLS_CERT_FILE": os.fspath(certificate)}
        if asks_for_certificate:
            environment["MCP_TLS_CLIENT_CA_FILE"] = os.fspath(certificate)
        assert probe.main(environment) == 0
