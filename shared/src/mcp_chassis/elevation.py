"""Elevations: a caller who was refused for want of a scope comes back with it, which the audit log tells.

A step up is ordinary, and it is also what an attack looks like that has talked somebody into consenting to more. The
memory is of this process: another replica that did not refuse the caller does not tell it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from mcp_chassis.audit import AuditLog
from mcp_chassis.call import Call, Principal
from mcp_chassis.errors import Denied

if TYPE_CHECKING:
    from mcp_chassis.hooks import Proceed
    from mcp_chassis.rendering import Rendered

__all__ = ["Elevations"]

_REMEMBERED = 1024  # callers


class Elevations:
    """The hook that remembers refusals for want of a scope and records the `elevation` that ends one."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log
        self._refused: dict[str, set[str]] = {}

    async def __call__(self, call: Call, proceed: Proceed) -> Rendered:
        """Look at who calls, and at why they were refused."""
        if self._refused:
            self._look(call.principal)
        try:
            return await proceed(call)
        except Denied:
            if call.endpoint is not None and (missing := call.endpoint.missing_scopes(call.principal)):
                self.refused(call.principal, missing)
            raise

    def refused(self, principal: Principal, scopes: Collection[str]) -> None:
        """Remember that a caller lacked these scopes."""
        if principal.key not in self._refused and len(self._refused) >= _REMEMBERED:
            del self._refused[next(iter(self._refused))]
        self._refused.setdefault(principal.key, set()).update(scopes)

    def _look(self, principal: Principal) -> None:
        missed = self._refused.get(principal.key)
        if missed is None or not (gained := missed & principal.scopes):
            return
        self._log.event("elevation", **self._log.who(principal), scopes=sorted(gained))
        missed -= gained
        if not missed:
            del self._refused[principal.key]
