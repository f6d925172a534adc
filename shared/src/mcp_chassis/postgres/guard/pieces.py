"""A piece of SQL on its way through the judge: who wrote it, how its names are looked up, how it is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard.catalog import Row
from mcp_chassis.postgres.guard.families import Family
from mcp_chassis.postgres.guard.reach import Name, Reach

Path = tuple[str, ...] | None
"""The search_path of a function that sets one; None is the session's."""

ANY_SCHEMA = "*"
UNKNOWN = "leave it out, or ask an operator: the server's log names the function to allow with --allow-function"
"""What to do where the caller did not name the function that is refused."""

OTHERS = "use other tables, or ask an operator to add what it reads to --schemas or --tables"
WITHOUT = "ask an operator for one that leaves this out"

_FUNCTION = re.compile(r"Function (.+)|(.+) written as a column")
_SCHEMAS = re.compile(r'"((?:[^"]|"")*)"|([^",]+)')


@dataclass(slots=True)
class Piece:
    """One piece of SQL to judge.

    Args:
        origin: what the caller wrote that leads here ("Function f"); None for the caller's own statement.
        inner: not bound by the allow-list: it decides about rows and shows none (policies, checks).
        hint: how an operator can allow the origin, where that is a function.
        function: the function of a user that this is the body of, for the log.
        path: the search_path while this runs.
        printed: the catalog printed it, with the names that the session's search_path needs.
        variables: names of arguments and variables of a body.
    """

    reach: Reach
    origin: str | None = None
    path: Path = None
    inner: bool = False
    hint: str = ""
    function: str = ""
    printed: bool = False
    variables: frozenset[str] = frozenset()

    @property
    def names(self) -> Path:
        """The search_path by which the names in this piece are looked up."""
        return None if self.printed else self.path

    def finds(self, name: Name, row: Row, *, functions: bool = False) -> bool:
        """Whether a name in this piece can mean an object of the catalog, by its schema and the search_path."""
        schema = row["schema"]
        if name.schema == ANY_SCHEMA:
            return True
        if name.schema is not None:
            return schema == name.schema or (name.schema == "pg_temp" and schema.startswith("pg_temp"))
        temporary = schema.startswith("pg_temp")
        if functions and temporary:
            return False
        if self.names is None:
            return row["rank"] is not None
        return bool({ANY_SCHEMA, schema} & set(self.names)) or schema == "pg_catalog" or temporary

    def refuse(
        self, what: str, reason: str, advice: str = "", cause: Exception | None = None, *, remedy: str = ""
    ) -> NoReturn:
        """Refuse in the words of what the caller wrote; what lies behind it goes to the log as the cause.

        Args:
            what: the thing that is refused; empty for the origin itself.
            reason: the end of "is refused because it ...".
            advice: what to do instead, if the caller wrote the thing.
            remedy: what to do instead, if the caller wrote what leads to it.

        Raises:
            Denied: always.
        """
        is_written = self.origin is None or self.origin == what or not what
        behind = cause
        if self.function or not is_written:
            behind = PermissionError(f"{self.function or self.origin}: {what} {reason} ({cause or advice})")
        if is_written:
            tail = advice or self.hint or remedy or UNKNOWN
            raise Denied(f"{self.origin or what} is refused because it {reason}; {tail}.") from behind
        tail = self.hint or remedy or UNKNOWN
        raise Denied(f"{self.origin} is refused because what it runs {reason}; {tail}.") from behind

    def refuse_family(self, what: str, family: Family) -> NoReturn:
        """Refuse a function of a family."""
        self.refuse(what, family.reason, family.advice)


def path_of(config: Iterable[str]) -> Path:
    """The search_path among the settings of a function; `$user` may be any schema."""
    for setting in config:
        key, _, value = setting.partition("=")
        if key == "search_path":
            names = [quoted.replace('""', '"') or plain.strip().lower() for quoted, plain in _SCHEMAS.findall(value)]
            return tuple(ANY_SCHEMA if name == "$user" else name for name in names if name) or ("pg_catalog",)
    return None


def allow_hint(name: str) -> str:
    """How an operator can allow a function that the caller named."""
    return f"an operator can allow it with --allow-function {name}"


def hint_for(what: str) -> str:
    """How an operator can allow a function: by the name that the caller wrote, if the caller wrote one."""
    written = _FUNCTION.fullmatch(what)
    return allow_hint(written.group(1) or written.group(2)) if written else UNKNOWN
