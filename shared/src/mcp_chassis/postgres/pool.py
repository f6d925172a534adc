"""The connections to one PostgreSQL database, and the seam that every query goes through.

Opening does not connect: the database may be down when the server starts, and restart while it runs. Connections are
made when they are needed, checked when they are handed out, and cleaned after the answer is on its way.

Nothing relies on the session between transactions, so a pooler in transaction mode (pgbouncer) may stand in between:
settings are SET LOCAL, statements are unnamed, and no startup parameter is sent that a pooler refuses.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import asyncpg

from mcp_chassis.errors import ChassisError, ConfigurationError, NotFound, RateLimited, UpstreamUnavailable
from mcp_chassis.postgres.address import is_address
from mcp_chassis.postgres.codecs import BUILTIN
from mcp_chassis.postgres.failures import CONNECTION_ERRORS, UNAVAILABLE, translate
from mcp_chassis.postgres.posture import Login, Posture
from mcp_chassis.postgres.queries import load
from mcp_chassis.postgres.session import Session
from mcp_chassis.postgres.wire import Wire
from mcp_chassis.server import Pool as PoolState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from asyncpg import Connection
    from asyncpg.pool import PoolConnectionProxy

    from mcp_chassis.call import Principal
    from mcp_chassis.postgres.codecs import TypeInfo

__all__ = ["Database", "DatabaseLimits"]

logger = logging.getLogger(__name__)

_NOT_NOW = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.TooManyConnectionsError,
)
_POSTURE_SECONDS = 300.0
_PING_SECONDS = 1.5
"""For a connection, and for the answer: a probe waits three seconds at most."""

# Advisory locks are the one thing of a read-only transaction that a rollback leaves behind.
_CLEAN = "ROLLBACK; SELECT pg_catalog.pg_advisory_unlock_all()"


@dataclass(frozen=True, slots=True)
class DatabaseLimits:
    """What one process asks of the database, times in seconds.

    Args:
        statement_timeout: for each statement, and for fetching all of its rows.
        lock_timeout: for waiting on a lock.
        connections: at most so many at a time.
        connect_timeout: for making one, and for waiting for a free one.
        clean_timeout: for a cancelled query to give its connection back before it is closed.
    """

    statement_timeout: float = 20.0
    lock_timeout: float = 2.0
    connections: int = 10
    connect_timeout: float = 5.0
    clean_timeout: float = 5.0


class Database:
    """A pool of connections to one database."""

    def __init__(self, pool: asyncpg.Pool, limits: DatabaseLimits) -> None:
        self._pool = pool
        self._limits = limits
        self._wires: dict[int, tuple[Connection, Wire]] = {}
        self._types: dict[int, TypeInfo] = dict(BUILTIN)
        self._cleaners: set[asyncio.Task[None]] = set()
        self._login: Login | None = None
        self._posture: tuple[float, Posture] | None = None
        self._waiting = 0
        self._answered = -math.inf

    @classmethod
    @asynccontextmanager
    async def open(
        cls, dsn: str, limits: DatabaseLimits | None = None, *, application_name: str = "mcp-server"
    ) -> AsyncIterator[Database]:
        """Keep connections to `dsn` while the context lasts; connects when first asked.

        Raises:
            ConfigurationError: the address cannot be read.
        """
        limits = limits or DatabaseLimits()
        if not is_address(dsn):
            raise ConfigurationError("The database address cannot be read: write postgresql://user@host/name.")
        pool = await asyncpg.create_pool(
            dsn,
            min_size=0,
            max_size=limits.connections,
            max_queries=50_000,
            max_inactive_connection_lifetime=300.0,
            statement_cache_size=0,
            timeout=limits.connect_timeout,
            reset=_leave_as_it_is,
            server_settings={"application_name": application_name},
        )
        database = cls(pool, limits)
        try:
            yield database
        finally:
            await database._close()

    @property
    def limits(self) -> DatabaseLimits:
        """What was asked for."""
        return self._limits

    def state(self) -> PoolState:
        """How the pool stands."""
        size, idle = self._pool.get_size(), self._pool.get_idle_size()
        return PoolState({"idle": idle, "used": size - idle}, self._limits.connections, self._waiting)

    @asynccontextmanager
    async def session(self, principal: Principal, database: str | None = None) -> AsyncIterator[Session]:
        """A read-only transaction for one call; every query of every server goes through here.

        Args:
            principal: who asks.
            database: which of several databases; there is one, and it has no name.

        Raises:
            UpstreamUnavailable: the database does not answer, or went away.
            RateLimited: every connection is in use.
            ChassisError: what PostgreSQL says of a statement, in our words.
        """
        if database is not None:
            raise NotFound("This server has one database; call again without naming one.")
        connection, session = await self._begin()
        try:
            yield session
        except Exception as error:
            ours = session.explain(error)
            if ours is None:
                raise
            raise ours from error
        finally:
            self._clean_later(connection)

    async def login(self) -> Login:
        """Who this server is to PostgreSQL; asked at the first connection.

        Raises:
            UpstreamUnavailable: the database does not answer.
        """
        if self._login is None:
            connection = await self._acquire()
            try:
                self._login = await self._ask_login(connection)
            except Exception as error:
                raise translate(error) or error from error
            finally:
                self._clean_later(connection)
        return self._login

    async def posture(self) -> Posture:
        """What the login could do if nothing held it back; looked at again after some minutes.

        Raises:
            UpstreamUnavailable: the database does not answer.
        """
        kept = self._posture
        if kept is not None and time.monotonic() - kept[0] < _POSTURE_SECONDS:
            return kept[1]
        login = await self.login()
        connection = await self._acquire()
        try:
            session = self._session(connection, None)
            await session.begin()
            row = dict((await session.fetch(_posture_sql("powers")))[0])
        except Exception as error:
            raise translate(error) or error from error
        finally:
            self._clean_later(connection)
        posture = Posture.of(row, login.reader)
        self._posture = time.monotonic(), posture
        return posture

    async def ping(self) -> None:
        """One round trip, in a short time; slow calls that hold all connections are no fault of the database.

        Raises:
            RateLimited: every connection is in use.
            UpstreamUnavailable: the database does not answer.
        """
        if self._taken:
            raise self._none_free()
        try:
            async with asyncio.timeout(_PING_SECONDS):
                connection = await self._acquire()
        except TimeoutError as error:
            raise self._none_free() from error
        try:
            await self._wire(connection).simple("SELECT 1", _PING_SECONDS)
        except Exception as error:
            raise translate(error) or error from error
        finally:
            self._clean_later(connection)

    async def _begin(self) -> tuple[PoolConnectionProxy, Session]:
        login = await self.login()
        for attempt in (1, 2):
            connection = await self._acquire()
            session = self._session(connection, login)
            try:
                await session.begin()
            except BaseException as error:
                self._clean_later(connection)
                # The server closed an idle connection just now: nothing ran on it, so another one may be tried.
                gone = isinstance(error, CONNECTION_ERRORS) or connection.is_closed()
                if attempt == 1 and gone and isinstance(error, Exception):
                    continue
                raise translate(error) or error from error
            return connection, session
        raise UpstreamUnavailable(UNAVAILABLE, retry_after_s=2)

    def _session(self, connection: PoolConnectionProxy, login: Login | None) -> Session:
        wire = self._wire(connection)
        own = self._begin_text(wire, None)
        if login is None or login.reader is None:
            return Session(wire, self._types, own, self._limits.statement_timeout)
        return Session(wire, self._types, self._begin_text(wire, login), self._limits.statement_timeout, own)

    def _begin_text(self, wire: Wire, login: Login | None) -> str:
        settings = [
            "BEGIN READ ONLY",
            f"SET LOCAL statement_timeout = {int(self._limits.statement_timeout * 1000)}",
            f"SET LOCAL lock_timeout = {int(self._limits.lock_timeout * 1000)}",
        ]
        if login is not None and login.reader is not None:
            settings.append(f"SET LOCAL ROLE {login.reader}")
            if login.search_path:
                settings.append(f"SET LOCAL search_path = {login.search_path}")
        reported = wire.parameters
        # How values are written is part of what this server promises, whatever the role or database is set to.
        if not reported["DateStyle"].startswith("ISO"):
            settings.append("SET LOCAL datestyle = 'ISO'")
        if reported["IntervalStyle"] != "postgres":
            settings.append("SET LOCAL intervalstyle = 'postgres'")
        settings += ["SET LOCAL extra_float_digits = 1", "SET LOCAL bytea_output = 'hex'"]
        return "; ".join(settings)

    async def _ask_login(self, connection: PoolConnectionProxy) -> Login:
        session = self._session(connection, None)
        await session.begin()
        row = (await session.fetch(_posture_sql("login")))[0]
        login = Login(**dict(row), could_write=row["superuser"])
        if row["may_read_all"] and not row["superuser"]:
            powers = Posture.of(dict((await session.fetch(_posture_sql("powers")))[0]), None)
            login = replace(login, could_write=not powers.harmless)
        return login

    async def _acquire(self) -> PoolConnectionProxy:
        self._waiting += 1
        try:
            return await self._pool.acquire(timeout=self._limits.connect_timeout)
        except TimeoutError as error:
            raise self._none_free() from error
        except _NOT_NOW as error:
            raise UpstreamUnavailable(UNAVAILABLE, retry_after_s=2) from error
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise UpstreamUnavailable(
                "The database refuses this server; the operator must correct its address."
            ) from error
        finally:
            self._waiting -= 1

    @property
    def _taken(self) -> bool:
        """Whether calls hold all connections and get their answers, so that the database is not merely silent.

        A call of two statements may take both times before its connection is heard of again.
        """
        silence = time.monotonic() - self._answered
        limits, used = self._limits, self._pool.get_size() - self._pool.get_idle_size()
        return used >= limits.connections and silence < 2 * limits.statement_timeout + limits.clean_timeout

    def _none_free(self) -> ChassisError:
        """Why there was no connection in time."""
        if self._taken:
            return RateLimited("All connections to the database are in use.", retry_after_s=1)
        return UpstreamUnavailable(UNAVAILABLE, retry_after_s=2)

    def _wire(self, connection: PoolConnectionProxy) -> Wire:
        raw: Any = connection._con  # type: ignore[attr-defined]
        kept = self._wires.get(id(raw))
        if kept is None or kept[0] is not raw:
            self._wires = {key: value for key, value in self._wires.items() if not value[0].is_closed()}
            kept = self._wires[id(raw)] = (raw, Wire(raw))
        return kept[1]

    def _clean_later(self, connection: PoolConnectionProxy) -> None:
        """Roll back and hand the connection back, while the caller already has the answer."""
        cleaner = asyncio.get_running_loop().create_task(self._clean(connection))
        self._cleaners.add(cleaner)
        cleaner.add_done_callback(self._cleaners.discard)

    async def _clean(self, connection: PoolConnectionProxy) -> None:
        try:
            async with asyncio.timeout(self._limits.clean_timeout):
                await self._wire(connection).settle()
                await self._wire(connection).simple(_CLEAN)
                self._answered = time.monotonic()
        except Exception as error:
            logger.debug("connection closed instead of cleaned: %s", type(error).__name__)
            with suppress(Exception):
                connection.terminate()
        with suppress(Exception):
            await self._pool.release(connection, timeout=self._limits.clean_timeout)

    async def _close(self) -> None:
        if self._cleaners:
            await asyncio.wait(self._cleaners, timeout=self._limits.clean_timeout)
        try:
            async with asyncio.timeout(self._limits.clean_timeout):
                await self._pool.close()
        except Exception:
            self._pool.terminate()


async def _leave_as_it_is(connection: Connection) -> None:
    """In place of the driver's reset, which would run session-wide statements: `_clean` has already rolled back."""


def _posture_sql(name: str) -> str:
    return load("mcp_chassis.postgres", "sql/posture.sql")[name]
