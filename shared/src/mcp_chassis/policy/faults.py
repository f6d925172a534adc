"""What the JSON Schema finds wrong in a policy file, in one sentence per fault with its line and path.

The schema `policy.schema.json` is part of the package: editors use it too. `x-rule` in it is how a fault ends where the
keyword alone says little.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mcp_chassis.document import Document, Path, shown
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

__all__ = ["definition_faults", "schema", "schema_faults", "sentence"]

MOST = 50
_TYPES = {
    "array": "a list",
    "object": "a mapping",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


@cache
def schema(name: str = "policy.schema.json") -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) of this package."""
    text = resources.files("mcp_chassis.policy").joinpath(name).read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema(name))


def schema_faults(document: Document, name: str = "policy.schema.json") -> Iterator[str]:
    """One sentence for each fault, in the order of the file, the first `MOST` of them."""
    yield from _sentences(document, _validator(name))


def definition_faults(document: Document, name: str, definition: str) -> Iterator[str]:
    """The same for a document that is what one of a schema's definitions describes."""
    whole = schema(name)
    yield from _sentences(
        document, _validator(name).evolve(schema={**whole["$defs"][definition], "$defs": whole["$defs"]})
    )


def _sentences(document: Document, validator: Draft202012Validator) -> Iterator[str]:
    found: dict[tuple[int, str], None] = {}
    for error in validator.iter_errors(document.value):
        path: Path = tuple(error.absolute_path)
        for below, rule in _rules(error):
            whole = (*path, *below)
            found[(document.line(whole), f"{shown(whole)} {rule}")] = None
        if len(found) > MOST:
            break
    for line, words in sorted(found)[:MOST]:
        yield f"line {line}: {words}"


def sentence(document: Document, path: Path, rule: str) -> str:
    """One fault that the schema cannot see, such as a role that is not there."""
    return f"line {document.line(path)}: {shown(path)} {rule.rstrip('.')}."


def _rules(error: ValidationError) -> Iterator[tuple[Path, str]]:
    """What is broken, as a path below the error's and the end of a sentence."""
    keyword, value, instance, rule = error.validator, error.validator_value, error.instance, error.schema
    if keyword == "additionalProperties":
        known = list(rule.get("properties", {}))
        for key in instance:
            if key not in known:
                yield (key,), f"is not a key here{nearest(key, known)}"
    elif keyword == "required":
        missing = [name for name in value if name not in instance]
        yield (), f"needs {' and '.join(missing)}."
    elif isinstance(rule, dict) and "x-rule" in rule:
        yield (), f"{rule['x-rule']}{_instead(instance)}."
    elif keyword == "type":
        kinds = [value] if isinstance(value, str) else value
        yield (), f"must be {_either([_TYPES[kind] for kind in kinds])}{_instead(instance)}."
    elif keyword in ("enum", "const"):
        choices = [str(choice) for choice in (value if keyword == "enum" else [value])]
        typo = isinstance(instance, str) and instance not in choices
        near = nearest(instance, choices).rstrip(".") if typo else ""
        yield (), f"must be {_either(choices)}{_instead(instance)}{near.rstrip('?')}{'?' if near else '.'}"
    else:
        yield (), f"{_BOUNDS.get(str(keyword), 'does not fit')} {value}."


_BOUNDS = {
    "minItems": "must not be empty: fewest entries",
    "minProperties": "must not be empty: fewest entries",
    "minLength": "must not be empty: fewest characters",
    "maxItems": "is too long: most entries",
    "maxLength": "is too long: most characters",
    "minimum": "must be at least",
    "maximum": "must be at most",
    "pattern": "must match",
}


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _instead(instance: Any) -> str:
    """What stands there, where that is short."""
    if isinstance(instance, dict | list):
        return f", not {_TYPES['object' if isinstance(instance, dict) else 'array']}"
    text = json.dumps(instance, ensure_ascii=False)
    return f", not {text if len(text) <= 60 else text[:57] + '...'}"
