"""Requests that listen: their streams never end by themselves, so the server and the caller's credential end them."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Mapping

import anyio

from mcp_chassis.call import Principal, current_principal
from mcp_chassis.http.admission import Admission
from mcp_chassis.http.answers import Scope

__all__ = ["Listeners"]

_LOOK_SECONDS = 0.5


class Listeners:
    """The listening requests of one edge, by the scopes they run in."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._looks: dict[anyio.CancelScope, asyncio.Task[None]] = {}

    def add(self, call: anyio.CancelScope, scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        """End this one soon after the key or token that it was opened with was revoked or has expired."""
        look = self._look(call, current_principal.get(), scope, headers)
        self._looks[call] = asyncio.get_running_loop().create_task(look)

    def discard(self, call: anyio.CancelScope) -> None:
        """Forget one that has ended, if it listened."""
        look = self._looks.pop(call, None)
        if look is not None:
            look.cancel()

    def end(self) -> None:
        """End them all."""
        for call in tuple(self._looks):
            call.cancel()

    async def _look(
        self, call: anyio.CancelScope, principal: Principal, scope: Scope, headers: Mapping[bytes, bytes]
    ) -> None:
        ends = principal.claims.get("exp", math.inf)  # without the leeway that a request's clock gets
        known = True
        try:
            while known:
                await asyncio.sleep(_LOOK_SECONDS)
                known = time.time() < ends and await self._admission.knows(principal, scope, headers)
        finally:
            call.cancel()
