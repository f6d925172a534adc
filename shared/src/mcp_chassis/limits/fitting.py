"""Which limits a call meets, found once for each kind of caller and action."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from mcp_chassis.call import Principal
from mcp_chassis.limits.model import Limit
from mcp_chassis.policy.globs import Glob
from mcp_chassis.policy.uris import readings

__all__ = ["Fitting"]

_MOST_KNOWN = 4_096
_LONGEST = 512


class Fitting:
    """The limits of one configuration, by what they fit."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = [(limit, [Glob(pattern) for pattern in limit.actions]) for limit in limits]
        self._find = lru_cache(_MOST_KNOWN)(self._search)

    def of(self, principal: Principal, action: str) -> tuple[Limit, ...]:
        """The limits for this principal and action, in the order of the configuration."""
        if not self._limits:
            return ()
        # A URI is as long as its caller likes: long ones are not remembered.
        find = self._find if len(action) <= _LONGEST else self._search
        return find(principal.tenant, principal.roles, action)

    def _search(self, tenant: str, roles: frozenset[str], action: str) -> tuple[Limit, ...]:
        forms = {action, *readings(action)} if action.startswith("resource:") else {action}
        return tuple(
            limit
            for limit, globs in self._limits
            if (not limit.tenants or tenant in limit.tenants)
            and (not limit.roles or not roles.isdisjoint(limit.roles))
            and (not globs or any(glob.matches(form) for glob in globs for form in forms))
        )
