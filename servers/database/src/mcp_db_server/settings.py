"""What the database server can be told, beside what every server of the suite can be told."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Annotated

from mcp_chassis.settings import ChassisSettings, CommaList, Setting
from mcp_chassis.settings.units import Duration
from pydantic import BeforeValidator, Field, SecretStr

from mcp_db_server.labels import check_labels

__all__ = ["DatabaseSettings"]

# What the driver reads by itself: one of the first says that there is a database, the others say more of it.
_LIBPQ = ("PGHOST", "PGHOSTADDR", "PGDATABASE", "PGUSER", "PGSERVICE")
_LIBPQ_MORE = (
    "PGPORT",
    "PGPASSWORD",
    "PGPASSFILE",
    "PGSERVICEFILE",
    "PGSSLMODE",
    "PGSSLROOTCERT",
    "PGSSLCERT",
    "PGSSLKEY",
)
# What object mappers put into the same address, and PostgreSQL would take for settings of its own.
_OF_OTHER_CLIENTS = frozenset({"schema", "pgbouncer", "connection_limit", "pool_timeout"})
_SCHEME = re.compile(r"^(postgres(?:ql)?)\+\w+://")


class DatabaseSettings(ChassisSettings):
    """Settings of `mcp-db-server`."""

    database_url: Annotated[
        SecretStr | None,
        Setting(variables=("DATABASE_URL", "DATABASE_URI"), target="URL", beside=(*_LIBPQ, *_LIBPQ_MORE)),
    ] = Field(
        default=None,
        description="Where the database is: postgresql://user:password@host/name; also PGHOST, PGUSER and so on.",
    )
    demo: bool = Field(default=False, description="Serve an embedded PostgreSQL with the places of the world.")
    schemas: CommaList = Field(default=(), description="Only these schemas may be read; everything when empty.")
    tables: CommaList = Field(
        default=(), description="Only these tables or views may be read (table or schema.table), beside those schemas."
    )
    data_classes: Annotated[tuple[str, ...], BeforeValidator(check_labels)] = Field(
        default=(),
        description="Labels for the policy: schema.table=CLASS or schema.table.column=CLASS; in the file a mapping.",
    )
    allow_function: CommaList = Field(
        default=(), description="User functions that queries may call although the guard cannot read what they do."
    )
    max_rows: int = Field(default=10_000, ge=1, le=1_000_000, description="Most rows of one execute_query.")
    statement_timeout: Annotated[Duration, Setting(default="20s")] = Field(
        default=20.0, gt=0, description="How long one query may run on the database."
    )
    lock_timeout: Annotated[Duration, Setting(default="2s")] = Field(
        default=2.0, gt=0, description="How long one query may wait for a lock."
    )
    pool_size: int = Field(default=10, ge=1, le=1000, description="Most connections to the database at a time.")

    def faults(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is wrong between the fields; there must be one database."""
        yield from super().faults()
        if self.demo and self.database_url is not None:
            yield ("demo", "database_url"), "{demo} brings its own database: take away either it or {database_url}."
        if not self.demo and self.database_url is None and not any(os.environ.get(name) for name in _LIBPQ):
            yield ("database_url",), "There is no database: set {database_url} (or PGHOST and PGUSER), or try --demo."

    @property
    def address(self) -> str:
        """The address for the driver, which fills in from PGHOST, PGUSER and so on what it does not say."""
        url = self.database_url.get_secret_value() if self.database_url is not None else "postgresql://"
        base, mark, query = _SCHEME.sub(r"\1://", url.strip()).partition("?")
        kept = [part for part in query.split("&") if part.partition("=")[0] not in _OF_OTHER_CLIENTS]
        return f"{base}?{'&'.join(kept)}" if mark and any(kept) else base
