"""The pure part: text, kinds, and the walk; no database."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mcp_chassis.errors import ChassisError, Denied, InvalidArguments
from mcp_chassis.postgres.guard.reach import Name
from mcp_chassis.postgres.guard.statement import read
from mcp_chassis.postgres.guard.text import MAX_CHARACTERS
from mcp_chassis.postgres.guard.walk import reach_of
from mcp_chassis.postgres.guard.words import words

WORDS = [
    *sorted(
        words(
            "SELECT FROM WHERE ( ) , ; ' \" $$ -- /* */ :: . * + = [ ] $1 U& E' \\ NULL WITH AS EXPLAIN SHOW ORDER BY"
        )
    ),
    *sorted(words("GROUP UNION ALL CASE WHEN THEN END LATERAL INTO UPDATE x y 1 \u00e9 \U0001f600 FOR JOIN ON IN NOT")),
    *("\x00", "\ud800", "\n", "\xa0"),
]
INVALID = "The query is not valid PostgreSQL: "


@pytest.mark.parametrize(
    ("sql", "kind", "text"),
    [
        ("SELECT 1", "select", "SELECT 1"),
        (" SELECT 1 ; ", "select", "SELECT 1"),
        ("/* a */ SELECT 1 -- b", "select", "SELECT 1"),
        ("SELECT 1;;; -- ü", "select", "SELECT 1"),
        ("SELECT 'ü😀', ';' /* ; */ ;", "select", "SELECT 'ü😀', ';'"),
        ("-- ü😀\nVALUES (1) -- x", "select", "VALUES (1)"),
        ("TABLE a;", "select", "TABLE a"),
        ("(SELECT 1);", "select", "(SELECT 1)"),
        ('SELECT 1 AS "a--b"', "select", 'SELECT 1 AS "a--b"'),
        ("EXPLAIN SELECT 1;", "explain", "EXPLAIN SELECT 1"),
        ("SHOW work_mem;", "show", "SHOW work_mem"),
    ],
)
def test_one_statement_without_what_stands_around_it(sql: str, kind: str, text: str) -> None:
    statement = read(sql)
    assert (statement.kind, statement.sql) == (kind, text)


@pytest.mark.parametrize(
    ("sql", "analyze"),
    [
        ("EXPLAIN SELECT 1", False),
        ("EXPLAIN ANALYZE SELECT 1", True),
        ("EXPLAIN (ANALYZE) SELECT 1", True),
        ("EXPLAIN (ANALYZE on, COSTS off) SELECT 1", True),
        ("EXPLAIN (ANALYZE 1) SELECT 1", True),
        ("EXPLAIN (ANALYZE 'true') SELECT 1", True),
        ("EXPLAIN (ANALYZE 0) SELECT 1", False),
        ("EXPLAIN (ANALYZE off) SELECT 1", False),
        ("EXPLAIN (ANALYZE false) SELECT 1", False),
        ("EXPLAIN (ANALYZE false, ANALYZE true) SELECT 1", True),
    ],
)
def test_explain_tells_whether_it_runs(sql: str, analyze: bool) -> None:
    assert read(sql).analyze is analyze


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("", "The query is empty; send one SELECT statement."),
        (" -- nothing", "The query is empty; send one SELECT statement."),
        (";", "The query is empty; send one SELECT statement."),
        ("SELECT 1; SELECT 2", "The query holds 2 statements; send them one at a time."),
        ("SELECT 1; COMMIT", "The query holds 2 statements; send them one at a time."),
        (
            "SELECT\n  FROM WHERE",
            INVALID + 'syntax error at or near "WHERE" at line 2, column 8.',
        ),
        (
            "SELECT 'x",
            'The query is not valid PostgreSQL: unterminated quoted string at or near "\'x" at line 1, column 8.',
        ),
        ("SELECT 1\x00; DROP TABLE x", "The query contains a NUL character; remove it."),
        ("SELECT '\ud800'", "The query contains half of a surrogate pair; send valid Unicode."),
        (
            "SELECT " + "x" * MAX_CHARACTERS,
            f"The query is longer than {MAX_CHARACTERS} characters; send a shorter one.",
        ),
    ],
)
def test_what_is_not_one_statement_is_named(sql: str, message: str) -> None:
    with pytest.raises(InvalidArguments) as raised:
        read(sql)
    assert raised.value.message == message


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("INSERT INTO t VALUES (1)", "INSERT is refused."),
        ("CREATE TABLE t AS SELECT 1", "CREATE TABLE AS or SELECT INTO is refused."),
        ("SET ROLE x", "SET or RESET is refused."),
        ("DO $$ BEGIN END $$", "DO is refused."),
        ("COPY t TO STDOUT", "COPY is refused."),
        ("ROLLBACK", "Transaction control is refused."),
        ("ALTER SYSTEM SET a = 1", "ALTER SYSTEM is refused."),
        ("EXPLAIN DELETE FROM t", "EXPLAIN of DELETE is refused."),
        ("SHOW ALL", "SHOW ALL is refused because some settings are secret"),
    ],
)
def test_another_kind_of_statement_is_refused_by_its_name(sql: str, words: str) -> None:
    with pytest.raises(Denied) as raised:
        read(sql)
    assert raised.value.message.startswith(words)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "+".join(["1"] * 1500),
        "SELECT * FROM t WHERE id IN (" + ",".join(map(str, range(20_000))) + ")",
        "SELECT * FROM t WHERE " + " OR ".join(f"id = {n}" for n in range(3_000)),
        "SELECT * FROM t WHERE " + " AND ".join(f"id <> {n} + 1" for n in range(3_000)),
        "VALUES " + ",".join(f"({n}, 'x' || {n})" for n in range(10_000)),
        " UNION ALL ".join(["SELECT 1, 2"] * 500),
        "SELECT " + ",".join(f"a{n} * 2 + 1 AS b{n}" for n in range(1_500)) + " FROM t",
        "SELECT " + "(" * 500 + "1" + ")" * 500,
        "SELECT CASE " + " ".join(f"WHEN x = {n} THEN {n}" for n in range(3_000)) + " END FROM t",
        "WITH " + ", ".join(f"c{n} AS (SELECT {n} + 1)" for n in range(1_000)) + " SELECT 1",
    ],
)
def test_large_statements_are_read(sql: str) -> None:
    statement = read(sql)
    reach_of([statement.node])


@pytest.mark.parametrize(
    ("head", "again", "middle", "tail"),
    [
        ("SELECT 1", "+1", "", ""),
        ("SELECT a", "||a", "", ""),
        ("SELECT 1", "::int", "", ""),
        ("SELECT a", "[1]", "", ""),
        ("SELECT a", ".b", "", ""),
        ("SELECT (a)", ".b", "", ""),
        ("SELECT 1", " IS NULL", "", ""),
        ("SELECT a", " COLLATE x", "", ""),
        ("SELECT a", " AT TIME ZONE b", "", ""),
        ("SELECT a", " AT LOCAL", "", ""),
        ("SELECT ", "NOT ", "true", ""),
        ("SELECT ", "- ", "1", ""),
        ("SELECT ", "(", "1", ")"),
        ("SELECT ", "(SELECT ", "1", ")"),
        ("SELECT ", "f(", "1", ")"),
        ("SELECT ", "f(1, 2, ", "1", ")"),
        ("SELECT ", "f(a AND ", "1", ")"),
        ("SELECT ", "CASE WHEN a THEN ", "1", " END"),
        ("SELECT ", "ARRAY[", "1", "]"),
        ("SELECT 1", " UNION ALL SELECT 1, 2", "", ""),
        ("SELECT 1 FROM a", " CROSS JOIN b", "", ""),
        ("SELECT 1 FROM a", " JOIN b ON true", "", ""),
        ("SELECT 1 FROM a", " NATURAL JOIN b", "", ""),
        ("SELECT a", " IN (1)", "", ""),
        ("SELECT a", " = ANY (b)", "", ""),
        ("SELECT a", " LIKE b", "", ""),
        ("SELECT a", " OPERATOR(pg_catalog.+) b", "", ""),
        ("SELECT a", " IS DISTINCT FROM b", "", ""),
        ("SELECT a", " IS JSON", "", ""),
        ("SELECT a", " OR b AND c", "", ""),
        ("SELECT ", "a AND (b OR ", "c", ")"),
        ("", "EXPLAIN ", "SELECT 1", ""),
        ("", "WITH a AS (", "SELECT 1", ")"),
        ("", "(", "", ""),
        ("", "'", "", ""),
        ("", "/*", "", ""),
        ("SELECT 1", "+-", "", ""),
    ],
)
def test_depth_ends_no_process(head: str, again: str, middle: str, tail: str) -> None:
    times = (MAX_CHARACTERS - 100) // len(again + tail)
    with contextlib.suppress(InvalidArguments, Denied):
        reach_of([read(head + again * times + middle + tail * times).node])


def test_names_are_found_wherever_they_stand() -> None:
    reach = reach_of([read("SELECT a.f(1, 2), 'x'::s.t, b OPERATOR(c.#) d FROM e.g, LATERAL h(3) ORDER BY i(4)").node])
    assert {str(call.name) for call in reach.functions if call.attribute is None} == {"a.f", "h", "i"}
    assert Name("s", "t") in reach.types
    assert {str(use.name) for use in reach.operators} == {"c.#"}
    assert [str(use.name) for use in reach.relations] == ["e.g"]


@pytest.mark.parametrize(
    ("sql", "relations"),
    [
        ("WITH a AS (SELECT 1) SELECT * FROM a", []),
        ("WITH a AS (SELECT * FROM a) SELECT * FROM a", ["a"]),
        ("WITH RECURSIVE a AS (SELECT 1 UNION SELECT * FROM a) SELECT * FROM a", []),
        ("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a, b", ["b"]),
        ("WITH a AS (SELECT 1), b AS (SELECT * FROM a) SELECT * FROM b", []),
        ("WITH a AS (SELECT 1) SELECT * FROM s.a", ["s.a"]),
        ("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) x, a", ["a"]),
        ("WITH a AS (SELECT 1) SELECT (SELECT count(*) FROM a), * FROM b", ["b"]),
        ("WITH a AS (WITH c AS (SELECT 1) SELECT * FROM c) SELECT * FROM a, c", ["c"]),
    ],
)
def test_names_of_common_table_expressions_are_no_relations_in_their_scope(sql: str, relations: list[str]) -> None:
    assert [str(use.name) for use in reach_of([read(sql).node]).relations] == relations


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
@example("SELECT " + "é" * 70)
@example('SELECT "' + "é" * 70 + '"()')
@example("SELECT U&'\\D83D'")
@example("EXPLAIN (")
def test_any_text_is_read_or_refused(sql: str) -> None:
    try:
        statement = read(sql)
        if statement.node is not None:
            reach_of([statement.node])
    except ChassisError:
        pass


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["'{}'", "$q${}$q$", "E'{}'", '1 AS "{}"', "1 /* {} */", "1 -- {}\n"]), st.data())
def test_words_of_attacks_are_harmless_in_literals_names_and_remarks(place: str, data: st.DataObject) -> None:
    attacks = [
        "DROP TABLE x;",
        "delete from y",
        "pg_read_file(1)",
        "; COMMIT",
        "INSERT INTO",
        "FOR UPDATE",
        "pg_sleep(9)",
    ]
    text = " ".join(data.draw(st.lists(st.sampled_from(attacks), min_size=1, max_size=4)))
    statement = read("SELECT " + place.format(text))
    assert statement.kind == "select"
    assert reach_of([statement.node]).functions == set()
