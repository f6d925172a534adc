"""`query_database` without SQL: filters, order and position become one statement with bound values.

Identifiers come from the catalog and are quoted, values are bound; nothing of the caller's text is ever part of the
SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mcp_chassis.errors import InvalidArguments
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mcp_db_server.schema import Table

__all__ = ["OPERATORS", "Order", "Query", "build", "quote"]

OPERATORS = ("eq", "ne", "lt", "lte", "gt", "gte", "in", "like", "ilike", "is_null", "between")
_COMPARISONS = {"eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_PATTERNS = {"like": "LIKE", "ilike": "ILIKE"}


def quote(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class Order:
    """One ordering column; PostgreSQL puts NULL last when ascending and first when descending, and so do we."""

    column: str
    descending: bool
    nullable: bool


@dataclass(slots=True)
class Query:
    """A statement and its bound values."""

    values: list[Any] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    sql: str = ""

    def bind(self, value: Any, label: str) -> str:
        """The placeholder of one more value; `label` is what the caller knows it by."""
        self.values.append(value)
        self.labels.append(label)
        return f"${len(self.values)}"


def build(
    table: Table,
    columns: Sequence[str],
    filters: Mapping[str, Any],
    order: Sequence[Order],
    after: Sequence[Any] | None,
) -> Query:
    """The statement.

    Args:
        table: as the catalog has it.
        columns: names of the columns to select, all of them the table's.
        filters: `column: value` or `column: {operator: value}`.
        order: ordering columns.
        after: the last row's values of the ordering columns, to go on behind it.

    Raises:
        InvalidArguments: a filter names what is not there or does not fit.
    """
    query = Query()
    for name, wanted in filters.items():
        table.column(name)
        _filter(query, table, name, wanted)
    if after is not None:
        query.conditions.append(_behind(query, order, after))
    selected = ", ".join(quote(name) for name in columns)
    sql = f"SELECT {selected} FROM {quote(table.schema)}.{quote(table.name)}"  # noqa: S608 - quoted identifiers
    if query.conditions:
        sql += " WHERE " + " AND ".join(query.conditions)
    if order:
        sql += " ORDER BY " + ", ".join(quote(item.column) + (" DESC" if item.descending else "") for item in order)
    query.sql = sql
    return query


def _filter(query: Query, table: Table, name: str, wanted: Any) -> None:
    operators = wanted if isinstance(wanted, dict) else {"eq": wanted}
    if not operators:
        raise InvalidArguments(f"filters.{name} is empty: give a value or {{operator: value}}.")
    for operator, value in operators.items():
        if operator not in OPERATORS:
            if table.column(name).type == "jsonb":
                raise InvalidArguments(
                    f"filters.{name} has no operator of that name; to compare with an object write {{eq: {{...}}}}."
                )
            near = nearest(operator, OPERATORS)
            known = f" (known are {', '.join(OPERATORS)})." if near == "." else near
            raise InvalidArguments(f"filters.{name} has no operator of that name{known}")
        query.conditions.append(_condition(query, table, name, operator, value))


def _condition(query: Query, table: Table, name: str, operator: str, value: Any) -> str:
    column, label = quote(name), f"filters.{name}.{operator}"
    if operator == "is_null":
        if not isinstance(value, bool):
            raise InvalidArguments(f"filters.{name}.is_null takes true or false.")
        return f"{column} IS {'' if value else 'NOT '}NULL"
    if value is None:
        if operator in ("eq", "ne"):
            return f"{column} IS {'' if operator == 'eq' else 'NOT '}NULL"
        raise InvalidArguments(f"filters.{name}.{operator} takes a value, not null; is_null asks for NULL.")
    if operator == "in":
        return _among(query, name, column, value)
    if operator == "between":
        if not isinstance(value, list) or len(value) != 2 or None in value:
            raise InvalidArguments(f"filters.{name}.between takes a list of two values, the lower one first.")
        low, high = (query.bind(item, f"filters.{name}.between[{place}]") for place, item in enumerate(value))
        return f"{column} BETWEEN {low} AND {high}"
    if operator in _PATTERNS:
        if not table.column(name).textual:
            found = table.column(name).type
            raise InvalidArguments(f"filters.{name}.{operator} needs a text column, and {name} is {found}.")
        return f"{column} {_PATTERNS[operator]} {query.bind(value, label)}"
    return f"{column} {_COMPARISONS[operator]} {query.bind(value, label)}"


def _among(query: Query, name: str, column: str, value: Any) -> str:
    if not isinstance(value, list):
        raise InvalidArguments(f"filters.{name}.in takes a list of values.")
    known = [item for item in value if item is not None]
    label = f"filters.{name}.in"
    parts = [f"{column} = ANY ({query.bind(known, label)})"]
    if len(known) < len(value):
        parts.append(f"{column} IS NULL")
    return f"({' OR '.join(parts)})"


def _behind(query: Query, order: Sequence[Order], after: Sequence[Any]) -> str:
    """Rows that come after the given values in this order.

    NULL has its place in the order, so each column has its own way of being greater; where all columns are NOT NULL and
    run the same way, a row comparison says the same and can use an index.
    """
    placeholders = [None if value is None else query.bind(value, "cursor") for value in after]
    same_way = len({item.descending for item in order}) == 1
    if same_way and not any(item.nullable for item in order) and None not in after:
        names = ", ".join(quote(item.column) for item in order)
        return f"({names}) {'<' if order[0].descending else '>'} ({', '.join(str(mark) for mark in placeholders)})"
    alternatives = []
    for index, item in enumerate(order):
        further = _further(item, placeholders[index])
        if further is None:
            continue
        equal = [_equal(before, placeholders[place]) for place, before in enumerate(order[:index])]
        alternatives.append("(" + " AND ".join([*equal, further]) + ")")
    return f"({' OR '.join(alternatives)})" if alternatives else "false"


def _equal(item: Order, placeholder: str | None) -> str:
    return f"{quote(item.column)} IS NULL" if placeholder is None else f"{quote(item.column)} = {placeholder}"


def _further(item: Order, placeholder: str | None) -> str | None:
    column = quote(item.column)
    if placeholder is None:  # NULL is last when ascending, first when descending
        return f"{column} IS NOT NULL" if item.descending else None
    compared = f"{column} {'<' if item.descending else '>'} {placeholder}"
    return f"({compared} OR {column} IS NULL)" if item.nullable and not item.descending else compared
