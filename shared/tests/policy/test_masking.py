"""Masking and cutting of results, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from mcp_chassis.errors import Denied
from mcp_chassis.policy.masking import capped, masked
from mcp_chassis.rendering import WithContent
from mcp_types import TextContent


@dataclass
class Person:
    """A result that is no JSON yet."""

    name: str
    email: str | None = None


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ({"email": "a@b", "name": "a"}, {"email": "[redacted]", "name": "a"}),
        ({"Email": "a@b"}, {"Email": "[redacted]"}),
        ({"email": 5}, {"email": None}),
        ({"email": None}, {"email": None}),
        ({"email": ["a@b", 1, {"work": "c@d"}]}, {"email": ["[redacted]", None, {"work": "[redacted]"}]}),
        (
            {"people": [{"email": "a@b"}, {"x": {"email": True}}]},
            {"people": [{"email": "[redacted]"}, {"x": {"email": None}}]},
        ),
        ([{"email": "a@b"}], [{"email": "[redacted]"}]),
        (Person("a", "a@b"), {"name": "a", "email": "[redacted]"}),
        ([Person("a", "a@b")], [{"name": "a", "email": "[redacted]"}]),
        (7, 7),
        (None, None),
        (
            {"columns": ["id", "email"], "rows": [[1, "a@b"]]},
            {"columns": ["id", "email"], "rows": [[1, "[redacted]"]], "redacted": ["email"]},
        ),
        (
            {"columns": [{"name": "EMAIL"}], "rows": [["x"], [None]]},
            {"columns": [{"name": "EMAIL"}], "rows": [["[redacted]"], [None]], "redacted": ["EMAIL"]},
        ),
        ({"columns": ["id"], "rows": [[1]]}, {"columns": ["id"], "rows": [[1]]}),
        (
            {"columns": ["profile"], "rows": [[{"email": "a", "age": 1}]]},
            {"columns": ["profile"], "rows": [[{"email": "[redacted]", "age": 1}]]},
        ),
        (
            {"columns": ["email", "email"], "rows": [["a", "b"]]},
            {"columns": ["email", "email"], "rows": [["[redacted]", "[redacted]"]], "redacted": ["email", "email"]},
        ),
        (
            {"columns": ["email"], "rows": [{"email": "a"}]},
            {"columns": ["email"], "rows": [{"email": "[redacted]"}], "redacted": ["email"]},
        ),
    ],
)
def test_fields_are_masked_by_name_wherever_they_stand(value: Any, result: Any) -> None:
    assert masked(value, {"email"}) == result


BLOCK = TextContent(type="text", text="a")


@pytest.mark.parametrize("value", ["a@b", b"a", ["a@b"], BLOCK, [BLOCK]])
def test_text_has_no_fields_and_is_refused(value: Any) -> None:
    with pytest.raises(Denied, match="cannot be told apart"):
        masked(value, {"email"})
    assert capped(value, 0) == value


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ({"rows": [1, 2, 3], "next_cursor": "x"}, {"rows": [1, 2], "truncated": True, "truncated_by": "rows"}),
        ({"rows": [1], "next_cursor": "x", "truncated": True}, {"rows": [1], "truncated": True}),
        (
            {"rows": [1, 2, 3], "row_count": 3, "truncated": False},
            {"rows": [1, 2], "row_count": 2, "truncated": True, "truncated_by": "rows"},
        ),
        (
            {"rows": [1, 2, 3], "truncated_values": [[0, 1], [2, 0]]},
            {"rows": [1, 2], "truncated_values": [[0, 1]], "truncated": True, "truncated_by": "rows"},
        ),
        ([{"a": 1}, {"a": 2}, {"a": 3}], [{"a": 1}, {"a": 2}]),
        ({"rows": 5}, {"rows": 5}),
        ({"tables": [1, 2, 3]}, {"tables": [1, 2, 3]}),
    ],
)
def test_rows_are_cut_and_lead_nowhere(value: Any, result: Any) -> None:
    assert capped(value, 2) == result


def test_fields_may_stand_below_some_keys_alone() -> None:
    value = {"name": "people", "rows": [], "tables": [{"name": "t", "sample": {"name": ["ann"], "id": [1]}}]}
    kept = {"name": "people", "rows": [], "tables": [{"name": "t", "sample": {"name": ["[redacted]"], "id": [1]}}]}
    assert masked(value, {"name"}, {"sample"}) == kept
    assert masked(value, {"name"}, ()) == value


def test_content_of_its_own_cannot_be_masked_and_goes_with_the_rows_that_are_cut() -> None:
    listing = WithContent({"rows": [["a"], ["b"]], "next_cursor": "c"}, ["a b"])
    with pytest.raises(Denied, match="cannot be told apart"):
        masked(listing, {"name"})
    assert masked(listing, {"name"}, ()) is listing  # no field of anybody's data is in it
    assert capped(listing, 1) == {"rows": [["a"]], "truncated": True, "truncated_by": "rows"}
    body = WithContent({"path": "a"}, ["text"])
    assert capped(body, 1) is body
