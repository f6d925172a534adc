"""The real database server on a small shop, for clients of every kind."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def shop(postgres: Any) -> str:
    """The connection string of the shop's database."""
    postgres.ensure_database("shop")
    dsn: str = postgres.dsn("shop")
    asyncio.run(_load(dsn))
    return dsn


async def _load(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute((HERE / "shop.sql").read_text())
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def shop_over_http(serve: Any, shop: str) -> str:
    """The URL of a server of the shop, which sees PATH and HOME only."""
    url: str = serve("mcp-db-server", shop).url
    return url


@pytest.fixture
def shop_over_stdio(shop: str, tmp_path: Path, clean: Any) -> list[str]:
    """The command of a server of the shop over stdio, which sees PATH and HOME only."""
    return [*clean(tmp_path), "mcp-db-server", shop]
