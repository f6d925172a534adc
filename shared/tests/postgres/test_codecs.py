from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.postgres.codecs import parse_array, parse_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", []),
        ("{a,b}", ["a", "b"]),
        ("{NULL,null}", [None, "null"]),
        ('{"NULL",""}', ["NULL", ""]),
        ('{"a,b","say \\"hi\\"","back\\\\slash","{"}', ["a,b", 'say "hi"', "back\\slash", "{"]),
        ("{{1,2},{3,4}}", [["1", "2"], ["3", "4"]]),
        ("[0:1]={x,y}", ["x", "y"]),
        ("[2:2][0:1]={{x,y}}", [["x", "y"]]),
        ('{"two\nlines"}', ["two\nlines"]),
        ("{(1,2)}", ["(1", "2)"]),
    ],
)
def test_array_text_is_a_nested_list(text: str, value: list[Any]) -> None:
    assert parse_array(text) == value


def test_array_elements_have_their_own_delimiter() -> None:
    assert parse_array("{(1,2),(3,4);(5,6),(7,8)}", ";") == ["(1,2),(3,4)", "(5,6),(7,8)"]


@given(st.lists(st.none() | st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
def test_any_quoted_array_is_read_back(items: list[str | None]) -> None:
    quoted = ("NULL" if item is None else '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    assert parse_array("{" + ",".join(quoted) + "}") == items


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 1.5, true, null, "x"]}', {"a": [1, 1.5, True, None, "x"]}),
        ("9007199254740992", 9007199254740992),
        ("9007199254740993", "9007199254740993"),
        ("-12345678901234567890", "-12345678901234567890"),
        ("1.10", 1.1),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("1e400", "1e400"),
        ("1E-400", "1E-400"),
        ("0.0", 0.0),
        ("0e5", 0.0),
        ('"1e400"', "1e400"),
        ('{"a": "9007199254740993"}', {"a": "9007199254740993"}),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('"\\ud83d"', '"\\ud83d"'),
        ("[" * 100 + "]" * 100, None),
        ("[" * 101 + "]" * 101, "[" * 101 + "]" * 101),
        ('"' + "[" * 200 + '"', "[" * 200),
    ],
)
def test_json_keeps_every_number_exact(text: str, value: Any) -> None:
    if value is not None:
        assert parse_json(text) == value
    else:
        assert isinstance(parse_json(text), list)
