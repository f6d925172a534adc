"""Judge a statement, then run it under as few rights as its answer takes.

A superuser, or a login that could write, runs its statements under a reader's role. That is a second layer behind the
guard, and only where it does not change the answer: PostgreSQL's statistics, settings and row-level security answer by
role, so a statement that reaches them runs under the login's own, and so does one that calls a function which the
reader may not call and the guard has nothing against.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp_chassis.postgres.guard import Verdict
    from mcp_chassis.postgres.session import Session

__all__ = ["run_judged"]

T = TypeVar("T")

# A reader reads every table, so what it lacks are functions (pgstattuple) and settings (shared_preload_libraries).
_FUNCTION = re.compile(r"permission denied for (?:function|aggregate) (\S+)$")
_SETTING = re.compile(r'to examine "[^"]+"$')


async def run_judged(
    judge: Callable[[str, Session], Awaitable[Verdict]],
    session: Session,
    sql: str,
    work: Callable[[Verdict], Awaitable[T]],
) -> T:
    """Run a statement as the login would see it.

    Args:
        judge: `Guard.check`, or that and a policy; asked again wherever the role changes.
        session: where it runs.
        sql: what the caller wrote.
        work: describes and runs it; called again when the reader may not do what the login may.

    Raises:
        ChassisError: it is refused.
        asyncpg.PostgresError: PostgreSQL does; the session translates that.
    """
    verdict = await judge(sql, session)
    if verdict.role_matters and await session.leave_reader():
        verdict = await judge(sql, session)  # on the login's path: it may not be let into every schema
        await session.restart()  # without the locks of that look at the catalog, which pg_locks would show
    try:
        return await work(verdict)
    except asyncpg.InsufficientPrivilegeError as error:
        if not _is_harmless(error) or not await session.leave_reader():
            raise
    return await work(await judge(sql, session))


def _is_harmless(error: asyncpg.InsufficientPrivilegeError) -> bool:
    """Whether what the reader may not do is what the guard lets anybody do: else it was slipped past the guard."""
    from mcp_chassis.postgres.guard.families import family_of

    message = str(error.args[0])  # without detail and hint
    function = _FUNCTION.search(message)
    return family_of((function.group(1),)) is None if function else _SETTING.search(message) is not None
