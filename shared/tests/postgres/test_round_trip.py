from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp_chassis.call import Principal
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_chassis.postgres.pool import Database
from mcp_chassis.postgres.session import Bounds

ALICE = Principal("alice", "local")
TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=40)
EXACT = st.integers(-(2**53), 2**53)
PLAIN = st.none() | st.booleans() | EXACT | st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 6)) | TEXT
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "bool": st.booleans(),
    "int8": st.integers(-(2**63), 2**63 - 1).map(lambda n: n if abs(n) <= 2**53 else str(n)),
    "float8": st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["NaN", "Infinity", "-Infinity"]),
    "float4": st.integers(-(2**20), 2**20).map(lambda n: n / 4),
    "numeric": st.decimals(allow_nan=False, allow_infinity=False, places=8).map(lambda d: f"{d:f}"),
    "bytea": st.binary(max_size=40).map(lambda data: base64.b64encode(data).decode()),
    "uuid": st.uuids().map(str),
    "date": st.dates().map(str),
    "timestamp": st.datetimes().map(lambda at: at.isoformat().rstrip("0") if at.microsecond else at.isoformat()),
    "text[]": st.lists(st.none() | TEXT, max_size=5),
    "int4[]": st.lists(st.none() | st.integers(-(2**31), 2**31 - 1), max_size=5),
    "numeric[]": st.lists(st.none() | st.integers().map(str), max_size=5),
    "jsonb": st.recursive(
        PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8
    ).filter(lambda value: not isinstance(value, str)),
}


@pytest.fixture(scope="module")
def echo(postgres: EmbeddedPostgres) -> Iterator[Callable[[str, Any], Any]]:
    """`echo(type, value)`: what `SELECT $1::type` gives."""
    postgres.ensure_database("round_trip")
    with asyncio.Runner() as runner:
        opening = Database.open(postgres.dsn("round_trip"))
        database = runner.run(opening.__aenter__())

        async def ask(kind: str, value: Any) -> Any:
            async with database.session(ALICE) as session:
                statement = await session.describe(f"SELECT $1::{kind}")
                return (await session.rows(statement, [value], Bounds(2))).rows[0][0]

        yield lambda kind, value: runner.run(ask(kind, value))
        runner.run(opening.__aexit__(None, None, None))


@pytest.mark.parametrize("kind", VALUES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_values_come_back_as_they_went(echo: Callable[[str, Any], Any], kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert echo(kind, value) == value
