from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

if TYPE_CHECKING:
    from mcp_chassis.postgres.embedded import EmbeddedPostgres

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def corpus_dsn(postgres: EmbeddedPostgres) -> str:
    """A superuser's connection string of a database with everything in `setup.sql`."""
    postgres.ensure_database("guard")
    dsn = postgres.dsn("guard")

    async def fill() -> None:
        connection = await asyncpg.connect(dsn)
        try:
            await connection.execute((HERE / "setup.sql").read_text("utf-8"))
            await connection.execute("ALTER DATABASE guard SET search_path = shop, public")
            await connection.execute("CREATE ROLE reader")
            await connection.execute("GRANT pg_read_all_data TO reader")
        finally:
            await connection.close()

    asyncio.run(fill())
    return dsn


@pytest.fixture(scope="session")
def plain_dsn(postgres: EmbeddedPostgres) -> str:
    """A superuser's connection string of a database with one table, and extensions that have built-in names too."""
    postgres.ensure_database("plain")
    dsn = postgres.dsn("plain")

    async def fill() -> None:
        connection = await asyncpg.connect(dsn)
        try:
            for extension in ("citext", "hstore", "ltree", "cube", "pg_trgm", "vector", "intarray", "isn"):
                await connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            await connection.execute("CREATE TABLE IF NOT EXISTS people (id int, name text, amount numeric)")
        finally:
            await connection.close()

    asyncio.run(fill())
    return dsn
