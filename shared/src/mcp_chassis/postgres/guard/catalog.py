"""The database's catalog as the guard asks it, and what it remembers of it.

What PostgreSQL brought along never changes and is read once. Objects of users are read anew in every check; only that
*no* object of users bears the name of a built-in one is remembered for a few seconds, so that statements without user
objects cost no round trip.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mcp_chassis.postgres.queries import load

REMEMBER_S = 10.0
FIRST_USER_OID = 16384

Row = Mapping[str, Any]


class Connection(Protocol):
    """What the guard needs of a connection: rows of a statement, inside the caller's transaction."""

    async def fetch(self, query: str, *args: Any) -> Any:
        """Run one statement and return its rows."""


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function that came with the server."""

    name: str
    least: int
    most: float
    volatility: str
    argtypes: tuple[int, ...]
    gives_rows: bool


@dataclass(slots=True)
class Memory:
    """What one guard remembers of its database."""

    functions: dict[str, list[Builtin]] = field(default_factory=dict)
    symbols: dict[str, list[str]] = field(default_factory=dict)
    operators: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    unused: dict[tuple[str, str], float] = field(default_factory=dict)
    world: tuple[float, list[Row], list[Row]] | None = None


class Catalog:
    """One check's view of the catalog: a connection and the guard's memory."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self.connection = connection
        self.memory = memory
        self.now = time.monotonic()

    async def fetch(self, name: str, *args: Any) -> list[Row]:
        """Run a named query of `guard.sql`."""
        return list(await self.connection.fetch(load(__package__, "guard.sql")[name], *args))

    async def prepare(self) -> None:
        """Read what the server brought along, once."""
        memory = self.memory
        if memory.functions:
            return
        operators = await self.fetch("builtin_operators")
        type_names = await self.fetch("builtin_types")
        functions: dict[str, list[Builtin]] = {}
        symbols: dict[str, list[str]] = {}
        for row in await self.fetch("builtins"):
            most = float("inf") if row["variadic"] else row["args"]
            least = row["args"] - row["defaults"] - (1 if row["variadic"] else 0)
            types = tuple(row["argtypes"])
            builtin = Builtin(row["name"], least, most, row["volatility"], types, row["gives_rows"])
            functions.setdefault(builtin.name, []).append(builtin)
            symbols.setdefault(row["source"], []).append(builtin.name)
        memory.operators = frozenset(row["name"] for row in operators)
        memory.types = frozenset(row["name"] for row in type_names)
        memory.symbols = symbols
        memory.functions = functions

    async def functions(self, names: Iterable[str], oids: Iterable[int]) -> list[Row]:
        """Functions of users by name, any functions by OID."""
        wanted = self._unknown("function", names)
        oids = sorted(set(oids))
        if not wanted and not oids:
            return []
        rows = await self.fetch("functions", wanted, oids)
        self._remember("function", set(wanted) & set(self.memory.functions), rows)
        return rows

    async def operators(self, names: Iterable[str]) -> list[Row]:
        """Operators of users by name."""
        wanted = self._unknown("operator", names)
        if not wanted:
            return []
        rows = await self.fetch("operators", wanted)
        self._remember("operator", set(wanted) & self.memory.operators, rows)
        return rows

    async def types(self, names: Iterable[str], oids: Iterable[int]) -> list[Row]:
        """Types of users."""
        wanted = self._unknown("type", names)
        oids = sorted(set(oids))
        if not wanted and not oids:
            return []
        rows = await self.fetch("types", wanted, oids)
        self._remember("type", set(wanted) & (self.memory.types | set(self.memory.functions)), rows)
        return rows

    async def relations(self, names: Iterable[str]) -> list[Row]:
        """Relations by name, in every schema."""
        wanted = sorted(set(names))
        return await self.fetch("relations", wanted) if wanted else []

    async def storage(self, oids: Iterable[int]) -> list[Row]:
        """What reading these relations runs besides: foreign data wrappers, operator classes, folded expressions."""
        wanted = sorted(set(oids))
        return await self.fetch("storage", wanted) if wanted else []

    async def world(self) -> tuple[list[Row], list[Row]]:
        """Casts and default operator classes that users made for types that came with the server."""
        known = self.memory.world
        if known is None or known[0] < self.now - REMEMBER_S:
            known = (self.now, await self.fetch("casts"), await self.fetch("opclasses"))
            self.memory.world = known
        return known[1], known[2]

    async def standard_strings(self) -> bool:
        """Whether a backslash in a plain string is itself, as the parser takes it."""
        rows = await self.fetch("literals")
        return str(rows[0]["standard"]) == "on"

    def _unknown(self, kind: str, names: Iterable[str]) -> list[str]:
        oldest = self.now - REMEMBER_S
        unused = self.memory.unused
        return sorted(name for name in set(names) if unused.get((kind, name), float("-inf")) < oldest)

    def _remember(self, kind: str, asked: Iterable[str], rows: list[Row]) -> None:
        used = {row["name"] for row in rows}
        if len(self.memory.unused) > 20_000:
            self.memory.unused.clear()
        for name in asked:
            if name not in used:
                self.memory.unused[kind, name] = self.now
