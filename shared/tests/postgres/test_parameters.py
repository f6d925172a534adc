from __future__ import annotations

import base64
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.errors import InvalidArguments
from mcp_chassis.postgres import codecs
from mcp_chassis.postgres.codecs import BUILTIN, TypeInfo
from mcp_chassis.postgres.parameters import encode

MOOD = TypeInfo(90001, "mood", kind="e", category="E", length=4)
MOODS = TypeInfo(90002, "mood[]", category="A", element=90001)
POSITIVE = TypeInfo(90003, "positive", kind="d", category="N", base=codecs.INT4, length=4)
PAIR = TypeInfo(90004, "pair", kind="c", category="C")
MONEY = TypeInfo(790, "money", category="N", length=8)
BOX = TypeInfo(603, "box", category="G", delimiter=";", length=32)
BOXES = TypeInfo(1020, "box[]", category="A", element=603)
NUMERICS = TypeInfo(1231, "numeric[]", category="A", element=codecs.NUMERIC)
TYPES = BUILTIN | {kind.oid: kind for kind in (MOOD, MOODS, POSITIVE, PAIR, MONEY, BOX, BOXES, NUMERICS)}


def one(value: Any, kind: TypeInfo) -> Any:
    return encode([value], [kind], TYPES)[0]


@pytest.mark.parametrize(
    ("oid", "value", "sent"),
    [
        (codecs.BOOL, True, True),
        (codecs.BOOL, "FALSE", False),
        (codecs.BOOL, "on", True),
        (codecs.INT2, 32767, 32767),
        (codecs.INT4, "12", 12),
        (codecs.INT4, 3.0, 3),
        (codecs.INT8, "-9223372036854775808", -(2**63)),
        (codecs.OID, 2**32 - 1, 2**32 - 1),
        (codecs.FLOAT8, 1, 1.0),
        (codecs.FLOAT8, "-Infinity", float("-inf")),
        (codecs.FLOAT4, 0.1, "0.1"),
        (codecs.NUMERIC, "123456789012345678901234567890.10", "123456789012345678901234567890.10"),
        (codecs.NUMERIC, 1e30, "1e+30"),
        (codecs.NUMERIC, 10**40, "1" + "0" * 40),
        (codecs.NUMERIC, "nan", "nan"),
        (codecs.TEXT, "x", "x"),
        (codecs.TEXT, 12, "12"),
        (codecs.VARCHAR, "", ""),
        (codecs.JSONB, {"a": [1, None]}, '{"a": [1, null]}'),
        (codecs.JSONB, [1, 2], "[1, 2]"),
        (codecs.JSONB, True, "true"),
        (codecs.JSONB, '{"a": 1}', '{"a": 1}'),
        (codecs.JSONB, "plain", '"plain"'),
        (codecs.JSON, "NaN", '"NaN"'),
        (codecs.BYTEA, "AAEC", b"\x00\x01\x02"),
        (codecs.BYTEA, "\\x00ff", b"\x00\xff"),
        (codecs.UUID, "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000a"),
        (codecs.DATE, "2026-11-20", "2026-11-20"),
        (codecs.INTERVAL, "P1DT2H", "P1DT2H"),
        (1007, [1, "2", None, [3]][:3], [1, 2, None]),
        (1009, ["a", None], ["a", None]),
        (1009, '{a,NULL,"b,c"}', ["a", None, "b,c"]),
        (790, 12.5, "12.5"),
        (1007, [[1, 2], [3, 4]], [[1, 2], [3, 4]]),
        (codecs.INT4, None, None),
        (codecs.JSONB, None, None),
    ],
)
def test_json_values_fit_the_type_that_the_server_describes(oid: int, value: Any, sent: Any) -> None:
    assert one(value, TYPES[oid]) == sent


@pytest.mark.parametrize(
    ("kind", "value", "sent"),
    [
        (MOOD, "happy", "happy"),
        (MOODS, ["happy", None, 'a"b\\'], '{"happy",NULL,"a\\"b\\\\"}'),
        (MOODS, "{happy}", "{happy}"),
        (POSITIVE, 5, "5"),
        (PAIR, [1, None, "a b", True], '("1",,"a b","true")'),
        (PAIR, "(1,2)", "(1,2)"),
        (BOXES, ["(1,2),(3,4)", "(0,0),(1,1)"], '{"(1,2),(3,4)";"(0,0),(1,1)"}'),
        (NUMERICS, [[1, "2.50"], [None, 3.5]], '{{"1","2.50"},{NULL,"3.5"}}'),
        (NUMERICS, [], "{}"),
    ],
)
def test_types_of_the_database_are_written_in_its_syntax(kind: TypeInfo, value: Any, sent: str) -> None:
    assert one(value, kind) == sent


@pytest.mark.parametrize(
    ("oid", "value", "reason"),
    [
        (codecs.BOOL, 1, "give true or false"),
        (codecs.INT4, True, "give a whole number"),
        (codecs.INT4, "1.5", "give a whole number"),
        (codecs.INT4, 1.5, "give a whole number"),
        (codecs.INT2, 40000, "between -32768 and 32767"),
        (codecs.INT8, 2**63, "between"),
        (codecs.NUMERIC, "1,5", "give a number"),
        (codecs.NUMERIC, True, "give a number"),
        (codecs.FLOAT8, 10**400, "out of range"),
        (codecs.FLOAT8, "1e999", "out of range"),
        (codecs.TEXT, True, "give a string"),
        (codecs.TEXT, {"a": 1}, "give a string"),
        (codecs.TEXT, "a\0b", "NUL"),
        (codecs.JSONB, {"a\0": 1}, "NUL"),
        (codecs.BYTEA, "not base64!", "give base64"),
        (codecs.UUID, "12", "32 hexadecimal digits"),
        (codecs.DATE, 20200101, "PostgreSQL's syntax"),
        (1007, "1,2", "give a list"),
        (1007, "{1,x}", "give a whole number"),
        (1007, [[1], [2, 3]], "same length"),
        (1007, [1, [2]], "same length"),
        (1007, [[[[[[[1]]]]]]], "six dimensions"),
        (1007, ["x"], "give a whole number"),
    ],
)
def test_what_does_not_fit_is_named_by_number_and_type(oid: int, value: Any, reason: str) -> None:
    with pytest.raises(InvalidArguments) as refused:
        encode([None, value], [BUILTIN[codecs.TEXT], TYPES[oid]], TYPES)
    assert refused.value.message.startswith(f"Parameter $2 ({TYPES[oid].name}) does not fit: ")
    assert reason in refused.value.message


@pytest.mark.parametrize("given_values", [[], [1], [1, 2, 3]])
def test_a_wrong_number_of_values_says_what_is_wanted(given_values: list[int]) -> None:
    with pytest.raises(InvalidArguments, match=r"takes 2 parameter\(s\) \(\$1 integer, \$2 text\), but \d were given"):
        encode(given_values, [BUILTIN[codecs.INT4], BUILTIN[codecs.TEXT]], TYPES)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(_JSON, st.sampled_from(sorted(TYPES)))
def test_any_value_for_any_type_is_sent_or_refused_in_words(value: Any, oid: int) -> None:
    with suppress(InvalidArguments):
        sent = one(value, TYPES[oid])
        assert (sent is None) == (value is None)


@given(st.binary())
def test_bytea_takes_back_what_it_gave(data: bytes) -> None:
    assert one(base64.b64encode(data).decode(), BUILTIN[codecs.BYTEA]) == data
