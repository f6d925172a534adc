from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from mcp_chassis.errors import Conflict, Denied, InvalidArguments, NotFound

pytestmark = pytest.mark.asyncio


async def pages(desk: Any, limit: int, **arguments: Any) -> list[list[Any]]:
    """All rows, page by page."""
    rows: list[list[Any]] = []
    cursor = None
    while True:
        answer = await desk("query_database", limit=limit, cursor=cursor, **arguments)
        rows += answer["rows"]
        assert answer["row_count"] == len(answer["rows"]) <= limit
        cursor = answer.get("next_cursor")
        if cursor is None:
            assert not answer["truncated"]
            return rows


ORDERS = [
    list(order)
    for order in product(("name", "-name"), ("score", "-score"), ("born", "-born"))
] + [[], ["id"], ["-id"], ["-name"], ["score"], ["-born", "-id"]]  # fmt: skip


async def test_pages_by_key_are_one_big_query(own_desk: Any, admin: Any) -> None:
    for order in ORDERS:
        sql = ", ".join(f"{name.removeprefix('-')}{' DESC' * name.startswith('-')}" for name in [*order, "id"])
        wanted = [row[0] for row in await admin.fetch(f"SELECT id FROM customers ORDER BY {sql}")]
        found = await pages(own_desk, 7, table="customers", columns=["id"], order_by=order)
        assert (order, [row[0] for row in found]) == (order, wanted)


async def test_pages_hide_the_columns_they_only_order_by(desk: Any) -> None:
    answer = await desk("query_database", table="customers", columns=["name"], order_by=["-born"], limit=3)
    assert [column["name"] for column in answer["columns"]] == ["name"]
    assert all(len(row) == 1 for row in answer["rows"])
    assert "consistent" not in answer


async def test_filters_count_in_every_page(own_desk: Any, admin: Any) -> None:
    filters = {"score": {"gte": 3, "lt": "8.5"}, "name": {"ilike": "NAME 1%"}, "id": {"in": list(range(90))}}
    wanted = await admin.fetch(
        "SELECT id FROM customers WHERE score >= 3 AND score < 8.5 AND name ILIKE 'name 1%' AND id < 90"
        " ORDER BY score, id"
    )
    found = await pages(own_desk, 4, table="customers", columns=["id"], filters=filters, order_by=["score"])
    assert [row[0] for row in found] == [row[0] for row in wanted]
    assert len(found) > 4


async def test_rows_without_a_key_are_counted_and_say_so(desk: Any) -> None:
    for table in ("heap", "big_orders"):
        answer = await desk("query_database", table=table, limit=3)
        assert answer["consistent"] is False
    assert len(await pages(desk, 4, table="heap", order_by=["a"])) == 30
    answer = await desk("query_database", table="customers", order_by=["profile"], limit=3)
    assert answer["consistent"] is False
    assert len(await pages(desk, 50, table="customers", order_by=["profile"])) == 120


async def test_an_ordering_value_that_is_too_long_is_counted_past(own_desk: Any, admin: Any) -> None:
    await admin.execute("CREATE TABLE long (id int PRIMARY KEY, t text)")
    await admin.execute(
        "INSERT INTO long SELECT n, repeat(chr(96 + n % 9), 3000 * (n % 4)) FROM generate_series(1, 40) AS n"
    )
    wanted = [row[0] for row in await admin.fetch("SELECT id FROM long ORDER BY t, id")]
    found = await pages(own_desk, 3, table="long", columns=["id"], order_by=["t"])
    assert [row[0] for row in found] == wanted


async def test_every_operator_answers(desk: Any) -> None:
    for operator, value in {
        "eq": "1990-01-05", "ne": "1990-01-05", "lt": "1990-01-05", "lte": "1990-01-05", "gt": "1990-01-05",
        "gte": "1990-01-05", "in": ["1990-01-05", None], "is_null": True, "between": ["1990-01-02", "1990-01-05"],
    }.items():  # fmt: skip
        answer = await desk("query_database", table="customers", filters={"born": {operator: value}}, limit=500)
        assert 0 < answer["row_count"] < 120, operator
    for column, value in {"tags": {"eq": ["t1"]}, "profile": {"eq": {"n": 5}}, "id": "5"}.items():
        assert (await desk("query_database", table="customers", filters={column: value}))["row_count"] > 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"table": "custmers"}, "There is no table custmers that may be read; did you mean customers?"),
        ({"table": "public.custmers"}, "There is no table public.custmers that may be read; did you mean public.cust"),
        ({"table": "pg_catalog.pg_authid"}, "There is no table pg_catalog.pg_authid that may be read; get_schema"),
        ({"table": "customers", "columns": ["nam"]}, "public.customers has no column nam; did you mean name?"),
        ({"table": "customers", "order_by": ["-idd"]}, "public.customers has no column idd; did you mean id?"),
        ({"table": "customers", "order_by": ["id", "-id"]}, "order_by names a column twice."),
        ({"table": "customers", "filters": {"id": "x"}}, "filters.id.eq (integer) does not fit: give a whole number."),
        ({"table": "customers", "filters": {"born": "x"}}, "filters.born.eq (date) does not fit: invalid input syntax"),
        ({"table": "orders", "filters": {"status": "gone"}}, "filters.status.eq (status) does not fit: invalid input"),
    ],
)
async def test_mistakes_name_what_is_near(desk: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises((InvalidArguments, NotFound)) as refused:
        await desk("query_database", **arguments)
    assert refused.value.message.startswith(message)


async def test_a_cursor_is_its_principals_and_its_requests(desk: Any) -> None:
    cursor = (await desk("query_database", table="customers", limit=5))["next_cursor"]
    for caller, arguments in (
        (desk.as_principal("eve"), {"table": "customers"}),
        (desk, {"table": "orders"}),
        (desk, {"table": "customers", "filters": {"id": 1}}),
    ):
        with pytest.raises(InvalidArguments):
            await caller("query_database", cursor=cursor, **arguments)
    with pytest.raises(InvalidArguments):
        await desk("execute_query", query="SELECT 1", cursor=cursor)
    assert (await desk("query_database", table="customers", limit=9, cursor=cursor))["rows"][0][0] == 6


async def test_a_changed_table_is_a_conflict(own_desk: Any, admin: Any) -> None:
    cursor = (await own_desk("query_database", table="customers", limit=5))["next_cursor"]
    await admin.execute("ALTER TABLE customers ADD COLUMN extra int")
    with pytest.raises(Conflict, match="call again without the cursor"):
        await own_desk("query_database", table="customers", limit=5, cursor=cursor)


async def test_allow_lists_bind(start: Callable[..., Any]) -> None:
    async with start(tables="customers,open_salaries,big_orders") as desk:
        assert (await desk("query_database", table="customers"))["row_count"] == 50
        for hidden in ("orders", "public.orders", "private.salaries"):
            with pytest.raises(NotFound):
                await desk("query_database", table=hidden)
        for smuggler in ("open_salaries", "big_orders"):
            with pytest.raises(Denied):
                await desk("query_database", table=smuggler)


async def test_a_jsonb_column_is_compared_with_an_object(desk: Any) -> None:
    stored = (await desk("query_database", table="customers", columns=["id", "profile"], limit=1))["rows"][0]
    found = await desk("query_database", table="customers", columns=["id"], filters={"profile": {"eq": stored[1]}})
    assert [stored[0]] in found["rows"]
    with pytest.raises(InvalidArguments, match=r"write {eq: \{\.\.\.\}}"):
        await desk("query_database", table="customers", filters={"profile": stored[1]})
