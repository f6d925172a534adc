from __future__ import annotations

from typing import Any

import pytest
from mcp_chassis.errors import InvalidArguments
from mcp_db_server.filters import Order, build, quote
from mcp_db_server.schema import ColumnInfo, Table


def column(name: str, kind: str = "integer", category: str = "N") -> ColumnInfo:
    return ColumnInfo(name, kind, 23, category, "b", True, None, None, ())


CITIES = Table(1, "world", "cities", "r", None, None)
CITIES.columns = {"id": column("id"), "name": column("name", "text", "S"), 'odd"name': column('odd"name')}
CITIES.columns["facts"] = column("facts", "jsonb", "U")
START = 'SELECT "id" FROM "world"."cities"'


@pytest.mark.parametrize(
    ("filters", "where", "values"),
    [
        ({}, "", []),
        ({"id": 5}, ' WHERE "id" = $1', [5]),
        ({"id": None}, ' WHERE "id" IS NULL', []),
        ({"id": {"ne": None}}, ' WHERE "id" IS NOT NULL', []),
        ({"id": {"gte": 1, "lt": 9}}, ' WHERE "id" >= $1 AND "id" < $2', [1, 9]),
        ({"id": {"between": [1, 9]}}, ' WHERE "id" BETWEEN $1 AND $2', [1, 9]),
        ({"id": {"in": [1, 2]}}, ' WHERE ("id" = ANY ($1))', [[1, 2]]),
        ({"id": {"in": [1, None]}}, ' WHERE ("id" = ANY ($1) OR "id" IS NULL)', [[1]]),
        ({"id": {"in": []}}, ' WHERE ("id" = ANY ($1))', [[]]),
        ({"id": {"is_null": False}}, ' WHERE "id" IS NOT NULL', []),
        ({"name": {"like": "A%"}}, ' WHERE "name" LIKE $1', ["A%"]),
        ({"name": {"ilike": "a%"}}, ' WHERE "name" ILIKE $1', ["a%"]),
        ({"name": "'; DROP TABLE x; --"}, ' WHERE "name" = $1', ["'; DROP TABLE x; --"]),
        ({'odd"name': 1}, ' WHERE "odd""name" = $1', [1]),
        ({"facts": {"eq": {"a": 1}}}, ' WHERE "facts" = $1', [{"a": 1}]),
        ({"id": 1, "name": {"ne": "x"}}, ' WHERE "id" = $1 AND "name" <> $2', [1, "x"]),
    ],
)
def test_filters_become_conditions_with_bound_values(filters: dict[str, Any], where: str, values: list[Any]) -> None:
    query = build(CITIES, ["id"], filters, [], None)
    assert (query.sql, query.values) == (START + where, values)
    assert len(query.labels) == len(query.values)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"idd": 1}, "world.cities has no column idd; did you mean id?"),
        ({"zzz": 1}, "world.cities has no column zzz."),
        ({"id": {"gtx": 1}}, "filters.id has no operator of that name; did you mean gt?"),
        ({"id": {"%%": 1}}, "filters.id has no operator of that name (known are eq, ne, lt, "),
        (
            {"facts": {"a": 1}},
            "filters.facts has no operator of that name; to compare with an object write {eq: {...}}.",
        ),
        ({"id": {}}, "filters.id is empty"),
        ({"id": {"lt": None}}, "filters.id.lt takes a value, not null"),
        ({"id": {"in": 1}}, "filters.id.in takes a list"),
        ({"id": {"between": [1]}}, "filters.id.between takes a list of two values"),
        ({"id": {"between": [1, None]}}, "filters.id.between takes a list of two values"),
        ({"id": {"is_null": 1}}, "filters.id.is_null takes true or false"),
        ({"id": {"like": "1%"}}, "filters.id.like needs a text column, and id is integer"),
    ],
)
def test_filters_that_do_not_fit_are_told(filters: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArguments) as refused:
        build(CITIES, ["id"], filters, [], None)
    assert refused.value.message.startswith(message)


UP, DOWN = Order("id", False, False), Order("name", True, True)


@pytest.mark.parametrize(
    ("order", "after", "rest", "values"),
    [
        ([UP], None, ' ORDER BY "id"', []),
        ([DOWN, UP], None, ' ORDER BY "name" DESC, "id"', []),
        ([UP], [5], ' WHERE ("id") > ($1) ORDER BY "id"', [5]),
        (
            [DOWN, UP],
            ["m", 5],
            ' WHERE (("name" < $1) OR ("name" = $1 AND "id" > $2)) ORDER BY "name" DESC, "id"',
            ["m", 5],
        ),
        (
            [DOWN, UP],
            [None, 5],
            ' WHERE (("name" IS NOT NULL) OR ("name" IS NULL AND "id" > $1)) ORDER BY "name" DESC, "id"',
            [5],
        ),
        (
            [Order("name", False, True), UP],
            ["m", 5],
            ' WHERE ((("name" > $1 OR "name" IS NULL)) OR ("name" = $1 AND "id" > $2)) ORDER BY "name", "id"',
            ["m", 5],
        ),
        (
            [Order("name", False, True), UP],
            [None, 5],
            ' WHERE (("name" IS NULL AND "id" > $1)) ORDER BY "name", "id"',
            [5],
        ),
        ([Order("name", False, True)], [None], ' WHERE false ORDER BY "name"', []),
    ],
)
def test_a_page_begins_behind_the_last_row(
    order: list[Order], after: list[Any] | None, rest: str, values: list[Any]
) -> None:
    query = build(CITIES, ["id"], {}, order, after)
    assert (query.sql, query.values) == (START + rest, values)


def test_names_are_quoted() -> None:
    assert quote('a"b') == '"a""b"'
