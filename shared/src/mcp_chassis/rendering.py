"""From what a function returns to what the protocol carries.

A tool returns one typed value. Its annotation becomes the `outputSchema`; the value becomes `structuredContent`, and
text that carries the same data compactly up to a budget and then says how to get the rest; `WithContent` brings content
of its own instead. Content blocks of the protocol (images, audio, embedded resources) and strings are passed on as
content, without a schema.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import pydantic_core
from mcp_types import (
    AudioContent,
    CallToolResult,
    EmbeddedResource,
    GetPromptResult,
    ImageContent,
    PromptMessage,
    ResourceLink,
    TextContent,
)
from pydantic import TypeAdapter

from mcp_chassis.arguments import readable_types, slim
from mcp_chassis.call import InputNeeded
from mcp_chassis.errors import ChassisError, TooLarge
from mcp_chassis.registry import Endpoint

ERROR_META = "io.mcp-chassis/error"
NOTE_META = "io.mcp-chassis/note"
_BLOCKS = (TextContent, ImageContent, AudioContent, ResourceLink, EmbeddedResource)
Block = TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource
DataT = TypeVar("DataT")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A protocol result with what audit may tell of it: its size in bytes and, for row lists, the rows."""

    result: Any
    size: int
    rows: int | None = None

    @property
    def summary(self) -> dict[str, int]:
        """`{bytes, rows?}`."""
        return {"bytes": self.size} if self.rows is None else {"bytes": self.size, "rows": self.rows}


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a resource with its own type."""

    content: str | bytes
    mime_type: str | None


class JsonList(list[Any]):
    """A list of JSON values that is rendered as it is, whatever the annotation of the function says of its items."""


@dataclass(frozen=True, slots=True)
class WithContent(Generic[DataT]):
    """A result whose content is not its data as JSON: the text of a file, a list as people read it, an image.

    The function bounds the content itself. Where an obligation cuts rows of the data, the data alone is rendered.

    Args:
        data: what `structuredContent` carries, and the `outputSchema` describes.
        content: texts and blocks, in their order.
    """

    data: DataT
    content: Sequence[str | Block]


class ToolRenderer:
    """Renders the results of one tool."""

    def __init__(self, endpoint: Endpoint, *, text_bytes: int, max_result_bytes: int) -> None:
        returned = typing.get_type_hints(endpoint.function, include_extras=True).get("return", str)
        if typing.get_origin(returned) is WithContent:
            (returned,) = typing.get_args(returned)
        self._text_bytes = text_bytes
        self._max_bytes = max_result_bytes
        self._adapter: TypeAdapter[Any] | None = None
        self._wrapped = False
        self.output_schema: dict[str, Any] | None = None
        if not _is_content(returned):
            with readable_types(endpoint.function):
                self._adapter = TypeAdapter(returned)
            schema = slim(self._adapter.json_schema(mode="serialization"), result=True)
            self._wrapped = schema.get("type") != "object"
            self.output_schema = _wrapped_schema(schema) if self._wrapped else schema

    def __call__(self, value: Any) -> Rendered:
        """Render one result.

        Raises:
            TooLarge: the result is over the cap of the server.
        """
        if self._adapter is None:
            return self._content(value)
        content = None
        if isinstance(value, WithContent):
            content, value = _blocks(value.content), value.data
        if type(value) not in (dict, JsonList):  # a TypedDict is JSON already, anything else is made so
            value = self._adapter.dump_python(value, mode="json", by_alias=True, exclude_none=True)
        if self._wrapped:
            value = {"result": value}
        raw = pydantic_core.to_json(value, inf_nan_mode="constants")
        if b"NaN" in raw or b"Infinity" in raw:  # not JSON; rarely only inside a string, where this changes nothing
            value = pydantic_core.from_json(pydantic_core.to_json(value, inf_nan_mode="null"))
            raw = pydantic_core.to_json(value)
        size = len(raw) + (_size(content) if content is not None else 0)
        check_size(size, self._max_bytes)
        if content is None:
            text = raw.decode() if len(raw) <= self._text_bytes else _shortened(value, len(raw), self._text_bytes)
            content = [TextContent(type="text", text=text)]
        rows = value.get("rows")
        result = CallToolResult(content=content, structured_content=value)
        return Rendered(result, size, len(rows) if isinstance(rows, list) else None)

    def _content(self, value: Any) -> Rendered:
        content = _blocks(value if isinstance(value, list) else [value])
        size = _size(content)
        check_size(size, self._max_bytes)
        return Rendered(CallToolResult(content=content), size)


def check_size(size: int, limit: int) -> None:
    """Hold a result to the cap of the server.

    Raises:
        TooLarge: it is over it.
    """
    if size > limit:
        raise TooLarge(f"The result has {size:,} bytes and the limit is {limit:,}; ask for less.")


def is_content(value: Any) -> bool:
    """Whether a value is text, bytes or blocks of the protocol, which have no fields."""
    if isinstance(value, list):
        return any(map(is_content, value))
    return isinstance(value, (str, bytes, Body, *_BLOCKS))


def render_resource(value: Any, mime_type: str | None) -> Body:
    """The content of a resource: text, a blob, or any other value as JSON; of this type unless it says its own."""
    if isinstance(value, Body):
        return value
    if not isinstance(value, str | bytes):
        value = pydantic_core.to_json(value, inf_nan_mode="null", by_alias=True).decode()
    return Body(value, mime_type)


def render_prompt(value: Any, description: str) -> GetPromptResult:
    """A prompt's messages: a str is one message of the user."""
    if isinstance(value, str):
        value = [PromptMessage(role="user", content=TextContent(type="text", text=value))]
    return GetPromptResult(description=description, messages=value)


def render_tool_error(error: ChassisError, error_id: str) -> CallToolResult:
    """An error as a tool's result: text for the model, the same as an object in `_meta` for programs.

    There is no `structuredContent`: clients that check it against the tool's outputSchema would reject the result.
    """
    return CallToolResult(
        content=[TextContent(type="text", text=error.text(error_id))],
        is_error=True,
        _meta={ERROR_META: error.payload(error_id)},
    )


def noted(rendered: Rendered, note: dict[str, Any]) -> Rendered:
    """A tool's result with a note on it: a second short text for the model, the same as an object in `_meta`.

    Args:
        note: `message` is the text; the rest is for programs.
    """
    result: CallToolResult = rendered.result
    content = [*result.content, TextContent(type="text", text=note["message"])]
    meta = {**(result.meta or {}), NOTE_META: note}
    return replace(rendered, result=result.model_copy(update={"content": content, "meta": meta}))


def _blocks(items: Sequence[Any]) -> list[Any]:
    return [TextContent(type="text", text=item) if isinstance(item, str) else item for item in items]


def _size(content: Sequence[Any]) -> int:
    """The bytes of content on the wire."""
    return sum(len(block.model_dump_json().encode()) for block in content)


def _is_content(returned: Any) -> bool:
    if typing.get_origin(returned) is list:
        return all(_is_content(argument) for argument in typing.get_args(returned))
    choices = typing.get_args(returned) if _is_union(returned) else (returned,)
    return all(choice is str or choice is InputNeeded or choice in _BLOCKS for choice in choices)


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in (typing.Union, types.UnionType)


def _wrapped_schema(schema: dict[str, Any]) -> dict[str, Any]:
    definitions = schema.pop("$defs", None)
    wrapped: dict[str, Any] = {"type": "object", "properties": {"result": schema}, "required": ["result"]}
    if definitions is not None:
        wrapped["$defs"] = definitions
    return wrapped


def _shortened(value: dict[str, Any], size: int, budget: int) -> str:
    """As much of the value as fits: its longest list is cut at an item, so that what is shown is whole."""
    lists = {name: item for name, item in value.items() if isinstance(item, list) and item}
    if not lists:
        head = pydantic_core.to_json(value)[:budget].decode(errors="ignore")
        return f"{head}\n[cut here: {size:,} bytes in all; the whole is in structuredContent, or ask for less]"
    name = max(lists, key=lambda key: len(pydantic_core.to_json(lists[key])))
    room = budget - len(pydantic_core.to_json({**value, name: []}))
    shown = 0
    for item in lists[name]:
        room -= len(pydantic_core.to_json(item)) + 1
        if room < 0:
            break
        shown += 1
    text = pydantic_core.to_json({**value, name: lists[name][:shown]}).decode()[:budget]
    return (
        f"{text}\n[{name}: the first {shown:,} of {len(lists[name]):,} are shown here; "
        "all are in structuredContent, or ask for fewer]"
    )
