"""Hostile objects one family at a time: what reaches them is refused, and ordinary work beside them passes and runs."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import asyncpg
import pytest
from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard import Guard

BOOM = """
CREATE FUNCTION boom(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN RAISE LOG 'ran'; EXECUTE 'SELECT 1'; RETURN 1; END $$
"""


def cases() -> dict[str, dict[str, list[str]]]:
    """The cases of hostile.sql: objects, refused statements and neighbours by the name of the case."""
    found: dict[str, dict[str, list[str]]] = {}
    text = Path(__file__).with_name("hostile.sql").read_text("utf-8")
    for block in re.split(r"^-- # ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        made, refused, passes = re.split(r"^-- (?:made|refused|passes):\n", rest, flags=re.MULTILINE)[1:]
        found[name] = {
            "made": [line for line in re.split(r"\n(?=CREATE|ALTER|SET)", made) if line.strip() != "SELECT"],
            "refused": refused.splitlines(),
            "passes": [line for line in passes.splitlines() if line],
        }
    return found


CASES = cases()


@pytest.mark.asyncio
@pytest.mark.parametrize("case", CASES)
async def test_hostile_objects_are_refused_and_their_neighbours_run(plain_dsn: str, case: str) -> None:
    connection = await asyncpg.connect(plain_dsn)
    guard = Guard()
    wrong: list[object] = []
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(BOOM)
    for statement in CASES[case]["made"]:
        await connection.execute(statement)
    for sql in CASES[case]["refused"]:
        with contextlib.suppress(Denied):
            wrong.append(await guard.check(sql, connection))
    for sql in CASES[case]["passes"]:
        try:
            await guard.check(sql, connection)
        except Denied as denied:
            wrong.append((sql, denied, denied.__cause__))
            continue
        await (connection.prepare(sql) if "$1" in sql else connection.execute(sql))
    await transaction.rollback()
    await connection.close()
    assert wrong == []


@pytest.mark.asyncio
@pytest.mark.parametrize(("language", "body"), [("sql", "SELECT 1{}"), ("plpgsql", "BEGIN RETURN 1{}; END")])
async def test_a_body_that_would_end_the_parser_is_refused(plain_dsn: str, language: str, body: str) -> None:
    connection = await asyncpg.connect(plain_dsn)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("SET LOCAL check_function_bodies = off")
    await connection.execute(
        f"CREATE FUNCTION deep() RETURNS int LANGUAGE {language} AS '{body.format('+1' * 200_000)}'"
    )
    with pytest.raises(Denied):
        await Guard().check("SELECT deep()", connection)
    await transaction.rollback()
    await connection.close()
