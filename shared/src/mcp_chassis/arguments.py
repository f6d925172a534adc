"""Strict arguments: a function's signature becomes a JSON schema, and what a client sends is held to it.

Refusals name the path and the rule and never echo a value. Arrays and objects that arrive as JSON strings, as some
clients send them, are accepted.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, PydanticUserError, ValidationError, create_model
from pydantic_core import ErrorDetails

from mcp_chassis import strict_json
from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments
from mcp_chassis.words import nearest_name

MAX_DEPTH = 10
MAX_ITEMS = 1_000
MAX_KEYS = 100
MAX_CHARACTERS = 10_000


class Arguments:
    """What one function takes: its JSON schema, and the check that what a client sends fits it."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """Read the signature.

        Args:
            function: an annotated async function; a parameter annotated `Context` gets the context and is not an
                argument. Say more than a type by `Annotated[..., Field(description=..., max_length=...)]`.

        Raises:
            TypeError: a parameter has no annotation, or one that cannot be read.
        """
        hints = get_type_hints(function, include_extras=True)
        fields: dict[str, Any] = {}
        self.context_parameter: str | None = None
        for name, parameter in inspect.signature(function).parameters.items():
            if name not in hints:
                raise TypeError(f"{function.__qualname__}: the parameter {name!r} has no annotation")
            if hints[name] is Context or get_origin(hints[name]) is Context:
                self.context_parameter = name
            else:
                fields[name] = (hints[name], ... if parameter.default is parameter.empty else parameter.default)
        config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=False)
        with warnings.catch_warnings():  # an argument may well be called as some method of pydantic's, such as `schema`
            warnings.simplefilter("ignore", UserWarning)
            with readable_types(function):
                self.model: type[BaseModel] = create_model(function.__name__, __config__=config, **fields)
        self.defaults: dict[str, Any] = {
            name: field.get_default(call_default_factory=True)
            for name, field in self.model.model_fields.items()
            if not field.is_required()
        }
        self.schema = slim(self.model.model_json_schema())
        properties: dict[str, Any] = self.schema.get("properties", {})
        definitions = self.schema.get("$defs", {})
        self._max_characters = {name: _longest(spec, definitions) for name, spec in properties.items()}
        self._max_items = {name: _most(spec) for name, spec in properties.items()}
        self._structured = {name for name, spec in properties.items() if _only_structured(spec)}

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """The arguments as the function takes them.

        Raises:
            InvalidArguments: one sentence that names every path and the rule it breaks.
        """
        given = {name: self._decoded(name, value) for name, value in given.items()}
        if len(given) > MAX_KEYS:
            raise InvalidArguments(f"There are more than {MAX_KEYS} arguments; give only those of the input schema.")
        for name, value in given.items():
            longest = self._max_characters.get(name, MAX_CHARACTERS)
            _check_caps(name[:64], value, longest, self._max_items.get(name, MAX_ITEMS))
        try:
            validated = self.model.model_validate(given)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            raise InvalidArguments(explain(faults, list(self.model.model_fields))) from None
        return {name: getattr(validated, name) for name in validated.model_fields_set}

    def _decoded(self, name: str, value: Any) -> Any:
        if isinstance(value, str) and name in self._structured:
            try:
                return strict_json.loads(value)
            except ValueError:
                return value
        return value


@contextmanager
def readable_types(function: Callable[..., Any]) -> Iterator[None]:
    """Tell a function's author in one sentence of the type that pydantic cannot read before Python 3.12.

    Raises:
        TypeError: an annotation of the function holds it.
    """
    try:
        yield
    except PydanticUserError as error:
        if error.code != "typed-dict-version":
            raise
        raise TypeError(
            f"{function.__qualname__}: import TypedDict from typing_extensions; the one of typing cannot be read "
            "before Python 3.12"
        ) from None


def explain(faults: Sequence[ErrorDetails], known: list[str]) -> str:
    """One sentence that names every path and the rule it breaks; `known` are the names that there are."""
    sentences: list[str] = []
    for fault in faults:
        path = _path(fault["loc"])
        if fault["type"] == "extra_forbidden":
            sentences.append(_unknown(path, known if len(fault["loc"]) == 1 else []))
        elif fault["type"] == "missing":
            sentences.append(f"{path} is missing")
        else:
            message = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
            sentences.append(f"{path} {message[:1].lower()}{message[1:]}")
    text = "; ".join(dict.fromkeys(sentences))[:2_000]
    return text if text.endswith("?") else f"{text.rstrip('.')}."


def slim(schema: Any, *, result: bool = False) -> Any:
    """The schema without what costs a model tokens and says nothing.

    That is the `title`s that pydantic adds and the null of an argument that may be left out. Of results also the
    docstrings of their types, which are written for who reads the code, `items: {}`, by which clients would check
    every item (without it VS Code refuses an argument that is an array), and `required`: what a result always has the
    server sees to.
    """
    if isinstance(schema, list):
        return [slim(item, result=result) for item in schema]
    if not isinstance(schema, dict):
        return schema
    choices = schema.get("anyOf", [])
    if "default" in schema and schema["default"] is None and {"type": "null"} in choices and len(choices) == 2:
        value = next(choice for choice in choices if choice != {"type": "null"})
        schema = {**value, **{key: item for key, item in schema.items() if key not in ("anyOf", "default")}}
    slimmed = {
        key: slim(value, result=result)
        for key, value in schema.items()
        if key != "title" and not (result and _is_for_checking(key, value, schema))
    }
    if "properties" in schema:  # a property may itself be called "title" or "items"
        slimmed["properties"] = {name: slim(spec, result=result) for name, spec in schema["properties"].items()}
    return slimmed


def _is_for_checking(key: str, value: Any, schema: dict[str, Any]) -> bool:
    return (key, value) == ("items", {}) or (key in ("description", "required") and "properties" in schema)


def _unknown(path: str, known: list[str]) -> str:
    near = nearest_name(path, known)
    if near is not None:
        return f"{path} is not an argument; did you mean {near}?"
    return f"{path} is not an argument" + (f" (known are {', '.join(known)})" if known else "")


def _path(location: tuple[int | str, ...]) -> str:
    """`filters.age[2]`, with what the caller chose kept short and printable."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            name = "".join(character if character.isprintable() else "?" for character in part[:64])
            path += f".{name}" if path else name
    return path or "the arguments"


def _check_caps(path: str, value: Any, longest: int, most: int, depth: int = 1) -> None:
    if isinstance(value, str):
        if len(value) > longest:
            raise InvalidArguments(f"{path} is longer than {longest:,} characters; send less.")
        return
    if not isinstance(value, list | dict):
        return
    if depth > MAX_DEPTH:
        raise InvalidArguments(f"{path} is nested deeper than {MAX_DEPTH} levels; flatten it.")
    if isinstance(value, list):
        if len(value) > most:
            raise InvalidArguments(f"{path} has more than {most:,} items; send fewer.")
        for item in value:
            _check_caps(path, item, longest, most, depth + 1)
        return
    if len(value) > MAX_KEYS:
        raise InvalidArguments(f"{path} has more than {MAX_KEYS} keys; send fewer.")
    for key, item in value.items():
        if len(key) > MAX_CHARACTERS:
            raise InvalidArguments(f"{path} has a key longer than {MAX_CHARACTERS:,} characters; shorten it.")
        _check_caps(path, item, longest, most, depth + 1)


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from _nodes(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _nodes(item)


def _longest(spec: dict[str, Any], definitions: dict[str, Any]) -> int:
    """The cap on strings of one argument: the default one, unless the argument's own schema says more."""
    nodes = [*_nodes(spec)]
    for reference in [node["$ref"] for node in nodes if isinstance(node.get("$ref"), str)]:
        nodes.extend(_nodes(definitions.get(reference.rpartition("/")[2])))
    lengths: list[int] = [node["maxLength"] for node in nodes if isinstance(node.get("maxLength"), int)]
    return max([MAX_CHARACTERS, *lengths])


def _most(spec: dict[str, Any]) -> int:
    counts: list[int] = [node["maxItems"] for node in _nodes(spec) if isinstance(node.get("maxItems"), int)]
    return max([MAX_ITEMS, *counts])


def _only_structured(spec: dict[str, Any]) -> bool:
    """Whether the argument is an array or object and never a string, so that a string can only be JSON."""
    choices = spec.get("anyOf", [spec])
    kinds = {choice.get("type", "object" if "$ref" in choice else "string") for choice in choices}
    return bool(kinds & {"array", "object"}) and kinds <= {"array", "object", "null"}
