"""Tests of one value: `eq`, `in`, `lt`, `lte`, `gt`, `gte`, `matches`, `prefix`, `under_path`, `same_as`, `not`.

A test is a mapping of these, all of which must hold; a bare value means `eq`, a list of values `in`. What is not there
(or null) fails every test but `not`. A value of a type that an operator cannot judge is an error, and an error in a
rule denies the call.
"""

from __future__ import annotations

import json
import operator
import posixpath
from collections.abc import Callable
from typing import Any

from mcp_chassis.call import Principal
from mcp_chassis.policy.decision import RealPath, Request
from mcp_chassis.policy.values import MISSING, RuleError, reference, same

__all__ = ["Test", "as_mapping", "compile_test", "described", "needs_arguments"]

Test = Callable[[Any, Principal, Request], bool]

MAX_PATTERN = 1_000
MAX_SUBJECT = 200_000
_MAX_MEMORY = 1 << 20
_COMPARISONS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "lt": ("<", operator.lt),
    "lte": ("<=", operator.le),
    "gt": (">", operator.gt),
    "gte": (">=", operator.ge),
}


def as_mapping(spec: Any) -> dict[str, Any]:
    """A test as its mapping."""
    if isinstance(spec, dict):
        return spec
    return {"in": spec} if isinstance(spec, list) else {"eq": spec}


def needs_arguments(spec: Any) -> bool:
    """Whether a test compares with an argument."""
    test = as_mapping(spec)
    return str(test.get("same_as", "")).startswith("arguments.") or ("not" in test and needs_arguments(test["not"]))


def compile_test(spec: Any, *, deny: bool = False, negated: bool = False) -> Test:
    """A test of one single value; `exists` is for whoever looks the value up.

    Args:
        deny: the rule denies, so what cannot be told counts as dangerous.
        negated: the test stands under `not`.

    Raises:
        ValueError: an operand does not fit, with the end of a sentence.
    """
    tests = [_operator(name, operand, deny, negated) for name, operand in as_mapping(spec).items() if name != "exists"]
    if len(tests) == 1:
        return tests[0]
    return lambda value, principal, request: all(test(value, principal, request) for test in tests)


def described(spec: Any) -> str:
    """A test in words: `<= 100 and not in ["a"]`."""
    words = []
    for name, operand in as_mapping(spec).items():
        if name == "exists":
            words.append("given" if operand else "not given")
        elif name == "not":
            words.append(f"not ({described(operand)})")
        elif name == "same_as":
            words.append(f"the same as {operand}")
        else:
            sign = _COMPARISONS[name][0] if name in _COMPARISONS else {"eq": "=="}.get(name, name)
            words.append(f"{sign} {json.dumps(operand, ensure_ascii=False)[:200]}")
    return " and ".join(words)


def _operator(name: str, operand: Any, deny: bool, negated: bool) -> Test:
    if name == "eq":
        return _equal(operand)
    if name == "in":
        return _member(operand)
    if name in _COMPARISONS:
        return _compared(*_COMPARISONS[name], operand)
    if name == "matches":
        return _matching(operand)
    if name == "prefix":
        return _of_text("prefix", lambda value: value.startswith(operand))
    if name == "under_path":
        return _under(operand, strict=deny or negated)
    if name == "same_as":
        return _same_as(operand, strict=negated)
    inner = compile_test(operand, deny=deny, negated=not negated)
    return lambda value, principal, request: not inner(value, principal, request)


def _equal(operand: Any) -> Test:
    if operand is None:
        return lambda value, _, __: value is MISSING
    if isinstance(operand, str):
        return lambda value, _, __: bool(value == operand)
    return lambda value, _, __: same(value, operand)


def _member(operand: list[Any]) -> Test:
    if all(isinstance(choice, str) for choice in operand):
        words = frozenset(operand)
        return lambda value, _, __: isinstance(value, str) and value in words
    tests = [_equal(choice) for choice in operand]
    return lambda value, principal, request: any(test(value, principal, request) for test in tests)


def _compared(sign: str, compare: Callable[[Any, Any], bool], bound: float) -> Test:
    def test(value: Any, _: Principal, __: Request) -> bool:
        if value.__class__ is int or value.__class__ is float:  # and not a bool
            return compare(value, bound)
        if value is MISSING:
            return False
        raise RuleError(f"{sign} needs a number")

    return test


def _of_text(name: str, check: Callable[[str], bool]) -> Test:
    def test(value: Any, _: Principal, __: Request) -> bool:
        if value is MISSING:
            return False
        if not isinstance(value, str):
            raise RuleError(f"{name} needs text")
        return check(value)

    return test


def _matching(pattern: str) -> Test:
    """The whole value must match; `.` is any character, line ends too."""
    import re2

    if len(pattern) > MAX_PATTERN:
        raise ValueError(f"must be a pattern of at most {MAX_PATTERN:,} characters")
    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    options.dot_nl = True
    options.never_capture = True
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        reason = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise ValueError(f"must be a regular expression of RE2 ({reason[:200] or 'it is not'})") from None

    def check(value: str) -> bool:
        if len(value) > MAX_SUBJECT:
            raise RuleError("matches needs a shorter text")
        return compiled.fullmatch(value.encode()) is not None

    return _of_text("matches", check)


def _under(folder: str, *, strict: bool) -> Test:
    """The folder itself or below, after `.` and `..` are resolved as text; symbolic links are the server's business."""
    root = _normal(folder)
    absolute = root.startswith("/")
    below = root if root.endswith("/") else f"{root}/"

    def check(value: str) -> bool:
        if "\0" in value:
            raise RuleError("under_path needs a path")
        path = _normal(value.absolute if absolute and isinstance(value, RealPath) else value)
        if path.startswith("/") != absolute:
            if strict:
                raise RuleError("under_path cannot compare a relative path with an absolute one")
            return False
        if root == ".":
            return path != ".." and not path.startswith("../")
        return path == root or path.startswith(below)

    return _of_text("under_path", check)


def _normal(path: str) -> str:
    path = posixpath.normpath(path)
    return path[1:] if path.startswith("//") else path


def _same_as(name: str, *, strict: bool) -> Test:
    get = reference(name)

    def test(value: Any, principal: Principal, request: Request) -> bool:
        other = get(principal, request)
        if other is MISSING:
            if strict:
                raise RuleError(f"{name} is not known")
            return False
        choices = other if isinstance(other, list) else [other]
        return value is not MISSING and any(same(value, choice) for choice in choices)

    return test
