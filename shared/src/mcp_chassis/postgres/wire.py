"""The extended protocol, one message at a time: the only module that reaches into asyncpg.

asyncpg's public cursor costs two round trips more per query, introspects types with queries of its own that change
session settings, and names its prepared statements, which a pooler in transaction mode cannot keep apart. Here the
statement is unnamed, unknown types come as text, and a portal is bound and fetched in one round trip.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asyncpg import Record

from mcp_chassis.postgres.codecs import NATIVE, NATIVE_ARRAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asyncpg import Connection

__all__ = ["Prepared", "Wire"]

_NATIVE = NATIVE | NATIVE_ARRAYS.keys()
_DRIVER_OWN = frozenset({1009, 1028})  # text[] and oid[]: the driver decodes them without being told
_TEXT_OID = 25


@dataclass(slots=True)
class Prepared:
    """A parsed statement as the server described it: columns as (name, type number), parameters as type numbers."""

    state: Any
    columns: list[tuple[str, int]]
    parameters: list[int]


class Wire:
    """One connection's protocol."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._protocol: Any = connection._protocol  # type: ignore[attr-defined]
        self._settings: Any = self._protocol.get_settings()
        self._as_text: set[int] = set()
        self._portals = 0
        self._declare_arrays()

    @property
    def dead(self) -> bool:
        """Whether the connection is gone."""
        return self._connection.is_closed()

    @property
    def parameters(self) -> dict[str, str]:
        """What the server reported about itself (DateStyle, IntervalStyle, server_version, ...)."""
        reported = self._connection.get_settings()
        return {name: getattr(reported, name, "") for name in ("DateStyle", "IntervalStyle", "server_version")}

    async def simple(self, text: str, timeout: float | None = None) -> None:
        """Run statements of ours, in one message; their rows are dropped."""
        await self._protocol.query(text, timeout)

    async def settle(self) -> None:
        """Wait until a cancelled query has ended on the server.

        Cancelling is a signal, which a server can miss (between two messages, or while it loads its JIT compiler), so
        it is sent again every second.
        """
        while True:
            try:
                async with asyncio.timeout(1.0):
                    await self._protocol._wait_for_cancellation()
                    return
            except TimeoutError:
                raw: Any = self._connection
                raw._cancel_current_command(asyncio.get_running_loop().create_future())

    async def prepare(self, sql: str) -> Prepared:
        """Parse and describe one statement, unnamed: it lasts until the next one on this connection."""
        state = await self._protocol.prepare("", sql, None, record_class=Record, ignore_custom_codec=False)
        self._take_as_text(state._init_types())
        columns = [(attribute.name, attribute.type.oid) for attribute in state._get_attributes()]
        parameters = [kind.oid for kind in state._get_parameters()]
        self._take_as_text({oid for _, oid in columns}.union(parameters) - _NATIVE - self._as_text)
        state._init_codecs()
        return Prepared(state, columns, parameters)

    def _take_as_text(self, oids: set[int]) -> None:
        if not oids:
            return
        for oid in oids:
            self._settings.set_builtin_type_codec(oid, f"type{oid}", "pg_catalog", "scalar", _TEXT_OID, "text")
            self._as_text.add(oid)
        self._declare_arrays()  # declaring a codec drops the derived ones

    def _declare_arrays(self) -> None:
        self._settings.register_data_types(
            {
                "oid": oid, "ns": "pg_catalog", "name": f"_type{element}", "kind": b"b", "basetype": None,
                "elemtype": element, "elemdelim": ",", "range_subtype": None, "attrtypoids": None, "attrnames": None,
            }
            for oid, element in NATIVE_ARRAYS.items() if oid not in _DRIVER_OWN
        )  # fmt: skip

    def forget_parse(self, statement: Prepared) -> None:
        """Another statement took the unnamed place: parse this one again when it is bound."""
        statement.state.mark_unprepared()

    async def bind(self, statement: Prepared, arguments: Sequence[Any]) -> str:
        """Open a portal and return its name."""
        self._portals += 1
        portal = f"p{self._portals}"
        await self._protocol.bind(statement.state, arguments, portal, None)
        return portal

    async def bind_and_fetch(
        self, statement: Prepared, arguments: Sequence[Any], count: int
    ) -> tuple[str, list[Record], bool]:
        """Open a portal and take its first rows: (portal, rows, whether those were all). A count of 0 takes all."""
        self._portals += 1
        portal = f"p{self._portals}" if count else ""
        rows, _, done = await self._protocol.bind_execute(statement.state, arguments, portal, count, True, None)
        return portal, rows, done or len(rows) < count or not count

    async def fetch(self, statement: Prepared, portal: str, count: int) -> tuple[list[Record], bool]:
        """The portal's next rows, and whether those were the last."""
        rows, _, done = await self._protocol.execute(statement.state, portal, count, True, None)
        return rows, done or len(rows) < count

    async def skip(self, portal: str, count: int) -> int:
        """Move over rows without sending them; how many there were."""
        status = await self._protocol.query(f"MOVE FORWARD {count} IN {portal}", None)
        return int(status.split()[1])
