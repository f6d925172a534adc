"""The schema as resources, for clients that attach context without a tool call."""

from __future__ import annotations

from typing import NotRequired

from mcp_chassis.call import Context
from typing_extensions import TypedDict

from mcp_db_server.backend import Backend
from mcp_db_server.details import TableDetail, fully, sample
from mcp_db_server.schema import Catalog

__all__ = ["complete_table", "database_schema", "table_schema"]

_MOST_TABLES = 300


class TableSummary(TypedDict):
    """One table in few words; columns as `name type`."""

    schema: str
    name: str
    description: NotRequired[str]
    row_count: int | None
    columns: list[str]


class DatabaseSummary(TypedDict):
    """The whole database in few words."""

    table_count: int
    relationship_count: int
    tables: list[TableSummary]
    truncated: NotRequired[str]


async def database_schema(ctx: Context[Backend]) -> DatabaseSummary:
    """All tables with their columns, estimated row counts and descriptions."""
    backend = ctx.resources
    async with backend.database.session(ctx.principal) as session:
        catalog = Catalog(session, backend.allowed)
        tables = await catalog.tables()
        number = await catalog.relationships(tables)
        shown = tables[:_MOST_TABLES]
        await catalog.fill(shown)
    summaries: list[TableSummary] = []
    for table in shown:
        columns = [f"{column.name} {column.type}" for column in table.columns.values()]
        summary: TableSummary = {
            "schema": table.schema, "name": table.name, "row_count": table.row_estimate, "columns": columns,
        }  # fmt: skip
        if table.description:
            summary["description"] = table.description
        summaries.append(summary)
    answer: DatabaseSummary = {"table_count": len(tables), "relationship_count": number, "tables": summaries}
    if len(shown) < len(tables):
        answer["truncated"] = f"the first {len(shown)} tables; get_schema lists all"
    return answer


async def table_schema(ctx: Context[Backend], schema: str, table: str) -> TableDetail:
    """One table: columns, keys in both directions, indexes, and a few sample values."""
    backend = ctx.resources
    async with backend.database.session(ctx.principal) as session:
        catalog = Catalog(session, backend.allowed)
        found = await catalog.find(f"{schema}.{table}")
        detail = (await fully(catalog, [found]))[0]
        if values := await sample(ctx, session, found):
            detail["sample"] = values
    return detail


async def complete_table(ctx: Context[Backend], argument: str, value: str, resolved: dict[str, str]) -> list[str]:
    """Schemas and tables that begin with what was typed, then those that hold it.

    Tables only of a schema that is chosen: whether a table may be told of depends on its schema.
    """
    schema = resolved.get("schema")
    if argument == "table" and schema is None:
        return []
    backend = ctx.resources
    async with backend.database.session(ctx.principal) as session:
        tables = await Catalog(session, backend.allowed).tables()
    names = {
        table.schema if argument == "schema" else table.name
        for table in tables
        if argument == "schema" or schema == table.schema
    }
    typed = value.lower()
    found = [name for name in names if typed in name.lower()]
    return sorted(found, key=lambda name: (not name.lower().startswith(typed), name))
