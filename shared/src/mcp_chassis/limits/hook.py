"""The station of the limits on the way of a call, and its assembly from the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from mcp_chassis.errors import ChassisError, QuotaExhausted, RateLimited, UpstreamUnavailable
from mcp_chassis.limits.failover import FailoverStore
from mcp_chassis.limits.limiter import Limiter, Repeats
from mcp_chassis.limits.memory import MemoryStore
from mcp_chassis.limits.model import Limit
from mcp_chassis.rendering import Rendered, noted
from mcp_chassis.server import Component

if TYPE_CHECKING:
    from mcp_chassis.call import Call
    from mcp_chassis.hooks import Proceed
    from mcp_chassis.settings import ChassisSettings

__all__ = ["Limits", "open_limits"]


class Limits:
    """Counts each call, refuses what is too much, and notes on the result that a call was repeated."""

    def __init__(self, limiter: Limiter, store: FailoverStore | None = None) -> None:
        self._limiter = limiter
        self._store = store
        self.refused = dict.fromkeys((RateLimited.code, QuotaExhausted.code, UpstreamUnavailable.code), 0)
        """How many calls were refused, by error code."""

    async def __call__(self, call: Call, proceed: Proceed) -> Rendered:
        """Go on, unless a limit says no."""
        try:
            repeats = await self._limiter.admit(call)
        except (RateLimited, QuotaExhausted, UpstreamUnavailable) as error:
            self.refused[error.code] += 1
            raise
        note = self._limiter.repeats.note(repeats)
        if note is None:
            return await proceed(call)
        try:
            rendered = await proceed(call)
        except ChassisError as error:
            error.hint = error.hint or note
            raise
        window_s = self._limiter.repeats.window_s
        return noted(rendered, {"kind": "repeated_call", "message": note, "count": repeats, "window_s": window_s})

    @property
    def down(self) -> bool:
        """Whether there is a shared store that does not count now."""
        return self._store is not None and self._store.down is not None

    def health(self) -> list[Component]:
        """The state of the shared store, where there is one; while calls are let through it is not unhealthy."""
        if self._store is None:
            return []
        if self._store.down is None:
            return [Component("limits", "healthy", "shared in Redis")]
        instead = {
            "local": "each process counts by itself",
            "allow": "nothing is limited",
            "deny": "no call is let through",
        }[self._store.when_down]
        detail = f"Redis does not answer ({self._store.down}); {instead}"
        return [Component("limits", "unhealthy" if self._store.when_down == "deny" else "degraded", detail)]


@asynccontextmanager
async def open_limits(
    settings: ChassisSettings, server: str, policy: Callable[[], Sequence[Limit]] = tuple
) -> AsyncIterator[Limits]:
    """The limits of a server while it runs.

    Args:
        server: its name; replicas of one name share their limits.
        policy: the limits of the policy that counts now; asked at each call, the same object until they change.

    Raises:
        ConfigurationError: Redis cannot be used as configured; that it is down is none.
    """
    fixed = []
    # Ids that no limit of a policy can have.
    if settings.rate_limit is not None:
        fixed.append(Limit("(MCP_RATE_LIMIT)", rate=settings.rate_limit))
    if settings.daily_quota is not None:
        fixed.append(Limit("(MCP_DAILY_QUOTA)", per_day=settings.daily_quota))
    repeats = _repeats(settings)
    if settings.redis_url is None:
        yield Limits(Limiter(MemoryStore(), fixed, policy, repeats))
        return
    from mcp_chassis.limits.shared import RedisStore

    store = FailoverStore(RedisStore(settings.redis_url.get_secret_value(), server), settings.limiter_down)
    await store.open()
    try:
        yield Limits(Limiter(store, fixed, policy, repeats), store)
    finally:
        await store.close()


def _repeats(settings: ChassisSettings) -> Repeats:
    """The note comes before the refusal, also where only the limit was configured."""
    note_after, refuse_after = settings.repeat_note, settings.repeat_limit
    if 0 < refuse_after <= note_after:
        note_after = refuse_after // 2
    return Repeats(note_after, refuse_after, settings.repeat_window)
