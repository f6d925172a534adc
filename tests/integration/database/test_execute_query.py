from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil
import pytest
from mcp_chassis.errors import ChassisError, Conflict, DeadlineExceeded, Denied, InvalidArguments, NotFound

pytestmark = pytest.mark.asyncio


async def test_rows_come_with_their_columns(desk: Any) -> None:
    answer = await desk(
        "execute_query",
        query="SELECT id, name, score, born AS born FROM customers WHERE id = ANY ($1) ORDER BY id",
        parameters=[[1, 7]],
    )
    assert answer.pop("elapsed_ms") >= 0
    assert answer == {
        "columns": [
            {"name": "id", "type": "integer"}, {"name": "name", "type": "text"},
            {"name": "score", "type": "numeric"}, {"name": "born", "type": "date"},
        ],
        "rows": [[1, "name 1", "1.00", "1990-01-02"], [7, None, "7.00", "1990-01-08"]],
        "row_count": 2,
        "truncated": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "VALUES (1, 'delete'), (2, 'drop table')",
        "TABLE heap",
        "(SELECT 1) UNION ALL (SELECT 2) -- update",
        "WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY score) FROM customers",
        "SELECT name, rank() OVER (PARTITION BY name ORDER BY score DESC) FROM customers;",
        "SELECT profile ->> 'n', tags[1] FROM customers WHERE profile @> '{\"n\": 3}'",
        "EXPLAIN (ANALYZE, COSTS OFF) SELECT count(*) FROM orders",
        "SHOW server_version",
        "SELECT FROM customers",
        "SELECT * FROM information_schema.tables",
        "SELECT 'a' AS x, 1 AS x, NULL",
        "/* hello */ SELECT peek()",
    ],
)
async def test_ordinary_work_runs(desk: Any, query: str) -> None:
    assert (await desk("execute_query", query=query))["row_count"] > 0


async def test_a_superuser_sees_the_constraints_of_information_schema(desk: Any) -> None:
    query = "SELECT count(*) FROM information_schema.table_constraints WHERE constraint_type = 'FOREIGN KEY'"
    assert (await desk("execute_query", query=query))["rows"] == [[1]]


async def test_a_billion_rows_answer_within_the_limits(desk: Any) -> None:
    for query in (
        "SELECT * FROM generate_series(1, 1000000000)",
        "SELECT generate_series(1, 1000000000) AS n",
        "SELECT a.n FROM generate_series(1, 100000) a(n), generate_series(1, 100000) b",
    ):
        answer = await desk("execute_query", query=query, limit=500)
        assert (answer["row_count"], answer["truncated_by"]) == (500, "rows")
        assert answer["rows"][499] in ([500], [1])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT c.id, g.n FROM customers c CROSS JOIN LATERAL generate_series(1, 2000000) AS g(n)",
        "SELECT c.id, g FROM customers c, LATERAL generate_series(1, 2000000) g",
        "SELECT 1, g FROM generate_series(1, 2000000) /* many */ AS g",
        "SELECT n, o FROM generate_series(1, 2000000) WITH ORDINALITY AS g(n, o)",
        "SELECT pg_typeof(g)::text, g FROM generate_series(1::bigint, 2000000) AS g(n)",
    ],
)
async def test_long_series_are_taken_however_they_are_written(desk: Any, query: str) -> None:
    answer = await desk("execute_query", query=query, limit=3)
    assert (answer["row_count"], answer["truncated_by"]) == (3, "rows")
    assert all(isinstance(row[1], int) for row in answer["rows"])


async def test_a_huge_value_is_cut_where_it_is(desk: Any) -> None:
    await desk("execute_query", query="SELECT 1")
    before = psutil.Process().memory_info().rss
    answer = await desk("execute_query", query="SELECT 1, repeat('x', 300000000), to_jsonb(repeat('x', 50000000))")
    assert answer["truncated_values"] == [[0, 1], [0, 2]]
    assert answer["truncated_by"] == "values"
    assert (len(answer["rows"][0][1]), answer["rows"][0][2]) == (65536, None)
    assert psutil.Process().memory_info().rss - before < 30 * 2**20


async def test_pages_run_again_and_skip(desk: Any) -> None:
    query = "SELECT id FROM orders ORDER BY id"
    rows: list[int] = []
    cursor = None
    while True:
        answer = await desk("execute_query", query=query, limit=150, cursor=cursor)
        rows += [row[0] for row in answer["rows"]]
        assert answer["consistent"] is False
        cursor = answer.get("next_cursor")
        if cursor is None:
            break
    assert rows == list(range(1, 501))
    assert "consistent" not in await desk("execute_query", query=query)


async def test_a_cursor_is_bound_to_query_parameters_and_shape(own_desk: Any, admin: Any) -> None:
    query = "SELECT * FROM orders WHERE id > $1 ORDER BY id"
    cursor = (await own_desk("execute_query", query=query, parameters=[3], limit=5))["next_cursor"]
    with pytest.raises(InvalidArguments, match="other arguments"):
        await own_desk("execute_query", query=query, parameters=[4], cursor=cursor)
    with pytest.raises(InvalidArguments):
        await own_desk.as_principal("eve")("execute_query", query=query, parameters=[3], cursor=cursor)
    await admin.execute("ALTER TABLE orders ADD COLUMN note text")
    with pytest.raises(Conflict):
        await own_desk("execute_query", query=query, parameters=[3], cursor=cursor)


@pytest.mark.parametrize(
    ("query", "parameters", "error", "message"),
    [
        (
            "SELECT * FROM customers JOIN heap USING (score)",
            [],
            InvalidArguments,
            'Column "score" specified in USING clause does not exist in right table; public.customers has a column of '
            "that name.",
        ),
        (
            "SELECT o.score FROM orders o, customers",
            [],
            InvalidArguments,
            'Column o.score does not exist at line 1, column 8, near "o.score"; public.customers has a column of',
        ),
        (
            "SELECT to_tsvector(99999::regconfig, 'x')",
            [],
            InvalidArguments,
            "PostgreSQL cannot do what this query asks",
        ),
        ("SELECT pg_tablespace_location(1)", [], InvalidArguments, "PostgreSQL misses a file that this query needs"),
        ("SELECT lastval()", [], InvalidArguments, "Lastval is not yet defined in this session."),
        (
            "SELECT ('b' || id || ' a b')::regtype IS NULL FROM customers",
            [],
            InvalidArguments,
            'Syntax error at or near "a".',
        ),
        (
            "SELECT * FROM custmers",
            [],
            NotFound,
            'Relation "custmers" does not exist at line 1, column 15, near "custm',
        ),
        ("SELECT nme FROM customers", [], InvalidArguments, 'Column "nme" does not exist at line 1, column 8'),
        (
            "/* why */ SELECT\n c.nme FROM customers c",
            [],
            InvalidArguments,
            "Column c.nme does not exist at line 2, column 2",
        ),
        ("SELECT $1::date", ["yesterdayish"], InvalidArguments, "Parameter $1 (date) does not fit: invalid input"),
        ("SELECT $1::int", [], InvalidArguments, "The query takes 1 parameter(s) ($1 integer), but 0 were given."),
        ("SELECT 1 / (id - id) FROM orders", [], InvalidArguments, "Division by zero."),
        ("SELECT 1; SELECT 2", [], InvalidArguments, "The query holds 2 statements"),
        ("", [], InvalidArguments, "The query is empty"),
        ("DROP TABLE customers", [], Denied, "DROP is refused"),
        ("DELETE FROM customers RETURNING *", [], Denied, "DELETE is refused"),
        ("SELECT pg_read_file('/etc/passwd')", [], Denied, ""),
        ("SELECT * FROM customers FOR UPDATE", [], Denied, ""),
    ],
)
async def test_refusals_say_what_to_do(
    desk: Any, query: str, parameters: list[Any], error: type[ChassisError], message: str
) -> None:
    with pytest.raises(error) as refused:
        await desk("execute_query", query=query, parameters=parameters)
    assert refused.value.message.startswith(message)


async def test_a_triggers_function_is_not_called(own_desk: Any, admin: Any) -> None:
    await admin.execute("CREATE EXTENSION lo")
    with pytest.raises(InvalidArguments, match="runs only as a trigger"):
        await own_desk("execute_query", query="SELECT lo_manage()")


@pytest.mark.parametrize("options", ["", ", FORMAT json", ", FORMAT yaml"])
async def test_a_generic_plan_needs_no_values(desk: Any, options: str) -> None:
    if (await desk("execute_query", query="SELECT current_setting('server_version_num')::int < 160000"))["rows"][0][0]:
        pytest.skip("GENERIC_PLAN came with PostgreSQL 16")
    query = f"EXPLAIN (GENERIC_PLAN{options}) SELECT * FROM customers WHERE id = $1 AND name <> E'\n'"
    answer = await desk("execute_query", query=query)
    assert answer["columns"] == [{"name": "QUERY PLAN", "type": "json" if "json" in options else "text"}]
    assert "(id = $1)" in str(answer["rows"])
    with pytest.raises(InvalidArguments, match=r"takes 1 parameter"):
        await desk("execute_query", query=query.replace("GENERIC_PLAN", "GENERIC_PLAN off"))


async def test_the_nearest_names_are_named(desk: Any) -> None:
    with pytest.raises(NotFound, match="did you mean customers"):
        await desk("execute_query", query="SELECT * FROM custmers")
    with pytest.raises(NotFound, match=r"did you mean private\.salaries"):
        await desk("execute_query", query="SELECT * FROM private.salary")
    with pytest.raises(InvalidArguments) as refused:
        await desk("execute_query", query="SELECT scroe FROM customers")
    assert "score" in refused.value.text("id")


async def test_limits_are_those_of_the_server(start: Callable[..., Any]) -> None:
    async with start(max_rows="20", statement_timeout="300ms") as desk:
        assert (await desk("execute_query", query="SELECT * FROM orders"))["row_count"] == 20
        with pytest.raises(InvalidArguments, match="limit may be 20 at most"):
            await desk("execute_query", query="SELECT * FROM orders", limit=21)
        with pytest.raises(DeadlineExceeded):
            await desk(
                "execute_query", query="SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b"
            )


async def test_allow_lists_bind_every_tool(start: Callable[..., Any]) -> None:
    async with start(tables="customers", schemas="elsewhere") as desk:
        assert (await desk("execute_query", query="SELECT count(*) FROM customers"))["rows"] == [[120]]
        for query in (
            "SELECT * FROM orders", "SELECT * FROM open_salaries", "SELECT peek()", "SELECT 1 FROM private.salaries",
            "SELECT (SELECT max(salary) FROM private.salaries) FROM customers", "TABLE big_orders",
        ):  # fmt: skip
            with pytest.raises(Denied):
                await desk("execute_query", query=query)
            with pytest.raises(Denied):
                await desk("explain_query", query=query)
        with pytest.raises(NotFound) as refused:
            await desk("execute_query", query="SELECT * FROM order_lines")
        assert "orders" not in refused.value.message
        assert [table["name"] for table in (await desk("get_schema"))["tables"]] == ["customers"]
        full = await desk("get_schema", table_name="customers")
        assert "referenced_by" not in full["tables"][0]
        assert (await desk("get_schema", search="salar"))["total"] == 0
        assert (await desk("database_schema"))["table_count"] == 1
        for hidden in ("orders", "open_salaries"):
            with pytest.raises(NotFound):
                await desk("get_schema", table_name=hidden)
            with pytest.raises(NotFound):
                await desk("table_schema", schema="public", table=hidden)
