"""What an allow-list keeps unknown besides rows: names, sizes, comments and structure of other tables."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard import AllowList, Guard

SHOP = AllowList(schemas=["shop"])

TOLD = """
SELECT 'secret.salaries'::regclass
SELECT 'secret.nothing'::regclass
SELECT ' secret . "salaries" '::regclass
SELECT 'secret.salaries'::pg_catalog.regclass::oid
SELECT to_regclass('secret.salaries')
SELECT 16400::regclass
SELECT '16400'::regclass
SELECT '16400'::regtype
SELECT $1::regclass
SELECT regclass(16400::oid)
SELECT (16400::oid).regclass
SELECT s.o.regclass FROM (SELECT 16400::oid AS o) s
SELECT '{16400}'::regclass[]
SELECT i::oid::regclass::text FROM generate_series(16384, 40000) i
SELECT i::oid::regtype::text FROM generate_series(16384, 40000) i
SELECT CASE WHEN i < 0 THEN 'orders'::regclass ELSE i END FROM generate_series(16384, 40000) i
SELECT COALESCE('orders'::regclass, 16400)
SELECT ARRAY['orders'::regclass, 16400]
SELECT lag('orders'::regclass, 1, 16400) OVER ()
SELECT CASE WHEN false THEN pg_typeof(1) ELSE 16400 END
SELECT tableoid::regclass FROM events UNION ALL SELECT 16400
SELECT x FROM (SELECT tableoid::regclass AS x FROM events) s UNION ALL SELECT 16400
SELECT tableoid::regclass FROM generate_series(16384, 40000) AS tableoid
SELECT tableoid::regclass FROM (SELECT 16400 AS tableoid) s
SELECT tableoid::regclass FROM unnest(ARRAY[16400]) AS t (tableoid)
SELECT a FROM jsonb_to_recordset('[{"a": "secret.salaries"}]') AS x (a regclass)
SELECT pg_relation_size('secret.salaries')
SELECT pg_relation_size(16400)
SELECT pg_total_relation_size($1)
SELECT pg_relation_size(relation => 'secret.salaries')
SELECT x.pg_relation_size FROM generate_series(16384, 40000) x
SELECT obj_description('secret.salaries'::regclass)
SELECT obj_description(16400, 'pg_class')
SELECT col_description('secret.salaries'::regclass, 1)
SELECT has_table_privilege('secret.salaries', 'SELECT')
SELECT has_table_privilege('reader', 'secret.salaries', 'SELECT')
SELECT has_column_privilege('secret.salaries', 'amount', 'SELECT')
SELECT pg_stat_get_live_tuples('secret.salaries'::regclass)
SELECT row_security_active('secret.salaries')
SELECT pg_describe_object(1259, 16400, 0)
SELECT * FROM pg_identify_object(1259, 16400, 0)
SELECT * FROM pg_get_object_address('table', ARRAY['secret', 'salaries'], ARRAY[]::text[])
SELECT format_type(16400, NULL)
SELECT regclassout(16400)
SELECT pg_get_serial_sequence('secret.salaries', 'amount')
SELECT pg_get_function_arguments('evil.by_default'::regproc)
SELECT relid FROM pg_partition_tree('events')
SELECT pg_relation_filepath('secret.salaries')
SELECT * FROM pg_lock_status()
SELECT * FROM pg_get_publication_tables('x')
SELECT * FROM jsonb_populate_record(NULL::secret.salaries, '{}')
SELECT (NULL::secret.salaries).*
SELECT (unnest(NULL::secret._salaries)).*
SELECT (unnest(NULL::secret.salaries[])).*
SELECT * FROM jsonb_to_record('{}') AS x (a secret.salaries)
SELECT pg_input_is_valid('secret.salaries', 'regclass')
SELECT * FROM pg_input_error_info('(1)', 'secret.salaries')
SELECT * FROM secret.nothing
EXPLAIN SELECT * FROM team
SELECT * FROM staff
SELECT * FROM staff p JOIN orders o ON o.id = p.id
"""

ORDINARY = """
SELECT pg_size_pretty(pg_total_relation_size('shop.orders')), pg_relation_size('orders'::regclass)
SELECT obj_description('shop.orders'::regclass), col_description('orders'::regclass, 1)
SELECT obj_description('orders'::regclass, 'pg_class')
SELECT tableoid::regclass, count(*) FROM events GROUP BY tableoid::regclass ORDER BY tableoid::regclass
SELECT tableoid::regclass AS part, count(*) FROM events e WHERE e.tableoid = 'shop.events_2024'::regclass GROUP BY 1
SELECT s.part, s.n FROM (SELECT tableoid::regclass::text AS part, count(*) AS n FROM events GROUP BY 1) s
SELECT pg_relation_size(tableoid), count(*) FROM events GROUP BY 1
SELECT pg_typeof(id), pg_typeof(total)::text FROM orders LIMIT 1
SELECT format('%s', 'orders'::regclass), to_jsonb('orders'::regclass), 'shop.orders'::regclass
SELECT 'integer'::regtype, to_tsvector('english'::regconfig, 'some words')
SELECT has_table_privilege('orders', 'SELECT'), has_table_privilege('reader', 'shop.orders', 'SELECT')
SELECT pg_stat_get_live_tuples('orders'::regclass), pg_table_is_visible('orders'::regclass)
SELECT pg_database_size(current_database()), pg_has_role('pg_monitor', 'MEMBER'), current_setting('work_mem')
SELECT jsonb_populate_record(NULL::shop.orders, '{}')
SELECT (o).total, o FROM orders o LIMIT 1
SELECT array_agg(o) FROM (SELECT * FROM orders LIMIT 2) o
SELECT 'new'::shop.order_status, NULL::shop.order_status[]
SELECT * FROM ONLY staff
SELECT count(*) FROM events
SELECT rank() OVER (PARTITION BY tableoid::regclass ORDER BY id) FROM events LIMIT 1
EXPLAIN SELECT * FROM orders JOIN events USING (id)
SELECT * FROM team
SELECT count(*) FROM ONLY events
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest_asyncio.fixture
async def connection(corpus_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(corpus_dsn)
    transaction = connection.transaction(readonly=True)
    await transaction.start()
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.mark.asyncio
async def test_an_allow_list_keeps_other_tables_unknown(connection: asyncpg.Connection) -> None:
    guard = Guard(relations=SHOP)
    for sql in lines(TOLD):
        with pytest.raises(Denied, match=";"):
            await guard.check(sql, connection)


@pytest.mark.asyncio
@pytest.mark.parametrize("sql", lines(ORDINARY))
async def test_an_allow_list_lets_questions_about_its_own_tables_pass(connection: asyncpg.Connection, sql: str) -> None:
    verdict = await Guard(relations=SHOP).check(sql, connection)
    await connection.execute(verdict.sql)


@pytest.mark.asyncio
async def test_without_an_allow_list_names_and_sizes_are_told(connection: asyncpg.Connection) -> None:
    for sql in lines(TOLD):
        if "$1" not in sql and "pg_lock_status" not in sql:
            await Guard().check(sql, connection)


@pytest.mark.asyncio
async def test_a_verdict_tells_whether_the_plan_may_be_shown(connection: asyncpg.Connection) -> None:
    (await Guard(relations=SHOP).check("SELECT * FROM orders", connection)).require_open_plan()
    (await Guard().check("SELECT * FROM team", connection)).require_open_plan()
    hidden = await Guard(relations=SHOP).check("SELECT * FROM team", connection)
    with pytest.raises(Denied, match="EXPLAIN"):
        hidden.require_open_plan()


@pytest.mark.asyncio
async def test_functions_and_domains_do_not_look_up_for_others(corpus_dsn: str) -> None:
    connection = await asyncpg.connect(corpus_dsn)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(
        """
        CREATE DOMAIN shop.relation AS regclass;
        CREATE FUNCTION shop.size_of(text) RETURNS bigint LANGUAGE sql AS 'SELECT pg_relation_size($1::regclass)';
        CREATE FUNCTION shop.name_of(oid) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN $1::regclass; END';
        CREATE FUNCTION shop.own_size() RETURNS bigint LANGUAGE sql AS $$ SELECT pg_relation_size('shop.orders') $$;
        CREATE OPERATOR shop.#? (RIGHTARG = regclass, FUNCTION = pg_relation_size);
        """
    )
    for sql in (
        "SELECT shop.size_of('secret.salaries')",
        "SELECT shop.name_of(16400)",
        "SELECT #? 'secret.salaries'",
        "SELECT 16400::oid::shop.relation",
    ):
        with pytest.raises(Denied):
            await Guard(relations=SHOP).check(sql, connection)
        await Guard().check(sql, connection)
    await Guard(relations=SHOP).check("SELECT shop.own_size()", connection)
    await transaction.rollback()
    await connection.close()
