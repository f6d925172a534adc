from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from mcp_chassis.errors import ConfigurationError
from mcp_db_server.demo import excerpt, open_demo
from mcp_db_server.demo.rows import capitals


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    # Not below pytest's own folder: as root the server runs as `nobody`, who may not enter that.
    path = Path(tempfile.mkdtemp(prefix="mcp-demo-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def dsn(folder: Path) -> Iterator[str]:
    """The reader's connection string, of a world that two servers opened for the first time at once."""
    steps: list[str] = []
    with ThreadPoolExecutor(2) as threads:
        contexts = [open_demo(steps.append, folder) for _ in range(2)]
        try:
            first, _second = threads.map(lambda context: context.__enter__(), contexts)
            yield first
        finally:
            for context in contexts:
                context.__exit__(None, None, None)
    assert set(steps) == {"Loading 34,000 cities and their countries (once, a few seconds)"}


async def fetch(dsn: str, query: str, *arguments: Any) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(dsn)
    try:
        return [tuple(row) for row in await connection.fetch(query, *arguments)]
    finally:
        await connection.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("table", "least", "most"),
    [
        ("continents", 7, 7),
        ("countries", 245, 255),
        ("currencies", 150, 160),
        ("country_languages", 600, 900),
        ("country_neighbours", 600, 700),
        ("us_states", 51, 51),  # with the District of Columbia
        ("us_counties", 3_100, 3_200),
        ("cities", 33_000, 36_000),
        ("city_names", 300_000, 360_000),
        ("capitals", 235, 246),  # some lie below 15,000 inhabitants, some countries have none
    ],
)
async def test_tables_hold_a_plausible_number_of_rows(dsn: str, table: str, least: int, most: int) -> None:
    assert least <= (await fetch(dsn, f"SELECT count(*) FROM world.{table}"))[0][0] <= most


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("SELECT capital FROM world.capitals WHERE country_code = 'US'", [("Washington",)]),
        ("SELECT us_state_code FROM world.cities WHERE country_code = 'US' AND is_capital", [("DC",)]),
        ("SELECT name FROM world.countries WHERE code = 'NA'", [("Namibia",)]),
        ("SELECT count(*) FROM world.countries WHERE code IN ('AN', 'CS')", [(0,)]),
        ("SELECT area_km2 FROM world.countries WHERE code = 'VA'", [(None,)]),
        ("SELECT population FROM world.countries WHERE code = 'AQ'", [(0,)]),
        ("SELECT language_code FROM world.country_languages WHERE country_code = 'BR' AND rank = 1", [("pt",)]),
        ("SELECT round(world.distance_km(52.52, 13.41, 48.85, 2.35))::int", [(878,)]),  # Berlin to Paris
        ("SELECT world.distance_km(0, 0, 0, 180) > 20015", [(True,)]),  # antipodes: not beyond asin's domain
    ],
)
async def test_facts_are_right(dsn: str, question: str, answer: list[tuple[Any, ...]]) -> None:
    assert await fetch(dsn, question) == answer


@pytest.mark.asyncio
async def test_borders_are_seen_from_both_sides(dsn: str) -> None:
    one_sided = """
        SELECT country_code, neighbour_code FROM world.country_neighbours
        EXCEPT SELECT neighbour_code, country_code FROM world.country_neighbours
    """
    assert await fetch(dsn, one_sided) == []


@pytest.mark.asyncio
async def test_county_codes_begin_with_those_of_their_states(dsn: str) -> None:
    strays = """
        SELECT county.fips FROM world.us_counties AS county JOIN world.us_states AS state ON state.code = state_code
        WHERE left(county.fips, 2) <> state.fips
    """
    assert await fetch(dsn, strays) == []


@pytest.mark.asyncio
async def test_every_relation_column_and_function_is_described(dsn: str) -> None:
    bare = """
        WITH relation AS (
            SELECT oid, relname FROM pg_class WHERE relnamespace = 'world'::regnamespace AND relkind IN ('r', 'v')
        )
        SELECT relname, attname FROM relation JOIN pg_attribute ON attrelid = relation.oid
        WHERE attnum >= 0 AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL
        UNION ALL
        SELECT relname, NULL FROM relation WHERE obj_description(oid, 'pg_class') IS NULL
        UNION ALL
        SELECT proname, NULL FROM pg_proc
        WHERE pronamespace = 'world'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
    """
    assert await fetch(dsn, bare) == []


@pytest.mark.asyncio
async def test_every_table_has_a_key_and_statistics(dsn: str) -> None:
    lacking = """
        SELECT relname FROM pg_class WHERE relnamespace = 'world'::regnamespace AND relkind = 'r'
        AND (reltuples <= 0 OR NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'p'))
    """
    assert await fetch(dsn, lacking) == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "change",
    ["DELETE FROM cities", "CREATE TABLE world.t ()", "CREATE TABLE public.t ()", "CREATE TEMP TABLE t ()"],
)
async def test_the_reader_changes_nothing(dsn: str, change: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await fetch(dsn, change)


@pytest.mark.asyncio
async def test_the_reader_is_nobody_special(dsn: str) -> None:
    query = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
    assert await fetch(dsn, query) == [(False, False, False, False)]


@pytest.mark.asyncio
async def test_the_licence_of_the_data_stands_in_the_database(dsn: str) -> None:
    comment = (await fetch(dsn, "SELECT obj_description('world'::regnamespace, 'pg_namespace')"))[0][0]
    assert "GeoNames (CC BY 4.0)" in comment


@pytest.mark.asyncio
async def test_a_second_start_does_not_load_again_but_a_new_edition_does(
    dsn: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    table = "SELECT 'world.cities'::regclass::oid"
    before = await fetch(dsn, table)
    with open_demo(steps.append, folder):
        assert (steps, await fetch(dsn, table)) == ([], before)
    monkeypatch.setattr("mcp_db_server.demo.world.EDITION", 0)
    with open_demo(steps.append, folder):
        assert len(steps) == 1
        assert await fetch(dsn, table) != before


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(sys.modules["mcp_db_server.demo.world"], "version", missing)
    with pytest.raises(ConfigurationError) as refused, open_demo():
        pass
    (fault,) = refused.value.faults
    assert '`uvx --from "./servers/database[demo]" mcp-db-server --demo`' in fault
    # By its bare name a package index would give somebody else's.
    assert "install mcp-db-server" not in fault


@pytest.mark.parametrize(
    ("cities", "found"),
    [
        ([(1, "Rome", 5, []), (2, "Rome", 9, [])], {2}),  # the larger of two
        ([(1, "Rome", 5, []), (2, "Milan", 9, ["Rome"])], {1}),  # a name counts before other names
        ([(1, "Roma", 5, ["Rome"]), (2, "Milan", 9, [])], {1}),  # other names count when no name does
        ([(1, "Milan", 5, [])], set()),
    ],
)
def test_the_capital_is_the_largest_city_of_its_name(cities: list[tuple[Any, ...]], found: set[int]) -> None:
    keys = ("geonameid", "name", "population", "alternatenames")
    records = [{"countrycode": "IT", **dict(zip(keys, city, strict=True))} for city in cities]
    assert capitals([{"iso": "IT", "capital": "Rome"}], records) == found


def test_excerpt_in_the_repository_is_of_these_rows() -> None:
    assert (Path(__file__).parents[1] / "sample" / "world.sql").read_text() == "".join(excerpt.script())
