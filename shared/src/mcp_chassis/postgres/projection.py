"""Cut oversized values where they are: on the server, by a projection around the query.

A value of a gigabyte must never cross the wire, because the driver would hold all of it. Text and bytea are cut to
one unit more than the limit, so that the reader of the row sees that they were cut; any other type becomes null, and
a bit of an extra last column says so.

The inner query is fenced by OFFSET 0: without it PostgreSQL may pull it up and compute an expensive expression once
per mention. A subquery scan without further operations keeps the order of its rows. Every function and operator is
schema-qualified, so that a search_path cannot put another in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcp_chassis.postgres.codecs import BPCHAR, BYTEA, NUMERIC, TEXT, VARCHAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp_chassis.postgres.codecs import TypeInfo

__all__ = ["Projection", "can_be_large", "project"]

SURELY_SMALL = 256
"""Stored bytes that stay below any limit of ours when written out, even if they are compressed."""

_SMALL_VARLENA = frozenset({NUMERIC, 650, 869})  # numeric, cidr, inet: variable length, yet bounded
_BITS = 62  # of one bigint


@dataclass(frozen=True, slots=True)
class Projection:
    """The wrapped statement.

    Args:
        sql: what to run instead.
        cut: columns whose value is too long when it is longer than the limit.
        nulled: columns that are null with their bit set when they were too long, in the order of the bits.
    """

    sql: str
    cut: frozenset[int]
    nulled: tuple[int, ...]

    def dropped(self, position: int, mask: int) -> list[int]:
        """Columns whose bits are set in the mask of the extra column at `position`."""
        group = self.nulled[position * _BITS : (position + 1) * _BITS]
        return [index for bit, index in enumerate(group) if mask >> bit & 1]


def can_be_large(kind: TypeInfo) -> bool:
    """Whether values of the type may outgrow a limit of tens of kilobytes."""
    return kind.length == -1 and kind.kind != "e" and kind.oid not in _SMALL_VARLENA


def _expression(name: str, kind: TypeInfo, limit: int) -> tuple[str, str | None]:
    """The column's projection, and for what cannot be cut the condition under which it is dropped."""
    longer = f"OPERATOR(pg_catalog.>) {limit}"
    if kind.oid in (TEXT, VARCHAR):
        cut = f"pg_catalog.left({name}, {limit + 1})"
        return f"CASE WHEN pg_catalog.octet_length({name}) {longer} THEN {cut} ELSE {name} END", None
    if kind.oid == BPCHAR:  # as text it would lose its trailing blanks
        cut = f"pg_catalog.left(pg_catalog.concat({name}), {limit + 1})::pg_catalog.bpchar"
        return f"CASE WHEN pg_catalog.octet_length({name}) {longer} THEN {cut} ELSE {name} END", None
    if kind.oid == BYTEA:
        cut = f"pg_catalog.substr({name}, 1, {limit + 1})"
        return f"CASE WHEN pg_catalog.octet_length({name}) {longer} THEN {cut} ELSE {name} END", None
    # concat() writes a value by its type's output function, never by a cast somebody defined.
    too_long = (
        f"CASE WHEN pg_catalog.pg_column_size({name}) {longer} THEN true"
        f" WHEN pg_catalog.pg_column_size({name}) OPERATOR(pg_catalog.>) {SURELY_SMALL}"
        f" THEN pg_catalog.octet_length(pg_catalog.concat({name})) {longer} ELSE false END"
    )
    return f"CASE WHEN {too_long} THEN NULL ELSE {name} END", too_long


def project(sql: str, columns: Sequence[TypeInfo], limit: int) -> Projection | None:
    """Wrap a query so that no value longer than `limit` is sent (bytes; characters for text); None if none could be."""
    if not any(can_be_large(kind) for kind in columns):
        return None
    names = [f"c{number}" for number in range(1, len(columns) + 1)]
    selected: list[str] = []
    conditions: list[tuple[int, str]] = []
    cut: set[int] = set()
    for index, (name, kind) in enumerate(zip(names, columns, strict=True)):
        if not can_be_large(kind):
            selected.append(name)
            continue
        expression, dropped_when = _expression(name, kind, limit)
        selected.append(f"{expression} AS {name}")
        if dropped_when is None:
            cut.add(index)
        else:
            conditions.append((index, dropped_when))
    for start in range(0, len(conditions), _BITS):
        bits = (
            f"CASE WHEN {condition} THEN {1 << bit}::bigint ELSE 0 END"
            for bit, (_, condition) in enumerate(conditions[start : start + _BITS])
        )
        selected.append(" OPERATOR(pg_catalog.|) ".join(bits))
    listed = ", ".join(names)
    inner = f"SELECT * FROM (\n{sql}\n) AS inner_query({listed}) OFFSET 0"  # noqa: S608 - the caller's statement, judged before
    wrapped = f"SELECT {', '.join(selected)} FROM ({inner}) AS outer_query"  # noqa: S608
    return Projection(wrapped, frozenset(cut), tuple(index for index, _ in conditions))
