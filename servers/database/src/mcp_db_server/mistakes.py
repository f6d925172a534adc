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
    from mcp_chassis.postgres.guard import AllowList, Verdict
    from mcp_chassis.postgres.session import Session

__all__ = ["explain_name"]

_QUOTED = re.compile(r'"([^"]+)"')
_COLUMN = re.compile(r'column "?([\w.]+)"?', re.IGNORECASE)


async def explain_name(
    session: Session, allowed: AllowList, verdict: Verdict, error: asyncpg.PostgresError
) -> ChassisError:
    """The error for an unknown table or column of the caller's statement, with the nearest name that may be read."""
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
    columns = [name for table in tables for name in table.columns]
    ending = nearest(named.group(1).rpartition(".")[2], columns) if named else "."
    return InvalidArguments(f"{message}{place}{ending}")
