"""The SQL guard: decides whether one statement only reads, so that it holds even on a superuser's connection.

`Guard.check` parses the statement with PostgreSQL's own parser, walks every node of it, and follows every name through
the catalog to what it would run.
"""

from __future__ import annotations

from mcp_chassis.postgres.guard.columns import columns_read, refuse_derived
from mcp_chassis.postgres.guard.guard import Guard
from mcp_chassis.postgres.guard.verdict import AllowList, Verdict

__all__ = ["AllowList", "Guard", "Verdict", "columns_read", "refuse_derived"]
