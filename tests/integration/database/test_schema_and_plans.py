from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mcp_chassis.errors import Conflict, Denied, InvalidArguments
from mcp_chassis.postgres.pool import Database
from pydantic_core import to_json

pytestmark = pytest.mark.asyncio


async def test_a_list_of_names_costs_little(own_desk: Any, admin: Any) -> None:
    await admin.execute(
        "DO $$ BEGIN FOR n IN 1..500 LOOP EXECUTE format('CREATE TABLE many_%s (id int, a_column text)', n);"
        " END LOOP; END $$"
    )
    answer = await own_desk("get_schema")
    assert answer["total"] == 506
    assert len(answer["tables"]) == 500
    assert "columns" not in answer["tables"][0]
    assert len(to_json(answer)) < 100 * 506
    rest = await own_desk("get_schema", cursor=answer["next_cursor"])
    names = [table["name"] for table in answer["tables"] + rest["tables"]]
    assert len(names) == len(set(names)) == 506
    assert "next_cursor" not in rest
    await admin.execute("DROP TABLE many_500")
    with pytest.raises(Conflict):
        await own_desk("get_schema", cursor=answer["next_cursor"])


async def test_search_looks_at_names_and_comments(desk: Any) -> None:
    async def names(search: str) -> list[str]:
        return [table["name"] for table in (await desk("get_schema", search=search))["tables"]]

    assert await names("ORDER") == ["big_orders", "orders"]
    assert await names("bought") == ["customers"]
    assert await names("birthday people") == ["customers"]
    assert await names("100%_") == []
    assert (await desk("get_schema", search="birthday"))["tables"][0]["matching_columns"] == ["born"]


async def test_full_detail_has_keys_both_ways(desk: Any) -> None:
    orders = (await desk("get_schema", table_name="orders"))["tables"][0]
    assert orders["primary_key"] == ["id"]
    assert orders["foreign_keys"] == [
        {"columns": ["customer_id"], "references": "public.customers", "referenced_columns": ["id"]}
    ]
    assert {"name": "orders_customer", "columns": ["customer_id"], "where": "(status <> 'paid'::status)"} in orders[
        "indexes"
    ]
    status = next(column for column in orders["columns"] if column["name"] == "status")
    assert status == {
        "name": "status", "type": "status", "nullable": False, "default": "'open'::status",
        "enum": ["open", "paid", "sent"],
    }  # fmt: skip
    assert orders["row_estimate"] == 500
    assert orders["sample"]["status"] == ["open"]
    assert len(orders["sample"]["at"]) == 3
    customers = (await desk("get_schema", table_name="public.customers"))["tables"][0]
    assert customers["description"] == "People who bought something"
    assert customers["referenced_by"] == [
        {"table": "public.orders", "columns": ["customer_id"], "referenced_columns": ["id"]}
    ]


async def test_detail_grows_step_by_step(desk: Any) -> None:
    names, columns, full = [
        (await desk("get_schema", detail=detail))["tables"] for detail in ("names", "columns", "full")
    ]
    assert [table["name"] for table in names] == [table["name"] for table in columns] == [t["name"] for t in full]
    assert "columns" in columns[0]
    assert "indexes" not in columns[1]
    assert any("indexes" in table for table in full)


async def test_samples_are_short_and_never_of_views(own_desk: Any, admin: Any) -> None:
    await admin.execute("CREATE TABLE wide (t text); INSERT INTO wide VALUES (repeat('x', 100000))")
    assert len((await own_desk("get_schema", table_name="wide"))["tables"][0]["sample"]["t"][0]) == 80
    assert "sample" not in (await own_desk("get_schema", table_name="big_orders"))["tables"][0]


async def test_row_policies_hold_for_samples(start_own: Callable[..., Any], admin: Any) -> None:
    await admin.execute(
        "CREATE TABLE secretive AS SELECT 'secret' AS s; ALTER TABLE secretive ENABLE ROW LEVEL SECURITY;"
        "CREATE ROLE onlooker LOGIN IN ROLE pg_read_all_data"
    )
    try:
        async with start_own("onlooker") as desk:
            assert "sample" not in (await desk("get_schema", table_name="secretive"))["tables"][0]
    finally:
        await admin.execute("DROP ROLE onlooker")


@pytest.mark.parametrize("name", ["", " "])
async def test_a_table_must_be_named(desk: Any, name: str) -> None:
    for call in (desk("query_database", table=name), desk("get_schema", table_name=name)):
        with pytest.raises(InvalidArguments, match="Name a table"):
            await call


async def test_resources_tell_the_schema(desk: Any) -> None:
    summary = await desk("database_schema")
    assert (summary["table_count"], summary["relationship_count"]) == (6, 1)
    orders = next(table for table in summary["tables"] if table["name"] == "orders")
    assert orders["row_count"] == 500
    assert orders["columns"][0] == "id bigint"
    assert (await desk("table_schema", schema="public", table="orders"))["primary_key"] == ["id"]


async def test_tables_are_completed(desk: Any) -> None:
    assert await desk("complete_table", argument="schema", value="p", resolved={}) == ["private", "public"]
    typed = await desk("complete_table", argument="table", value="Or", resolved={"schema": "public"})
    assert typed == ["orders", "big_orders"]
    assert await desk("complete_table", argument="table", value="", resolved={"schema": "private"}) == ["salaries"]


async def test_a_plan_in_plain_words(own_desk: Any, admin: Any) -> None:
    await admin.execute("CREATE TABLE large AS SELECT n, n % 1000 AS k FROM generate_series(1, 50000) n; ANALYZE large")
    planned = await own_desk("explain_query", query="SELECT * FROM large WHERE k = $1", parameters=[5])
    assert planned["summary"].startswith("It was not run; ")
    assert "large is read whole (about 50,000 rows)" in planned["warnings"][0]
    ran = await own_desk("explain_query", query="SELECT * FROM large WHERE k = $1", parameters=[5], analyze=True)
    assert "and gave 50 rows" in ran["summary"]
    assert ran["plan"]["Rows Removed by Filter"] == 49950
    unknown = await own_desk("explain_query", query="SELECT * FROM large WHERE k = $1 AND n = ANY ($2) LIMIT $3")
    assert "not known" in unknown["warnings"][0]
    assert "InitPlan" not in to_json(unknown["plan"]).decode()
    assert isinstance(unknown["total_cost"], float)


@pytest.mark.parametrize(
    ("query", "analyze", "error"),
    [
        ("EXPLAIN SELECT 1", False, InvalidArguments),
        ("SHOW work_mem", False, InvalidArguments),
        ("SELECT $1::int", True, InvalidArguments),
        ("SELECT nothing FROM customers", False, InvalidArguments),
        ("DELETE FROM customers", True, Denied),
        ("SELECT pg_read_file('x')", True, Denied),
        ("SELECT pg_sleep(1)", True, Denied),
    ],
)
async def test_only_what_execute_query_takes_is_explained(desk: Any, query: str, analyze: bool, error: Any) -> None:
    with pytest.raises(error):
        await desk("explain_query", query=query, analyze=analyze)


HOSTILE = """
DO $$
DECLARE kind text; operator text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['text', 'name', '"char"', 'oid', 'int2', 'int4', 'int8', 'float4'] LOOP
        EXECUTE format('CREATE FUNCTION public.trap(%1$s, %1$s) RETURNS bool LANGUAGE plpgsql STABLE'
                       ' AS $f$ BEGIN RAISE EXCEPTION $m$trapped$m$; END $f$', kind);
        FOREACH operator IN ARRAY ARRAY['=', '<>', '<', '>', '<=', '>=', '~~', '!~~', '||', '+', '|'] LOOP
            EXECUTE format('CREATE OPERATOR public.%1$s (LEFTARG = %2$s, RIGHTARG = %2$s, FUNCTION = public.trap)',
                           operator, kind);
        END LOOP;
    END LOOP;
END $$;
CREATE FUNCTION public.octet_length(text) RETURNS int LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION 'trapped'; END $f$;
CREATE DOMAIN public.text AS pg_catalog.text CHECK (public.octet_length(value::pg_catalog.text) > 0);
"""


async def test_operators_of_strangers_take_no_place_of_postgresqls(own_desk: Any, admin: Any) -> None:
    await admin.execute(HOSTILE)
    name = await admin.fetchval("SELECT current_database()")
    await admin.execute(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    async with Database.open(own_desk.dsn) as fresh:
        assert (await fresh.posture()).powers
    async with own_desk.reopened() as desk:
        assert (await desk("get_schema", search="order"))["total"] == 2
        assert (await desk("get_schema", table_name="orders"))["tables"][0]["primary_key"] == ["id"]
        assert (await desk("database_schema"))["relationship_count"] == 1
        assert (await desk("execute_query", query="SELECT 'x'::pg_catalog.text, ARRAY[1]"))["rows"] == [["x", [1]]]
        assert (await desk("query_database", table="customers", limit=1))["row_count"] == 1
