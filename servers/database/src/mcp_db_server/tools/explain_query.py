"""`explain_query`: how PostgreSQL would run a query, in plain words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments
from pydantic import Field
from typing_extensions import TypedDict

from mcp_db_server.backend import Backend
from mcp_db_server.judging import run_for_caller
from mcp_db_server.mistakes import described
from mcp_db_server.plans import relations, slim, summarize, with_unknown_values
from mcp_db_server.schema import Catalog

if TYPE_CHECKING:
    from mcp_chassis.postgres.guard import Verdict
    from mcp_chassis.postgres.session import Statement

__all__ = ["PlanResult", "explain_query"]

_UNKNOWN_VALUES = "No parameter values were given: this is the plan for values that are not known."


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
    values = parameters or []
    async with backend.database.session(ctx.principal) as session:

        async def explain(verdict: Verdict) -> tuple[dict[str, Any], bool]:
            if verdict.kind != "select":
                raise InvalidArguments("Give the SELECT, WITH, VALUES or TABLE itself, without EXPLAIN.")
            verdict.require_open_plan()
            statement = await described(backend, session, verdict, query)
            unknown = bool(statement.parameters) and not values
            if unknown and analyze:
                raise InvalidArguments("analyze runs the query, so it needs a value for each parameter.")
            sql = _with_unknown_values(statement) if unknown else verdict.sql
            options = "FORMAT JSON, VERBOSE, ANALYZE, BUFFERS" if analyze else "FORMAT JSON, VERBOSE"
            explaining = await session.describe(f"EXPLAIN ({options}) {sql}")
            result = await session.rows(explaining, values, backend.bounds(1), wrap=False)
            return _plan(result.rows), unknown

        explained, unknown = await run_for_caller(ctx, session, query, explain)
        plan = with_unknown_values(explained["Plan"]) if unknown else explained["Plan"]
        estimates = await Catalog(session, backend.allowed).estimates(relations(plan))
    summary, found = summarize({**explained, "Plan": plan}, estimates)
    return {
        "summary": summary,
        "plan": slim(plan),
        "total_cost": plan["Total Cost"],
        "estimated_rows": plan["Plan Rows"],
        "warnings": ([_UNKNOWN_VALUES] if unknown else []) + found,
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
