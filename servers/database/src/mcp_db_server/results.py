"""What the query tools answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Literal, NotRequired

from typing_extensions import TypedDict

if TYPE_CHECKING:
    from mcp_chassis.postgres.session import Column, Result

__all__ = ["ColumnHead", "QueryResult", "render"]


class ColumnHead(TypedDict):
    """One column of a result."""

    name: str
    type: str


class QueryResult(TypedDict):
    """Rows, and what was left out of them."""

    table: NotRequired[str]
    columns: list[ColumnHead]
    rows: list[list[Any]]
    row_count: int
    truncated: bool
    truncated_by: NotRequired[Literal["rows", "bytes", "values"]]
    truncated_values: NotRequired[list[list[int]]]
    redacted: NotRequired[list[str]]
    next_cursor: NotRequired[str]
    consistent: NotRequired[bool]
    elapsed_ms: float


def heads(columns: list[Column]) -> list[ColumnHead]:
    """Names and types."""
    return [{"name": column.name, "type": column.type.name} for column in columns]


def render(result: Result, started: float) -> QueryResult:
    """A result as it is answered; `started` is `time.monotonic()` when the call began."""
    answer: QueryResult = {
        "columns": heads(result.columns),
        "rows": result.rows,
        "row_count": len(result.rows),
        "truncated": result.truncated_by is not None,
        "elapsed_ms": round((time.monotonic() - started) * 1000, 1),
    }
    if result.truncated_by is not None:
        answer["truncated_by"] = result.truncated_by
    if result.truncated_values:
        answer["truncated_values"] = result.truncated_values
    return answer
