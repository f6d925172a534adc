"""`get_schema`: what there is, in as few words as do."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from mcp_chassis.call import Context
from pydantic import Field
from typing_extensions import TypedDict

from mcp_db_server.backend import Backend
from mcp_db_server.cursors import Position, digest
from mcp_db_server.details import TableDetail, columns_of, fully, head, sample
from mcp_db_server.schema import Catalog, Table

__all__ = ["SchemaResult", "get_schema"]

_NAME = "get_schema"
_PAGE = {"names": 500, "columns": 50, "full": 10}
_SHORT_DESCRIPTION = 120

Detail = Literal["names", "columns", "full"]


class SchemaResult(TypedDict):
    """Tables, and how many there are in all."""

    tables: list[TableDetail]
    total: int
    next_cursor: NotRequired[str]


async def get_schema(
    ctx: Context[Backend],
    table_name: Annotated[str | None, Field(description="one table: table or schema.table", max_length=200)] = None,
    search: Annotated[
        str | None, Field(description="words that must stand in names or comments of tables or columns", max_length=200)
    ] = None,
    detail: Annotated[Detail | None, Field(description="default: names for a list, full for one table")] = None,
    cursor: Annotated[str | None, Field(description="next_cursor of the page before")] = None,
) -> SchemaResult:
    """See which tables there are and what they hold. Start here: a list of names costs little, then ask for one table.

    full adds keys in both directions, indexes, enum values and a few sample values. A column may be NULL unless it says
    nullable false; row_estimate is the planner's guess.
    """
    backend = ctx.resources
    level: Detail = detail or ("full" if table_name else "names")
    async with backend.database.session(ctx.principal) as session:
        catalog = Catalog(session, backend.allowed)
        if table_name is not None:
            table = await catalog.find(table_name)
            details = await _describe(catalog, [table], level, filled=True)
            if level == "full" and (values := await sample(ctx, session, table)):
                details[0]["sample"] = values
            return {"tables": details, "total": 1}
        tables = await catalog.tables()
        matching: dict[int, list[str]] = {}
        if search is not None and search.split():
            tables, matching = await _search(catalog, tables, search)
        page, following = _page(ctx, tables, cursor, digest(search, level), level)
        details = await _describe(catalog, page, level, filled=False)
    for table, found in zip(page, details, strict=True):
        if matching.get(table.oid):
            found["matching_columns"] = matching[table.oid]
    answer: SchemaResult = {"tables": details, "total": len(tables)}
    if following is not None:
        answer["next_cursor"] = following
    return answer


async def _describe(catalog: Catalog, tables: list[Table], level: Detail, *, filled: bool) -> list[TableDetail]:
    if level == "names":
        return [_short(table) for table in tables]
    if not filled:
        await catalog.fill(tables)
    if level == "full":
        return await fully(catalog, tables)
    details = [head(table) for table in tables]
    for table, found in zip(tables, details, strict=True):
        found["columns"] = columns_of(table)
    return details


def _short(table: Table) -> TableDetail:
    found = head(table)
    if len(found["description"]) > _SHORT_DESCRIPTION:
        found["description"] = found["description"][:_SHORT_DESCRIPTION] + "..."
    return found


async def _search(catalog: Catalog, tables: list[Table], search: str) -> tuple[list[Table], dict[int, list[str]]]:
    """Tables in which every word stands, those first where it stands in their name; and columns in which it does."""
    columns: dict[int, list[str]] = {}
    in_name: dict[int, int] = {}
    remaining = tables
    for word in search.lower().split()[:8]:
        found = {row["oid"]: row for row in await catalog.matches(remaining, word)}
        remaining = [
            table for table in remaining
            if (row := found[table.oid])["in_name"] or row["in_description"] or row["columns"]
        ]  # fmt: skip
        for table in remaining:
            row = found[table.oid]
            in_name[table.oid] = in_name.get(table.oid, 0) + bool(row["in_name"])
            columns[table.oid] = [*columns.get(table.oid, []), *row["columns"]]
    remaining.sort(key=lambda table: -in_name[table.oid])
    return remaining, {oid: list(dict.fromkeys(names)) for oid, names in columns.items()}


def _page(
    ctx: Context[Backend], tables: list[Table], cursor: str | None, request: str, level: Detail
) -> tuple[list[Table], str | None]:
    cursors = ctx.resources.cursors
    position = cursors.open(ctx.principal, _NAME, request, cursor)
    shape = digest([table.oid for table in tables])
    if position is not None:
        position.check(shape)
    start = position.skip if position is not None else 0
    end = start + _PAGE[level]
    following = None
    if end < len(tables):
        following = cursors.seal(ctx.principal, _NAME, request, Position(shape, None, end))
    return tables[start:end], following
