"""The real servers on a small shop, for clients of every kind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from mcp_chassis.server import Server
from mcp_db_server.server import server as database
from mcp_fs_server.server import server as filesystem

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


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder called `shop` with orders in it."""
    path = tmp_path_factory.mktemp("files") / "shop"
    (path / "orders").mkdir(parents=True)
    (path / "orders" / "first.csv").write_text("customer,amount\nAda,12.50\nGrace,7\n")
    (path / "readme.md").write_text("# Shop\n\nOrders lie in orders.\n")
    return path


@dataclass(frozen=True)
class Product:
    """One of the servers, on what it serves; `folder` is its place in the repository."""

    server: Server[Any, Any]
    target: str
    folder: Path

    @property
    def command(self) -> str:
        """What starts it."""
        return self.server.name


@pytest.fixture(scope="session", params=["database", "filesystem"])
def product(request: pytest.FixtureRequest) -> Product:
    """Each of the servers."""
    folder = HERE.parents[1] / "servers" / request.param
    if request.param == "database":
        return Product(database, request.getfixturevalue("shop"), folder)
    return Product(filesystem, f"{request.getfixturevalue('folder')}:rw", folder)


@pytest.fixture(scope="session")
def over_http(serve: Any, product: Product) -> str:
    """The URL of each of the servers, which sees PATH and HOME only."""
    url: str = serve(product.command, product.target).url
    return url


@pytest.fixture
def over_stdio(product: Product, tmp_path: Path, clean: Any) -> list[str]:
    """The command of each of the servers over stdio, which sees PATH and HOME only."""
    return [*clean(tmp_path), product.command, product.target]
