"""Ask the server of this container whether it lives: `python -m mcp_chassis.probe`, the image's HEALTHCHECK.

It finds the server by the variables that the server itself was started with (MCP_HOST, MCP_PORT, MCP_TLS_CERT_FILE),
and exits 0 when `/health` answers 200, else 1. The standard library is enough for it, so that a small container can
afford it every few seconds.
"""

from __future__ import annotations

import os
import socket
import ssl
import sys
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException

__all__ = ["main"]

TIMEOUT_SECONDS = 2.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what the server listens on, not this


def main(environ: Mapping[str, str] | None = None) -> int:
    """Ask, and be the exit code; why not stands on stderr."""
    try:
        status = _ask(os.environ if environ is None else environ)
    except (OSError, HTTPException, ValueError) as error:
        sys.stderr.write(f"The server does not answer: {error}\n")
        return 1
    if status != 200:
        sys.stderr.write(f"The server answers {status}.\n")
    return 0 if status == 200 else 1


def _ask(environ: Mapping[str, str]) -> int:
    """The status of `/health`; a server that knows its clients by certificate says no more than that it is there."""
    with closing(HTTPConnection("localhost")) as connection:
        connection.sock = _connect(environ)
        if environ.get("MCP_TLS_CLIENT_CA_FILE"):
            return 200
        connection.request("GET", "/health")
        return connection.getresponse().status


def _connect(environ: Mapping[str, str]) -> socket.socket:
    host = environ.get("MCP_HOST") or "127.0.0.1"
    if host.startswith("unix:"):
        plain = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        plain.settimeout(TIMEOUT_SECONDS)
        plain.connect(host.removeprefix("unix:"))
    else:
        plain = socket.create_connection((_ANY.get(host, host), int(environ.get("MCP_PORT") or 8080)), TIMEOUT_SECONDS)
    if not environ.get("MCP_TLS_CERT_FILE"):
        return plain
    # Nothing is told or believed here but that it answers, and its certificate is not made for this address.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain)


if __name__ == "__main__":
    sys.exit(main())
