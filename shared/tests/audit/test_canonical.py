"""Canonical JSON is RFC 8785, as another implementation of it has it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.audit.canonical import canonical, clean

SAFE = 2**53 - 1
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-SAFE, SAFE)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"))
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner), max_leaves=20
)


@given(VALUES)
def test_every_value_is_written_as_by_another_implementation(value: Any) -> None:
    assert clean(canonical(value)) == rfc8785.dumps(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_is_read_back_as_it_was(value: float) -> None:
    assert float(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-0.0, "0"),
        (1.0, "1"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (123.456, "123.456"),
        (-1234567890.5, "-1234567890.5"),
        (SAFE, "9007199254740991"),
        (SAFE + 1, '"9007199254740992"'),  # a reader with doubles could not tell it from its neighbours
        (-SAFE - 1, '"-9007199254740992"'),
        (math.nan, '"NaN"'),
        (math.inf, '"Infinity"'),
        (-math.inf, '"-Infinity"'),
        ('\x00\x1f\x7f\u2028"\\/\b\f\n\r\t', '"\\u0000\\u001f\x7f\u2028\\"\\\\/\\b\\f\\n\\r\\t"'),
        # UTF-16 code units put what is beyond the BMP before its last part, code points do not
        ({"\ue000": 1, "\U0001f600": 2, "a": 3}, '{"a":3,"\U0001f600":2,"\ue000":1}'),
        ("a\ud800b", '"a?b"'),
        ({"\ud800": 1, "a": 2}, '{"?":1,"a":2}'),
        ((1, {2}), '[1,["2"]]'),
        (object, "\"<class 'object'>\""),
    ],
    ids=repr,
)
def test_what_is_not_obvious_is_written_so(value: Any, written: str) -> None:
    assert clean(canonical(value)).decode() == written


def test_subclasses_are_written_as_what_they_are() -> None:
    class Text(str):
        pass

    class Number(int):
        pass

    assert canonical({"a": Text("x"), "b": Number(3), "c": frozenset({"z", "y"})}) == '{"a":"x","b":3,"c":["y","z"]}'


def test_a_large_value_is_written_too() -> None:
    value = {f"key {number}": [number, str(number), number / 7] for number in range(2_000)}
    assert json.loads(canonical(value)) == value
