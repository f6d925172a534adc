"""What one piece of SQL names: functions, operators, types, relations."""

from __future__ import annotations

from dataclasses import dataclass, field

from mcp_chassis.postgres.guard.filters import Narrowing

ANY_NUMBER = -1


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its schema where it is written."""

    schema: str | None
    name: str

    def __str__(self) -> str:
        return self.name if self.schema is None else f"{self.schema}.{self.name}"


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A call, or what may turn out to be one: `x.f` calls f(x) where x has no column f.

    Args:
        args: number of arguments; ANY_NUMBER with VARIADIC.
        untyped: positions of arguments without a type of their own ('a', $1, NULL).
        loose: arguments are named or VARIADIC, so that positions say little.
        attribute: written as `x.f`: "row" where x is a whole row, "value" where x may be anything; None for `f(...)`.
        qualifier: the x of `x.f`, where it is a plain name.
    """

    name: Name
    args: int
    attribute: str | None = None
    qualifier: str | None = None
    untyped: frozenset[int] = frozenset()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class OperatorUse:
    """An operator by name; `untyped` tells for each side whether it may be without a type of its own ('a', $1)."""

    name: Name
    untyped: tuple[bool, bool] = (True, True)


@dataclass(slots=True)
class RelationUse:
    """A relation in some FROM.

    Args:
        alias: what the statement calls it.
        opened: it can reach the result by `*`, NATURAL JOIN, a column alias list or a join alias.
        narrowed: what a filter leaves of a relation with hidden columns (pg_settings, pg_stats).
    """

    name: Name
    alias: str
    opened: bool = False
    narrowed: Narrowing = ""


@dataclass(slots=True)
class Reach:
    """Everything that one piece of SQL names.

    Args:
        aliases: what each alias of a FROM stands for: "relation", "row" (a sub-select) or "value" (a function).
        columns: references as (qualifier, name).
        starred: qualifiers of `x.*`, "*" for a bare one, "*natural" for NATURAL JOIN.
        makes_rows: it has values of no named row type, which fit any composite type.
        frames: it has windows of values or rows around each row.
        unnamed: an item of a FROM has a name that only PostgreSQL knows: any qualifier may mean it.
    """

    functions: set[FunctionCall] = field(default_factory=set)
    operators: set[OperatorUse] = field(default_factory=set)
    types: set[Name] = field(default_factory=set)
    cast_targets: set[str] = field(default_factory=set)
    relations: list[RelationUse] = field(default_factory=list)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    columns: set[tuple[str | None, str]] = field(default_factory=set)
    starred: set[str] = field(default_factory=set)
    makes_rows: bool = False
    unnamed: bool = False
    frames: bool = False
