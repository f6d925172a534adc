"""Looking things up in a call: argument paths, attributes of the principal, and when two JSON values are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mcp_chassis.call import Principal
from mcp_chassis.policy.decision import Request

__all__ = ["ATTRIBUTES", "MISSING", "Missing", "RuleError", "attribute", "items", "reference", "same", "walk"]

ATTRIBUTES = ("subject", "issuer", "client_id", "tenant", "auth_method", "actor", "key")
"""What of a principal a rule may look at, beside roles and claims; `key` is the name of an API key."""


class RuleError(Exception):
    """A rule cannot be applied to this call, which is then denied; the message names the path, never the value."""


class Missing:
    """The one value of what is not there; null counts as that too."""

    def __repr__(self) -> str:
        return "missing"


MISSING = Missing()


def walk(value: Any, parts: tuple[str, ...]) -> Any:
    """What stands at a path; a list on the way gives the list of what stands there in each of its items."""
    for number, part in enumerate(parts):
        if isinstance(value, list):
            return [walk(item, parts[number:]) for item in value]
        if not isinstance(value, Mapping) or part not in value:
            return MISSING
        value = value[part]
    return MISSING if value is None else value


def items(value: Any) -> Iterator[Any]:
    """The single values of a list, of lists within it too; of anything else that itself."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending += reversed(item)
        else:
            yield MISSING if item is None else item


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal: 1 is 1.0, and neither is true or "1"."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return type(left) is type(right) and bool(left == right)


def attribute(name: str) -> Callable[[Principal], Any]:
    """How to get one of `ATTRIBUTES`."""
    if name == "key":
        return _key_name
    return lambda principal: getattr(principal, name) or MISSING


def claim(name: str) -> Callable[[Principal], Any]:
    """How to get a claim: by its whole name, else along the dots in it (`realm_access.roles`)."""
    parts = tuple(name.split("."))

    def get(principal: Principal) -> Any:
        claims = principal.claims
        if name in claims:
            value = claims[name]
            return MISSING if value is None else value
        return walk(claims, parts)

    return get


def reference(text: str) -> Callable[[Principal, Request], Any]:
    """How to get what `same_as` names.

    Raises:
        ValueError: it names nothing, with the end of a sentence.
    """
    kind, _, name = text.partition(".")
    if kind == "arguments" and name:
        parts = tuple(name.split("."))
        return lambda _, request: walk(request.arguments, parts)
    if kind == "principal" and name in ATTRIBUTES:
        get = attribute(name)
        return lambda principal, _: get(principal)
    if kind == "principal" and name.startswith("claims.") and name != "claims.":
        get = claim(name.removeprefix("claims."))
        return lambda principal, _: get(principal)
    raise ValueError(f"must be arguments.NAME, principal.claims.NAME or principal. with one of {', '.join(ATTRIBUTES)}")


def _key_name(principal: Principal) -> Any:
    if principal.auth_method != "api-key":
        return MISSING
    if principal.subject.startswith("key:"):
        return principal.subject.removeprefix("key:")
    return principal.credential or MISSING
