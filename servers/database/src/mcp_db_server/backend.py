"""What every tool of this server works with: the database, the guard, the cursors and the limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcp_chassis.postgres.session import Bounds

if TYPE_CHECKING:
    from mcp_chassis.postgres.guard import AllowList, Guard
    from mcp_chassis.postgres.pool import Database

    from mcp_db_server.cursors import Cursors
    from mcp_db_server.labels import Labels

__all__ = ["Backend"]

_SAMPLE_VALUE = 80


@dataclass(frozen=True, slots=True)
class Backend:
    """The resources of the server.

    Args:
        database: its connections.
        guard: judges every statement before it runs.
        allowed: the relations that may be reached.
        labels: the data classes of tables and columns.
        cursors: seals where a page ended.
        max_rows: of one `execute_query`.
        result_bytes: of one answer's rows.
    """

    database: Database
    guard: Guard
    allowed: AllowList
    labels: Labels
    cursors: Cursors
    max_rows: int
    result_bytes: int

    def bounds(self, rows: int) -> Bounds:
        """The limits of one answer."""
        return Bounds(rows, self.result_bytes)

    def sample_bounds(self, rows: int) -> Bounds:
        """The limits of a few values to look at."""
        return Bounds(rows, 64 * 1024, _SAMPLE_VALUE)
