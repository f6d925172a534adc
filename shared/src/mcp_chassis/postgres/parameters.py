"""JSON values for `$1`, `$2`, ...: made into what the types take that the server describes.

| type | takes |
|---|---|
| boolean | true, false, or PostgreSQL's words for them as a string |
| smallint, integer, bigint, oid | a whole number, or its digits as a string |
| real, double precision, numeric | a number, or a string ("1.10", "NaN", "Infinity") |
| text and its kin | a string; a number becomes its digits |
| json, jsonb | any value; a string that is JSON text is taken as that text, any other string as a JSON string |
| bytea | base64, or PostgreSQL's `\\x` and hex digits |
| uuid, date, time, timestamp, interval, enum, range, inet, ... | a string in PostgreSQL's syntax (ISO 8601 included) |
| array | a list of the element's values, nested for more dimensions, or a string `{...}` |
| composite | a list of its fields in order, or a string `(...)` |
| domain | what its base type takes |

`null` is NULL everywhere.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

from mcp_chassis.errors import InvalidArguments
from mcp_chassis.postgres import codecs
from mcp_chassis.postgres.codecs import NATIVE, NATIVE_ARRAYS, TypeInfo

__all__ = ["encode"]

_DIGITS = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|[+-]?(Infinity|inf)", re.IGNORECASE)
_ARRAY = re.compile(r"\{.*\}", re.DOTALL)
_UUID = re.compile(r"\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}?", re.IGNORECASE)
_TRUE = {"true", "t", "yes", "y", "on", "1"}
_FALSE = {"false", "f", "no", "n", "off", "0"}
_RANGES = {codecs.INT2: 2**15, codecs.INT4: 2**31, codecs.INT8: 2**63}
_MAX_OID = 2**32


class _Misfit(Exception):
    """What the type takes instead, for the end of a sentence."""


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _TRUE | _FALSE:
        return value.strip().lower() in _TRUE
    raise _Misfit("give true or false")


def _whole(oid: int) -> Callable[[Any], int]:
    low, high = (0, _MAX_OID) if oid == codecs.OID else (-_RANGES[oid], _RANGES[oid])

    def coerce(value: Any) -> int:
        digits = isinstance(value, str) and len(value) < 40 and _DIGITS.fullmatch(value.strip())
        if digits or (isinstance(value, float) and value.is_integer()):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise _Misfit("give a whole number")
        if not low <= value < high:
            raise _Misfit(f"the number must be between {low} and {high - 1}")
        return value

    return coerce


def _number(value: Any) -> str:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _Misfit("give a number, or its digits as a string")
    return repr(value)


def _double(value: Any) -> float:
    try:
        number = float(_number(value))
    except OverflowError:  # an integer beyond any double
        raise _Misfit("the number is out of range") from None
    if not isfinite(number) and any(mark.isdigit() for mark in str(value)):
        raise _Misfit("the number is out of range")
    return number


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _Misfit("give a string")
    return repr(value)


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _Misfit("give a string in PostgreSQL's syntax")


def _uuid(value: Any) -> str:
    if isinstance(value, str) and _UUID.fullmatch(value):
        return value
    raise _Misfit("give a string of 32 hexadecimal digits")


def _json(value: Any) -> str:
    if isinstance(value, str):
        try:
            json.loads(value, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            return json.dumps(value, ensure_ascii=False)
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)  # json.loads takes NaN and Infinity, JSON does not


def _char(value: Any) -> bytes:
    data = _written(value).encode()
    if len(data) > 1:
        raise _Misfit("give one ASCII character")
    return data or b"\0"


def _bytea(value: Any) -> bytes:
    if isinstance(value, str):
        try:
            return bytes.fromhex(value[2:]) if value.startswith("\\x") else base64.b64decode(value, validate=True)
        except (ValueError, binascii.Error):
            pass
    raise _Misfit("give base64, or \\x and hexadecimal digits")


_SCALARS: dict[int, Callable[[Any], Any]] = {
    codecs.BOOL: _boolean, codecs.FLOAT8: _double, codecs.FLOAT4: _number, codecs.NUMERIC: _number,
    codecs.INT2: _whole(codecs.INT2), codecs.INT4: _whole(codecs.INT4), codecs.INT8: _whole(codecs.INT8),
    codecs.OID: _whole(codecs.OID), codecs.TEXT: _string, codecs.VARCHAR: _string, codecs.BPCHAR: _string,
    codecs.NAME: _string, codecs.JSON: _json, codecs.JSONB: _json, codecs.BYTEA: _bytea, codecs.CHAR: _char,
    codecs.UUID: _uuid,
}  # fmt: skip


def _scalar(kind: TypeInfo) -> Callable[[Any], Any]:
    return _SCALARS.get(kind.oid, _string if kind.category == "N" else _written)


class _Encoder:
    def __init__(self, types: dict[int, TypeInfo]) -> None:
        self._types = types

    def encode(self, value: Any, kind: TypeInfo) -> Any:
        """What the driver sends: a Python value for its native types, PostgreSQL's text for all others."""
        if kind.oid in NATIVE_ARRAYS:
            if isinstance(value, str) and _ARRAY.fullmatch(value):
                value = codecs.parse_array(value)
            if not isinstance(value, list):
                raise _Misfit("give a list")
            element = self._types[NATIVE_ARRAYS[kind.oid]]
            return self._rectangular(self._elements(value, lambda item: self._native(item, element)))
        return self._native(value, kind) if kind.oid in NATIVE else self._text(value, kind)

    def _native(self, value: Any, kind: TypeInfo) -> Any:
        return _scalar(kind)(value)

    def _elements(self, values: list[Any], one: Callable[[Any], Any]) -> list[Any]:
        return [
            None if item is None else self._elements(item, one) if isinstance(item, list) else one(item)
            for item in values
        ]

    def _rectangular(self, values: list[Any]) -> list[Any]:
        def shape(items: Any) -> tuple[int, ...]:
            if not isinstance(items, list):
                return ()
            inner = {shape(item) for item in items}
            if len(inner) > 1:
                raise _Misfit("all inner lists must be of the same length")
            return (len(items), *(inner.pop() if inner else ()))

        if len(shape(values)) > 6:
            raise _Misfit("an array has six dimensions at most")
        return values

    def _text(self, value: Any, kind: TypeInfo) -> str:
        kind = self._base(kind)
        if kind.category == "A" and isinstance(value, list):
            return self._array(self._rectangular(value), kind)
        if kind.kind == "c" and isinstance(value, list):
            return "(" + ",".join("" if item is None else _quoted(self._field(item)) for item in value) + ")"
        if kind.kind == "c" and isinstance(value, dict):
            raise _Misfit("give a list of its fields in order")
        coerced = _scalar(kind)(value)
        if isinstance(coerced, bytes):
            return "\\x" + coerced.hex()
        return ("true" if coerced else "false") if isinstance(coerced, bool) else str(coerced)

    def _base(self, kind: TypeInfo) -> TypeInfo:
        while kind.base:
            kind = self._types[kind.base]
        return kind

    def _array(self, values: list[Any], kind: TypeInfo) -> str:
        element = self._types[kind.element]
        items = (
            "NULL" if item is None else self._array(item, kind) if isinstance(item, list)
            else _quoted(self._text(item, element))
            for item in values
        )  # fmt: skip
        return "{" + element.delimiter.join(items) + "}"

    def _field(self, value: Any) -> str:
        if isinstance(value, (dict, list)):
            return json.dumps(value, ensure_ascii=False)
        return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, list):
        return any(_holds_nul(item) for item in value)
    return isinstance(value, dict) and any("\0" in key or _holds_nul(item) for key, item in value.items())


def encode(
    values: Sequence[Any],
    expected: Sequence[TypeInfo],
    types: dict[int, TypeInfo],
    labels: Sequence[str] = (),
) -> list[Any]:
    """Coerce the caller's values for `$1`, `$2`, ...

    Args:
        values: JSON values.
        expected: the types that the server described, in order.
        types: every type that `expected` leads to (elements, bases).
        labels: what the caller knows the values by, where not as `$n`.

    Raises:
        InvalidArguments: too many, too few, or one that does not fit; it names `$n` and the type.
    """
    if len(values) != len(expected):
        wanted = ", ".join(f"${number} {kind.name}" for number, kind in enumerate(expected, 1)) or "none"
        raise InvalidArguments(
            f"The query takes {len(expected)} parameter(s) ({wanted}), but {len(values)} were given."
        )
    encoder = _Encoder(types)
    encoded: list[Any] = []
    for number, (value, kind) in enumerate(zip(values, expected, strict=True), 1):
        try:
            if _holds_nul(value):
                raise _Misfit("PostgreSQL's text cannot hold a NUL character")
            encoded.append(None if value is None else encoder.encode(value, kind))
        except (_Misfit, ValueError, RecursionError) as misfit:
            reason = misfit if isinstance(misfit, _Misfit) else "the value cannot be written in this type"
            label = labels[number - 1] if labels else f"Parameter ${number}"
            raise InvalidArguments(f"{label} ({kind.name}) does not fit: {reason}.") from None
    return encoded
