"""What the guard is told (`AllowList`) and what it answers (`Verdict`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mcp_chassis.postgres.guard.reach import Reach

from mcp_chassis.errors import Denied

Kind = Literal["select", "explain", "show"]
_AUDIT_LOG = "mcp_audit"
"""The schema that the audit log's sink writes to."""


@dataclass(frozen=True, slots=True)
class AllowList:
    """The relations that statements may reach; empty means all of them, but for the audit log of these servers.

    Who keeps that in the same database should not find that whoever may ask reads it, also where the login could.

    Args:
        schemas: names of schemas, everything in them is allowed.
        tables: names of tables, views and so on, as `schema.table`, or `table` for that name in any schema.
    """

    schemas: Iterable[str] = ()
    tables: Iterable[str] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "schemas", frozenset(self.schemas))
        object.__setattr__(self, "tables", frozenset(self.tables))

    def __bool__(self) -> bool:
        return bool(self.schemas) or bool(self.tables)

    def allows(self, schema: str, table: str) -> bool:
        """Whether this relation may be read."""
        if schema in self.schemas or f"{schema}.{table}" in self.tables:
            return True
        return schema != _AUDIT_LOG and (not self or table in self.tables)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A statement that only reads.

    Args:
        kind: `select` (also VALUES, TABLE and WITH), `explain` or `show`.
        sql: the one statement, without trailing `;` and comments; a `select` can stand in `SELECT ... FROM (<sql>) q`.
        relations: (schema, name) of what it reaches, through views and functions too.
        analyze: an EXPLAIN that also runs its statement.
        role_matters: what it reaches may give other answers to other roles that may read it: row-level security,
            PostgreSQL's catalog, settings, functions that ask for privileges.
        has_open_plan: everything that it reaches may be named.
        behind: those of the relations that views and functions read, under whatever names they give it.
        columns: the names of the columns of each relation.
        reach: what the statement itself names; None for `show`.
    """

    kind: Kind
    sql: str
    relations: frozenset[tuple[str, str]] = frozenset()
    analyze: bool = False
    role_matters: bool = False
    has_open_plan: bool = True
    behind: frozenset[tuple[str, str]] = frozenset()
    columns: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False)
    reach: Reach | None = field(default=None, compare=False, repr=False)

    def require_open_plan(self) -> None:
        """Let EXPLAIN tell how it runs.

        Raises:
            Denied: the plan would show tables outside the allow-list, which row policies read.
        """
        if not self.has_open_plan:
            raise Denied(
                "EXPLAIN is refused because row policies here read tables outside the allowed ones, and the plan would "
                "show those; run the query itself."
            )
