"""The catalog as this server shows it: only what the role may read and the allow-lists let through.

Nothing is cached between calls: a table that was made a moment ago is there, and one that was dropped is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mcp_chassis.errors import InvalidArguments, NotFound
from mcp_chassis.postgres.queries import load
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp_chassis.postgres.guard import AllowList
    from mcp_chassis.postgres.session import Session

__all__ = ["KINDS", "Catalog", "ColumnInfo", "Table"]

KINDS = {"r": "table", "p": "partitioned table", "v": "view", "m": "materialized view", "f": "foreign table"}
_SQL = load("mcp_db_server", "sql/schema.sql")


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """One column of a table."""

    name: str
    type: str
    type_oid: int
    category: str
    type_kind: str
    nullable: bool
    description: str | None
    default: str | None
    enum: tuple[str, ...]

    @property
    def textual(self) -> bool:
        """Whether LIKE has a meaning here."""
        return self.category == "S"


@dataclass(slots=True)
class Table:
    """One table, view or the like."""

    oid: int
    schema: str
    name: str
    kind: str
    description: str | None
    row_estimate: int | None
    columns: dict[str, ColumnInfo] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """`schema.table`."""
        return f"{self.schema}.{self.name}"

    def column(self, name: str) -> ColumnInfo:
        """The column of that name.

        Raises:
            InvalidArguments: there is none; it names the nearest.
        """
        found = self.columns.get(name)
        if found is None:
            raise InvalidArguments(f"{self.full_name} has no column {_shown(name)}{nearest(name, self.columns)}")
        return found


class Catalog:
    """Looks things up in one session."""

    def __init__(self, session: Session, allowed: AllowList) -> None:
        self._session = session
        self._allowed = allowed
        self._lists = (sorted(allowed.schemas), sorted(allowed.tables))

    async def tables(self) -> list[Table]:
        """All tables, by schema and name, without their columns."""
        rows = await self._session.fetch(_SQL["tables"], *self._lists)
        return [_table(dict(row)) for row in rows]

    async def find(self, name: str) -> Table:
        """The table of that name, with its columns; `table` is looked up along the search path, then anywhere.

        Raises:
            NotFound: there is none, or it may not be read; it names the nearest.
            InvalidArguments: several schemas off the search path have one, or no name was given.
        """
        if not name.strip():
            raise InvalidArguments("Name a table, as table or schema.table; get_schema lists what there is.")
        rows: list[Any] = []
        for schema, table in _readings(name):
            rows = await self._session.fetch(_SQL["candidates"], *self._lists, table, schema)
            if rows:
                break
        if not rows:
            raise await self.unknown(name)
        if len(rows) > 1 and rows[0]["path_position"] is None:
            names = ", ".join(f"{row['schema']}.{row['name']}" for row in rows[:5])
            raise InvalidArguments(f"Several schemas have a table of that name: write one of {names}.")
        found = dict(rows[0])
        del found["path_position"]
        table_found = _table(found)
        await self.fill([table_found])
        return table_found

    async def unknown(self, name: str) -> NotFound:
        """What to say of a table that is not there."""
        return NotFound(f"There is no table {_shown(name)} that may be read{await self.nearest_table(name)}")

    async def nearest_table(self, name: str) -> str:
        """The end of that sentence; of a schema that is there, only its own tables are named.

        Whoever may use one schema alone is not told what there is in the others.
        """
        tables = await self.tables()
        schema = name.replace('"', "").partition(".")[0] if "." in name else None
        if any(table.schema == schema for table in tables):
            tables = [table for table in tables if table.schema == schema]
        known = [table.full_name for table in tables] if "." in name else [table.name for table in tables]
        ending = nearest(name, known)
        if ending == "." and "." in name:
            ending = nearest(name.rpartition(".")[2], [table.name for table in tables])
        if ending == ".":
            ending = "; get_schema lists what there is."
        return ending

    async def fill(self, tables: Sequence[Table]) -> None:
        """Add the columns."""
        by_oid = {table.oid: table for table in tables}
        for row in await self._session.fetch(_SQL["columns"], list(by_oid)):
            by_oid[row["table"]].columns[row["name"]] = ColumnInfo(
                name=row["name"],
                type=row["type"],
                type_oid=row["type_oid"],
                category=row["category"],
                type_kind=row["type_kind"],
                nullable=row["nullable"],
                description=row["description"],
                default=row["default_value"],
                enum=tuple(row["enum_values"] or ()),
            )

    async def keys(self, tables: Sequence[Table]) -> list[Any]:
        """Primary and foreign keys of these tables, and foreign keys that point at them."""
        return await self._session.fetch(_SQL["keys"], [table.oid for table in tables])

    async def indexes(self, tables: Sequence[Table]) -> list[Any]:
        """Their indexes."""
        return await self._session.fetch(_SQL["indexes"], [table.oid for table in tables])

    async def unique_order(self, table: Table) -> list[str]:
        """Columns by which its rows have one order; none for a view, a table without a key, or a hidden key."""
        rows = await self._session.fetch(_SQL["unique_order"], table.oid)
        columns: list[str] = rows[0]["columns"] if rows else []
        return columns if all(name in table.columns for name in columns) else []

    async def matches(self, tables: Sequence[Table], word: str) -> list[Any]:
        """Where a lower-case word stands."""
        return await self._session.fetch(_SQL["matches"], [table.oid for table in tables], word)

    async def relationships(self, tables: Sequence[Table]) -> int:
        """How many foreign keys connect these tables."""
        rows = await self._session.fetch(_SQL["relationships"], [table.oid for table in tables])
        number: int = rows[0]["number"]
        return number

    async def estimates(self, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
        """Estimated rows of relations by (schema, name); -1 where nobody has counted yet."""
        schemas, relations = [name[0] for name in names], [name[1] for name in names]
        rows = await self._session.fetch(_SQL["estimates"], schemas, relations)
        return {(row["schema"], row["name"]): row["rows"] for row in rows}

    async def unknown_names(self) -> list[str]:
        """What the allow-lists name and the database does not have, such as `schema shop` or `table orders`."""
        rows = await self._session.fetch(_SQL["unknown_names"], *self._lists)
        return [f"{row['kind']} {_shown(row['name'])}" for row in rows]

    def allows(self, schema: str, name: str) -> bool:
        """Whether the allow-lists let a relation through."""
        return self._allowed.allows(schema, name)


def _readings(name: str) -> list[tuple[str | None, str]]:
    """What a user may mean by `a.b`: table b of schema a, or a table whose name has a dot in it."""
    unquoted = name.replace('"', "")
    schema, dot, table = unquoted.partition(".")
    readings: list[tuple[str | None, str]] = [(schema, table)] if dot else []
    return [*readings, (None, unquoted)]


def _shown(name: str) -> str:
    """A name of the caller's in a message: short and printable."""
    return "".join(mark if mark.isprintable() else "?" for mark in name[:64])


def _table(row: dict[str, Any]) -> Table:
    return Table(**row)
