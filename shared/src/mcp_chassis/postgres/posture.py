"""What the login could do if every other layer failed, and whether queries can run under a reader's role instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["READER", "Login", "Posture"]

READER = "pg_read_all_data"
"""PostgreSQL's own role that reads every table and writes none (14 and later)."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who the server is to PostgreSQL, asked once per process.

    Args:
        login: its name.
        superuser: whether privileges bind it at all.
        version: server_version_num.
        may_read_all: whether it may take the role `pg_read_all_data`.
        could_write: whether it holds any privilege beyond reading.
        search_path: as quoted identifiers, with the login's own schema by name: under another role `"$user"` would
            be another schema. None where it does not say `"$user"`.
    """

    login: str
    superuser: bool
    version: int
    may_read_all: bool
    could_write: bool
    search_path: str | None

    @property
    def reader(self) -> str | None:
        """The role each query takes as a second layer.

        A login that cannot write gains nothing by it and would lose its own grants and row policies, so it keeps its
        role.
        """
        return READER if self.may_read_all and (self.superuser or self.could_write) else None


@dataclass(frozen=True, slots=True)
class Posture:
    """The login's powers, in words."""

    powers: tuple[str, ...]
    reader: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any], reader: str | None) -> Posture:
        """Read one row of `powers` (posture.sql)."""
        if row["superuser"]:
            return cls(("do everything (it is a superuser), with the host's files and programs too",), reader)
        flags = {
            "create_role": "create roles",
            "create_database": "create databases",
            "replication": "replicate the whole cluster",
            "bypass_rls": "bypass row-level security",
            "create_schema": "create schemas",
        }
        powers = [words for name, words in flags.items() if row[name]]
        if row["writable_schemas"]:
            powers.append(f"create objects in {row['writable_schemas']} schema(s)")
        if row["writable_tables"]:
            powers.append(f"write to {row['writable_tables']} table(s)")
        powers += [f"act as {name}" for name in row["memberships"]]
        return cls(tuple(powers), reader)

    @property
    def harmless(self) -> bool:
        """Whether the login is itself a wall: it can read and nothing else."""
        return not self.powers

    @property
    def sentence(self) -> str:
        """For a log, a report or a health detail."""
        if self.harmless:
            return "The database role can only read."
        layer = f" Queries run under {self.reader}." if self.reader else ""
        return f"If every layer of this server failed, the database role could: {'; '.join(self.powers)}.{layer}"
