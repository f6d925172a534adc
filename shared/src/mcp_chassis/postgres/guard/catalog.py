"""The database's catalog as the guard asks it.

What PostgreSQL brought along never changes and is read once. Objects of users are read anew in every check: one query
tells which of a statement's names users have at all, and mostly there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard.settings import is_secret_setting
from mcp_chassis.postgres.queries import load

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
    operators: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    types: frozenset[str] = frozenset()


class Catalog:
    """One check's view of the catalog: a connection and the guard's memory."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self.connection = connection
        self.memory = memory
        self.known: set[tuple[str, str]] = set()

    async def fetch(self, name: str, *args: Any) -> list[Row]:
        """Run a named query of `guard.sql`."""
        return list(await self.connection.fetch(load(__package__, "guard.sql")[name], *args))

    async def prepare(self) -> None:
        """Read what the server brought along, once."""
        memory = self.memory
        if memory.functions:
            return
        operators: dict[str, set[tuple[int, int]]] = {}
        for row in await self.fetch("builtin_operators"):
            operators.setdefault(row["name"], set()).add(tuple(row["operands"]))
        functions: dict[str, list[Builtin]] = {}
        symbols: dict[str, list[str]] = {}
        for row in await self.fetch("builtins"):
            most = float("inf") if row["variadic"] else row["args"]
            least = row["args"] - row["defaults"] - (1 if row["variadic"] else 0)
            types = tuple(row["argtypes"])
            builtin = Builtin(row["name"], least, most, row["volatility"], types, row["gives_rows"])
            functions.setdefault(builtin.name, []).append(builtin)
            symbols.setdefault(row["source"], []).append(builtin.name)
        memory.operators = {name: frozenset(operands) for name, operands in operators.items()}
        memory.types = frozenset(row["name"] for row in await self.fetch("builtin_types"))
        memory.symbols = symbols
        memory.functions = functions

    async def probe(
        self,
        functions: Iterable[str],
        operators: Iterable[str],
        types: Iterable[str],
        is_harmless: Callable[[str], bool],
    ) -> None:
        """Ask which names users have; operators of extensions over harmless C functions, by symbol, do not count."""
        for row in await self.fetch("probe", sorted(functions), sorted(operators), sorted(types)):
            if not row["plain"] or not all(map(is_harmless, row["symbols"])):
                self.known.add((row["kind"], row["name"]))

    async def functions(self, names: Iterable[str], oids: Iterable[int]) -> list[Row]:
        """Functions of users by name, any functions by OID."""
        asked = self._known("function", names), sorted(set(oids))
        return await self.fetch("functions", *asked) if any(asked) else []

    async def operators(self, names: Iterable[str]) -> list[Row]:
        """Operators of users by name."""
        asked = self._known("operator", names)
        return await self.fetch("operators", asked) if asked else []

    async def types(self, names: Iterable[str], oids: Iterable[int]) -> list[Row]:
        """Types of users by name and by OID."""
        asked = self._known("type", names), sorted(set(oids))
        return await self.fetch("types", *asked) if any(asked) else []

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
        """Casts and operator classes that users made for types that came with the server."""
        if ("world", "") not in self.known:
            return [], []
        return await self.fetch("casts"), await self.fetch("opclasses")

    async def secret_settings(self, holders: Iterable[str]) -> set[str]:
        """Which of `roles`, `functions` and `modules` have settings that are secret."""
        rows = await self.fetch("settings", sorted(holders))
        return {row["holder"] for row in rows if is_secret_setting(row["name"])}

    async def require_standard_strings(self) -> None:
        """Make sure that a backslash in a plain string is itself, as the parser takes it.

        Raises:
            Denied: it is not.
        """
        rows = await self.fetch("literals")
        if rows[0]["standard"] != "on":
            raise Denied(
                "Backslashes are refused because standard_conforming_strings is off here; ask an operator to set it on."
            )

    def _known(self, kind: str, names: Iterable[str]) -> list[str]:
        return sorted(name for name in set(names) if (kind, name) in self.known)
