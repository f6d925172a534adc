"""`query_database`: rows of one table without SQL."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments
from pydantic import Field
from pydantic_core import to_json

from mcp_db_server.backend import Backend
from mcp_db_server.cursors import Position, digest
from mcp_db_server.filters import Order, build
from mcp_db_server.judging import run_for_caller
from mcp_db_server.results import QueryResult, render
from mcp_db_server.schema import Catalog, Table

if TYPE_CHECKING:
    from mcp_chassis.postgres.guard import Verdict
    from mcp_chassis.postgres.session import Result

__all__ = ["query_database"]

_NAME = "query_database"
_LONGEST_KEYS = 4096  # bytes of JSON: a cursor is an argument, and arguments are short
# Types whose JSON does not hold every value exactly, so that a page cannot go on behind one: json, jsonb, xml, and
# arrays of them.
_NOT_KEYS = frozenset({114, 3802, 142, 199, 3807, 143})


async def query_database(
    ctx: Context[Backend],
    table: Annotated[str, Field(description="table or schema.table", max_length=200)],
    columns: Annotated[list[str] | None, Field(description="columns to return; all when left out")] = None,
    filters: Annotated[
        dict[str, Any] | None,
        Field(
            description="column: value (equal) or column: {operator: value}; operators eq, ne, lt, lte, gt, gte, in "
            "(list), like, ilike, is_null (true|false), between ([low, high]); all must hold"
        ),
    ] = None,
    order_by: Annotated[list[str] | None, Field(description="columns, -column for descending")] = None,
    limit: Annotated[int, Field(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Field(description="next_cursor of the page before")] = None,
) -> QueryResult:
    """Read rows of one table: filter, order, page. No SQL needed, values are safe as they are.

    Use it to look at or list records of one table. Use execute_query to join, group or aggregate, and get_schema first
    when you do not know the names.
    """
    started = time.monotonic()
    backend = ctx.resources
    request = digest(table, columns, filters, order_by)
    position = backend.cursors.open(ctx.principal, _NAME, request, cursor)
    async with backend.database.session(ctx.principal) as session:
        catalog = Catalog(session, backend.allowed)
        found = await catalog.find(table)
        page = _Page(found, columns, order_by, await catalog.unique_order(found))
        if position is not None:
            position.check(page.shape)
        query = build(found, page.selected, filters or {}, page.order, position.keys if position is not None else None)
        skip = position.skip if position is not None else 0

        async def read(verdict: Verdict) -> Result:
            statement = await session.describe(verdict.sql)
            return await session.rows(statement, query.values, backend.bounds(limit), labels=query.labels, skip=skip)

        result = await run_for_caller(ctx, session, query.sql, read)
    keys = page.last_keys(result)
    page.hide(result)
    answer: QueryResult = {"table": found.full_name, **render(result, started)}
    counted = skip > 0
    if result.truncated_by in ("rows", "bytes"):
        following = Position(page.shape, keys)
        if keys is None:
            counted = True
            following = Position(page.shape, position.keys if position else None, skip + len(result.rows))
        answer["next_cursor"] = backend.cursors.seal(ctx.principal, _NAME, request, following)
    if counted:
        answer["consistent"] = False
    return answer


class _Page:
    """Which columns are read and by what they are ordered; some are read for the order alone and not shown."""

    def __init__(self, table: Table, columns: list[str] | None, order_by: list[str] | None, unique: list[str]) -> None:
        shown = [table.column(name).name for name in columns] if columns else list(table.columns)
        self.order = [_order(table, name) for name in order_by or ()]
        ordered = {item.column for item in self.order}
        if len(ordered) < len(self.order):
            raise InvalidArguments("order_by names a column twice.")
        self.order += [Order(name, False, False) for name in unique if name not in ordered]
        self._keyset = bool(unique) and not any(table.column(item.column).type_oid in _NOT_KEYS for item in self.order)
        hidden = [item.column for item in self.order if item.column not in shown] if self._keyset else []
        self._shown = len(shown)
        self.selected = shown + hidden
        types = [[name, table.columns[name].type] for name in self.selected]
        self.shape = digest(table.oid, types, [[item.column, item.descending, item.nullable] for item in self.order])

    def last_keys(self, result: Result) -> list[Any] | None:
        """The last row's ordering values; None where there is no such order, or they are too long for a cursor."""
        if not self._keyset or not result.rows:
            return None
        places = [self.selected.index(item.column) for item in self.order]
        last = len(result.rows) - 1
        if any([last, place] in result.truncated_values for place in places):
            return None
        keys = [result.rows[last][place] for place in places]
        return keys if len(to_json(keys)) <= _LONGEST_KEYS else None

    def hide(self, result: Result) -> None:
        """Take away what was read for the order alone."""
        if self._shown == len(self.selected):
            return
        del result.columns[self._shown :]
        for row in result.rows:
            del row[self._shown :]
        result.truncated_values = [place for place in result.truncated_values if place[1] < self._shown]
        if result.truncated_by == "values" and not result.truncated_values:
            result.truncated_by = None


def _order(table: Table, name: str) -> Order:
    descending = name.startswith("-") and name not in table.columns
    column = table.column(name[1:] if descending else name)
    return Order(column.name, descending, column.nullable)
