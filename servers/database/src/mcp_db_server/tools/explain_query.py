"""`explain_query`: how PostgreSQL would run a query, in plain words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import asyncpg
from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments
from pydantic import Field
from typing_extensions import TypedDict

from mcp_db_server.backend import Backend
from mcp_db_server.judging import Judging
from mcp_db_server.mistakes import explain_name
from mcp_db_server.plans import relations, slim, summarize, with_unknown_values
from mcp_db_server.schema import Catalog

if TYPE_CHECKING:
    from mcp_chassis.postgres.session import Statement

__all__ = ["PlanResult", "explain_query"]


class PlanResult(TypedDict):
    """A plan and what it means."""

    summary: str
    plan: dict[str, Any]
    total_cost: float
    estimated_rows: int
    warnings: list[str]


async def explain_query(
    ctx: Context[Backend],
    query: Annotated[str, Field(description="the statement, without EXPLAIN", max_length=100_000)],
    parameters: Annotated[list[Any] | None, Field(description="values of $1, $2, ...; may be left out")] = None,
    analyze: Annotated[bool, Field(description="run it and measure; else only plan it")] = False,
) -> PlanResult:
    """See how PostgreSQL runs a query: the expensive step, wrong estimates, indexes that may be missing.

    Use it when execute_query is slow or ran into its time limit. It takes what execute_query takes.
    """
    backend = ctx.resources
    warnings: list[str] = []
    async with backend.database.session(ctx.principal) as session:
        verdict = await Judging(ctx).check(query, session)
        if verdict.kind != "select":
            raise InvalidArguments("Give the SELECT, WITH, VALUES or TABLE itself, without EXPLAIN.")
        try:
            statement = await session.describe(verdict.sql, within=query)
        except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError) as error:
            raise await explain_name(session, backend.allowed, verdict, error) from error
        sql, values = verdict.sql, parameters or []
        unknown = bool(statement.parameters) and not values
        if unknown:
            if analyze:
                raise InvalidArguments("analyze runs the query, so it needs a value for each parameter.")
            sql = _with_unknown_values(statement)
            warnings.append("No parameter values were given: this is the plan for values that are not known.")
        options = "FORMAT JSON, VERBOSE, ANALYZE, BUFFERS" if analyze else "FORMAT JSON, VERBOSE"
        explaining = await session.describe(f"EXPLAIN ({options}) {sql}")
        result = await session.rows(explaining, values, backend.bounds(1), wrap=False)
        explained = _plan(result.rows)
        if unknown:
            explained["Plan"] = with_unknown_values(explained["Plan"])
        estimates = await Catalog(session, backend.allowed).estimates(relations(explained["Plan"]))
    summary, found = summarize(explained, estimates)
    plan = explained["Plan"]
    return {
        "summary": summary,
        "plan": slim(plan),
        "total_cost": plan["Total Cost"],
        "estimated_rows": plan["Plan Rows"],
        "warnings": warnings + found,
    }


def _plan(rows: list[list[Any]]) -> dict[str, Any]:
    value = rows[0][0]
    explained: dict[str, Any] = (json.loads(value) if isinstance(value, str) else value)[0]
    return explained


def _with_unknown_values(statement: Statement) -> str:
    """The statement with `$n` replaced by a value of its type that the planner cannot look into.

    EXPLAIN's GENERIC_PLAN does not work with bound parameters, and a bound NULL would be planned as NULL.
    """
    from pglast import scan

    sql = statement.sql
    for token in reversed(scan(sql)):
        if token.name == "PARAM":
            kind = statement.parameters[int(sql[token.start + 1 : token.end + 1]) - 1].name
            sql = f"{sql[: token.start]}((SELECT NULL::{kind})::{kind}){sql[token.end + 1 :]}"
    return sql
