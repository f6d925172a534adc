"""The policy in force: read from its file at start, and again whenever the file changes.

A file that is broken or gone leaves the last good policy in force, and is told to the log and to the audit log. A call
keeps the policy that it began with.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcp_chassis.call import Principal
from mcp_chassis.errors import ConfigurationError, UpstreamUnavailable
from mcp_chassis.limits.model import Limit
from mcp_chassis.stamps import Stamp, stamp

if TYPE_CHECKING:
    from mcp_chassis.policy.policy import Policy

__all__ = ["PolicyStore"]

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
_REMEMBERED = 1024


class PolicyStore:
    """One policy file, or none."""

    def __init__(self, path: Path | None, record: Callable[..., None]) -> None:
        """Read the file.

        Args:
            path: the file; None where everything is as without a policy.
            record: writes an audit event, as `AuditLog.event`.

        Raises:
            ConfigurationError: the file is missing or faulty.
        """
        self._path = path
        self._record = record
        self._seen = self._stamp()
        self.current: Policy | None = _load(path) if path is not None else None
        self.faults: tuple[str, ...] = ()
        """What is wrong with the file as it is now, while an earlier one is in force."""
        self._change = asyncio.Event()
        self._bound: dict[Hashable, tuple[Principal, Principal]] = {}

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[PolicyStore]:
        """Follow the file as long as this is open."""
        if self._path is None:
            yield self
            return
        task = asyncio.create_task(self._watch())
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits of the policy in force; the same object until it changes."""
        policy = self.current
        return policy.limits if policy is not None and policy.in_force else ()

    def bind(self, principal: Principal) -> Principal:
        """The principal with what the policy in force gives it; remembered for as long as that policy is."""
        policy = self.current
        if policy is None or not policy.in_force:
            return principal
        # Claims are no part of a principal's identity, so that two tokens of one person are told apart by the object.
        key = id(principal) if principal.claims else (principal, principal.authenticated_at)
        known = self._bound.get(key)
        if known is not None:
            return known[1]
        bound = policy.bind(principal)
        if len(self._bound) >= _REMEMBERED:
            self._bound.clear()
        self._bound[key] = (principal, bound)  # which keeps the object, and with it its id
        return bound

    async def changed(self) -> None:
        """Wait until another policy is in force."""
        await self._change.wait()

    def refresh(self) -> bool:
        """Read the file again if it has changed; whether another policy is in force now."""
        return self._changed() and self._take(self._read())

    def _changed(self) -> bool:
        now = self._stamp()
        changed = now != self._seen
        self._seen = now
        return changed

    def _stamp(self) -> Stamp:
        return stamp(self._path) if self._path is not None else None

    def _read(self) -> Policy | ConfigurationError:
        assert self._path is not None
        try:
            return _load(self._path)
        except ConfigurationError as error:
            return error

    def _take(self, found: Policy | ConfigurationError) -> bool:
        if self._stamp() != self._seen:
            return False  # it was written while it was read, and is looked at again
        if isinstance(found, ConfigurationError):
            self._keep(found.faults)
            return False
        self._put(found)
        return True

    def _put(self, policy: Policy) -> None:
        previous = self.current.sha256 if self.current is not None else None
        self.faults = ()
        if policy.sha256 == previous:
            return
        self.current = policy
        self._bound = {}
        self._change.set()
        self._change = asyncio.Event()
        logger.info("the policy was read anew", extra={"policy_sha256": policy.sha256, "previous": previous})
        self._tell(outcome="ok", policy_sha256=policy.sha256, previous_sha256=previous)

    def _keep(self, faults: tuple[str, ...]) -> None:
        assert self.current is not None
        self.faults = faults
        for fault in faults:
            logger.error("the policy was not read anew, the last good one stays in force: %s", fault)
        self._tell(outcome="failed", policy_sha256=self.current.sha256, faults=list(faults))

    def _tell(self, **details: Any) -> None:
        try:
            self._record("policy_reload", **details)
        except UpstreamUnavailable:
            logger.exception("a change of policy could not be written to the audit log")

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                if self._changed():  # a large file takes a while to read, and calls go on meanwhile
                    self._take(await asyncio.to_thread(self._read))
            except Exception:  # whatever it is, the file is looked at again
                logger.exception("the policy file could not be looked at")


def _load(path: Path) -> Policy:
    from mcp_chassis.policy.policy import Policy  # where there is no policy nobody waits for its libraries

    return Policy.load(path)
