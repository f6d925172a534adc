"""Arguments: what a signature becomes, what is accepted, and how refusals read."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from mcp_chassis.arguments import Arguments, slim
from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments
from mcp_chassis.words import nearest_name
from pydantic import BaseModel, Field


class Edit(BaseModel):
    old: Annotated[str, Field(max_length=50_000)]


async def tool(
    ctx: Context[None],
    table: Annotated[str, Field(description="a table")],
    limit: Annotated[int, Field(ge=1, le=500)] = 50,
    filters: dict[str, Any] | None = None,
    columns: list[str] | None = None,
    detail: Literal["names", "full"] = "names",
    sql: Annotated[str, Field(max_length=100_000)] = "",
    edits: list[Edit] | None = None,
    anything: Any = None,
) -> str:
    """A tool."""
    return ""


ARGUMENTS = Arguments(tool)


@pytest.mark.parametrize(
    ("given", "validated"),
    [
        ({"table": "t"}, {"table": "t"}),
        ({"table": "t", "limit": 5}, {"table": "t", "limit": 5}),
        ({"table": "t", "filters": None}, {"table": "t", "filters": None}),
        ({"table": "t", "filters": '{"a": 1}'}, {"table": "t", "filters": {"a": 1}}),  # JSON as a string
        ({"table": "t", "columns": '["a", "b"]'}, {"table": "t", "columns": ["a", "b"]}),
        ({"table": '{"a": 1}'}, {"table": '{"a": 1}'}),  # a string argument stays a string
        ({"table": "t", "sql": "x" * 100_000}, {"table": "t", "sql": "x" * 100_000}),  # the field says more
        ({"table": "t", "anything": "[1]"}, {"table": "t", "anything": "[1]"}),
    ],
)
def test_what_fits_is_accepted(given: dict[str, Any], validated: dict[str, Any]) -> None:
    assert ARGUMENTS.validate(given) == validated


def test_long_strings_within_a_model_that_allows_them_are_accepted() -> None:
    assert len(ARGUMENTS.validate({"table": "t", "edits": [{"old": "x" * 50_000}]})["edits"][0].old) == 50_000


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "table is missing."),
        ({"table": "t", "limit": "5"}, "limit should be a valid integer."),
        ({"table": "t", "limit": True}, "limit should be a valid integer."),
        ({"table": "t", "limit": 0}, "limit should be greater than or equal to 1."),
        ({"table": "t", "limits": 5}, "limits is not an argument; did you mean limit?"),
        ({"table": "t", "xyzzy": 5}, "xyzzy is not an argument (known are table, limit"),
        ({"table": "t", "columns": [1]}, "columns[0] should be a valid string."),
        ({"table": "t", "columns": "hunter2"}, "columns should be a valid list."),
        ({"table": "t", "detail": "hunter2"}, "detail should be 'names' or 'full'."),
        ({"table": "hunter2" * 2_000}, "table is longer than 10,000 characters; send less."),
        ({"table": "t", "columns": ["a"] * 1_001}, "columns has more than 1,000 items; send fewer."),
        ({"table": "t", "filters": {str(n): n for n in range(101)}}, "filters has more than 100 keys; send fewer."),
        ({"table": "t", "filters": {"hunter2" * 2_000: 1}}, "filters has a key longer than 10,000 characters"),
        ({f"a{n}": n for n in range(101)}, "There are more than 100 arguments"),
    ],
)
def test_what_does_not_fit_is_refused_by_path_and_rule_without_the_value(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidArguments) as refused:
        ARGUMENTS.validate(given)
    assert sentence in refused.value.message
    assert "hunter2" not in refused.value.message


def test_deep_nesting_is_refused() -> None:
    deep: Any = 1
    for _ in range(10):
        deep = {"a": deep}
    assert ARGUMENTS.validate({"table": "t", "filters": deep})["filters"] == deep
    with pytest.raises(InvalidArguments, match="nested deeper than 10 levels"):
        ARGUMENTS.validate({"table": "t", "filters": {"a": deep}})


def test_the_schema_is_closed_and_carries_no_noise() -> None:
    schema = ARGUMENTS.schema
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["table"]
    assert "ctx" not in schema["properties"]
    assert schema["properties"]["filters"] == {"additionalProperties": True, "type": "object"}
    assert schema["properties"]["table"] == {"description": "a table", "type": "string"}


def test_a_property_named_title_or_items_is_kept() -> None:
    schema = {"title": "T", "properties": {"title": {"title": "Title", "type": "string"}, "items": {}}}
    assert slim(schema) == {"properties": {"title": {"type": "string"}, "items": {}}}


def test_a_parameter_without_annotation_is_a_fault_of_the_author() -> None:
    async def careless(a) -> str:  # type: ignore[no-untyped-def]
        return ""

    with pytest.raises(TypeError, match="'a' has no annotation"):
        Arguments(careless)


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("citys", ["cities", "countries"], "cities"),
        ("COUNTRIES", ["cities", "countries"], "countries"),
        ("zebra", ["cities", "countries"], None),
        ("x" * 100_000, ["cities"], None),
    ],
)
def test_the_nearest_name_is_found_or_none(name: str, known: list[str], near: str | None) -> None:
    assert nearest_name(name, known) == near
