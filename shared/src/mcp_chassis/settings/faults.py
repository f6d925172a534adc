"""What is wrong with a setting, in one sentence: never pydantic's text, never the value of a secret."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

from mcp_chassis.redaction import redact

__all__ = ["sentence"]

_RULES = {
    "bool": "must be true or false",
    "bytes": "must be text",
    "date": "must be a date such as 2030-01-31",
    "float": "must be a number",
    "int": "must be a whole number",
    "list": "must be a list",
    "path": "must be a path",
    "string": "must be text",
    "tuple": "must be a list",
    "url": "must be a URL",
}
_BOUNDS = {
    "greater_than": ("must be greater than", "gt"),
    "greater_than_equal": ("must be at least", "ge"),
    "less_than": ("must be less than", "lt"),
    "less_than_equal": ("must be at most", "le"),
}


def sentence(error: ErrorDetails, label: str, *, value: Any, secret: bool) -> str:
    """One fault of one setting.

    Args:
        error: pydantic's record of it.
        label: how the user wrote the setting: `--port`, `MCP_PORT`, `port in mcp.yaml`.
        value: what the user wrote; `None` where nothing was.
        secret: whether the value must stay out of it.
    """
    rule = _rule(error)
    if secret or value is None or isinstance(value, dict):
        return f"{label} {rule}."
    return f"{label} {rule}, not {_shown(value)}."


def _rule(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "missing":
        return "must be set"
    if kind == "literal_error":
        return f"must be one of {str(context['expected']).replace(chr(39), '')}"
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return f"{words} {context[bound]:g}"
    return _RULES.get(kind.split("_", 1)[0], "has a value that does not fit")


def _shown(value: Any) -> str:
    text = redact(",".join(map(str, value)) if isinstance(value, list | tuple) else str(value))
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
