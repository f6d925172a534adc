from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from mcp_chassis.call import Principal
from mcp_chassis.errors import Denied
from mcp_chassis.postgres.execution import run_judged
from mcp_chassis.postgres.guard import Guard, Verdict
from mcp_chassis.postgres.pool import Database
from mcp_chassis.postgres.session import Bounds, Session

SETUP = """
CREATE TABLE plain (a int);
INSERT INTO plain VALUES (1);
CREATE TABLE guarded (a int);
INSERT INTO guarded VALUES (2);
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE VIEW over_guarded AS SELECT a FROM guarded;
CREATE FUNCTION who() RETURNS text LANGUAGE plpgsql STABLE AS $$BEGIN RETURN current_user; END$$;
CREATE FUNCTION closed() RETURNS int LANGUAGE sql STABLE AS 'SELECT 3';
REVOKE EXECUTE ON FUNCTION closed FROM PUBLIC;
CREATE FUNCTION smuggle() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN pg_read_file('PG_VERSION'); END$$;
"""
ROLE = "current_setting('role')"
READER = "pg_read_all_data"

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def database(postgres_dsn: str) -> AsyncIterator[Database]:
    """The fresh database with the tables of SETUP, as its superuser."""
    connection = await asyncpg.connect(postgres_dsn)
    await connection.execute(SETUP)
    await connection.close()
    async with Database.open(postgres_dsn) as opened:
        yield opened


async def run(database: Database, sql: str, *allowed: str) -> list[list[Any]]:
    async with database.session(Principal("alice", "local")) as session:

        async def work(verdict: Verdict) -> list[list[Any]]:
            statement = await session.describe(verdict.sql)
            return (await session.rows(statement, [], Bounds(10), wrap=verdict.kind == "select")).rows

        return await run_judged(Guard(allowed).check, session, sql, work)


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        (f"SELECT a, {ROLE} FROM plain", [1, READER]),
        (f"SELECT session_user::text, {ROLE}", ["postgres", READER]),
        (f"SELECT a, {ROLE} FROM guarded", [2, "none"]),
        (f"SELECT a, {ROLE} FROM over_guarded", [2, "none"]),
        (f"SELECT who(), {ROLE}", ["postgres", "none"]),
        (f"SELECT count(*), {ROLE} FROM pg_stat_activity WHERE pid = pg_backend_pid()", [1, "none"]),
        (f"SELECT has_table_privilege('plain', 'INSERT'), {ROLE}", [True, "none"]),
        (f"SELECT closed(), {ROLE}", [3, "none"]),
        ("SHOW role", ["none"]),
    ],
)
async def test_the_reader_is_left_where_it_would_change_the_answer(
    database: Database, sql: str, row: list[Any]
) -> None:
    assert await run(database, sql) == [row]


async def test_the_reader_stays_for_what_the_guard_would_refuse(database: Database) -> None:
    with pytest.raises(Denied, match="may not use something this query needs"):
        await run(database, "SELECT smuggle()", "smuggle")


@pytest.mark.parametrize("sql", ["SELECT a FROM guarded", "SELECT closed()", "SHOW role"])
async def test_what_runs_under_another_role_is_judged_again_before(database: Database, sql: str) -> None:
    guard = Guard()
    judged: list[Verdict] = []

    async def judge(sql: str, session: Session) -> Verdict:
        if judged:
            raise Denied("not as the login")
        judged.append(await guard.check(sql, session))
        return judged[0]

    async with database.session(Principal("alice", "local")) as session:

        async def work(verdict: Verdict) -> list[list[Any]]:
            statement = await session.describe(verdict.sql)
            return (await session.rows(statement, [], Bounds(10), wrap=verdict.kind == "select")).rows

        with pytest.raises(Denied, match="not as the login"):
            await run_judged(judge, session, sql, work)


async def test_what_nobody_may_do_stays_denied(database: Database, postgres_dsn: str) -> None:
    connection = await asyncpg.connect(postgres_dsn)
    await connection.execute(
        "CREATE ROLE plain_clerk LOGIN IN ROLE pg_read_all_data; GRANT INSERT ON plain TO plain_clerk"
    )
    try:
        async with Database.open(postgres_dsn.replace("postgres@", "plain_clerk@")) as clerks:
            assert await run(clerks, f"SELECT {ROLE}") == [[READER]]
            with pytest.raises(Denied, match="may not use function closed"):
                await run(clerks, "SELECT closed()")
    finally:
        await connection.execute("DROP OWNED BY plain_clerk; DROP ROLE plain_clerk")
        await connection.close()
