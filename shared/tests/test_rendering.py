"""Rendering: schemas from annotations, text within its budget, and errors that clients accept."""

from __future__ import annotations

import json
import sys
import typing
from contextlib import nullcontext
from typing import Any, NotRequired

import pytest
from mcp_chassis.arguments import Arguments
from mcp_chassis.errors import InvalidArguments, RateLimited, TooLarge
from mcp_chassis.registry import Endpoint
from mcp_chassis.rendering import (
    ERROR_META,
    Body,
    ToolRenderer,
    WithContent,
    render_prompt,
    render_resource,
    render_tool_error,
)
from mcp_types import ImageContent, TextContent
from pydantic import BaseModel
from typing_extensions import TypedDict


class Rows(TypedDict):
    rows: list[list[Any]]
    next_cursor: NotRequired[str]


class Model(BaseModel):
    number: float
    note: str | None = None


async def rows() -> Rows:
    return {"rows": []}


async def model() -> Model:
    return Model(number=1)


async def numbers() -> list[int]:
    return []


async def listing() -> WithContent[Rows]:
    return WithContent({"rows": []}, [])


async def text() -> str:
    return ""


async def blocks() -> list[TextContent | ImageContent]:
    return []


def renderer(function: Any, text_bytes: int = 65_536, max_result_bytes: int = 4 * 2**20) -> ToolRenderer:
    endpoint = Endpoint(kind="tool", name="t", function=function, arguments=Arguments(function), scopes=frozenset())
    return ToolRenderer(endpoint, text_bytes=text_bytes, max_result_bytes=max_result_bytes)


def test_a_typed_dict_is_structured_content_and_the_same_as_text() -> None:
    rendered = renderer(rows)({"rows": [[1, None], ["ä", {"k": None}]]})
    assert rendered.result.structured_content == {"rows": [[1, None], ["ä", {"k": None}]]}
    assert json.loads(rendered.result.content[0].text) == rendered.result.structured_content
    assert rendered.summary == {"bytes": len(rendered.result.content[0].text.encode()), "rows": 2}


def test_content_of_its_own_stands_in_place_of_the_data_as_text() -> None:
    image = ImageContent(type="image", data="AA==", mime_type="image/png")
    rendered = renderer(listing)(WithContent({"rows": [["a"], ["b"]]}, ["[FILE] a\n[FILE] b", image]))
    assert rendered.result.structured_content == {"rows": [["a"], ["b"]]}
    assert rendered.result.content == [TextContent(type="text", text="[FILE] a\n[FILE] b"), image]
    assert rendered.rows == 2


def test_the_schema_of_a_result_with_content_of_its_own_is_that_of_its_data() -> None:
    assert renderer(listing).output_schema == renderer(rows).output_schema


def test_content_of_its_own_counts_towards_the_size_of_the_result() -> None:
    with pytest.raises(TooLarge):
        renderer(listing, max_result_bytes=1_000)(WithContent({"rows": []}, ["a" * 1_000]))


def test_a_typed_dict_of_the_wrong_module_is_told_in_one_sentence() -> None:
    class Wrong(typing.TypedDict):
        a: int

    async def careless(value: Wrong) -> str:
        return ""

    async def gives() -> Any:
        return {"a": 1}

    gives.__annotations__ = {"return": Wrong}
    careless.__annotations__ = {"value": Wrong, "return": str}
    for function in (careless, gives):
        refusal = pytest.raises(TypeError, match=f"{function.__name__}: import TypedDict from typing_extensions")
        with refusal if sys.version_info < (3, 12) else nullcontext():
            renderer(function)


def test_row_lists_have_no_inner_item_schema() -> None:
    schema = renderer(rows).output_schema
    assert schema is not None
    assert schema["properties"]["rows"] == {"type": "array", "items": {"type": "array"}}
    assert "required" not in schema


def test_a_model_is_dumped_without_what_is_absent() -> None:
    assert renderer(model)(Model(number=1)).result.structured_content == {"number": 1.0}


def test_what_is_no_object_is_wrapped() -> None:
    made = renderer(numbers)
    assert made.output_schema == {
        "type": "object",
        "properties": {"result": {"type": "array", "items": {"type": "integer"}}},
        "required": ["result"],
    }
    assert made([1, 2]).result.structured_content == {"result": [1, 2]}


def test_numbers_that_json_does_not_have_become_null() -> None:
    rendered = renderer(rows)({"rows": [[float("nan"), float("inf"), "NaN"]]})
    assert rendered.result.structured_content == {"rows": [[None, None, "NaN"]]}


@pytest.mark.parametrize("function", [text, blocks])
def test_strings_and_content_blocks_have_no_schema(function: Any) -> None:
    assert renderer(function).output_schema is None


def test_content_blocks_are_passed_on() -> None:
    image = ImageContent(type="image", data="AA==", mime_type="image/png")
    assert renderer(blocks)([image]).result.content == [image]
    assert renderer(text)("hello").result.content == [TextContent(type="text", text="hello")]


def test_text_over_its_budget_is_cut_at_a_row_and_says_how_to_get_the_rest() -> None:
    value = {"rows": [[number, "x" * 10] for number in range(1000)]}
    rendered = renderer(rows, text_bytes=1_000)(value)
    shown, note = rendered.result.content[0].text.split("\n")
    count = len(json.loads(shown)["rows"])
    assert 40 < count < 70
    assert note == (
        f"[rows: the first {count} of 1,000 are shown here; all are in structuredContent, or ask for fewer]"
    )
    assert len(rendered.result.structured_content["rows"]) == 1000


def test_a_result_over_the_cap_is_refused() -> None:
    with pytest.raises(TooLarge, match="the limit is 2,000"):
        renderer(rows, max_result_bytes=2_000)({"rows": [["x" * 3_000]]})
    with pytest.raises(TooLarge):
        renderer(text, max_result_bytes=2_000)("x" * 3_000)


def test_an_error_is_text_for_the_model_and_an_object_for_programs() -> None:
    result = render_tool_error(RateLimited("Busy.", hint="Wait.", retry_after_s=2.5), "abc")
    assert result.is_error
    assert result.structured_content is None
    assert result.content == [TextContent(type="text", text="Busy. Wait. [rate_limited, abc, retry_after_s=2.5]")]
    assert result.meta == {
        ERROR_META: {
            "code": "rate_limited",
            "message": "Busy.",
            "retryable": True,
            "error_id": "abc",
            "hint": "Wait.",
            "retry_after_s": 2.5,
        }
    }


def test_an_error_without_a_message_has_its_docstring() -> None:
    assert InvalidArguments().message.startswith("The arguments do not fit;")


@pytest.mark.parametrize(("value", "content"), [("a", "a"), (b"\x00", b"\x00"), ({"a": None}, '{"a":null}')])
def test_resources_are_text_blobs_or_json(value: Any, content: Any) -> None:
    assert render_resource(value, "text/plain") == Body(content, "text/plain")
    assert render_resource(Body("a", "text/csv"), "text/plain") == Body("a", "text/csv")


def test_a_prompt_of_a_string_is_one_message_of_the_user() -> None:
    (message,) = render_prompt("Hello", "d").messages
    assert (message.role, message.content) == ("user", TextContent(type="text", text="Hello"))
