"""Statements that run for a caller: judged by the guard, then by the policy, which learns here what they read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.execution import run_judged

from mcp_db_server.labels import reads_statistics

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp_chassis.call import Context
    from mcp_chassis.postgres.guard import Verdict
    from mcp_chassis.postgres.session import Session

    from mcp_db_server.backend import Backend

__all__ = ["run_for_caller"]

T = TypeVar("T")


async def run_for_caller(
    ctx: Context[Backend], session: Session, sql: str, work: Callable[[Verdict], Awaitable[T]]
) -> T:
    """Run a statement for the caller of one context. There is no other way to run one.

    Args:
        sql: what the caller wrote, or what was made of what they asked for.
        work: describes and runs what was judged; called again, after another judgement, when the reader's role may not
            do it and the login may.

    Raises:
        InvalidArguments: not one statement of valid SQL.
        Denied: it does more than read, the policy denies what it reads, or it would tell of redacted columns.
        ApprovalRequired: a person must approve it.
        asyncpg.PostgresError: PostgreSQL refuses it; the session translates that.
    """
    return await run_judged(partial(_judge, ctx), session, sql, work)


async def _judge(ctx: Context[Backend], sql: str, session: Session) -> Verdict:
    from mcp_chassis.postgres.guard.columns import refuse_derived

    backend = ctx.resources
    verdict = await backend.guard.check(sql, session)
    duties = ctx.reach(*backend.labels.of(verdict))
    if duties.redact_fields:
        if reads_statistics(verdict):
            raise Denied("The planner's statistics hold values of columns, some of which are redacted for you.")
        refuse_derived(verdict, {name.lower() for name in duties.redact_fields})
    return verdict
