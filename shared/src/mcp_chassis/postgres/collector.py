"""The rows of one answer, taken batch by batch until a bound is met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic_core import to_json

from mcp_chassis.postgres.codecs import NUMERIC, TypeInfo, converter
from mcp_chassis.postgres.projection import Projection, can_be_large

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asyncpg import Record

__all__ = ["Bounds", "Collector", "Column", "Result", "fair"]

FIRST_ROWS = 256
BATCH_BYTES = 32 * 1024 * 1024  # what one batch may take at worst, every value as long as it may be
NARROW_VALUE_BYTES = 64
NUMERIC_BYTES = 16 * 1024  # longer numbers exist, yet nobody computes many of them

TruncatedBy = Literal["rows", "bytes", "values"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one answer may hold.

    Args:
        rows: at most so many.
        bytes: of the rows as compact JSON.
        value: characters of one text, bytes of any other value.
    """

    rows: int
    bytes: int = 2 * 1024 * 1024
    value: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a result."""

    name: str
    type: TypeInfo


@dataclass(slots=True)
class Result:
    """Rows as JSON values, and what was left out.

    Args:
        truncated_by: the first limit that was met; None when everything is here.
        truncated_values: [row, column] of values that were cut or became null.
    """

    columns: list[Column]
    rows: list[list[Any]]
    truncated_by: TruncatedBy | None
    truncated_values: list[list[int]]


def fair(bounds: Bounds, kinds: Sequence[TypeInfo]) -> Bounds:
    """Shorter values where many of the longest in one row would not fit into an answer."""
    large = sum(map(can_be_large, kinds))
    return replace(bounds, value=min(bounds.value, max(256, bounds.bytes // (2 * large)))) if large else bounds


class Collector:
    """Takes batches of records until a bound is met."""

    def __init__(
        self, columns: list[Column], types: dict[int, TypeInfo], projection: Projection | None, bounds: Bounds
    ) -> None:
        self._columns = columns
        self._bounds = bounds
        self._projection = projection
        self._converters = [
            (index, convert)
            for index, column in enumerate(columns)
            if (convert := converter(column.type, types)) is not None
        ]
        self._rows: list[list[Any]] = []
        self._bytes = 0
        self._truncated_by: TruncatedBy | None = None
        self._truncated_values: list[list[int]] = []
        self._worst_row = sum(self._worst(column.type) for column in columns) or 1
        self._batch = BATCH_BYTES // self._worst_row

    def _worst(self, kind: TypeInfo) -> int:
        if self._projection is not None and can_be_large(kind):
            return self._bounds.value
        return NUMERIC_BYTES if kind.oid == NUMERIC else NARROW_VALUE_BYTES

    def wanted(self) -> int:
        """How many rows to ask for next: one more than allowed, to know whether there are more."""
        left = self._bounds.rows + 1 - len(self._rows)
        return max(1, min(left, self._batch, self._likely()))

    def _likely(self) -> int:
        """How many rows will fill the rest of the answer, to fetch little that is then thrown away."""
        if not self._rows:
            return min(FIRST_ROWS, 2 * self._bounds.bytes // self._worst_row)
        average = max(1, self._bytes // len(self._rows))
        return (self._bounds.bytes - self._bytes) * 5 // (average * 4) + 8

    def take(self, records: list[Record]) -> bool:
        """Add a batch; False once a bound is met."""
        start = len(self._rows)
        rows = [list(record) for record in records[: self._bounds.rows - start]]
        cut = self._cut(rows, start)
        for index, convert in self._converters:
            for row in rows:
                value = row[index]
                if value is not None:
                    row[index] = convert(value)
        fitting = self._fitting(rows)
        self._rows.extend(rows[:fitting])
        self._truncated_values += [place for place in cut if place[0] < start + fitting]
        if fitting < len(rows):
            self._truncated_by = "bytes"
        elif len(records) > len(rows):
            self._truncated_by = "rows"
        return self._truncated_by is None

    def _fitting(self, rows: list[list[Any]]) -> int:
        """How many of the rows the byte limit lets in; the first row of an answer always."""
        size = len(to_json(rows)) - 1 if rows else 0
        if self._bytes + size <= self._bounds.bytes:
            self._bytes += size
            return len(rows)
        for number, row in enumerate(rows):
            self._bytes += len(to_json(row)) + 1
            if self._bytes > self._bounds.bytes and (number or self._rows):
                return number
        return len(rows)

    def _cut(self, rows: list[list[Any]], start: int) -> list[list[int]]:
        """Undo the projection: shorten what came one too long, take the bits off, and list both."""
        projection, limit = self._projection, self._bounds.value
        if projection is None:
            return []
        places: list[list[int]] = []
        extra = len(self._columns)
        for number, row in enumerate(rows, start):
            for index in projection.cut:
                value = row[index]
                if value is not None and len(value) > limit:
                    row[index] = value[:limit]
                    places.append([number, index])
            if len(row) > extra:
                for position, mask in enumerate(row[extra:]):
                    if mask:
                        places += [[number, index] for index in projection.dropped(position, mask)]
                del row[extra:]
        return sorted(places)

    def result(self) -> Result:
        """Everything taken."""
        truncated_by = self._truncated_by or ("values" if self._truncated_values else None)
        return Result(self._columns, self._rows, truncated_by, self._truncated_values)
