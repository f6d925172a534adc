"""`execute_query`: one read-only statement."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments
from pydantic import Field

from mcp_db_server.backend import Backend
from mcp_db_server.cursors import Position, digest, shape
from mcp_db_server.generic import generic_plan, wants_generic_plan
from mcp_db_server.judging import run_for_caller
from mcp_db_server.mistakes import described
from mcp_db_server.results import QueryResult, render
from mcp_db_server.streaming import streamed

if TYPE_CHECKING:
    from mcp_chassis.postgres.guard import Verdict
    from mcp_chassis.postgres.session import Result, Statement

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

        async def run(verdict: Verdict) -> tuple[Statement, Result]:
            statement = await described(backend, session, verdict, query)
            if position is not None:
                position.check(shape(statement.columns))
            bounds = backend.bounds(_rows(limit, backend.max_rows))
            if verdict.kind == "explain" and not parameters and wants_generic_plan(statement):
                return statement, await generic_plan(session, statement, bounds, skip)
            wrap = verdict.kind == "select"
            instead = streamed(verdict.sql) if wrap else None
            found = await session.rows(statement, parameters or [], bounds, skip=skip, wrap=wrap, instead=instead)
            return statement, found

        statement, result = await run_for_caller(ctx, session, query, run)
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
