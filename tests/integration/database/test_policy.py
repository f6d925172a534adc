"""The database server under a policy: what a query reads decides, and what is redacted does not get out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_chassis.call import current_principal
from mcp_types import ResourceTemplateReference

PEOPLE = """
CREATE TABLE people (
    id int PRIMARY KEY, name text, email text, ssn text, salary int,
    email_domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED
);
INSERT INTO people VALUES
    (1, 'ann', 'ann@secret.example', '111-SSN', 10), (2, 'bob', 'bob@secret.example', '222-SSN', 20);
CREATE TABLE orders_of (person int REFERENCES people (id), item text, email text);
INSERT INTO orders_of VALUES (1, 'ink', 'shop@open.example');
CREATE VIEW contacts AS SELECT id, email AS contact FROM people;
CREATE VIEW names AS SELECT id, name FROM people;
CREATE FUNCTION mail_of(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT email FROM people WHERE id = $1';
CREATE FUNCTION shout(people) RETURNS text LANGUAGE sql STABLE AS 'SELECT upper($1.email)';
CREATE FUNCTION closed() RETURNS int LANGUAGE sql STABLE AS 'SELECT 3';
REVOKE EXECUTE ON FUNCTION closed FROM PUBLIC;
CREATE TABLE own (id int, email text);
INSERT INTO own VALUES (1, 'ann@secret.example');
ALTER TABLE own ENABLE ROW LEVEL SECURITY;
CREATE TABLE notes (id int PRIMARY KEY, body text);
INSERT INTO notes VALUES (1, 'hello');
CREATE FUNCTION body(people) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1.ssn';
ANALYZE;
"""
LABELS = {
    "public.people.email": "pii",
    "public.people.email_domain": "pii",
    "public.people.ssn": ["pii", "confidential"],
    "public.people.salary": "financial",
    "public.own.email": "pii",
    "public.notes": "internal",
}
ALL = "rules: [{id: all, effect: allow, actions: ['*']}]\n"
MASK = ALL + "obligations: [{id: mask, actions: ['tool:*', 'resource:**'], redact: {classes: [pii]}}]\n"
ESTIMATES = "SELECT most_common_vals FROM pg_stats WHERE schemaname = 'public' AND tablename = 'people'"


@pytest_asyncio.fixture
async def people(postgres_dsn: str) -> str:
    connection = await asyncpg.connect(postgres_dsn)
    await connection.execute(PEOPLE)
    await connection.close()
    return postgres_dsn


@pytest.fixture
def under(people: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """`under(policy)` gives a client of a server under that policy, and the server's app."""
    from mcp_chassis.app import App
    from mcp_db_server.server import server
    from mcp_db_server.settings import DatabaseSettings

    @asynccontextmanager
    async def begin(policy: str) -> AsyncIterator[tuple[Client, Any]]:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        (tmp_path / "policy.yaml").write_text(f"version: 1\n{policy}")
        flags = {"data_classes": LABELS, "policy_file": str(tmp_path / "policy.yaml")}
        app = App(server, DatabaseSettings.load(flags, [people], {}))
        async with app.open():
            current_principal.set(app.local_principal())
            async with Client(app.mcp(sessions=True), mode="2026-07-28", raise_exceptions=True) as client:
                yield client, app

    return begin


def classes(app: Any) -> list[list[str]]:
    lines = [json.loads(line) for line in app.audit.path.read_text().splitlines()]
    return [record["data_classes"] for record in lines if record["event"] == "call"]


QUERIES = [
    ("SELECT 1", set()),
    ("SELECT id, name FROM people", set()),
    ("SELECT count(*) FROM people", set()),
    ("SELECT salary FROM people", {"financial"}),
    ("SELECT p.ssn FROM people p", {"pii", "confidential"}),
    ("SELECT id FROM people WHERE email LIKE 'a%'", {"pii"}),
    ("SELECT id FROM people ORDER BY salary", {"financial"}),
    ("SELECT * FROM people", {"pii", "confidential", "financial"}),
    ("SELECT p FROM people p", {"pii", "confidential", "financial"}),
    ("SELECT to_json(people) FROM people", {"pii", "confidential", "financial"}),
    ("TABLE people", {"pii", "confidential", "financial"}),
    ("SELECT n.* FROM people p, notes n", {"internal"}),
    ("SELECT o.email FROM orders_of o", set()),
    ("SELECT item FROM orders_of JOIN people USING (email)", {"pii"}),
    ("SELECT item FROM orders_of NATURAL JOIN people", {"pii", "confidential", "financial"}),
    ("SELECT p.a FROM people AS p (a, b, c)", {"pii", "confidential", "financial"}),
    ("SELECT id FROM names", {"pii", "confidential", "financial"}),  # only the view knows what it reads
    ("SELECT mail_of(1)", {"pii", "confidential", "financial"}),
    ("SELECT p.shout FROM people p", {"pii", "confidential", "financial"}),
    (ESTIMATES, {"pii", "confidential", "financial", "internal"}),
    ("WITH p AS (SELECT ssn FROM people) SELECT count(*) FROM p", {"pii", "confidential"}),
    ("SELECT (SELECT max(body) FROM notes), name FROM people", {"internal"}),
]


@pytest.mark.asyncio
async def test_the_data_classes_of_a_query_are_those_of_what_it_reads(under: Callable[[str], Any]) -> None:
    async with under(ALL) as (client, app):
        for sql, _ in QUERIES:
            assert not (await client.call_tool("execute_query", {"query": sql})).is_error, sql
    found = dict(zip([sql for sql, _ in QUERIES], map(set, classes(app)), strict=True))
    assert found == dict(QUERIES)


@pytest.mark.asyncio
async def test_a_query_is_refused_for_what_it_reads_and_not_for_where_it_reads(under: Callable[[str], Any]) -> None:
    policy = """rules:
  - {id: all, effect: allow, actions: ["*"]}
  - {id: no-pii, effect: deny, actions: ["*"], when: {data_classes: [pii]}}
"""
    async with under(policy) as (client, app):
        for sql, read in QUERIES:
            result = await client.call_tool("execute_query", {"query": sql})
            assert result.is_error is ("pii" in read), sql
        plain = {"table": "people", "columns": ["id", "name"]}
        assert not (await client.call_tool("query_database", plain)).is_error
        assert (await client.call_tool("query_database", {"table": "people"})).is_error
        assert (await client.call_tool("query_database", {**plain, "filters": {"email": "x"}})).is_error
        assert (await client.call_tool("query_database", {**plain, "order_by": ["ssn"]})).is_error
        for analyze in (False, True):
            asked = {"query": "SELECT id FROM people WHERE ssn = '111-SSN'", "analyze": analyze}
            assert (await client.call_tool("explain_query", asked)).is_error
        schema = await client.call_tool("get_schema", {"table_name": "people"})
        resource = await client.read_resource("schema://database/public/people")
        notes = await client.call_tool("get_schema", {"table_name": "notes"})
    (table,) = schema.structured_content["tables"]
    assert "sample" not in table  # the columns are told, their values are not
    assert "email" in [column["name"] for column in table["columns"]]
    assert "sample" not in json.loads(resource.contents[0].text)
    assert notes.structured_content["tables"][0]["sample"] == {"id": [1], "body": ["hello"]}
    assert "SSN" not in app.audit.path.read_text()


SHOWN = [
    ("SELECT id, email FROM own", [[1, "[redacted]"]]),  # runs under the login's role, and the next one again under it
    ("SELECT closed(), email FROM people WHERE id = 1", [[3, "[redacted]"]]),
    ("SELECT id, email, ssn FROM people", [[1, "[redacted]", "[redacted]"], [2, "[redacted]", "[redacted]"]]),
    ("SELECT p.email FROM people p WHERE id = 1", [["[redacted]"]]),
    ("SELECT email AS email FROM people WHERE id = 1", [["[redacted]"]]),
    ("SELECT count(*) FROM people", [[2]]),
    ("SELECT name FROM people ORDER BY name", [["ann"], ["bob"]]),
    ("SELECT upper(item) FROM orders_of", [["INK"]]),
    ("SELECT upper(o.item), p.email FROM orders_of o JOIN people p ON p.id = o.person", [["INK", "[redacted]"]]),
    ("SELECT salary FROM people WHERE id = 1", [[10]]),
    ("SELECT max(salary) AS most FROM people", [[20]]),
    ("SELECT upper(email) FROM orders_of", [["SHOP@OPEN.EXAMPLE"]]),
    ("SELECT 'email' AS word", [["email"]]),
    ("SELECT body FROM notes n WHERE EXISTS (SELECT * FROM people p WHERE p.id = n.id)", [["hello"]]),
    ("SELECT p.name, n.body FROM people p JOIN notes n USING (id) ORDER BY 1", [["ann", "hello"]]),
    ("WITH p AS (SELECT id, name FROM people) SELECT p.name FROM p WHERE p.id = 2", [["bob"]]),
    ("SELECT name, email FROM people WHERE name LIKE 'a%' ORDER BY 1", [["ann", "[redacted]"]]),
]


@pytest.mark.asyncio
async def test_redacted_columns_are_masked_and_ordinary_work_goes_on(under: Callable[[str], Any]) -> None:
    async with under(MASK) as (client, _):
        for sql, rows in SHOWN:
            result = await client.call_tool("execute_query", {"query": sql})
            assert not result.is_error, (sql, result.content[0].text)
            assert result.structured_content["rows"] == rows, sql
        page = (await client.call_tool("query_database", {"table": "people", "order_by": ["name"]})).structured_content
        one = {"query": "SELECT * FROM people WHERE id = 1"}
        star = (await client.call_tool("execute_query", one)).structured_content
        schema = (await client.call_tool("get_schema", {"table_name": "people"})).structured_content
    assert page["rows"][0] == [1, "ann", "[redacted]", "[redacted]", 10, "[redacted]"]
    assert star["rows"] == [[1, "ann", "[redacted]", "[redacted]", 10, "[redacted]"]]
    assert star["redacted"] == ["email", "ssn", "email_domain"]
    assert schema["tables"][0]["sample"]["email"] == ["[redacted]", "[redacted]"]
    assert schema["tables"][0]["sample"]["name"] == ["ann", "bob"]


LEAKS = [
    "SELECT lower(email) FROM own",  # runs under the login's role
    "SELECT closed(), lower(email) FROM people",  # would run again under it
    "SELECT email AS e FROM people",
    "SELECT email || '' AS email FROM people",
    "SELECT lower(email) FROM people",
    "SELECT email::text FROM people",
    "SELECT substr(ssn, 1, 3) FROM people",
    "SELECT name FROM people WHERE email LIKE 'ann%'",
    "SELECT name FROM people ORDER BY ssn",
    "SELECT name FROM people GROUP BY name, ssn",
    "SELECT count(*) FROM people WHERE ssn < '2'",
    "SELECT count(*) FILTER (WHERE ssn < '2') FROM people",
    "SELECT DISTINCT ON (email) name FROM people",
    "SELECT row_number() OVER (ORDER BY email) FROM people",
    "SELECT e FROM (SELECT email AS e FROM people) q",
    "SELECT q.email FROM (SELECT email FROM people) q",
    "SELECT q FROM (SELECT * FROM people) q",
    "SELECT * FROM (SELECT * FROM people) AS q (a, b, c, d, e, f)",
    "WITH q AS (SELECT * FROM people) SELECT q::text FROM q",
    "WITH q (a, b, c) AS (TABLE people) SELECT c FROM q",
    "SELECT p FROM people p",
    "SELECT people FROM people",
    "SELECT to_jsonb(p) FROM people p",
    "SELECT row_to_json(p.*) FROM people p",
    "SELECT ROW(p.*)::text FROM people p",
    "SELECT (p).email AS x FROM people p",
    "SELECT email(p) FROM people p",
    "SELECT p.row_to_json FROM people p",
    "SELECT p.shout FROM people p",
    "SELECT shout(p) FROM people p",
    "SELECT c FROM people AS p (a, b, c)",
    "SELECT j FROM (people p CROSS JOIN notes n) AS j",
    "SELECT j.* FROM (people p CROSS JOIN notes n) AS j (a, b, c, d, e, f, g, h)",
    "SELECT name FROM notes UNION SELECT email FROM people",
    "SELECT body FROM notes UNION ALL SELECT ssn FROM people",
    "SELECT id, body, '', '', 0, '' FROM notes UNION ALL TABLE people",
    "SELECT (SELECT email FROM people LIMIT 1)",
    "SELECT ARRAY(SELECT email FROM people)",
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM people WHERE email LIKE 'a%') THEN 1 END",
    "SELECT item FROM orders_of JOIN people USING (email)",
    "SELECT item FROM orders_of NATURAL JOIN people",
    "SELECT o.item FROM orders_of o JOIN people p ON p.email = o.email",
    "SELECT contact FROM contacts",
    "SELECT contact FROM contacts, people",
    "SELECT mail_of(1)",
    "SELECT mail_of(id) FROM people",
    "SELECT l.x FROM people p, LATERAL (SELECT p.email AS x) l",
    "SELECT string_agg(email, ',') FROM people",
    ESTIMATES,
    ESTIMATES.replace("most_common_vals", "histogram_bounds::text"),
    'SELECT "email" AS "x" FROM "public"."people"',
    "SELECT xmlforest(email AS x) FROM people",
    "EXPLAIN ANALYZE SELECT 1 FROM people WHERE ssn LIKE '1%'",
    "VALUES ((SELECT ssn FROM people LIMIT 1))",
    "SELECT x FROM people, unnest(ARRAY[email]) AS x",
    "SELECT (ARRAY[email])[1] FROM people",
    "SELECT greatest(email, '') FROM people",
    "SELECT email IS NULL FROM people",
    "SELECT p.* IS NULL FROM people p",
    "SELECT email_domain AS d FROM people",
    "SELECT p.body FROM people p, notes n",  # a column of the one and a function on the other
    "SELECT id, email FROM people ORDER BY 2",
    "SELECT * FROM people ORDER BY 4",
    "SELECT id, email FROM people GROUP BY 1, 2",
    "SELECT id, email FROM people GROUP BY ROLLUP ((1, 2))",
    "SELECT DISTINCT ON (2) id, email FROM people",
    "SELECT id FROM people WHERE EXISTS (SELECT * FROM people q WHERE q.ssn < people.ssn)",
    "SELECT DISTINCT people FROM people",
    "SELECT id FROM people p WHERE p IS DISTINCT FROM NULL",
    "SELECT json_agg(people) FROM people",
    "SELECT x.* FROM people p, LATERAL (SELECT p) AS x",
    "SELECT max(people::text) FROM people",
    "SELECT table_to_xml('people', true, false, '')",
    "WITH RECURSIVE t AS (SELECT ssn AS s FROM people UNION ALL SELECT s FROM t WHERE false) SELECT s FROM t",
]


@pytest.mark.asyncio
async def test_nothing_that_is_derived_from_a_redacted_column_gets_out(under: Callable[[str], Any]) -> None:
    async with under(MASK) as (client, _):
        for sql in LEAKS:
            result = await client.call_tool("execute_query", {"query": sql})
            assert "secret.example" not in str(result), sql
            assert "-SSN" not in str(result), sql
            assert result.is_error, (sql, result.structured_content)
            assert "[denied, " in result.content[0].text or "[invalid_arguments, " in result.content[0].text, sql
        filtered = {"table": "people", "columns": ["id"], "filters": {"email": {"like": "ann%"}}}
        assert "redacted for you" in (await client.call_tool("query_database", filtered)).content[0].text
        sorted_ = {"table": "people", "columns": ["id"], "order_by": ["ssn"]}
        assert "redacted for you" in (await client.call_tool("query_database", sorted_)).content[0].text
        planned = {"query": "SELECT id FROM people WHERE ssn > '1'", "analyze": True}
        assert "redacted for you" in (await client.call_tool("explain_query", planned)).content[0].text
        assert "secret.example" not in str(await client.read_resource("schema://database/public/people"))


@pytest.mark.asyncio
async def test_named_fields_are_redacted_without_labels_and_rows_are_capped(under: Callable[[str], Any]) -> None:
    policy = ALL + "obligations: [{id: mask, redact: [NAME], max_rows: 1}]\n"
    async with under(policy) as (client, _):
        rows = (await client.call_tool("execute_query", {"query": "SELECT id, name FROM people"})).structured_content
        page = (await client.call_tool("query_database", {"table": "people", "limit": 1})).structured_content
        hidden = await client.call_tool("execute_query", {"query": "SELECT upper(name) FROM people"})
        behind = await client.call_tool("execute_query", {"query": "SELECT name FROM names"})
        statistics = await client.call_tool("execute_query", {"query": ESTIMATES})
    assert (rows["rows"], rows["row_count"], rows["truncated_by"]) == ([[1, "[redacted]"]], 1, "rows")
    assert "next_cursor" not in rows
    assert (page["truncated"], page["rows"][0][1]) == (True, "[redacted]")
    assert "next_cursor" not in page
    assert "redacted for you" in hidden.content[0].text
    assert "a view or function" in behind.content[0].text
    assert "statistics" in statistics.content[0].text


@pytest.mark.asyncio
async def test_arguments_and_resources_are_judged_too(under: Callable[[str], Any]) -> None:
    policy = """rules:
  - {id: one-table, effect: allow, actions: ["tool:query_database"], when: {arguments: {table: [notes, public.notes]}}}
  - {id: schema, effect: allow, actions: ["resource:schema://database/public/notes"]}
"""
    async with under(policy) as (client, _):
        assert [tool.name for tool in (await client.list_tools()).tools] == ["query_database"]
        assert not (await client.call_tool("query_database", {"table": "notes"})).is_error
        assert (await client.call_tool("query_database", {"table": "people"})).is_error
        assert (await client.call_tool("execute_query", {"query": "SELECT 1"})).is_error
        assert (await client.list_resources()).resources == []
        assert len((await client.list_resource_templates()).resource_templates) == 1
        await client.read_resource("schema://database/public/notes")
        with pytest.raises(MCPError):
            await client.read_resource("schema://database/public/people")


@pytest.mark.asyncio
async def test_a_redacted_column_may_be_called_like_a_part_of_the_schema(under: Callable[[str], Any]) -> None:
    policy = ALL + "obligations: [{id: mask, redact: [name, type, columns, summary, schema]}]\n"
    async with under(policy) as (client, _):
        listed = (await client.call_tool("get_schema", {})).structured_content["tables"]
        described = (await client.call_tool("get_schema", {"table_name": "people"})).structured_content["tables"][0]
        plan = (await client.call_tool("explain_query", {"query": "SELECT name FROM people"})).structured_content
        whole = json.loads((await client.read_resource("schema://database")).contents[0].text)
        table = json.loads((await client.read_resource("schema://database/public/people")).contents[0].text)
    assert "people" in [table["name"] for table in listed]
    assert described["columns"][1] == {"name": "name", "type": "text"}
    assert described["sample"]["name"] == table["sample"]["name"] == ["[redacted]", "[redacted]"]
    assert "Seq Scan" in plan["summary"]
    assert "name text" in next(table for table in whole["tables"] if table["name"] == "people")["columns"]
    assert table["name"] == "people"


@pytest.mark.asyncio
async def test_what_there_is_in_other_schemas_is_told_to_nobody_who_may_not_use_them(
    people: str, under: Callable[[str], Any]
) -> None:
    connection = await asyncpg.connect(people)
    await connection.execute("CREATE SCHEMA acme; CREATE TABLE acme.orders (id int PRIMARY KEY)")
    await connection.execute("CREATE SCHEMA globex; CREATE TABLE globex.launches (id int PRIMARY KEY)")
    await connection.close()
    policy = """rules:
  - {id: own, effect: allow, actions: ["tool:query_database"], when: {arguments: {table: {prefix: acme.}}}}
  - {id: own-schema, effect: allow, actions: ["resource:schema://database/acme/*"]}
"""
    tables = ResourceTemplateReference(type="ref/resource", uri="schema://database/{schema}/{table}")
    async with under(policy) as (client, _):
        assert not (await client.call_tool("query_database", {"table": "acme.orders"})).is_error
        for name in ("acme.launches", "acme.globex.launches", "acme.globex"):
            assert "globex.launches" not in str(await client.call_tool("query_database", {"table": name})).replace(
                name, ""
            )
        for uri in ("acme/launches", "acme/..%2Fglobex%2Flaunches", "globex/launches"):
            with pytest.raises(MCPError) as refused:
                await client.read_resource(f"schema://database/{uri}")
            assert "did you mean globex" not in str(refused.value)
        offered = await client.complete(tables, {"name": "schema", "value": ""})
        assert offered.completion.values == ["acme"]
        for schema, names in (("acme", ["orders"]), ("globex", [])):
            chosen = await client.complete(tables, {"name": "table", "value": ""}, context_arguments={"schema": schema})
            assert chosen.completion.values == names
        assert (await client.complete(tables, {"name": "table", "value": ""})).completion.values == []
