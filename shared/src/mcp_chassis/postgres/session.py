"""One read-only transaction, and the rows of one statement within bounds.

A session is always rolled back, and never by the one who waits for the answer: `pool` cleans its connection afterwards.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mcp_chassis.errors import DeadlineExceeded
from mcp_chassis.postgres.codecs import TypeInfo
from mcp_chassis.postgres.collector import Bounds, Collector, Column, Result, fair
from mcp_chassis.postgres.failures import Asked, translate
from mcp_chassis.postgres.parameters import encode
from mcp_chassis.postgres.projection import project
from mcp_chassis.postgres.queries import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from asyncpg import Record

    from mcp_chassis.errors import ChassisError
    from mcp_chassis.postgres.wire import Prepared, Wire

__all__ = ["Bounds", "Column", "Result", "Session", "Statement"]


@dataclass(slots=True)
class Statement:
    """A parsed and described statement of the caller."""

    sql: str
    columns: list[Column]
    parameters: list[TypeInfo]
    prepared: Prepared = field(repr=False)


class Session:
    """One READ ONLY transaction on one connection."""

    def __init__(
        self,
        wire: Wire,
        types: dict[int, TypeInfo],
        begin: str,
        statement_timeout: float,
        own_begin: str | None = None,
    ) -> None:
        self._wire = wire
        self._types = types
        self._begin = begin
        self._own_begin = own_begin  # the same under the login's own role, where `begin` takes a reader's
        self._statement_timeout = statement_timeout
        self._parsed: Prepared | None = None  # whose statement holds the unnamed place
        self._ends = 0.0
        self._asked = Asked()

    async def begin(self) -> None:
        """Start the transaction with its settings, in one round trip."""
        self._ends = time.monotonic() + self._statement_timeout
        await self._wire.simple(self._begin)

    async def restart(self) -> None:
        """Leave a transaction that failed, for another look at the catalog."""
        self._ends = time.monotonic() + self._statement_timeout
        self._parsed = None
        await self._wire.simple("ROLLBACK; " + self._begin)

    async def leave_reader(self) -> bool:
        """Start again under the login's own role, for what a reader would see less of; False if it runs under that."""
        if self._own_begin is None:
            return False
        self._begin, self._own_begin = self._own_begin, None
        await self.restart()
        return True

    async def fetch(self, sql: str, *arguments: Any) -> list[Record]:
        """All rows of a statement of ours, as the driver decodes them (exotic types as text)."""
        prepared = await self._prepare(sql)
        _, rows, _ = await self._wire.bind_and_fetch(prepared, arguments, 0)
        return rows

    @property
    def asked(self) -> Asked:
        """The statement described last, for what is said about its errors."""
        return self._asked

    async def describe(self, sql: str, within: str | None = None) -> Statement:
        """Parse a statement and ask the server for the types of its columns and parameters.

        Args:
            sql: the statement.
            within: the caller's text that it is a part of, to say there where a fault is.
        """
        offset = within.find(sql) if within is not None else 0
        self._asked = Asked(within, offset) if within is not None and offset >= 0 else Asked(sql)
        prepared = await self._prepare(sql)
        await self._learn_types([oid for _, oid in prepared.columns] + prepared.parameters)
        columns = [Column(name, self._types[oid]) for name, oid in prepared.columns]
        expected = [self._types[oid] for oid in prepared.parameters]
        self._asked = replace(self._asked, expected=expected)
        return Statement(sql, columns, expected, prepared)

    def explain(self, error: Exception) -> ChassisError | None:
        """What to tell the caller about an error of the statement described last; None for what is not PostgreSQL's."""
        return translate(error, self._asked)

    async def rows(
        self,
        statement: Statement,
        parameters: Sequence[Any],
        bounds: Bounds,
        *,
        labels: Sequence[str] = (),
        skip: int = 0,
        wrap: bool = True,
        instead: str | None = None,
    ) -> Result:
        """Run a described statement and take what the bounds allow.

        Args:
            statement: from `describe` of this session.
            parameters: JSON values for `$1`, `$2`, ...
            bounds: limits of the answer.
            labels: what the caller knows the parameters by, where not as `$n`.
            skip: rows to leave out first.
            wrap: cut oversized values on the server; False for what cannot stand in a FROM (EXPLAIN, SHOW).
            instead: run this in place of the statement's own text, which it must be equal to in all but speed.

        Raises:
            InvalidArguments: the parameters do not fit.
            DeadlineExceeded: fetching took longer than one statement may.
        """
        arguments = encode(parameters, statement.parameters, self._types, labels)
        kinds = [column.type for column in statement.columns]
        bounds = fair(bounds, kinds)
        text = statement.sql if instead is None else instead
        projection = project(text, kinds, bounds.value) if wrap else None
        text = text if projection is None else projection.sql
        # What fails while it runs has its place in another text: a type's name, a body, the projection around this one.
        self._asked = replace(self._asked, labels=labels, placed=False)
        prepared = statement.prepared
        if text != statement.sql:
            prepared = await self._prepare(text)
        elif self._parsed is not prepared:
            self._wire.forget_parse(prepared)
            self._parsed = prepared
        collector = Collector(statement.columns, self._types, projection, bounds)
        await self._collect(prepared, arguments, collector, skip)
        return collector.result()

    async def _collect(self, prepared: Prepared, arguments: list[Any], collector: Collector, skip: int) -> None:
        count = collector.wanted()
        if skip:
            portal = await self._wire.bind(prepared, arguments)
            await self._wire.skip(portal, skip)
            rows, done = await self._wire.fetch(prepared, portal, count)
        else:
            portal, rows, done = await self._wire.bind_and_fetch(prepared, arguments, count)
        while collector.take(rows) and not done:
            if time.monotonic() > self._ends:  # the server times each batch, this the whole
                raise DeadlineExceeded(
                    "The query ran into its time limit; narrow it (filter, aggregate, LIMIT) and call again."
                )
            rows, done = await self._wire.fetch(prepared, portal, collector.wanted())

    async def _prepare(self, sql: str) -> Prepared:
        self._parsed = None
        self._parsed = await self._wire.prepare(sql)
        return self._parsed

    async def _learn_types(self, oids: Iterable[int]) -> None:
        """Look up types that were not met before, with all that they lead to."""
        missing = {oid for oid in oids if oid not in self._types}
        while missing:
            found = await self.fetch(load("mcp_chassis.postgres", "sql/types.sql")["types"], sorted(missing))
            for row in found:
                self._types[row["oid"]] = TypeInfo(**dict(row))
            for oid in missing - {row["oid"] for row in found}:
                self._types[oid] = TypeInfo(oid, "unknown")
            led_to = {next_oid for row in found for next_oid in (row["element"], row["base"]) if next_oid}
            missing = {oid for oid in led_to if oid not in self._types}
