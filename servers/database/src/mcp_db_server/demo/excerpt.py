"""Write the largest places of the world as one SQL script, for databases that are not ours to start:

    python -m mcp_db_server.demo.excerpt > servers/database/sample/world.sql

It is the schema of `world.sql` with the countries, the capitals and the cities of 300,000 inhabitants and more, small
enough to lie in the repository.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from mcp_chassis.postgres.queries import load

from mcp_db_server.demo import rows

__all__ = ["script"]

LARGE = 300_000
_LEFT_OUT = ("city_names", "us_counties")
_HEAD = """\
-- An excerpt of the places of the world, written by `python -m mcp_db_server.demo.excerpt`; README.md says what it is.
-- Data by GeoNames (https://www.geonames.org), CC BY 4.0. Load it into a database named world:
--     psql -v ON_ERROR_STOP=1 -d world -f world.sql
BEGIN;
"""
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def script() -> Iterator[str]:
    """The pieces of the script, in their order."""
    sql = load("mcp_db_server.demo", "world.sql")
    yield _HEAD
    yield f"{sql['tables']};\n"
    for table in rows.read():
        if table.table not in _LEFT_OUT:
            yield from _copied(table)
    for block in ("keys", "describe_places", "describe_relations"):
        yield f"{sql[block]};\n"
    yield "".join(f"DROP TABLE world.{table};\n" for table in _LEFT_OUT)
    yield f"{sql['grant']};\nCOMMENT ON SCHEMA world IS 'Places of the world by GeoNames (CC BY 4.0): an excerpt.';\n"
    yield "COMMIT;\nANALYZE;\n"


def _copied(table: rows.Rows) -> Iterator[str]:
    yield f"COPY world.{table.table} ({', '.join(table.columns)}) FROM stdin;\n"
    for row in _large(table):
        yield "\t".join(map(_text, row)) + "\n"
    yield "\\.\n"


def _large(table: rows.Rows) -> Iterable[tuple[Any, ...]]:
    if table.table != "cities":
        return table.rows
    population, capital = table.columns.index("population"), table.columns.index("is_capital")
    return (row for row in table.rows if row[capital] or row[population] >= LARGE)


def _text(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return r"\N"
    return str(value).translate(_ESCAPES) if not isinstance(value, bool) else str(value).lower()


if __name__ == "__main__":
    sys.stdout.writelines(script())
