"""A login that could write gets the rows that psql would give it, under the reader's role wherever that is the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from mcp_chassis.errors import Denied

pytestmark = pytest.mark.asyncio

READER = "pg_read_all_data"
ROLE = "SELECT current_setting('role')"
GUARDED = """
CREATE TABLE notes (id int PRIMARY KEY, note text);
INSERT INTO notes VALUES (1, 'a'), (2, 'b');
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY few ON notes TO pg_monitor USING (id = 1);
CREATE VIEW all_notes AS SELECT * FROM notes;
CREATE FUNCTION note_count() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM notes';
"""
CLOSED = """
CREATE FUNCTION closed(a int) RETURNS int LANGUAGE sql STABLE AS 'SELECT a + 1';
REVOKE EXECUTE ON FUNCTION closed FROM PUBLIC;
CREATE VIEW behind AS SELECT closed(a) AS b FROM heap;
CREATE FUNCTION smuggle() RETURNS text LANGUAGE plpgsql AS
$$BEGIN EXECUTE 'SELECT closed(1)'; RETURN pg_read_file('PG_VERSION'); END$$;
"""


async def one(desk: Any, query: str, *parameters: Any) -> Any:
    answer = await desk("execute_query", query=query, parameters=list(parameters))
    return answer["rows"][0][0]


@pytest.mark.parametrize("query", [ROLE, f"{ROLE} FROM customers", f"{ROLE} FROM big_orders", f"{ROLE}, peek()"])
async def test_an_ordinary_query_runs_under_the_readers_role(desk: Any, query: str) -> None:
    assert await one(desk, query) == READER


async def test_row_security_binds_the_login_and_not_the_reader(own_desk: Any, admin: Any) -> None:
    await admin.execute(GUARDED)
    assert await one(own_desk, "SELECT count(*) FROM notes") == 2
    assert await one(own_desk, "SELECT count(*) FROM all_notes") == 2
    assert await one(own_desk, "SELECT note_count()") == 2
    assert (await own_desk("query_database", table="notes"))["row_count"] == 2
    assert (await own_desk("query_database", table="all_notes"))["row_count"] == 2
    explained = await own_desk("explain_query", query="SELECT * FROM notes", analyze=True)
    assert explained["plan"]["Actual Rows"] == 2
    described = await own_desk("get_schema", table_name="notes")
    assert described["tables"][0]["sample"] == {"id": [1, 2], "note": ["a", "b"]}


async def test_a_login_that_could_write_is_bound_by_its_own_policies(start_own: Callable[..., Any], admin: Any) -> None:
    await admin.execute(
        f"{GUARDED}; CREATE ROLE scribe LOGIN IN ROLE pg_read_all_data, pg_write_all_data;"
        "CREATE POLICY own ON notes TO scribe USING (id = 2)"
    )
    try:
        async with start_own("scribe") as desk:
            assert await one(desk, "SELECT note FROM notes") == "b"
            assert (await desk("query_database", table="notes"))["rows"] == [[2, "b"]]
            assert await one(desk, f"{ROLE} FROM customers") == READER
    finally:
        await admin.execute("DROP TABLE notes CASCADE; DROP OWNED BY scribe; DROP ROLE scribe")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type IS NULL OR backend_start IS NULL",
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE state IS NOT NULL AND pid <> pg_backend_pid()",
        "SELECT count(*) FROM pg_settings",
        "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()",
        "SELECT count(*) FROM information_schema.table_constraints",
        "SELECT count(*) FROM pg_stats WHERE tablename IN ('notes', 'customers')",
        "SHOW shared_preload_libraries",
        "SELECT current_setting('shared_preload_libraries')",
        "SELECT current_user",
        "SELECT has_table_privilege('customers', 'INSERT')",
        "SELECT pg_has_role('pg_monitor', 'MEMBER')",
        "SELECT count(*) > 0 FROM pg_stat_get_backend_idset() AS b"
        " WHERE pg_stat_get_backend_pid(b) <> pg_backend_pid() AND pg_stat_get_backend_activity_start(b) IS NOT NULL",
    ],
)
async def test_statistics_and_settings_are_those_of_the_login(own_desk: Any, admin: Any, query: str) -> None:
    await admin.execute(f"{GUARDED}; ANALYZE notes")
    assert await one(own_desk, query) == await admin.fetchval(query)


async def test_what_only_the_login_may_call_is_called(own_desk: Any, admin: Any) -> None:
    await admin.execute(CLOSED)
    assert await one(own_desk, "SELECT closed($1)", 1) == 2
    assert await one(own_desk, "SELECT sum(b) FROM behind") == 30 * 31 // 2 + 30
    assert (await own_desk("query_database", table="behind", limit=1))["rows"] == [[2]]
    explained = await own_desk("explain_query", query="SELECT closed(a) FROM heap", analyze=True)
    assert explained["plan"]["Actual Rows"] == 30
    assert "EXPLAIN" not in str(await own_desk("execute_query", query="EXPLAIN ANALYZE SELECT closed(a) FROM heap"))


async def test_extensions_for_monitoring_answer(own_desk: Any, admin: Any) -> None:
    known = {row["name"] for row in await admin.fetch("SELECT name FROM pg_available_extensions")}
    for extension, query in {
        "pgstattuple": "SELECT tuple_count FROM pgstattuple('heap')",
        "pg_freespacemap": "SELECT count(*) FROM pg_freespace('heap')",
        "pg_visibility": "SELECT all_visible FROM pg_visibility_map_summary('heap')",
        "pg_buffercache": "SELECT count(*) > 0 FROM pg_buffercache",
    }.items():
        if extension in known:
            await admin.execute(f"CREATE EXTENSION {extension}")
            assert await one(own_desk, query) == await admin.fetchval(query)


async def test_what_was_slipped_past_the_guard_still_meets_the_reader(
    start_own: Callable[..., Any], admin: Any
) -> None:
    await admin.execute(f"{CLOSED}; GRANT EXECUTE ON FUNCTION closed TO PUBLIC")
    async with start_own(allow_function="smuggle") as desk:
        with pytest.raises(Denied, match="may not use"):
            await one(desk, "SELECT smuggle()")


async def test_a_reader_of_its_own_is_left_as_it_is(start_own: Callable[..., Any], admin: Any) -> None:
    await admin.execute(f"{GUARDED}; {CLOSED}; CREATE ROLE watcher LOGIN IN ROLE pg_read_all_data")
    try:
        async with start_own("watcher") as desk:
            assert await one(desk, "SELECT current_user") == "watcher"
            assert await one(desk, "SELECT count(*) FROM notes") == 0
            with pytest.raises(Denied, match="may not use function closed"):
                await one(desk, "SELECT closed(1)")
    finally:
        await admin.execute("DROP ROLE watcher")
