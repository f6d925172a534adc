"""How one setting is called on the command line, in the environment and in a config file.

A settings class is a pydantic model; `options(cls)` reads its fields once and says for each how a user writes it. The
command line, the sources, the faults, `--print-config` and the README tables are all made from these records.
"""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import SecretStr

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

__all__ = ["Option", "Setting", "options"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A marker in a field's `Annotated[...]` for what its name does not already say.

    Args:
        variables: unprefixed environment variables beside `MCP_<NAME>`, the one to name to users first.
        flag: the flag without its dashes, where it is not the field's name (`policy` for `policy_file`).
        target: makes the field the positional argument too, under this metavar (`URL`, `DIR`).
        default: how help and tables tell a default that depends on other settings.
        beside: variables that a library behind the setting reads by itself, so that `--print-config` passes them on.
        path: its values begin with a path, though their type is not one.
    """

    variables: tuple[str, ...] = ()
    flag: str | None = None
    target: str | None = None
    default: str | None = None
    beside: tuple[str, ...] = ()
    path: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One setting as a user meets it.

    `key` is its name in a config file and, after two dashes, its flag. Every process of the machine can read a command
    line, so the flag of a secret takes a file (`--api-key-file`); variable and key do both (`MCP_API_KEY_FILE`).
    """

    name: str
    key: str
    variables: tuple[str, ...]
    description: str
    default: str
    secret: bool
    boolean: bool
    many: bool
    path: bool
    target: str | None
    beside: tuple[str, ...]
    choices: tuple[str, ...]

    @property
    def flag(self) -> str:
        return f"--{self.key}-file" if self.secret else f"--{self.key}"

    @property
    def variable(self) -> str:
        """The variable to name to users; `variables` holds all that are read, the strongest first."""
        own = self.variables[1:]
        return own[0] if own else self.variables[0]

    @property
    def help(self) -> str:
        """How to set it, in the words of a fault: `--port (MCP_PORT)`, or `MCP_API_KEY` for a secret."""
        return self.variable if self.secret else f"{self.flag} ({self.variable})"


def options(settings: type[BaseModel]) -> tuple[Option, ...]:
    """The options of a settings class in the order of its fields."""
    return _options(settings)


@cache
def _options(settings: type[BaseModel]) -> tuple[Option, ...]:
    return tuple(_option(name, field) for name, field in settings.model_fields.items())


def _option(name: str, field: FieldInfo) -> Option:
    marker = next((item for item in field.metadata if isinstance(item, Setting)), Setting())
    kinds = _kinds(field.annotation)
    return Option(
        name=name,
        key=marker.flag or name.replace("_", "-"),
        variables=(f"MCP_{name.upper()}", *marker.variables),
        description=field.description or "",
        default=marker.default if marker.default is not None else _written(field.default),
        secret=SecretStr in kinds,
        boolean=bool in kinds,
        many=tuple in kinds,
        path=marker.path or Path in kinds,
        target=marker.target,
        beside=marker.beside,
        choices=_choices(field.annotation),
    )


def _kinds(annotation: Any) -> set[Any]:
    """The plain types of an annotation: of `tuple[str, ...] | None` they are `tuple` and `None`'s type."""
    if get_origin(annotation) in (Union, types.UnionType):
        return {kind for part in get_args(annotation) for kind in _kinds(part)}
    if hasattr(annotation, "__metadata__"):
        return _kinds(get_args(annotation)[0])
    return {get_origin(annotation) or annotation}


def _choices(annotation: Any) -> tuple[str, ...]:
    values = get_args(annotation)
    return values if values and all(isinstance(value, str) for value in values) else ()


def _written(default: Any) -> str:
    if default is None or default == () or type(default).__name__ == "PydanticUndefinedType":
        return ""
    if isinstance(default, bool):
        return "true" if default else "false"
    return (
        ", ".join(map(str, default)) if isinstance(default, Sequence) and not isinstance(default, str) else str(default)
    )
