"""`execute_query`: one read-only statement."""

from __future__ import annotations

import time
from typing import Annotated, Any

import asyncpg
from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments
from pydantic import Field

from mcp_db_server.backend import Backend
from mcp_db_server.cursors import Position, digest, shape
from mcp_db_server.judging import Judging
from mcp_db_server.mistakes import explain_name
from mcp_db_server.results import QueryResult, render
from mcp_db_server.streaming import streamed

__all__ = ["DEFAULT_ROWS", "execute_query"]

_NAME = "execute_query"
DEFAULT_ROWS = 1000


async def execute_query(
    ctx: Context[Backend],
    query: Annotated[str, Field(description="one PostgreSQL statement that reads", max_length=100_000)],
    parameters: Annotated[
        list[Any] | None, Field(description="values of $1, $2, ...; put every literal of the user's here")
    ] = None,
    limit: Annotated[int, Field(ge=1, description="most rows to return")] = DEFAULT_ROWS,
    cursor: Annotated[str | None, Field(description="next_cursor of the page before")] = None,
) -> QueryResult:
    """Run one read-only SQL statement (SELECT, WITH, VALUES, TABLE, EXPLAIN, SHOW) on PostgreSQL.

    Use it to join, group and aggregate; let the database do the arithmetic and return few rows. Use query_database for
    plain rows of one table. Anything that would write is refused. numeric and large bigint come as exact strings.
    """
    started = time.monotonic()
    backend = ctx.resources
    request = digest(query, parameters)
    position = backend.cursors.open(ctx.principal, _NAME, request, cursor)
    skip = position.skip if position is not None else 0
    async with backend.database.session(ctx.principal) as session:
        verdict = await Judging(ctx).check(query, session)
        try:
            statement = await session.describe(verdict.sql, within=query)
        except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError) as error:
            raise await explain_name(session, backend.allowed, verdict, error) from error
        if position is not None:
            position.check(shape(statement.columns))
        bounds = backend.bounds(_rows(limit, backend.max_rows))
        wrap = verdict.kind == "select"
        instead = streamed(verdict.sql) if wrap else None
        result = await session.rows(statement, parameters or [], bounds, skip=skip, wrap=wrap, instead=instead)
    answer = render(result, started)
    if result.truncated_by in ("rows", "bytes"):
        following = Position(shape(statement.columns), None, skip + len(result.rows))
        answer["next_cursor"] = backend.cursors.seal(ctx.principal, _NAME, request, following)
        answer["consistent"] = False
    elif skip:
        answer["consistent"] = False
    return answer


def _rows(limit: int, most: int) -> int:
    if limit > most and limit != DEFAULT_ROWS:
        raise InvalidArguments(f"limit may be {most} at most here; page with cursor, or aggregate in the query.")
    return min(limit, most)
