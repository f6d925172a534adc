from __future__ import annotations

import pytest
from mcp_db_server.streaming import streamed

LONG = "generate_series(1, 1000000000)"


@pytest.mark.parametrize(
    ("sql", "rewritten"),
    [
        (f"SELECT * FROM {LONG}", f"SELECT * FROM (SELECT {LONG}) AS generate_series(generate_series)"),
        (f"SELECT n FROM {LONG} n", f'SELECT n FROM (SELECT {LONG}) n("n")'),
        (f"SELECT n FROM {LONG} AS n WHERE n > 1", f'SELECT n FROM (SELECT {LONG}) AS n("n") WHERE n > 1'),
        (f'SELECT 1 FROM {LONG} "N m"', f'SELECT 1 FROM (SELECT {LONG}) "N m"("N m")'),
        (f"SELECT x FROM {LONG} AS n(x)", f"SELECT x FROM (SELECT {LONG}) AS n(x)"),
        (f"SELECT n.x, n.* FROM {LONG} AS n(x)", f"SELECT n.x, n.* FROM (SELECT {LONG}) AS n(x)"),
        (f"SELECT 'ä' FROM {LONG}, {LONG} b",
         f"SELECT 'ä' FROM (SELECT {LONG}) AS generate_series(generate_series), (SELECT {LONG}) b(\"b\")"),
        ("SELECT * FROM pg_catalog.generate_series(-(1e9)::int8, 5, 2) s",
         'SELECT * FROM (SELECT pg_catalog.generate_series(-(1e9)::int8, 5, 2)) s("s")'),
        (f"WITH a AS (SELECT * FROM {LONG} n) SELECT * FROM a",
         f'WITH a AS (SELECT * FROM (SELECT {LONG}) n("n")) SELECT * FROM a'),
        (f"SELECT * FROM p CROSS JOIN LATERAL {LONG} AS g(n)",
         f"SELECT * FROM p CROSS JOIN LATERAL (SELECT {LONG}) AS g(n)"),
        (f"SELECT * FROM p, LATERAL {LONG} g", f'SELECT * FROM p, LATERAL (SELECT {LONG}) g("g")'),
        (f"SELECT * FROM {LONG} /* a, b */ AS -- c\n g", f'SELECT * FROM (SELECT {LONG}) /* a, b */ AS -- c\n g("g")'),
        (f"SELECT * FROM {LONG} -- g\n", f"SELECT * FROM (SELECT {LONG}) AS generate_series(generate_series) -- g\n"),
    ],
)  # fmt: skip
def test_long_series_in_from_are_streamed(sql: str, rewritten: str) -> None:
    assert streamed(sql) == rewritten


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "SELECT * FROM generate_series(1, 1000)",
        "SELECT * FROM generate_series(1, 1000000000, 1000000)",
        "SELECT * FROM generate_series(1, 1000000000, 0)",
        f"SELECT {LONG}",
        f"SELECT * FROM {LONG} WITH ORDINALITY",
        f"SELECT * FROM {LONG} WITH ORDINALITY AS t(a, b)",
        f"SELECT * FROM ROWS FROM ({LONG}, generate_series(1, 2))",
        "SELECT * FROM other.generate_series(1, 1000000000)",
        "SELECT * FROM generate_series(1, $1)",
        "SELECT * FROM generate_series('2000-01-01'::date, '2001-01-01', '1 second')",
        "SELECT * FROM generate_series('2000-01-01'::timestamptz, '2001-01-01', interval '1 second', 'UTC')",
        "SELECT * FROM generate_series(1::other.int4, 1000000000)",
        "SELECT * FROM generate_series(1::money, 1000000000)",
        "SELECT * FROM generate_series(1, VARIADIC 1000000000)",
        "SELECT 'generate_series(1, 1000000000)'",
        f"SELECT n FROM {LONG} AS n(x)",  # the value x of a function, the row of a sub-select
        f"SELECT to_jsonb(n.*) FROM {LONG} AS n",
        f"SELECT count(generate_series.*) FROM {LONG}",
        f"SELECT * FROM {LONG} AS n(x, y)",
        f"SELECT * FROM {LONG} AS U&\"n\" UESCAPE '!'",
    ],
)
def test_nothing_else_is_touched(sql: str) -> None:
    assert streamed(sql) is None
