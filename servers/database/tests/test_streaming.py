from __future__ import annotations

import pytest
from mcp_db_server.streaming import streamed

LONG = "generate_series(1, 1000000000)"


@pytest.mark.parametrize(
    ("sql", "rewritten"),
    [
        (f"SELECT * FROM {LONG}", f"SELECT * FROM LATERAL (SELECT {LONG}) AS generate_series(generate_series)"),
        (f"SELECT n FROM {LONG} n", f'SELECT n FROM LATERAL (SELECT {LONG}) n("n")'),
        (f"SELECT n FROM {LONG} AS n WHERE n > 1", f'SELECT n FROM LATERAL (SELECT {LONG}) AS n("n") WHERE n > 1'),
        (f'SELECT 1 FROM {LONG} "N m"', f'SELECT 1 FROM LATERAL (SELECT {LONG}) "N m"("N m")'),
        (f"SELECT x FROM {LONG} AS n(x)", f"SELECT x FROM LATERAL (SELECT {LONG}) AS n(x)"),
        (f"SELECT 'ä' FROM {LONG}, {LONG} b",
         f"SELECT 'ä' FROM LATERAL (SELECT {LONG}) AS generate_series(generate_series), "
         f'LATERAL (SELECT {LONG}) b("b")'),
        ("SELECT * FROM pg_catalog.generate_series(-(1e9)::int8, 5, 2) s",
         'SELECT * FROM LATERAL (SELECT pg_catalog.generate_series(-(1e9)::int8, 5, 2)) s("s")'),
        (f"WITH a AS (SELECT * FROM {LONG} n) SELECT * FROM a",
         f'WITH a AS (SELECT * FROM LATERAL (SELECT {LONG}) n("n")) SELECT * FROM a'),
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
        f"SELECT * FROM ROWS FROM ({LONG}, generate_series(1, 2))",
        "SELECT * FROM other.generate_series(1, 1000000000)",
        "SELECT * FROM generate_series(1, $1)",
        "SELECT * FROM generate_series('2000-01-01'::date, '2001-01-01', '1 second')",
        "SELECT 'generate_series(1, 1000000000)'",
    ],
)
def test_nothing_else_is_touched(sql: str) -> None:
    assert streamed(sql) is None
