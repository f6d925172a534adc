"""The limiter: what a call counts against, and what its caller is told when that is too much."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from time import time
from typing import TYPE_CHECKING

from mcp_chassis.errors import ChassisError, QuotaExhausted, RateLimited
from mcp_chassis.limits.fitting import Fitting
from mcp_chassis.limits.meters import Meter, Store, Verdict
from mcp_chassis.limits.model import Dimension, Limit

if TYPE_CHECKING:
    from mcp_chassis.call import Call

__all__ = ["Limiter", "Repeats"]


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often one principal may make the very same tool call within a window.

    Args:
        note_after: from the next one on the result carries a note; 0 for never.
        refuse_after: from the next one on it is refused; 0 for never.
        window_s: seconds, from the first of them on.
    """

    note_after: int
    refuse_after: int
    window_s: float

    def __bool__(self) -> bool:
        return bool(self.note_after or self.refuse_after)

    def note(self, count: int) -> str | None:
        """What the caller is told with the result of the `count`th call, if anything."""
        if not 0 < self.note_after < count:
            return None
        return (
            f"This very call was made {count} times within {self.window_s:g} s; "
            "use the answer you have, or change the arguments."
        )


class Limiter:
    """Counts calls against the limits of the settings and of the policy."""

    def __init__(
        self,
        store: Store,
        fixed: Sequence[Limit] = (),
        policy: Callable[[], Sequence[Limit]] = tuple,
        repeats: Repeats | None = None,
    ) -> None:
        """Make a limiter.

        Args:
            store: where counts are kept.
            fixed: the limits of the settings.
            policy: the limits of the policy that counts now; asked at each call, the same object until they change.
            repeats: how often the same call may be repeated.
        """
        self._store = store
        self._fixed = tuple(fixed)
        self._policy = policy
        self._current: Sequence[Limit] = ()
        self._fitting = Fitting(self._fixed)
        self.repeats = repeats or Repeats(0, 0, 0)

    async def admit(self, call: Call) -> int:
        """Count a call, and let it pass.

        Returns:
            How often the principal has made this very call within the window, with this one; 0 where nobody counts.

        Raises:
            RateLimited: it comes too early, or was repeated too often.
            QuotaExhausted: the quota of the day is used up.
            UpstreamUnavailable: the store is down, and then no call may pass.
        """
        if (current := self._policy()) is not self._current:
            self._current, self._fitting = current, Fitting((*self._fixed, *current))
        limits = self._fitting.of(call.principal, _action(call))
        meters = [meter for limit in limits for meter in _meters(limit, call)]
        if self.repeats and call.kind == "tool" and call.endpoint is not None and not call.endpoint.polling:
            meters.append(self._repeated(call))
        if not meters:
            return 0
        verdict = await self._store.take(meters)
        if verdict.refused is not None:
            raise self._refusal(meters[verdict.refused], verdict)
        return verdict.repeats

    def _repeated(self, call: Call) -> Meter:
        said = _ENCODER.encode(call.arguments)
        # Answers of a person make the second round of a call another one than the first.
        answers = "" if call.channel.answers is None else repr(call.channel.answers)
        key = _digest(call.principal.key, call.name, said, answers)
        return Meter("repeat", key, round(self.repeats.window_s * 1_000_000), self.repeats.refuse_after)

    def _refusal(self, meter: Meter, verdict: Verdict) -> ChassisError:
        wait = _seconds(verdict.wait_us)
        if meter.kind == "day":
            midnight = datetime.fromtimestamp(round((time() + wait) / 86_400) * 86_400, UTC)
            return QuotaExhausted(
                f"The quota of {meter.size:,} calls a day is used up; it is renewed at {midnight:%Y-%m-%dT%H:%MZ}.",
                retry_after_s=wait,
            )
        if meter.kind == "repeat":
            return RateLimited(
                f"This very call was made {verdict.repeats - 1} times within {self.repeats.window_s:g} s; "
                "use the answer you have, change the arguments, or wait.",
                retry_after_s=wait,
            )
        return RateLimited("You call more often than your limit allows; wait and call again.", retry_after_s=wait)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str)


def _meters(limit: Limit, call: Call) -> list[Meter]:
    key = _known_digest(limit.id, *[f"{name}={_counted_by(name, call)}" for name in limit.per])
    meters = []
    if limit.rate is not None:
        meters.append(Meter("rate", key, limit.rate.emission_us, limit.rate.burst))
    if limit.per_day is not None:
        meters.append(Meter("day", key, 0, limit.per_day))
    return meters


def _counted_by(dimension: Dimension, call: Call) -> str:
    if dimension == "principal":
        return call.principal.key
    if dimension == "tenant":
        return call.principal.tenant
    # By its endpoint, so that every URI of a template counts together.
    return f"{call.kind}:{call.endpoint.name if call.endpoint is not None else call.name}"


def _action(call: Call) -> str:
    """The action as a policy names it: a subscription and a completion are of what they watch and complete."""
    if call.kind in ("subscription", "completion"):
        return f"{'resource' if '://' in call.name else 'prompt'}:{call.name}"
    return call.action


def _digest(*parts: str) -> str:
    """A key that says nothing about who it is of, and is short whatever the parts are."""
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_known_digest = lru_cache(4_096)(_digest)
"""For what comes again and again."""


def _seconds(microseconds: int) -> float:
    """Seconds to wait, rounded up to milliseconds: who waits that long does not come too early."""
    return math.ceil(microseconds / 1_000) / 1_000
