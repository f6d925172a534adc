"""The database's catalog as the guard asks it, and what it remembers of it.

What PostgreSQL brought along never changes and is read once. Objects of users are read anew in every check. For a few
seconds it is remembered which names nobody but PostgreSQL and its extensions uses, and what extensions brought under
them, so that statements without user objects cost no round trip.
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mcp_chassis.postgres.guard.settings import is_secret_setting
from mcp_chassis.postgres.queries import load

REMEMBER_S = 10.0
MEMORY_ENTRIES = 20_000
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
    rows: dict[tuple[str, str | int], tuple[float, list[Row]]] = field(default_factory=dict)
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
        return await self._rows("functions", names, oids, self.memory.functions)

    async def operators(self, names: Iterable[str]) -> list[Row]:
        """Operators of users by name."""
        return await self._rows("operators", names, None, self.memory.operators)

    async def types(self, names: Iterable[str], oids: Iterable[int]) -> list[Row]:
        """Types of users by name and by OID."""
        return await self._rows("types", names, oids, self.memory.types | self.memory.functions.keys())

    async def relations(self, names: Iterable[str]) -> list[Row]:
        """Relations by name, in every schema."""
        wanted = sorted(set(names))
        return await self.fetch("relations", wanted) if wanted else []

    async def heirs(self, oids: Iterable[int]) -> list[Row]:
        """What inherits from these relations and is no partition."""
        wanted = sorted(set(oids))
        return await self.fetch("heirs", wanted) if wanted else []

    async def row_types(self, names: Iterable[str]) -> list[Row]:
        """Types that tell of a table: its row type, arrays and domains over it, domains over regclass and the like."""
        wanted = sorted(set(names))
        return await self.fetch("row_types", wanted) if wanted else []

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

    async def secret_settings(self, holders: Iterable[str]) -> set[str]:
        """Which of `roles`, `functions` and `modules` have settings that are secret."""
        rows = await self.fetch("settings", sorted(holders))
        return {row["holder"] for row in rows if is_secret_setting(row["name"])}

    async def standard_strings(self) -> bool:
        """Whether a backslash in a plain string is itself, as the parser takes it."""
        rows = await self.fetch("literals")
        return str(rows[0]["standard"]) == "on"

    async def _rows(
        self, kind: str, names: Iterable[str], oids: Iterable[int] | None, built_in: Container[str]
    ) -> list[Row]:
        memory, oldest = self.memory.rows, self.now - REMEMBER_S
        keys: set[str | int] = {*names, *(oids or ())}
        known = {key: found for key in keys if (found := memory.get((kind, key))) and found[0] >= oldest}
        wanted = keys - known.keys()
        fresh: list[Row] = []
        if wanted:
            asked: list[Any] = [sorted(key for key in wanted if isinstance(key, str))]
            if oids is not None:
                asked.append(sorted(key for key in wanted if isinstance(key, int)))
            fresh = await self.fetch(kind, *asked)
            self._remember(kind, wanted, fresh, built_in)
        return list(
            {row["oid"]: row for rows in (fresh, *(found[1] for found in known.values())) for row in rows}.values()
        )

    def _remember(self, kind: str, asked: set[str | int], rows: list[Row], built_in: Container[str]) -> None:
        """Keep answers that hold nothing but objects of extensions, and that there is none beside a built-in one."""
        memory = self.memory.rows
        if len(memory) > MEMORY_ENTRIES:
            memory.clear()
        found: dict[str | int, list[Row]] = {key: [] for key in asked}
        for row in rows:
            for key in (row["name"], row["oid"]):
                if key in found:
                    found[key].append(row)
        for key, about in found.items():
            if all(row["extension"] is not None or row["oid"] < FIRST_USER_OID for row in about) and (
                about or key in built_in
            ):
                memory[kind, key] = (self.now, about)
