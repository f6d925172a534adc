"""The guard of one database."""

from __future__ import annotations

from collections.abc import Iterable

from mcp_chassis.postgres.guard.catalog import Catalog, Connection, Memory
from mcp_chassis.postgres.guard.verdict import AllowList, Verdict


class Guard:
    """Judges statements for one database; remembers what that database's server brought along.

    Args:
        allow_functions: functions that run whatever they do, as `schema.name` or `name`.
        relations: the relations that statements may reach; empty means all.
    """

    def __init__(self, allow_functions: Iterable[str] = (), relations: AllowList | None = None) -> None:
        self.allow_functions = frozenset(allow_functions)
        self.relations = AllowList() if relations is None else relations
        self._memory = Memory()

    async def check(self, sql: str, connection: Connection) -> Verdict:
        """Judge one statement.

        Args:
            sql: what the caller wrote.
            connection: inside the READ ONLY transaction (and role) in which the statement will run.

        Raises:
            InvalidArguments: not one statement of valid SQL.
            Denied: it does more than read, or shows what must stay hidden.
        """
        from mcp_chassis.postgres.guard.agenda import Agenda
        from mcp_chassis.postgres.guard.judge import Judge
        from mcp_chassis.postgres.guard.statement import read

        statement = read(sql)
        if statement.node is None:
            return Verdict(statement.kind, statement.sql, role_matters=True)
        catalog = Catalog(connection, self._memory)
        if "\\" in sql:
            await catalog.require_standard_strings()
        agenda = Agenda(catalog, self.allow_functions, self.relations)
        reach = await Judge(agenda).judge(statement.node)
        verdict = Verdict(
            statement.kind,
            statement.sql,
            frozenset(agenda.columns),
            statement.analyze,
            agenda.role_matters,
            all(self.relations.allows(*named) for named in agenda.columns if named[0] != "pg_catalog"),
            frozenset(agenda.behind),
            agenda.columns,
            reach,
        )
        if statement.kind == "explain":
            verdict.require_open_plan()
        return verdict
