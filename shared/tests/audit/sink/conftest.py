from __future__ import annotations

from mcp_chassis.testing.postgres import postgres, postgres_dsn

__all__ = ["postgres", "postgres_dsn"]
