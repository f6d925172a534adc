"""Statements judged for one caller: by the guard, then by the policy, which learns here what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_chassis.errors import Denied

from mcp_db_server.labels import reads_statistics

if TYPE_CHECKING:
    from mcp_chassis.call import Context
    from mcp_chassis.postgres.guard import Verdict
    from mcp_chassis.postgres.session import Session

    from mcp_db_server.backend import Backend

__all__ = ["Judging"]


class Judging:
    """The guard, as it judges for the caller of one context."""

    def __init__(self, ctx: Context[Backend]) -> None:
        self._ctx = ctx

    async def check(self, sql: str, session: Session) -> Verdict:
        """Judge one statement, before it runs.

        Raises:
            InvalidArguments: not one statement of valid SQL.
            Denied: it does more than read, the policy denies what it reads, or it would tell of redacted columns.
            ApprovalRequired: a person must approve it.
        """
        from mcp_chassis.postgres.guard import refuse_derived

        backend = self._ctx.resources
        verdict = await backend.guard.check(sql, session)
        duties = self._ctx.reach(*backend.labels.of(verdict))
        if duties.redact_fields:
            if reads_statistics(verdict):
                raise Denied("The planner's statistics hold values of columns, some of which are redacted for you.")
            refuse_derived(verdict, {name.lower() for name in duties.redact_fields})
        return verdict
