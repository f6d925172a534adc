"""The tables of the audit log in PostgreSQL, over one connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from mcp_chassis.audit.sink.batches import Batch
from mcp_chassis.audit.sink.rows import RecordRow
from mcp_chassis.postgres.queries import load

__all__ = ["Table", "UnusableError"]

_VERSION = 1
_CONNECT_SECONDS = 5.0
_COMMAND_SECONDS = 30.0


class UnusableError(Exception):
    """The database answers and cannot take the log; a sentence for its operator."""


class Table:
    """The tables, open for writing; `database` is their id."""

    def __init__(self, connection: asyncpg.Connection, database: str) -> None:
        self._connection = connection
        self.database = database

    @classmethod
    async def open(cls, dsn: str, application_name: str) -> Table:
        """Connect, and make the tables where they are missing.

        Raises:
            UnusableError: they cannot be made or used.
            OSError, asyncpg.PostgresError, asyncpg.InterfaceError: there is no connection.
        """
        connection = await asyncpg.connect(
            dsn,
            timeout=_CONNECT_SECONDS,
            command_timeout=_COMMAND_SECONDS,
            statement_cache_size=0,  # a pooler in transaction mode may stand in between
            server_settings={"application_name": application_name},
        )
        try:
            return cls(connection, await _prepared(connection))
        except BaseException:
            connection.terminate()
            raise

    async def insert(self, server: str, instance: str, batch: Batch) -> None:
        """Commit a batch; what is there already stays.

        Raises:
            OSError, asyncpg.PostgresError, UnusableError: it is not known to be there.
        """
        try:
            await self._insert(server, instance, batch.records, batch)
        except asyncpg.InterfaceError:
            raise UnusableError("the connection was cut") from None
        except (asyncpg.DataError, asyncpg.ProgramLimitExceededError):
            # A line that nobody of ours wrote can be JSON that jsonb has no room for; the lines themselves fit.
            await self._insert(server, instance, [row._replace(content=None) for row in batch.records], batch)

    async def close(self) -> None:
        """Close the connection."""
        try:
            await self._connection.close(timeout=1)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._connection.terminate()

    def terminate(self) -> None:
        """Cut the connection; whatever waits for it fails."""
        self._connection.terminate()

    async def _insert(self, server: str, instance: str, records: Sequence[RecordRow], batch: Batch) -> None:
        async with self._connection.transaction():
            await self._connection.execute(_sql("durable"))
            for name, rows in (("records", records), ("checkpoints", batch.checkpoints)):
                if rows:
                    columns: list[Sequence[Any]] = [list(column) for column in zip(*rows, strict=True)]
                    await self._connection.execute(_sql(name), instance, server, *columns)


async def _prepared(connection: asyncpg.Connection) -> str:
    """The id of the tables, which are there afterwards."""
    (found,) = await connection.fetch(_sql("look"))
    if found["encoding"] != "UTF8":
        raise UnusableError(f"the database is encoded in {found['encoding']}; the audit log needs one in UTF8")
    if not found["format"]:
        try:
            await _make(connection)
        except asyncpg.InsufficientPrivilegeError:
            raise UnusableError(
                "the tables of the audit log are missing and the login may not make them; "
                "let an owner run audit/sink/schema.sql (docs/audit.md has the rights)"
            ) from None
    try:
        told = await connection.fetchrow(_sql("format"))
    except asyncpg.InsufficientPrivilegeError:
        raise UnusableError("the login needs USAGE on the schema mcp_audit and SELECT on mcp_audit.format") from None
    if told is None or told["version"] != _VERSION:
        raise UnusableError("the tables in the schema mcp_audit are of another version of this software")
    return str(told["id"])


async def _make(connection: asyncpg.Connection) -> None:
    async with connection.transaction():
        await connection.execute(_sql("lock"))
        (found,) = await connection.fetch(_sql("look"))
        if found["format"]:
            return
        for name, statement in load("mcp_chassis.audit.sink", "schema.sql").items():
            if name != "schema" or not found["schema"]:
                await connection.execute(statement)


def _sql(name: str) -> str:
    return load("mcp_chassis.audit.sink", "queries.sql")[name]
