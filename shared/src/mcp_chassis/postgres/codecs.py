"""How PostgreSQL's values become JSON, exactly.

What JSON holds exactly (bool, small integers, finite floats, text) comes in PostgreSQL's binary format; everything
else comes as PostgreSQL's own text, which is exact by definition: nothing is decoded into a Python type that cannot
hold year 20000, 44 BC, 24:00 or NaN. A type that is not known here needs no introspection by the driver: its text is
taken.

| PostgreSQL | JSON |
|---|---|
| boolean, smallint, integer, oid, text, varchar, char, name | as it is |
| bigint | number up to 2^53, else its digits as a string |
| real, double precision | number; "NaN", "Infinity", "-Infinity" |
| numeric | its digits as a string |
| date, time, timestamp, timestamptz | ISO 8601, years and BC as PostgreSQL writes them; "infinity" |
| bytea | base64 |
| json, jsonb | the value; numbers a double cannot hold as strings |
| array | list, nested where the array is |
| anything else | PostgreSQL's text |
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

__all__ = ["BUILTIN", "NATIVE", "NATIVE_ARRAYS", "TypeInfo", "converter", "parse_array", "parse_json"]

MAX_EXACT_INTEGER = 2**53
MAX_JSON_DEPTH = 100
EXACT_DIGITS = 15  # a decimal of so many digits survives a double

Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """One row of pg_type, as far as values need it.

    Args:
        oid: the type's number.
        name: as `format_type` writes it.
        kind: pg_type.typtype (b base, c composite, d domain, e enum, r range, m multirange, p pseudo).
        category: pg_type.typcategory (A array, S string, ...).
        element: an array's element type, else 0.
        delimiter: between the elements of an array of this type.
        base: a domain's base type, else 0.
        length: bytes of a fixed-length type, else negative.
    """

    oid: int
    name: str
    kind: str = "b"
    category: str = "U"
    element: int = 0
    delimiter: str = ","
    base: int = 0
    length: int = -1


BOOL, BYTEA, CHAR, NAME, INT8, INT2, INT2VECTOR, INT4 = 16, 17, 18, 19, 20, 21, 22, 23
TEXT, OID, OIDVECTOR, JSON, XML, FLOAT4, FLOAT8, ANYARRAY = 25, 26, 30, 114, 142, 700, 701, 2277
BPCHAR, VARCHAR, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, TIMETZ = 1042, 1043, 1082, 1083, 1114, 1184, 1186, 1266
NUMERIC, RECORD, UUID, JSONB, UNKNOWN = 1700, 2249, 2950, 3802, 705

NATIVE: frozenset[int] = frozenset(
    {BOOL, BYTEA, CHAR, NAME, INT8, INT2, INT4, TEXT, OID, FLOAT8, BPCHAR, VARCHAR, UNKNOWN}
)
"""Types whose binary format the driver decodes exactly."""

NATIVE_ARRAYS: dict[int, int] = {
    1000: BOOL, 1001: BYTEA, 1002: CHAR, 1003: NAME, 1005: INT2, 1007: INT4, 1016: INT8, 1014: BPCHAR, 1015: VARCHAR,
    1022: FLOAT8, 1009: TEXT, 1028: OID, INT2VECTOR: INT2, OIDVECTOR: OID,
}  # fmt: skip
"""Array types of them, by element type."""

_SCALARS = (
    (BOOL, "boolean", "B", 1), (BYTEA, "bytea", "U", -1), (CHAR, '"char"', "Z", 1), (NAME, "name", "S", 64),
    (INT8, "bigint", "N", 8), (INT2, "smallint", "N", 2), (INT4, "integer", "N", 4), (TEXT, "text", "S", -1),
    (OID, "oid", "N", 4), (JSON, "json", "U", -1), (XML, "xml", "U", -1), (FLOAT4, "real", "N", 4),
    (FLOAT8, "double precision", "N", 8), (BPCHAR, "character", "S", -1), (VARCHAR, "character varying", "S", -1),
    (DATE, "date", "D", 4), (TIME, "time without time zone", "D", 8),
    (TIMESTAMP, "timestamp without time zone", "D", 8),
    (TIMESTAMPTZ, "timestamp with time zone", "D", 8), (INTERVAL, "interval", "T", 16),
    (TIMETZ, "time with time zone", "D", 12), (NUMERIC, "numeric", "N", -1), (UUID, "uuid", "U", 16),
    (JSONB, "jsonb", "U", -1), (UNKNOWN, "unknown", "X", -2),
)  # fmt: skip


def _builtin() -> dict[int, TypeInfo]:
    known = {oid: TypeInfo(oid, name, category=cat, length=size) for oid, name, cat, size in _SCALARS}
    for oid, element in NATIVE_ARRAYS.items():
        known[oid] = TypeInfo(oid, f"{known[element].name}[]", category="A", element=element)
    known[INT2VECTOR] = TypeInfo(INT2VECTOR, "int2vector", category="A", element=INT2)
    known[OIDVECTOR] = TypeInfo(OIDVECTOR, "oidvector", category="A", element=OID)
    return known


BUILTIN: dict[int, TypeInfo] = _builtin()
"""Types that never need a look into the catalog: their numbers are fixed in every PostgreSQL."""


def _bigint(value: int) -> int | str:
    return value if -MAX_EXACT_INTEGER <= value <= MAX_EXACT_INTEGER else str(value)


def _double(value: float) -> float | str:
    if isfinite(value):
        return value
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"


def _real(text: str) -> float | str:
    # From text: 0.1 stays 0.1, where widening the four bytes would make it 0.10000000149011612.
    return _double(float(text))


def _timestamp(text: str) -> str:
    return text.replace(" ", "T", 1)


_SHORT_OFFSET = re.compile(r"([+-]\d\d)(?= BC$|$)")


def _timestamptz(text: str) -> str:
    if len(text) > 13 and text[10] == " " and text[-3] in "+-":  # nearly all of them
        return f"{text[:10]}T{text[11:]}:00"
    return _SHORT_OFFSET.sub(r"\1:00", text.replace(" ", "T", 1))


def _bytea(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytea_text(text: str) -> str:
    return _bytea(bytes.fromhex(text[2:]))


def _char(value: bytes | str) -> str:
    # A "char" is one byte; zero is how PostgreSQL stores the empty one.
    return value if isinstance(value, str) else value.strip(b"\0").decode("utf-8", "backslashreplace")


def _exact_integer(digits: str) -> int | str:
    return _bigint(int(digits)) if len(digits) < 20 else digits


def _exact_number(digits: str) -> float | str:
    significant = digits.lower().partition("e")[0].lstrip("-").replace(".", "").strip("0")
    value = float(digits)
    if isfinite(value) and len(significant) <= EXACT_DIGITS and (value != 0) == bool(significant):
        return value
    return value if repr(value) == digits else digits


def _depth(text: str) -> int:
    deepest = depth = 0
    for mark in re.sub(r'"(?:[^"\\]|\\.)*"', "", text):
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


_EXACT_JSON = json.JSONDecoder(parse_int=_exact_integer, parse_float=_exact_number)
_INEXACT = re.compile(r"[\d.]{16}|\d[eE]")  # only numbers like these may not fit a double


def parse_json(text: str) -> Any:
    """The value of a json text; the text itself where it nests deeper than results may, or holds half a character."""
    if text.count("[") + text.count("{") > MAX_JSON_DEPTH and _depth(text) > MAX_JSON_DEPTH:
        return text
    value = _EXACT_JSON.decode(text) if _INEXACT.search(text) else json.loads(text)
    if "\\ud" in text or "\\uD" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return text
    return value


_ARRAY_TOKENS: dict[str, re.Pattern[str]] = {}


def _array_tokens(delimiter: str) -> re.Pattern[str]:
    pattern = _ARRAY_TOKENS.get(delimiter)
    if pattern is None:
        unquoted = rf'[^{{}}"{re.escape(delimiter)}]+'
        pattern = _ARRAY_TOKENS[delimiter] = re.compile(rf'"((?:[^"\\]|\\.)*)"|({unquoted})|([{{}}])', re.DOTALL)
    return pattern


def parse_array(text: str, delimiter: str = ",", element: Converter | None = None) -> list[Any]:
    """A list from PostgreSQL's array text, nested as the array is; lower bounds (`[0:2]={...}`) are dropped."""
    if text.startswith("["):
        text = text[text.index("=") + 1 :]
    if '"' not in text and "{" not in text[1:]:
        inner = text[1:-1]
        items = inner.split(delimiter) if inner else []
        return [None if item == "NULL" else element(item) if element else item for item in items]
    stack: list[list[Any]] = [[]]
    for quoted, plain, brace in _array_tokens(delimiter).findall(text):
        if brace == "{":
            stack.append([])
        elif brace == "}":
            done = stack.pop()
            stack[-1].append(done)
        elif plain == "NULL":
            stack[-1].append(None)
        else:
            value = plain or re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)
            stack[-1].append(element(value) if element else value)
    result: list[Any] = stack[0][0]
    return result


_FROM_BINARY: dict[int, Converter] = {INT8: _bigint, FLOAT8: _double, BYTEA: _bytea, CHAR: _char}
_FROM_TEXT: dict[int, Converter] = {
    FLOAT4: _real, TIMESTAMP: _timestamp, TIMESTAMPTZ: _timestamptz, JSON: parse_json, JSONB: parse_json,
}  # fmt: skip
_ELEMENT_FROM_TEXT: dict[int, Converter] = {
    **_FROM_TEXT, BYTEA: _bytea_text, FLOAT8: _real, INT8: _exact_integer, INT2: int, INT4: int, OID: int,
    BOOL: lambda text: text == "t",
}  # fmt: skip


def _nested(element: Converter) -> Converter:
    def convert(value: list[Any]) -> list[Any]:
        return [convert(item) if isinstance(item, list) else None if item is None else element(item) for item in value]

    return convert


def converter(kind: TypeInfo, types: dict[int, TypeInfo]) -> Converter | None:
    """What makes a JSON value of this type's decoded, non-null value; None where it is one already."""
    if kind.oid in NATIVE:
        return _FROM_BINARY.get(kind.oid)
    if kind.oid in NATIVE_ARRAYS:
        element_converter = _FROM_BINARY.get(NATIVE_ARRAYS[kind.oid])
        return None if element_converter is None else _nested(element_converter)
    if kind.category == "A" or kind.oid == ANYARRAY:
        element = types.get(kind.element)
        while element is not None and element.base:
            element = types.get(element.base)
        from_text = _ELEMENT_FROM_TEXT.get(element.oid) if element else None
        delimiter = element.delimiter if element else ","
        return lambda text: parse_array(text, delimiter, from_text)
    return _FROM_TEXT.get(kind.oid)
