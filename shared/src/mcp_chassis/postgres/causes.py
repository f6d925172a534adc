"""Why a database cannot be reached, in words for its operator: `--check`, `/ready`'s log, the log at start.

Callers are told only that it does not answer; what the driver knows beyond that stays on this side. PostgreSQL's own
messages name roles and databases, and no driver repeats a password; reports and logs pass the redactor besides.
"""

from __future__ import annotations

import errno
import re
import socket
import ssl

import asyncpg

__all__ = ["why"]

# PostgreSQL's codes for a connection that it turns away (Appendix A of its documentation).
_REFUSALS = {
    "28P01": "wrong password",
    "28000": "the login is refused",
    "3D000": "no such database",
    "42501": "the login may not connect to this database",
    "53300": "all connections of the database server are taken",
    "57P03": "the database server is starting or stopping",
}
_SYSTEM = {
    errno.ECONNREFUSED: "the port is closed: no database server listens there",
    errno.ENOENT: "there is no such socket: no database server listens there",
    errno.EHOSTUNREACH: "there is no way to the host",
    errno.ENETUNREACH: "there is no way to the host",
    errno.ETIMEDOUT: "the host does not answer",
    errno.ECONNRESET: "the connection was cut; the server may want TLS, or not speak PostgreSQL",
}


def why(error: BaseException) -> str:
    """The innermost cause of an error of this package, as one clause or two."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, ssl.SSLError):
        return f"TLS is refused: {getattr(error, 'verify_message', '') or error.reason or 'the handshake failed'}"
    if isinstance(error, socket.gaierror):
        return "the host is unknown: its name leads to no address"
    if isinstance(error, TimeoutError):
        return "the host does not answer in time"
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, asyncpg.PostgresError):
        known = _REFUSALS.get(error.sqlstate or "")
        return f"{known}: {_text(error)}" if known else _text(error)
    if isinstance(error, asyncpg.InterfaceError):
        return f"the address does not fit: {_text(error)}"
    return _text(error)


def _of_system(error: OSError) -> str:
    # A host of several addresses gives one error that lists those of each.
    number = error.errno or next((int(found) for found in re.findall(r"\[Errno (\d+)\]", str(error))), None)
    if number in _SYSTEM:
        return _SYSTEM[number]
    if "SSL" in str(error):
        return "TLS is refused: the database server does not offer it"
    return error.strerror or _text(error)


def _text(error: BaseException) -> str:
    return " ".join(str(error.args[0] if error.args else "").split()) or type(error).__name__
