"""The assembly: settings, resources and endpoints of `mcp-db-server`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from mcp_chassis.call import Principal
from mcp_chassis.errors import ChassisError, RateLimited
from mcp_chassis.server import Component, Server

from mcp_db_server import __version__, prompts, resources
from mcp_db_server.backend import Backend
from mcp_db_server.labels import Labels
from mcp_db_server.schema import Catalog
from mcp_db_server.settings import DatabaseSettings
from mcp_db_server.tools.execute_query import execute_query
from mcp_db_server.tools.explain_query import explain_query
from mcp_db_server.tools.get_schema import get_schema
from mcp_db_server.tools.query_database import query_database

if TYPE_CHECKING:
    from mcp_chassis.postgres.pool import Database

__all__ = ["server"]

logger = logging.getLogger(__name__)

READ = "db:read"
_INSTRUCTIONS = (
    "Read-only access to a PostgreSQL database. Start with get_schema; query_database reads one table without SQL, "
    "execute_query runs one SELECT with $1 parameters, explain_query tells why a query is slow. "
    "Answers say when they are truncated and give next_cursor for more."
)
_SELF = Principal("server", "local")


@asynccontextmanager
async def open_backend(settings: DatabaseSettings) -> AsyncIterator[Backend]:
    """Open the database (which may be down) and what else the tools work with."""
    from mcp_chassis.app import open_sealer
    from mcp_chassis.postgres.guard import AllowList, Guard
    from mcp_chassis.postgres.pool import Database, DatabaseLimits

    from mcp_db_server.cursors import Cursors

    limits = DatabaseLimits(settings.statement_timeout, settings.lock_timeout, settings.pool_size)
    allowed = AllowList(settings.schemas, settings.tables)
    async with AsyncExitStack() as stack:
        address = await _demo(stack) if settings.demo else settings.address
        database = await stack.enter_async_context(Database.open(address, limits, application_name="mcp-db-server"))
        backend = Backend(
            database=database,
            guard=Guard(settings.allow_function, allowed),
            allowed=allowed,
            labels=Labels(settings.data_classes),
            cursors=Cursors(open_sealer(settings)),
            max_rows=settings.max_rows,
            result_bytes=settings.max_result_bytes * 3 // 4,  # the rest is for what stands around the rows
        )
        warming = asyncio.create_task(_warm(backend))
        try:
            yield backend
        finally:
            warming.cancel()
            with suppress(asyncio.CancelledError):
                await warming


async def _demo(stack: AsyncExitStack) -> str:
    """Start the embedded database, off the event loop, and stop it at the end."""
    from mcp_db_server.demo import open_demo

    held = ExitStack()
    stack.push_async_callback(asyncio.to_thread, held.close)
    return await asyncio.to_thread(held.enter_context, open_demo(logger.info))


async def _warm(backend: Backend) -> None:
    """Connect, let the guard read the catalog, and say what the role could do, before the first call needs it."""
    from mcp_chassis.postgres.causes import why

    try:
        async with backend.database.session(_SELF) as session:
            await backend.guard.check("SELECT 1", session)
        posture = await backend.database.posture()
        lists = await _lists_health(backend)
    except ChassisError as error:
        logger.warning("the database is not ready yet: %s", why(error))
        return
    for component in lists:
        logger.log(logging.INFO if component.status == "healthy" else logging.WARNING, "%s", component.detail)
    logger.log(logging.INFO if posture.harmless else logging.WARNING, "%s", posture.sentence)


_DETAILS_SECONDS = 1.0
_UNKNOWN_ROLE = Component("database role", "degraded", "not known while the database does not answer")


async def health(backend: Backend) -> list[Component]:
    """Whether the database answers, what its role could do, and whether the allow-lists name what is there."""
    from mcp_chassis.postgres.causes import why

    try:
        await backend.database.ping()
    except RateLimited as error:  # busy is not broken, and no more is asked of it
        return [Component("database", "healthy", error.message)]
    except ChassisError as error:
        return [Component("database", "unhealthy", why(error)), _UNKNOWN_ROLE]
    known = [Component("database", "healthy", "answers")]
    with suppress(TimeoutError):  # where calls are in the way it is told another time
        async with asyncio.timeout(_DETAILS_SECONDS):
            known += [await _role_health(backend.database), *await _lists_health(backend)]
    return known


async def _role_health(database: Database) -> Component:
    try:
        posture = await database.posture()
    except ChassisError:
        return _UNKNOWN_ROLE
    return Component("database role", "healthy" if posture.harmless else "degraded", posture.sentence)


async def _lists_health(backend: Backend) -> list[Component]:
    """Whether `--schemas` and `--tables` name what the database has; nothing to say without them."""
    if not backend.allowed:
        return []
    try:
        async with backend.database.session(_SELF) as session:
            unknown = await Catalog(session, backend.allowed).unknown_names()
    except ChassisError:
        return [Component("allowed tables", "degraded", "not known while the database does not answer")]
    if unknown:
        return [Component("allowed tables", "degraded", "; ".join(f"there is no {name}" for name in unknown))]
    return [Component("allowed tables", "healthy", "all of --schemas and --tables are there")]


server: Server[DatabaseSettings, Backend] = Server(
    name="mcp-db-server",
    title="PostgreSQL, read-only",
    version=__version__,
    instructions=_INSTRUCTIONS,
    settings=DatabaseSettings,
    lifespan=open_backend,
    read_scopes={READ},
    health=health,
    pools=lambda backend: {"database": backend.database.state()},
)
server.tool(scopes={READ}, read_only=True, reaches=True, title="Read rows of a table")(query_database)
server.tool(scopes={READ}, read_only=True, reaches=True, title="Run a read-only SQL query")(execute_query)
server.tool(scopes={READ}, read_only=True, reaches=True, data_in={"sample"}, title="See the schema")(get_schema)
server.tool(scopes={READ}, read_only=True, reaches=True, data_in=(), title="Explain a query's plan")(explain_query)
server.resource("schema://database", scopes={READ}, mime_type="application/json", data_in=(), title="Database schema")(
    resources.database_schema
)
server.resource(
    "schema://database/{schema}/{table}",
    scopes={READ},
    mime_type="application/json",
    reaches=True,
    data_in={"sample"},
    title="Table schema",
)(resources.table_schema)
server.completion("schema://database/{schema}/{table}", scopes={READ})(resources.complete_table)
server.prompt(scopes={READ}, title="Analyse data")(prompts.data_analyst_prompt)
