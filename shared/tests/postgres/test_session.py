from __future__ import annotations

import asyncio
import base64
import resource
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import psutil
import pytest
import pytest_asyncio
from mcp_chassis.call import Principal
from mcp_chassis.errors import DeadlineExceeded, Denied, InvalidArguments
from mcp_chassis.postgres.pool import Database, DatabaseLimits
from mcp_chassis.postgres.session import Bounds, Result

ALICE = Principal("alice", "local")
PLENTY = Bounds(10_000)

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def database(postgres_dsn: str) -> AsyncIterator[Database]:
    """The fresh database, as its superuser."""
    async with Database.open(postgres_dsn, DatabaseLimits(statement_timeout=10)) as opened:
        yield opened


@pytest_asyncio.fixture
async def admin(postgres_dsn: str) -> AsyncIterator[Any]:
    """A plain connection to the same database."""
    connection = await asyncpg.connect(postgres_dsn)
    yield connection
    await connection.close()


async def run(database: Database, sql: str, *parameters: Any, bounds: Bounds = PLENTY, skip: int = 0) -> Result:
    async with database.session(ALICE) as session:
        statement = await session.describe(sql)
        return await session.rows(statement, parameters, bounds, skip=skip)


async def value(database: Database, sql: str, *parameters: Any) -> Any:
    return (await run(database, sql, *parameters)).rows[0][0]


EXACT: list[tuple[str, Any]] = [
    ("true", True),
    ("1::int2", 1),
    ("9007199254740992::int8", 9007199254740992),
    ("9007199254740993::int8", "9007199254740993"),
    ("'-9223372036854775808'::int8", "-9223372036854775808"),
    ("1.10::numeric", "1.10"),
    ("'NaN'::numeric", "NaN"),
    ("123456789012345678901234567890.123456789::numeric", "123456789012345678901234567890.123456789"),
    ("0.1::float4", 0.1),
    ("0.1::float8", 0.1),
    ("'NaN'::float8", "NaN"),
    ("'-Infinity'::float8", "-Infinity"),
    ("'Infinity'::float4", "Infinity"),
    ("'a\u00e4\U0001f600'::text", "a\u00e4\U0001f600"),
    ("'x'::char(3)", "x  "),
    ("'x'::\"char\"", "x"),
    ("''::\"char\"", ""),
    ("'abc'::name", "abc"),
    ("'2026-11-20'::date", "2026-11-20"),
    ("'0044-03-15 BC'::date", "0044-03-15 BC"),
    ("'20000-01-01'::date", "20000-01-01"),
    ("'infinity'::date", "infinity"),
    ("'24:00'::time", "24:00:00"),
    ("'10:00+02'::timetz", "10:00:00+02"),
    ("'2026-11-20 10:00:00.123456'::timestamp", "2026-11-20T10:00:00.123456"),
    ("'20000-01-01 00:00'::timestamp", "20000-01-01T00:00:00"),
    ("'-infinity'::timestamptz", "-infinity"),
    ("'2026-11-20 10:00+00'::timestamptz", "2026-11-20T10:00:00+00:00"),
    ("'0044-03-15 10:00+00 BC'::timestamptz", "0044-03-15T10:00:00+00:00 BC"),
    ("'1 year 2 mons 3 days 04:05:06.7'::interval", "1 year 2 mons 3 days 04:05:06.7"),
    ("'\\xdeadbeef'::bytea", "3q2+7w=="),
    ('\'{"b": 1.10, "a": 9007199254740993}\'::json', {"b": 1.1, "a": "9007199254740993"}),
    ("'[1, null, {}]'::jsonb", [1, None, {}]),
    ("'null'::jsonb", None),
    ("ARRAY[1, NULL, 3]", [1, None, 3]),
    ("ARRAY[[1, 2], [3, 4]]", [[1, 2], [3, 4]]),
    ("ARRAY[9007199254740993]", ["9007199254740993"]),
    ("ARRAY['a,b', NULL, 'NULL', '\"']", ["a,b", None, "NULL", '"']),
    ("ARRAY[1.50, 'NaN']::numeric[]", ["1.50", "NaN"]),
    ("ARRAY['2026-11-20 10:00']::timestamp[]", ["2026-11-20T10:00:00"]),
    ("ARRAY['\\x00ff']::bytea[]", ["AP8="]),
    ("ARRAY['{\"a\": 1}']::jsonb[]", [{"a": 1}]),
    ("ARRAY[0.1]::float4[]", [0.1]),
    ("'[0:1]={5,6}'::int[]", [5, 6]),
    ("'1 2'::int2vector", [1, 2]),
    ("ROW(1, 'a b', NULL)", '(1,"a b",)'),
    ("'[1,5)'::int4range", "[1,5)"),
    ("'{[1,2),[5,6)}'::int4multirange", "{[1,2),[5,6)}"),
    ("ARRAY['[1,5)']::int4range[]", ["[1,5)"]),
    ("'10.0.0.1/8'::inet", "10.0.0.1/8"),
    ("'00000000-0000-0000-0000-00000000000a'::uuid", "00000000-0000-0000-0000-00000000000a"),
    ("'(1,2)'::point", "(1,2)"),
    ("B'101'::varbit", "101"),
    ("'int4'::regtype", "integer"),
    ("'a & b'::tsquery", "'a' & 'b'"),
    ("'happy'::mood", "happy"),
    ("ARRAY['happy', 'sad']::mood[]", ["happy", "sad"]),
    ("7::positive", 7),
    ("ARRAY[7]::positive[]", [7]),
    ("ROW(1, 'happy')::pair", "(1,happy)"),
    ("'A'::shout", "A"),
]


@pytest_asyncio.fixture
async def typed(database: Database, admin: Any) -> Database:
    """The database with types of its own."""
    await admin.execute(
        "CREATE TYPE mood AS ENUM ('happy', 'sad'); CREATE DOMAIN positive AS int CHECK (value > 0);"
        "CREATE TYPE pair AS (number positive, feeling mood); CREATE DOMAIN shout AS text CHECK (upper(value) = value)"
    )
    return database


async def test_every_value_comes_exactly(typed: Database) -> None:
    for sql, expected in EXACT:
        assert (sql, await value(typed, f"SELECT {sql}")) == (sql, expected)


async def test_every_value_goes_back_in_as_it_came(typed: Database) -> None:
    for sql, expected in EXACT:
        kind = await value(typed, f"SELECT pg_typeof({sql})::text")
        # A record has no input, and a list has no room for lower bounds, which vectors count from 0.
        if kind != "record" and expected is not None and not any(mark in sql for mark in ("[0:1]", "2vector")):
            same = f"SELECT $1::{kind} IS NOT DISTINCT FROM {sql}"
            if kind in ("json", "point"):  # types without equality
                same = (
                    f"SELECT $1::{kind}::text = ({sql})::text" if kind == "point" else f"SELECT $1::{kind} IS NOT NULL"
                )
            assert (sql, await value(typed, same, expected)) == (sql, True)


async def test_settings_of_the_role_do_not_change_how_values_are_written(database: Database, admin: Any) -> None:
    await admin.execute(
        "ALTER ROLE CURRENT_USER SET datestyle = 'German'; ALTER ROLE CURRENT_USER SET intervalstyle = 'sql_standard';"
        "ALTER ROLE CURRENT_USER SET extra_float_digits = -5; ALTER ROLE CURRENT_USER SET bytea_output = 'escape'"
    )
    try:
        for sql, expected in EXACT[:40]:
            assert (sql, await value(database, f"SELECT {sql}")) == (sql, expected)
    finally:
        await admin.execute("ALTER ROLE CURRENT_USER RESET ALL")


async def test_columns_may_share_a_name_or_be_none(database: Database) -> None:
    twice = await run(database, "SELECT 1 AS a, 'x' AS a")
    assert [column.name for column in twice.columns] == ["a", "a"]
    assert twice.rows == [[1, "x"]]
    none = await run(database, "SELECT FROM generate_series(1, 3)")
    assert (none.columns, none.rows) == ([], [[], [], []])


async def test_a_billion_rows_answer_at_once_with_the_first(database: Database) -> None:
    result = await run(
        database, "SELECT a FROM generate_series(1, 40000) a, generate_series(1, 40000) b", bounds=Bounds(1000)
    )
    assert (len(result.rows), result.truncated_by) == (1000, "rows")


@pytest.mark.parametrize(("limit", "truncated_by"), [(2, "rows"), (3, None), (4, None)])
async def test_rows_are_truncated_only_when_there_are_more(
    database: Database, limit: int, truncated_by: str | None
) -> None:
    result = await run(database, "SELECT generate_series(1, 3)", bounds=Bounds(limit))
    assert (len(result.rows), result.truncated_by) == (min(limit, 3), truncated_by)


async def test_bytes_are_bounded_and_the_first_row_always_comes(database: Database) -> None:
    sql = "SELECT n, repeat('x', 1000) FROM generate_series(1, 1000) n"
    result = await run(database, sql, bounds=Bounds(1000, 50_000))
    assert result.truncated_by == "bytes"
    assert 40 <= len(result.rows) < 50
    assert len((await run(database, sql, bounds=Bounds(1000, 10))).rows) == 1


async def test_rows_can_be_skipped(database: Database) -> None:
    result = await run(database, "SELECT generate_series(1, 20), 'wide'", bounds=Bounds(3), skip=10)
    assert [row[0] for row in result.rows] == [11, 12, 13]


async def test_oversized_values_are_cut_or_null_and_listed(database: Database) -> None:
    sql = """
        SELECT 1, repeat('x', 100), repeat('y', 100)::bytea, to_jsonb(repeat('z', 300)), repeat('b', 100)::char(100),
               ARRAY[repeat('a', 2000)], 'small', NULL::text, ROW(NULL, NULL), repeat('\u00e4', 60)
        UNION ALL SELECT 2, 'x', 'y', '"z"', 'b', ARRAY['a'], 'small', NULL, ROW(1, 2), 'ok' ORDER BY 1
    """
    result = await run(database, sql, bounds=Bounds(10, value=64))
    first, second = result.rows
    assert first[:2] == [1, "x" * 64]
    assert first[2] == base64.b64encode(b"y" * 64).decode()
    assert first[3:] == [None, "b" * 64, None, "small", None, "(,)", "\u00e4" * 60]
    assert second == [2, "x", "eQ==", "z", "b", ["a"], "small", None, "(1,2)", "ok"]
    assert result.truncated_values == [[0, 1], [0, 2], [0, 3], [0, 4], [0, 5]]
    assert result.truncated_by == "values"


async def test_a_column_of_any_type_can_be_projected(typed: Database) -> None:
    selected = ", ".join(sql for sql, _ in EXACT)
    result = await run(typed, f"SELECT {selected}, repeat('x', 100)", bounds=Bounds(1, value=90))
    assert result.rows[0][:-1] == [expected for _, expected in EXACT]
    assert isinstance(
        await value(typed, "SELECT histogram_bounds FROM pg_stats WHERE histogram_bounds IS NOT NULL"), list
    )


async def test_more_columns_than_bits_can_be_nulled(database: Database) -> None:
    many = ", ".join(f"to_jsonb(repeat('x', {1000 if number % 7 == 0 else 1}))" for number in range(150))
    result = await run(database, f"SELECT {many}", bounds=Bounds(1, value=64))
    assert result.truncated_values == [[0, number] for number in range(0, 150, 7)]
    assert all((value is None) == (number % 7 == 0) for number, value in enumerate(result.rows[0]))


async def test_the_projection_keeps_order_and_evaluates_once(database: Database, admin: Any) -> None:
    await admin.execute(
        "CREATE SEQUENCE counted; CREATE TABLE t AS SELECT n, 'row ' || n AS name FROM generate_series(1, 99) n"
    )
    result = await run(database, "SELECT name FROM t ORDER BY n DESC -- the last first")
    assert [row[0] for row in result.rows] == [f"row {number}" for number in range(99, 0, -1)]
    counted = await run(database, "SELECT clock_timestamp()::text AS a, name FROM t LIMIT 1")
    assert len(counted.rows) == 1


async def test_a_huge_value_leaves_our_memory_flat(database: Database) -> None:
    await run(database, "SELECT 1")
    before = psutil.Process().memory_info().rss
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for sql in ("repeat('x', 80000000)", "repeat('x', 80000000)::bytea", "to_jsonb(repeat('x', 80000000))"):
        result = await run(database, f"SELECT {sql}")
        assert result.truncated_values == [[0, 0]]
    sql = "SELECT n, repeat('x', 60000) FROM generate_series(1, 100000) n"
    assert (await run(database, sql, bounds=Bounds(10_000, 4_000_000))).truncated_by == "bytes"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - max(peak, before)
    assert grown < 40 * 2**20


async def test_a_statement_has_its_time(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn, DatabaseLimits(statement_timeout=0.2)) as database:
        with pytest.raises(DeadlineExceeded, match="time limit"):
            await run(database, "SELECT count(*) FROM generate_series(1, 1000000000)")
        with pytest.raises(DeadlineExceeded, match="time limit"):  # each batch is quick, all of them are not
            await run(database, "SELECT pg_sleep(0.01), repeat('x', 20000) FROM generate_series(1, 10000)")


async def test_a_lock_is_not_waited_for(postgres_dsn: str, admin: Any) -> None:
    await admin.execute("CREATE TABLE held (a int)")
    async with Database.open(postgres_dsn, DatabaseLimits(lock_timeout=0.1)) as database:
        await run(database, "SELECT 1")
        async with admin.transaction():
            await admin.execute("LOCK TABLE held")
            with pytest.raises(DeadlineExceeded, match="lock"):
                await run(database, "SELECT * FROM held")


@pytest.mark.parametrize(
    ("sql", "parameters", "message"),
    [
        ("SELECT\n  frm x", [], 'Column "frm" does not exist at line 2, column 3, near "frm".'),
        ("SELEC 1", [], 'Syntax error at or near "SELEC" at line 1, column 1, near "SELEC".'),
        ("SELECT 1 / 0", [], "Division by zero."),
        ("SELECT 'abc'::int", [], 'Invalid input syntax for type integer: "abc"'),
        ("SELECT $1::date", ["never"], "Parameter $1 (date) does not fit: invalid input syntax for type date"),
        ("SELECT $1::int, $2::mood", [1, "angry"], "Parameter $2 (mood) does not fit: invalid input value for enum"),
        ("SELECT $1::positive", [-1], "Parameter $1 (positive) does not fit: value for domain positive violates"),
        ("SELECT $1::point[]", [["x"]], "Parameter $1 (point[]) does not fit: invalid input syntax for type point"),
        ("SELECT nothing(1)", [], "Function nothing(integer) does not exist at line 1, column 8"),
        ("SELECT $2", [1, 2], "Could not determine data type of parameter $1; add a cast"),
        ("SELECT ARRAY[1][1:2:3]", [], "Syntax error"),
    ],
)
async def test_mistakes_are_told_in_the_callers_terms(
    typed: Database, sql: str, parameters: list[Any], message: str
) -> None:
    with pytest.raises(InvalidArguments) as refused:
        await run(typed, sql, *parameters)
    assert refused.value.message.startswith(message)


async def test_messages_hold_nothing_the_caller_did_not_write(database: Database, admin: Any) -> None:
    await admin.execute(
        "CREATE TABLE hidden_base (a int); CREATE FUNCTION broken() RETURNS int LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN (SELECT a / 0 FROM (SELECT 1 AS a) hidden_inside); END $$"
    )
    with pytest.raises(InvalidArguments) as refused:
        await run(database, "SELECT broken()")
    assert "hidden" not in refused.value.text("id")


async def test_a_missing_privilege_names_only_what_the_caller_wrote(postgres_dsn: str, admin: Any) -> None:
    await admin.execute(
        "CREATE ROLE nobody_much LOGIN; CREATE TABLE closed (a int); CREATE VIEW ajar AS SELECT * FROM closed;"
        "ALTER VIEW ajar OWNER TO nobody_much"
    )
    try:
        async with Database.open(postgres_dsn.replace("postgres@", "nobody_much@")) as database:
            with pytest.raises(Denied, match="may not use table closed; ask the operator"):
                await run(database, "SELECT * FROM closed")
            with pytest.raises(Denied, match="may not use something this query needs"):
                await run(database, "SELECT * FROM ajar")
    finally:
        await admin.execute("DROP VIEW ajar; DROP ROLE nobody_much")


async def test_nothing_can_be_written(database: Database, admin: Any) -> None:
    await admin.execute("CREATE TABLE kept (a int); CREATE SEQUENCE counted")
    for sql in ("INSERT INTO kept VALUES (1)", "SELECT nextval('counted')", "CREATE TABLE made (a int)"):
        with pytest.raises((Denied, InvalidArguments)):
            await run(database, sql)
    assert await admin.fetchval("SELECT count(*) FROM kept") == 0


async def test_a_superuser_reads_as_a_reader_on_the_path_it_had(database: Database, admin: Any) -> None:
    assert await value(database, "SELECT current_user") == "pg_read_all_data"
    login = await admin.fetchval("SELECT quote_ident(current_user)")
    await admin.execute(f"CREATE SCHEMA {login}; CREATE TABLE {login}.mine AS SELECT 42 AS answer")
    assert await value(database, "SELECT answer FROM mine") == 42


async def test_a_reader_keeps_its_own_role(postgres_dsn: str, admin: Any) -> None:
    await admin.execute(
        "DROP ROLE IF EXISTS plain_reader; CREATE ROLE plain_reader LOGIN IN ROLE pg_read_all_data;"
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    )
    try:
        async with Database.open(postgres_dsn.replace("postgres@", "plain_reader@")) as database:
            assert await value(database, "SELECT current_user") == "plain_reader"
            assert (await database.posture()).harmless
    finally:
        await admin.execute("DROP ROLE plain_reader")


@pytest.mark.parametrize(("granted", "role"), [("TRUE", "pg_read_all_data"), ("FALSE", "plain_writer")])
async def test_a_login_that_can_write_reads_as_a_reader_if_it_may(
    postgres_dsn: str, admin: Any, granted: str, role: str
) -> None:
    if int(await admin.fetchval("SHOW server_version_num")) < 160000:
        pytest.skip("before PostgreSQL 16 every member may take the role")
    await admin.execute(
        "CREATE ROLE plain_writer LOGIN; CREATE TABLE own (a int); ALTER TABLE own OWNER TO plain_writer;"
        f"GRANT pg_read_all_data TO plain_writer WITH SET {granted}"
    )
    try:
        async with Database.open(postgres_dsn.replace("postgres@", "plain_writer@")) as database:
            assert await value(database, "SELECT current_user") == role
            assert "write to 1 table(s)" in (await database.posture()).sentence
    finally:
        await admin.execute("DROP TABLE own; DROP ROLE plain_writer")


async def test_a_session_is_clean_before_it_serves_anyone_else(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn, DatabaseLimits(connections=1)) as database:
        assert await value(database, "SELECT pg_backend_pid()") == await value(database, "SELECT pg_backend_pid()")
        await run(database, "SELECT pg_advisory_lock(42), set_config('work_mem', '1MB', false)")
        await run(database, "SELECT $1::int", 1)
        state = await run(
            database,
            "SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),"
            " (SELECT count(*) FROM pg_prepared_statements WHERE name <> ''), current_setting('work_mem'),"
            " (SELECT count(*) FROM pg_cursors WHERE name NOT LIKE 'p%')",
        )
        assert state.rows == [[0, 0, "4MB", 0]]


async def test_a_cancelled_query_ends_on_the_server(database: Database, admin: Any) -> None:
    active = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE state = 'active' AND query LIKE '%slow_mark%' AND pid <> pg_backend_pid()"
    )
    for sql, skip in (
        ("SELECT pg_sleep(60) AS slow_mark", 0),
        ("SELECT 'slow_mark', count(*) FROM generate_series(1, 10000000000)", 0),
        ("SELECT pg_sleep(60 * (n / 2)) AS slow_mark, 'wide' FROM generate_series(1, 3) n", 1),
    ):
        task = asyncio.create_task(run(database, sql, skip=skip))
        await until(admin, active, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(admin, active, 0)
    assert await value(database, "SELECT 1") == 1


async def until(admin: Any, sql: str, wanted: int) -> None:
    for _ in range(500):
        if await admin.fetchval(sql) == wanted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{sql} is not {wanted}")
