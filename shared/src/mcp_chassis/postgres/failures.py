"""PostgreSQL's errors in our words.

A primary message is shown where it speaks of the caller's statement or of data the caller may read (classes 21, 22,
42, ...). Everything else gets a sentence of ours: PostgreSQL's own would name files, hosts, or SQL of functions and
views that the caller did not write (CONTEXT, internal query and detail are never shown).
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg

from mcp_chassis.errors import (
    ChassisError,
    DeadlineExceeded,
    Denied,
    Internal,
    InvalidArguments,
    TooLarge,
    UpstreamUnavailable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp_chassis.postgres.codecs import TypeInfo

__all__ = ["CONNECTION_ERRORS", "Asked", "quoted_message", "translate", "where"]

CONNECTION_ERRORS = (OSError, asyncio.TimeoutError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError)
"""What a database that is away looks like from here."""

UNAVAILABLE = "The database does not answer; call again in a few seconds."
_SHOWN_CLASSES = frozenset({"0A", "20", "21", "22", "23", "2F", "38", "39", "3F", "42", "44", "54", "55", "P0"})
_AWAY_CLASSES = frozenset({"08", "28", "3D"})
_AWAY_CODES = frozenset({"57P01", "57P02", "57P03", "57P04", "57P05", "53300"})
_PATH = re.compile(r"(?<![\w:.])/[\w.+-]+/[^\s\"']*|\w+://\S+")
_PERMISSION = re.compile(r"permission denied for ([a-z]+(?: [a-z]+)?) (\w+)$")
_MAX_MESSAGE = 400
_PARAMETER = re.compile(r"(?:unnamed portal|portal \"\w+\") (?:with )?parameter \$(\d+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller asked for, to say where in it a fault lies.

    Args:
        sql: what the caller wrote.
        offset: where in it the statement begins that PostgreSQL counts positions in.
        expected: its parameters' types.
        labels: what the caller knows the parameters by, where not as `$n`.
        placed: whether the position that PostgreSQL gives is one in `sql`.
    """

    sql: str = ""
    offset: int = 0
    expected: Sequence[TypeInfo] = ()
    labels: Sequence[str] = ()
    placed: bool = True


NOTHING = Asked()


def quoted_message(error: asyncpg.PostgresError, sql: str = "") -> str | None:
    """PostgreSQL's primary message without its full stop; None where it names what the caller did not."""
    message = " ".join(str(error.args[0] if error.args else "").split())
    if any(path not in sql for path in _PATH.findall(message)):
        return None
    if len(message) > _MAX_MESSAGE:
        message = message[:_MAX_MESSAGE] + "..."
    return message[:1].upper() + message[1:].rstrip(".") if message else None


def where(error: asyncpg.PostgresError, asked: Asked) -> str:
    """The fault's place in the caller's statement, such as ` at line 2, column 8, near "frm"`, or nothing."""
    raw, sql = getattr(error, "position", None), asked.sql
    if not asked.placed or not raw or not str(raw).isdigit():
        return ""
    index = int(raw) - 1 + asked.offset
    if not 0 <= index <= len(sql):
        return ""
    before = sql[:index]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    near = re.match(r"\S{1,30}", sql[index:])
    return f" at line {line}, column {column}" + (f', near "{near.group()}"' if near else "")


def _about_parameter(error: asyncpg.PostgresError, asked: Asked) -> str | None:
    """`Parameter $2 (date)` where the failed input was a parameter's."""
    named = _PARAMETER.search(str(getattr(error, "context", None) or ""))
    if named and int(named.group(1)) <= len(asked.expected):
        number = int(named.group(1))
        label = asked.labels[number - 1] if asked.labels else f"Parameter ${number}"
        return f"{label} ({asked.expected[number - 1].name})"
    return None


def _named(error: asyncpg.PostgresError, asked: Asked) -> str:
    """`table orders` where the caller wrote that name; what a view or function reached for stays its own affair."""
    found = _PERMISSION.search(str(error))
    if found and re.search(rf"\b{re.escape(found.group(2))}\b", asked.sql):
        return f"{found.group(1)} {found.group(2)}"
    return "something this query needs"


def _shown(error: asyncpg.PostgresError, code: str, asked: Asked) -> ChassisError:
    message = quoted_message(error, asked.sql)
    if message is None:
        return InvalidArguments("The database refused the query; change it and call again.")
    parameter = _about_parameter(error, asked)
    if parameter:
        return InvalidArguments(f"{parameter} does not fit: {message[:1].lower()}{message[1:]}.")
    if code == "42P18":
        return InvalidArguments(f"{message}; add a cast such as $1::text.")
    place = where(error, asked)
    hint = str(getattr(error, "hint", None) or "") if code[:2] == "42" else ""
    return InvalidArguments(f"{message}{place}.", hint=hint if hint and not _PATH.search(hint) else None)


def _not_meant(error: asyncpg.PostgresError) -> ChassisError:
    """What PostgreSQL's own code did not expect, such as a made-up OID or a function out of its place."""
    message = str(error)
    if "trigger manager" in message:
        return InvalidArguments("A trigger's function runs only as a trigger; leave it out of the query.")
    if "memory alloc" in message:
        return TooLarge("A value of this query is larger than PostgreSQL can hold; narrow it and call again.")
    return InvalidArguments("PostgreSQL cannot do what this query asks; write it another way.")


def _server_error(error: asyncpg.PostgresError, asked: Asked) -> ChassisError:
    code = error.sqlstate or "XX000"
    if code == "57014":
        return DeadlineExceeded(
            "The query ran into its time limit; narrow it (filter, aggregate, LIMIT) and call again."
        )
    if code == "55P03":
        return DeadlineExceeded(
            "A lock held by someone else was not released in time; call again later.", retry_after_s=2
        )
    if code == "42501":
        return Denied(f"The database role of this server may not use {_named(error, asked)}; ask the operator.")
    if code in ("25006", "25001"):
        return Denied("This server only reads: the query would change something.")
    if code in _AWAY_CODES or code[:2] in _AWAY_CLASSES:
        return UpstreamUnavailable(UNAVAILABLE, retry_after_s=2)
    if code[:2] == "40":
        return UpstreamUnavailable("The database ended the query in favour of another; call again.", retry_after_s=1)
    if code == "53200":
        return TooLarge("The query needs more memory than the database has; narrow it and call again.")
    if code[:2] == "53":
        return TooLarge("The query needs more room than the database allows; narrow it and call again.")
    if code in ("22021", "54000") and "memory" in str(error):
        return TooLarge("A value of this query is larger than PostgreSQL can hold; narrow it and call again.")
    if code[:2] in _SHOWN_CLASSES:
        return _shown(error, code, asked)
    if code == "XX000":
        return _not_meant(error)
    if code == "58P01":
        return InvalidArguments("PostgreSQL misses a file that this query needs; leave out what needs it.")
    return Internal("The database failed on this query; change it or report the error id to the operator.")


def translate(error: BaseException, asked: Asked = NOTHING) -> ChassisError | None:
    """Our error for one of asyncpg's or the connection's; None for what is neither."""
    if isinstance(error, asyncpg.PostgresConnectionError):
        return UpstreamUnavailable(UNAVAILABLE, retry_after_s=2)
    if isinstance(error, asyncpg.DataError) and getattr(error, "severity", None) is None:  # the driver's own
        return InvalidArguments("A parameter does not fit its type; read the types in the query and call again.")
    if isinstance(error, asyncpg.PostgresError):
        return _server_error(error, asked)
    if isinstance(error, CONNECTION_ERRORS):
        return UpstreamUnavailable(UNAVAILABLE, retry_after_s=2)
    return None
