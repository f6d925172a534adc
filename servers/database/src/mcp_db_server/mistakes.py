"""Help with names that are not there: the nearest ones that are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import asyncpg
from mcp_chassis.errors import ChassisError, InvalidArguments, NotFound
from mcp_chassis.postgres.failures import quoted_message, where
from mcp_chassis.words import nearest

from mcp_db_server.schema import Catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp_chassis.postgres.guard import AllowList, Verdict
    from mcp_chassis.postgres.session import Session, Statement

    from mcp_db_server.backend import Backend
    from mcp_db_server.schema import Table

__all__ = ["described"]

_QUOTED = re.compile(r'"([^"]+)"')
_COLUMN = re.compile(r'column "?([\w.]+)"?', re.IGNORECASE)


async def described(backend: Backend, session: Session, verdict: Verdict, query: str) -> Statement:
    """Describe a judged statement of the caller's.

    Raises:
        NotFound: a table is not there; it names the nearest one that may be read.
        InvalidArguments: a column is not.
    """
    try:
        return await session.describe(verdict.sql, within=query)
    except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError) as error:
        raise await _explained(session, backend.allowed, verdict, error) from error


async def _explained(
    session: Session, allowed: AllowList, verdict: Verdict, error: asyncpg.PostgresError
) -> ChassisError:
    message = quoted_message(error, verdict.sql) or "A name in the query is not there"
    place = where(error, session.asked)
    await session.restart()  # the transaction has failed with the statement
    catalog = Catalog(session, allowed)
    if isinstance(error, asyncpg.UndefinedTableError):
        found = _QUOTED.search(message)
        ending = await catalog.nearest_table(found.group(1)) if found else "."
        return NotFound(f"{message}{place}{ending}")
    hint = getattr(error, "hint", None)
    if hint:
        return InvalidArguments(f"{message}{place}.", hint=str(hint))
    named = _COLUMN.search(message)
    tables = [table for table in await catalog.tables() if (table.schema, table.name) in verdict.relations]
    await catalog.fill(tables)
    ending = _nearest_column(named.group(1).rpartition(".")[2], tables) if named else "."
    return InvalidArguments(f"{message}{place}{ending}")


def _nearest_column(name: str, tables: Sequence[Table]) -> str:
    """The end of the sentence: a table that has a column of that very name, or else the nearest name."""
    for table in tables:
        if name in table.columns:
            return f"; {table.full_name} has a column of that name."
    return nearest(name, [column for table in tables for column in table.columns])
