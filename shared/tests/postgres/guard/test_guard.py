"""What callers and operators meet: allow-lists, allowed functions, refusals, hostile search paths, round trips."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp_chassis.errors import ChassisError, Denied
from mcp_chassis.postgres.guard import AllowList, Guard
from mcp_chassis.postgres.guard.words import words

SHOP = AllowList(schemas=["shop"])
FEW = AllowList(tables=["shop.orders", "customers", "shop.order_totals"])


@pytest_asyncio.fixture
async def connection(corpus_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(corpus_dsn)
    transaction = connection.transaction(readonly=True)
    await transaction.start()
    yield connection
    await transaction.rollback()
    await connection.close()


class Counting:
    """A connection that counts what is asked of it."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.asked = 0

    async def fetch(self, query: str, *args: Any) -> Any:
        self.asked += 1
        return await self.connection.fetch(query, *args)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("sql", "relations"),
    [
        ("SELECT 1", set()),
        ("SELECT * FROM orders", {("shop", "orders")}),
        ("SELECT * FROM order_totals", {("shop", "order_totals"), ("shop", "orders"), ("shop", "customers")}),
        ("SELECT order_count(1)", {("shop", "orders")}),
        ("SELECT order_sum(1)", {("shop", "orders")}),
        ("WITH orders AS (SELECT 1) SELECT * FROM orders", set()),
        ("EXPLAIN SELECT * FROM events", {("shop", "events")}),
        ("SELECT * FROM nowhere", set()),
    ],
)
async def test_a_verdict_tells_the_relations_behind_views_and_functions(
    connection: asyncpg.Connection, sql: str, relations: set[tuple[str, str]]
) -> None:
    assert (await Guard().check(sql, connection)).relations == relations


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("allowed", "sql"),
    [
        (SHOP, "SELECT * FROM orders"),
        (SHOP, "SELECT * FROM order_totals"),
        (SHOP, "SELECT * FROM tenants"),
        (SHOP, "SELECT * FROM team"),
        (SHOP, "SELECT order_count(1), generate_series(1, 3), grade(4)"),
        (SHOP, "WITH salaries AS (SELECT 1) SELECT * FROM salaries"),
        (FEW, "SELECT * FROM orders o JOIN shop.customers c ON c.id = o.customer_id"),
        (FEW, "SELECT * FROM order_totals"),
        (FEW, "SELECT 'secret.salaries', current_setting('work_mem')"),
    ],
)
async def test_an_allow_list_lets_its_own_relations_pass(
    connection: asyncpg.Connection, allowed: AllowList, sql: str
) -> None:
    verdict = await Guard(relations=allowed).check(sql, connection)
    await connection.execute(verdict.sql)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("allowed", "sql"),
    [
        (SHOP, "SELECT * FROM secret.salaries"),
        (SHOP, "SELECT * FROM open_salaries"),
        (SHOP, "SELECT * FROM salaries()"),
        (SHOP, "SELECT (salaries()).amount"),
        (SHOP, "SELECT * FROM orders WHERE EXISTS (SELECT 1 FROM secret.salaries)"),
        (SHOP, "WITH salaries AS (SELECT 1) SELECT * FROM secret.salaries"),
        (SHOP, "SELECT id, evil.member(id) FROM team"),
        (SHOP, "SELECT * FROM pg_class"),
        (SHOP, "SELECT * FROM information_schema.tables"),
        (SHOP, "SELECT * FROM pg_stats"),
        (SHOP, "SELECT pg_get_viewdef('public.open_salaries'::regclass)"),
        (SHOP, "SELECT table_to_xml('secret.salaries', true, true, '')"),
        (SHOP, "EXPLAIN SELECT * FROM secret.salaries"),
        (FEW, "SELECT * FROM products"),
        (FEW, "SELECT * FROM daily"),
        (FEW, "TABLE shop.events_2024"),
    ],
)
async def test_an_allow_list_binds_views_functions_and_catalogs(
    connection: asyncpg.Connection, allowed: AllowList, sql: str
) -> None:
    with pytest.raises(Denied):
        await Guard(relations=allowed).check(sql, connection)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("allow", "sql"),
    [
        ("dyn", "SELECT evil.dyn('SELECT 1')"),
        ("evil.dyn", "SELECT evil.dyn('SELECT 1')"),
        ("pg_sleep", "SELECT pg_sleep(0)"),
        ("evil.compiled", "SELECT evil.compiled(1)"),
        ("public.file_fdw_handler", "SELECT * FROM evil.program"),
        ("evil.touch_one", "SELECT * FROM evil.view_of_touch"),
    ],
)
async def test_an_operator_allows_functions_by_name(connection: asyncpg.Connection, allow: str, sql: str) -> None:
    with pytest.raises(Denied):
        await Guard().check(sql, connection)
    await Guard([allow]).check(sql, connection)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            "SELECT pg_read_file('x')",
            "pg_read_file() is refused because it reads or lists files of the database server; "
            "ask for data that is stored in tables.",
        ),
        (
            "SELECT evil.dyn('x')",
            "Function evil.dyn is refused because it cannot be checked: it builds SQL while it runs (EXECUTE); "
            "an operator can allow it with --allow-function evil.dyn.",
        ),
        (
            "SELECT evil.nested('x')",
            "Function evil.nested is refused because it does more than read; "
            "an operator can allow it with --allow-function evil.nested.",
        ),
        (
            "SELECT * FROM evil.view_of_file",
            "View evil.view_of_file is refused because what it runs reads or lists files of the database server; "
            "leave it out, or ask an operator: the server's log names the function to allow with --allow-function.",
        ),
        (
            "SELECT * FROM evil.program",
            "Foreign table evil.program is refused because it reaches foreign data outside this database; "
            "leave it out, or ask an operator: the server's log names the function to allow with --allow-function.",
        ),
        (
            "SELECT * FROM pg_stat_activity",
            "View pg_stat_activity is refused because it shows what other sessions run; "
            "name the other columns one by one, without query and without *.",
        ),
        (
            "SHOW primary_conninfo",
            "SHOW primary_conninfo is refused because the value of this setting is secret; ask an operator.",
        ),
    ],
)
async def test_a_refusal_names_what_the_caller_wrote_and_what_to_do(
    connection: asyncpg.Connection, sql: str, message: str
) -> None:
    with pytest.raises(Denied) as raised:
        await Guard().check(sql, connection)
    assert raised.value.message == message


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("sql", "round_trips"),
    [
        ("SELECT 1", 0),
        ("VALUES (1, 'x'), ($1, NULL)", 0),
        ("SELECT lower('x'), count(n) FROM generate_series(1, 3) n WHERE n = 1 AND 'a' LIKE 'b'", 1),
        ("SELECT name, count(*) FROM people WHERE amount > 3 AND name LIKE 'A%' AND id = 1 GROUP BY name", 2),
        ("SELECT p.* FROM people p ORDER BY p.name", 2),
    ],
)
async def test_a_statement_costs_few_round_trips_when_warm(plain_dsn: str, sql: str, round_trips: int) -> None:
    connection = await asyncpg.connect(plain_dsn)
    counting = Counting(connection)
    guard = Guard()
    await guard.check(sql, counting)
    asked = counting.asked
    await guard.check(sql, counting)
    assert counting.asked - asked == round_trips
    await connection.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("sql", "hostile"),
    [
        (
            "SELECT upper('a', 5)",
            "CREATE FUNCTION upper(text, int) RETURNS int LANGUAGE plpgsql AS 'BEGIN EXECUTE $1; END'",
        ),
        (
            "SELECT 1 <-> 2",
            "CREATE FUNCTION far(int, int) RETURNS int LANGUAGE plpgsql AS 'BEGIN EXECUTE $1; END';"
            "CREATE OPERATOR <-> (LEFTARG = int, RIGHTARG = int, FUNCTION = far)",
        ),
        (
            "SELECT 5::point",
            "CREATE FUNCTION spot(int) RETURNS point LANGUAGE plpgsql AS 'BEGIN EXECUTE $1; END';"
            "CREATE CAST (int AS point) WITH FUNCTION spot(int)",
        ),
    ],
)
async def test_what_was_made_a_moment_ago_is_judged(plain_dsn: str, sql: str, hostile: str) -> None:
    connection = await asyncpg.connect(plain_dsn)
    guard = Guard()
    await guard.check(sql, connection)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(hostile)
    with pytest.raises(Denied):
        await guard.check(sql, connection)
    await transaction.rollback()
    await connection.close()


@pytest.mark.asyncio
async def test_a_changed_function_is_judged_anew(corpus_dsn: str) -> None:
    connection = await asyncpg.connect(corpus_dsn)
    guard = Guard()
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("CREATE FUNCTION shop.changing() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    await guard.check("SELECT shop.changing()", connection)
    await connection.execute(
        "CREATE OR REPLACE FUNCTION shop.changing() RETURNS int LANGUAGE sql AS 'SELECT length(pg_read_file(''x''))'"
    )
    with pytest.raises(Denied):
        await guard.check("SELECT shop.changing()", connection)
    await transaction.rollback()
    await connection.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT upper(5)",
        "SELECT lower('x')",
        "SELECT 1 + 1",
        "SELECT count(*) FROM orders WHERE id = 3",
        "SELECT 'x'::text",
        "SELECT relname FROM pg_class",
    ],
)
async def test_what_shadows_a_built_in_name_is_judged(corpus_dsn: str, sql: str) -> None:
    connection = await asyncpg.connect(corpus_dsn)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(
        """
        CREATE SCHEMA hostile;
        CREATE FUNCTION hostile.lower(text) RETURNS text LANGUAGE sql AS 'SELECT evil.touch_one($1)';
        CREATE FUNCTION hostile.plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT length(evil.touch_one(''x''))';
        CREATE FUNCTION hostile.same(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT evil.touch_one(''x'') IS NULL';
        CREATE OPERATOR hostile.+ (LEFTARG = int, RIGHTARG = int, FUNCTION = hostile.plus);
        CREATE OPERATOR hostile.= (LEFTARG = int, RIGHTARG = int, FUNCTION = hostile.same);
        CREATE DOMAIN hostile.text AS pg_catalog.text CHECK (evil.touch_one(VALUE) IS NULL);
        CREATE VIEW hostile.pg_class AS SELECT evil.touch_one('x') AS relname;
        SET LOCAL search_path = hostile, evil, shop, public, pg_catalog
        """
    )
    with pytest.raises(Denied):
        await Guard().check(sql, connection)
    await transaction.rollback()
    await connection.close()


@pytest.mark.asyncio
async def test_a_function_that_pg_catalog_shadows_is_never_reached(corpus_dsn: str) -> None:
    connection = await asyncpg.connect(corpus_dsn)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("CREATE FUNCTION public.now() RETURNS text LANGUAGE sql AS 'SELECT evil.touch()'")
    await Guard().check("SELECT now()", connection)
    with pytest.raises(Denied):
        await Guard().check("SELECT public.now()", connection)
    await transaction.rollback()
    await connection.close()


@pytest.mark.asyncio
async def test_backslashes_are_refused_where_strings_are_not_standard(connection: asyncpg.Connection) -> None:
    sql = r"SELECT '\' || ' || pg_read_file($$PG_VERSION$$) --'"
    await Guard().check(sql, connection)
    await connection.execute("SET LOCAL standard_conforming_strings = off")
    with pytest.raises(Denied):
        await Guard().check(sql, connection)


@pytest.mark.asyncio
async def test_any_call_of_any_function_is_judged_without_failing(connection: asyncpg.Connection) -> None:
    """Every function of the database, by name and number of arguments: passes or is refused, never anything else."""
    guard = Guard()
    rows = await connection.fetch(
        "SELECT DISTINCT proname, pronargs, pronamespace::regnamespace::text AS s FROM pg_proc"
    )
    passed = set()
    for row in rows:
        sql = f'SELECT {row["s"]}."{row["proname"]}"({", ".join(["NULL"] * row["pronargs"])})'
        try:
            await guard.check(sql, connection)
            passed.add(row["proname"])
        except Denied:
            pass
    assert {"upper", "sum", "similarity", "grade", "l2_distance"} <= passed
    harmful = ("lo_", "dblink", "pg_advisory", "pg_read", "binary_upgrade")
    assert {name for name in passed if name.startswith(harmful)} <= {"lo_oid", "lo_manage"}


@pytest.mark.asyncio
async def test_fuzzed_statements_pass_or_are_refused(connection: asyncpg.Connection) -> None:
    guard = Guard()
    parts = sorted(
        words("orders o evil.boxes b pg_stat_activity a query name id * ( ) , . :: = === || WITH SELECT FROM AS")
        | words("ROW ARRAY[ ] 'x' 1 $1 grade evil.touch_one upper CASE WHEN THEN END ORDER BY UNION price email")
    )
    texts: list[str] = []

    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(parts), min_size=1, max_size=12))
    def collect(words: list[str]) -> None:
        texts.append("SELECT " + " ".join(words))

    collect()
    for text in texts:
        with contextlib.suppress(ChassisError):
            await guard.check(text, connection)
