"""What `get_schema` and the schema resources say of tables, from names alone to everything."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NotRequired

import asyncpg
from mcp_chassis.errors import ChassisError
from typing_extensions import TypedDict

from mcp_db_server.filters import quote
from mcp_db_server.judging import run_for_caller
from mcp_db_server.schema import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp_chassis.call import Context
    from mcp_chassis.postgres.guard import Verdict
    from mcp_chassis.postgres.session import Result, Session

    from mcp_db_server.backend import Backend
    from mcp_db_server.schema import Catalog, ColumnInfo, Table

__all__ = ["TableDetail", "columns_of", "fully", "head", "sample"]

logger = logging.getLogger(__name__)

_SAMPLE_ROWS = 20
_SAMPLE_VALUES = 3
_SAMPLED_KINDS = frozenset("rpm")  # a view may be expensive, a foreign table is somebody else's


class ColumnDetail(TypedDict):
    """One column."""

    name: str
    type: str
    nullable: NotRequired[bool]
    default: NotRequired[str]
    description: NotRequired[str]
    enum: NotRequired[list[str]]


class ForeignKey(TypedDict):
    """These columns point at those of another table."""

    columns: list[str]
    references: str
    referenced_columns: list[str]


class Reference(TypedDict):
    """Those columns of another table point here."""

    table: str
    columns: list[str]
    referenced_columns: list[str]


class Index(TypedDict):
    """One index."""

    name: str
    columns: list[str]
    unique: NotRequired[bool]
    method: NotRequired[str]
    where: NotRequired[str]


class TableDetail(TypedDict):
    """One table, as far as was asked."""

    schema: str
    name: str
    kind: str
    description: str
    row_estimate: int | None
    matching_columns: NotRequired[list[str]]
    columns: NotRequired[list[ColumnDetail]]
    primary_key: NotRequired[list[str]]
    foreign_keys: NotRequired[list[ForeignKey]]
    referenced_by: NotRequired[list[Reference]]
    indexes: NotRequired[list[Index]]
    sample: NotRequired[dict[str, list[Any]]]


def head(table: Table) -> TableDetail:
    """What is told of every table; an estimate is null where the planner has none, as for a view."""
    return {
        "schema": table.schema,
        "name": table.name,
        "kind": KINDS[table.kind],
        "description": table.description or "",
        "row_estimate": table.row_estimate,
    }


def _column(column: ColumnInfo, *, fully: bool) -> ColumnDetail:
    detail: ColumnDetail = {"name": column.name, "type": column.type}
    if not column.nullable:
        detail["nullable"] = False
    if column.description:
        detail["description"] = column.description
    if column.enum:
        detail["enum"] = list(column.enum)
    if fully and column.default is not None:
        detail["default"] = column.default
    return detail


def columns_of(table: Table, *, fully: bool = False) -> list[ColumnDetail]:
    """The table's columns; a column that says nothing of `nullable` may be NULL."""
    return [_column(column, fully=fully) for column in table.columns.values()]


async def fully(catalog: Catalog, tables: Sequence[Table]) -> list[TableDetail]:
    """Everything but samples: columns, keys in both directions, indexes."""
    details = {table.oid: head(table) for table in tables}
    for table in tables:
        details[table.oid]["columns"] = columns_of(table, fully=True)
    outgoing: dict[int, list[ForeignKey]] = defaultdict(list)
    incoming: dict[int, list[Reference]] = defaultdict(list)
    for key in await catalog.keys(tables):
        if key["kind"] == "p":
            details[key["table"]]["primary_key"] = key["columns"]
            continue
        if key["table"] in details and catalog.allows(key["target_schema"], key["target_name"]):
            references = f"{key['target_schema']}.{key['target_name']}"
            outgoing[key["table"]].append(
                {"columns": key["columns"], "references": references, "referenced_columns": key["target_columns"]}
            )
        if key["target"] in details and catalog.allows(key["schema"], key["name"]):
            source = f"{key['schema']}.{key['name']}"
            incoming[key["target"]].append(
                {"table": source, "columns": key["columns"], "referenced_columns": key["target_columns"]}
            )
    for oid, detail in details.items():
        if oid in outgoing:
            detail["foreign_keys"] = outgoing[oid]
        if oid in incoming:
            detail["referenced_by"] = incoming[oid]
    await _add_indexes(catalog, tables, details)
    return list(details.values())


async def _add_indexes(catalog: Catalog, tables: Sequence[Table], details: dict[int, TableDetail]) -> None:
    for row in await catalog.indexes(tables):
        index: Index = {"name": row["name"], "columns": row["columns"]}
        if row["unique"]:
            index["unique"] = True
        if row["method"] != "btree":
            index["method"] = row["method"]
        if row["condition"]:
            index["where"] = row["condition"]
        details[row["table"]].setdefault("indexes", []).append(index)


async def sample(ctx: Context[Backend], session: Session, table: Table) -> dict[str, list[Any]] | None:
    """A few different values of each column, of the first rows; None where looking is not cheap or not allowed.

    It runs as a query of the caller would: judged by the guard and by the policy, and under the same role. It must be
    the last use of a session, which it may leave failed.
    """
    if table.kind not in _SAMPLED_KINDS or not table.columns:
        return None
    listed = ", ".join(quote(name) for name in table.columns)
    sql = f"SELECT {listed} FROM {quote(table.schema)}.{quote(table.name)} LIMIT {_SAMPLE_ROWS}"  # noqa: S608 - quoted
    backend = ctx.resources

    async def look(verdict: Verdict) -> Result:
        return await session.rows(await session.describe(verdict.sql), [], backend.sample_bounds(_SAMPLE_ROWS))

    try:
        result = await run_for_caller(ctx, session, sql, look)
    except (asyncpg.PostgresError, ChassisError) as error:
        logger.info("no sample of a table", exc_info=error)
        return None
    samples: dict[str, list[Any]] = {}
    for index, name in enumerate(table.columns):
        values: list[Any] = []
        for row in result.rows:
            if row[index] is not None and row[index] not in values and len(values) < _SAMPLE_VALUES:
                values.append(row[index])
        if values:
            samples[name] = values
    return samples or None
