"""What every tool of this server works with: the database, the guard, the cursors and the limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.execution import run_judged
from mcp_chassis.postgres.session import Bounds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp_chassis.call import Context
    from mcp_chassis.postgres.guard import AllowList, Guard, Verdict
    from mcp_chassis.postgres.pool import Database
    from mcp_chassis.postgres.session import Session

    from mcp_db_server.cursors import Cursors
    from mcp_db_server.labels import Labels

__all__ = ["Backend"]

T = TypeVar("T")

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

    async def run(
        self, ctx: Context[Backend], session: Session, sql: str, work: Callable[[Verdict], Awaitable[T]]
    ) -> T:
        """Run a statement for a caller: judged, as the login would see it. There is no other way to run one.

        Args:
            sql: what the caller wrote, or what was made of what they asked for.
            work: describes and runs what was judged; called again when the reader's role may not do it.

        Raises:
            InvalidArguments: not one statement of valid SQL.
            Denied: it does more than read, the policy denies what it reads, or it would tell of redacted columns.
            ApprovalRequired: a person must approve it.
            asyncpg.PostgresError: PostgreSQL refuses it; the session translates that.
        """
        return await run_judged(partial(self._judge, ctx), session, sql, work)

    async def _judge(self, ctx: Context[Backend], sql: str, session: Session) -> Verdict:
        """Judge a statement by the guard, then by the policy, which learns here what the statement reads."""
        from mcp_chassis.postgres.guard import refuse_derived

        from mcp_db_server.labels import reads_statistics

        verdict = await self.guard.check(sql, session)
        duties = ctx.reach(*self.labels.of(verdict))
        if duties.redact_fields:
            if reads_statistics(verdict):
                raise Denied("The planner's statistics hold values of columns, some of which are redacted for you.")
            refuse_derived(verdict, {name.lower() for name in duties.redact_fields})
        return verdict

    def bounds(self, rows: int) -> Bounds:
        """The limits of one answer."""
        return Bounds(rows, self.result_bytes)

    def sample_bounds(self, rows: int) -> Bounds:
        """The limits of a few values to look at."""
        return Bounds(rows, 64 * 1024, _SAMPLE_VALUE)
