"""Obligations on a result, before it is rendered: fields are masked, rows are cut.

A result with `columns` and `rows` is masked by the names of its columns; anything else by the keys of its objects,
however deep. What is text alone has no fields: it is refused where fields must be masked.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic_core import to_jsonable_python

from mcp_chassis.errors import Denied
from mcp_chassis.rendering import JsonList, WithContent, is_content

__all__ = ["MASK", "capped", "masked"]

MASK = "[redacted]"
_ATOMS = (bool, int, float, type(None))


def masked(value: Any, names: Collection[str], data_in: Collection[str] | None = None) -> Any:
    """The result with the values of these fields masked: text by `[redacted]`, anything else by null.

    Args:
        names: of the fields.
        data_in: the keys below which fields stand; anywhere when missing.

    Raises:
        Denied: the result is text or a file, in which fields cannot be told apart.
    """
    folded = {name.lower() for name in names}
    if isinstance(value, WithContent) and data_in is not None and not data_in:
        return value  # no data stands anywhere in it
    if is_content(value) or isinstance(value, WithContent):
        raise Denied("This result is text, in which what is redacted for you cannot be told apart; ask the operator.")
    value = _plain(value)
    if data_in is not None:
        return _below(value, folded, data_in)
    if isinstance(value, dict) and isinstance(value.get("rows"), list) and isinstance(value.get("columns"), list):
        return _table(value, folded)
    masked_value = _object(value, folded)
    return JsonList(masked_value) if isinstance(masked_value, list) else masked_value


def capped(value: Any, most: int) -> Any:
    """The result with at most so many rows, and without a way to the following ones."""
    if isinstance(value, WithContent):  # the content tells the rows too
        return capped(value.data, most) if isinstance(_plain(value.data).get("rows"), list) else value
    if is_content(value):
        return value
    value = _plain(value)
    if isinstance(value, list):
        return JsonList(value[:most])
    if not isinstance(value, dict) or not isinstance(value.get("rows"), list):
        return value
    kept = {key: item for key, item in value.items() if key != "next_cursor"}
    if len(value["rows"]) <= most:
        return kept
    cut = {"rows": value["rows"][:most], "truncated": True, "truncated_by": "rows"}
    if "row_count" in kept:
        cut["row_count"] = most
    if "truncated_values" in kept:
        cut["truncated_values"] = [place for place in kept["truncated_values"] if place[0] < most]
    return {**kept, **cut}


def _plain(value: Any) -> Any:
    """Models and dataclasses as the JSON that they will be."""
    if isinstance(value, (dict, *_ATOMS)):
        return value
    if isinstance(value, list):
        return JsonList(_plain(item) for item in value)
    return to_jsonable_python(value, by_alias=True, exclude_none=True, serialize_unknown=False)


def _table(value: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    columns = [column.get("name") if isinstance(column, dict) else column for column in value["columns"]]
    places = [index for index, name in enumerate(columns) if str(name).lower() in names]
    if any(isinstance(row, dict) for row in value["rows"]):
        rows: list[Any] = [_object(row, names) for row in value["rows"]]
    else:
        rows = [_row(row, places, names) for row in value["rows"]]
    if not places:
        return {**value, "rows": rows}
    return {**value, "rows": rows, "redacted": [columns[index] for index in places]}


def _row(row: list[Any], places: list[int], names: Collection[str]) -> list[Any]:
    row = [_object(cell, names) if isinstance(cell, (dict, list)) else cell for cell in row]
    for place in places:
        if place < len(row):
            row[place] = _mask(row[place])
    return row


def _object(value: Any, names: Collection[str]) -> Any:
    if isinstance(value, list):
        return [_object(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _mask(item) if str(key).lower() in names else _object(item, names) for key, item in value.items()}
    return value


def _below(value: Any, names: Collection[str], data_in: Collection[str]) -> Any:
    if isinstance(value, list):
        return type(value)(_below(item, names, data_in) for item in value)
    if isinstance(value, dict):
        return {
            key: _object(item, names) if key in data_in else _below(item, names, data_in) for key, item in value.items()
        }
    return value


def _mask(value: Any) -> Any:
    if isinstance(value, list):
        return [_mask(item) for item in value]
    if isinstance(value, dict):
        return {key: _mask(item) for key, item in value.items()}
    return MASK if isinstance(value, str) else None
