"""The sockets that a server listens on."""

from __future__ import annotations

import errno
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mcp_chassis.errors import ConfigurationError

__all__ = ["BACKLOG", "listening"]

BACKLOG = 2048
"""Connections that may wait to be accepted."""


@contextmanager
def listening(host: str, port: int, unix_socket: Path | None) -> Iterator[list[socket.socket]]:
    """The listening sockets of `host` and `port`, or the one of a unix socket; closed, and removed, in the end.

    Raises:
        ConfigurationError: the address cannot be had.
    """
    listeners = _tcp(host, port) if unix_socket is None else [_unix(unix_socket)]
    try:
        yield listeners
    finally:
        for listener in listeners:
            listener.close()
        if unix_socket is not None:
            unix_socket.unlink(missing_ok=True)


def _tcp(host: str, port: int) -> list[socket.socket]:
    """One socket per address of the name, since `localhost` is an IPv4 and an IPv6 address on most machines."""
    try:
        found = dict.fromkeys(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE))
    except OSError as error:
        raise ConfigurationError(f"There is no address {host} to listen on; see --host.") from error
    listeners: list[socket.socket] = []
    failure: OSError | None = None
    for family, kind, protocol, _, address in found:
        # Port 0: the other addresses of a name take the port that the first one got.
        wanted = listeners[0].getsockname()[1] if listeners else port
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address[0], wanted, *address[2:]))
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            failure = error
            if error.errno == errno.EADDRINUSE:
                break
        else:
            listeners.append(listener)
    if failure is not None and (not listeners or failure.errno == errno.EADDRINUSE):
        for listener in listeners:
            listener.close()
        reason = os.strerror(failure.errno or 0).lower()
        raise ConfigurationError(f"Cannot listen on {host}, port {port}: {reason}.") from failure
    return listeners


def _unix(path: Path) -> socket.socket:
    """A socket that its owner and group may use; one that a dead server left behind is replaced."""
    _remove_stale(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o117)
    try:
        listener.bind(str(path))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ConfigurationError(f"Cannot listen on unix:{path}: {error.strerror or error}.") from error
    finally:
        os.umask(before)
    return listener


def _remove_stale(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if not stat.S_ISSOCK(mode):
        raise ConfigurationError(f"Cannot listen on unix:{path}: there is a file of that name.")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, suppress(OSError):
        probe.connect(str(path))
        raise ConfigurationError(f"Cannot listen on unix:{path}: another server does.")
    path.unlink(missing_ok=True)
