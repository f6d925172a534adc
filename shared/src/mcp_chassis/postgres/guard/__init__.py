"""The SQL guard: decides whether one statement only reads, so that it holds even on a superuser's connection.

`Guard.check` parses the statement with PostgreSQL's own parser, walks every node of it, and follows every name through
the catalog to what it would run. The parser and the judging modules are loaded by the first check, not at start.

    guard, verdict           the door: Guard, AllowList, Verdict
    text, statement          the one statement of a call (pure)
    walk, reach, literals    every name that a tree mentions (pure)
    catalog, guard.sql       what PostgreSQL knows of those names
    agenda, judge            rounds: what is found names more, until nothing new is named
    functions, bodies,       what those names run: functions and what their bodies hold, relations and their rules,
    relations, types, ...    types, operators and casts
    families, secrets, ...   the lists, as data with reasons
    columns                  which columns a result shows, for masking
"""

from __future__ import annotations

from mcp_chassis.postgres.guard.guard import Guard
from mcp_chassis.postgres.guard.verdict import AllowList, Verdict

__all__ = ["AllowList", "Guard", "Verdict"]
