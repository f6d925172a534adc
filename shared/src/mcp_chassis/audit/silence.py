"""No audit log: what MCP_AUDIT_MODE=off has in its place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mcp_chassis.audit.log import AuditLog, AuditState
from mcp_chassis.call import Call, Principal

__all__ = ["SilentLog"]


class SilentLog(AuditLog):
    """Forgets what it is told."""

    writable = True
    path = Path(os.devnull)
    where = detail = "off"

    def __init__(self) -> None:
        self.instance = ""

    def state(self) -> AuditState:
        return AuditState(writable=True, records=0, unsynced_s=0.0)

    def call(
        self, call: Call, outcome: str, started: float, summary: Mapping[str, Any] | None, *, durable: bool = False
    ) -> None:
        return None

    def event(self, event: str, **details: Any) -> None:
        return None

    def begin(self, call: Call) -> None:
        return None

    def flush(self) -> None:
        return None

    def who(self, principal: Principal) -> dict[str, Any]:
        return {}

    def opened(self, **details: Any) -> None:
        return None

    def settle_start(self) -> None:
        return None

    def usable(self) -> bool:
        return True

    def stop(self) -> None:
        return None

    def close(self) -> None:
        return None
