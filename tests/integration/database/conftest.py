"""The database server in this process, on a database of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from mcp_chassis.app import App
from mcp_chassis.call import Context, Principal
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_chassis.testing.postgres import postgres_dsn
from mcp_db_server.server import server
from mcp_db_server.settings import DatabaseSettings

__all__ = ["postgres_dsn"]

REGISTRY = server.registry
FUNCTIONS: dict[str, Callable[..., Awaitable[Any]]] = {
    endpoint.function.__name__: endpoint.function
    for shelf in (
        server.registry.tools,
        server.registry.resources,
        server.registry.templates,
        server.registry.completions,
    )
    for endpoint in shelf.values()
}


class Desk:
    """Calls the tools as one principal."""

    def __init__(self, app: App[DatabaseSettings, Any], principal: Principal) -> None:
        self.app = app
        self.principal = principal

    async def __call__(self, name: str, **arguments: Any) -> Any:
        return await FUNCTIONS[name](Context(self.principal, self.app.resources), **arguments)

    @property
    def dsn(self) -> str:
        """The address of its database."""
        return self.app.settings.address

    def reopened(self) -> Any:
        """A second server on the same database, with connections of its own."""
        return _open(self.app.settings)

    def as_principal(self, subject: str) -> Desk:
        """The same server for somebody else."""
        return Desk(self.app, Principal(subject, "local"))


@asynccontextmanager
async def open_desk(dsn: str, home: Path, monkeypatch: pytest.MonkeyPatch, **flags: Any) -> AsyncIterator[Desk]:
    """A running server on `dsn`."""
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    async with _open(DatabaseSettings.load(flags, [dsn], {})) as desk:
        yield desk


@asynccontextmanager
async def _open(settings: DatabaseSettings) -> AsyncIterator[Desk]:
    app = App(server, settings)
    async with app.open():
        yield Desk(app, app.local_principal())


@pytest.fixture(scope="session")
def shop_dsn(postgres: EmbeddedPostgres) -> str:
    """A shop that nobody changes: customers with NULLs and ties, orders, a view over a hidden table, keys, comments."""
    postgres.ensure_database("integration_shop")
    asyncio.run(_load(postgres.dsn("integration_shop")))
    return postgres.dsn("integration_shop")


async def _load(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute((Path(__file__).parent / "shop.sql").read_text())
    await connection.close()


@pytest.fixture
def start(shop_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`start(flag=value)` opens a server on the shop."""

    def begin(**flags: Any) -> Any:
        return open_desk(shop_dsn, tmp_path, monkeypatch, **flags)

    return begin


@pytest_asyncio.fixture
async def desk(start: Callable[..., Any]) -> AsyncIterator[Desk]:
    """A server on the shop."""
    async with start() as opened:
        yield opened


@pytest_asyncio.fixture
async def start_own(postgres_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`start_own(login, flag=value)` opens a server on a shop that the test may change through `admin`."""
    await _load(postgres_dsn)

    def begin(login: str | None = None, **flags: Any) -> Any:
        dsn = postgres_dsn if login is None else postgres_dsn.replace("postgres@", f"{login}@")
        return open_desk(dsn, tmp_path, monkeypatch, **flags)

    return begin


@pytest_asyncio.fixture
async def own_desk(start_own: Callable[..., Any]) -> AsyncIterator[Desk]:
    """A server on a shop that the test may change through `admin`."""
    async with start_own() as opened:
        yield opened


@pytest_asyncio.fixture
async def admin(postgres_dsn: str) -> AsyncIterator[Any]:
    """A plain superuser's connection to the shop of `own_desk`."""
    connection = await asyncpg.connect(postgres_dsn)
    yield connection
    await connection.close()
