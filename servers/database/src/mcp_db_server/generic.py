"""`EXPLAIN (GENERIC_PLAN)` of a statement whose parameters have no values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp_chassis.postgres.queries import load

if TYPE_CHECKING:
    from mcp_chassis.postgres.session import Bounds, Result, Session, Statement

__all__ = ["generic_plan", "wants_generic_plan"]

_SQL = load("mcp_db_server", "sql/generic_plan.sql")
_OFF = frozenset({"false", "off", "0"})


def wants_generic_plan(statement: Statement) -> bool:
    """Whether an EXPLAIN has parameters and asks for the plan that PostgreSQL makes without their values."""
    if not statement.parameters:
        return False
    from pglast import parse_sql

    node: Any = parse_sql(statement.sql)[0].stmt
    values = [option.arg for option in node.options or () if option.defname.lower() == "generic_plan"]
    return bool(values) and _word(values[-1]) not in _OFF  # the last one counts


def _word(value: Any) -> str:
    return str(getattr(value, "sval", getattr(value, "ival", "true"))).lower()


async def generic_plan(session: Session, statement: Statement, bounds: Bounds, skip: int) -> Result:
    """The answer of such an EXPLAIN, which was described in this session."""
    await session.fetch(_SQL["keep"], statement.sql)
    await session.fetch(_SQL["explain"])
    kind = "json" if statement.columns[0].type.name == "json" else "text"  # a cast to xml is not in every PostgreSQL
    lines = await session.describe(f'SELECT q."QUERY PLAN"::pg_catalog.{kind} FROM ({_SQL["lines"]}) AS q')  # noqa: S608 - one of two types
    return await session.rows(lines, [], bounds, skip=skip, wrap=False)
