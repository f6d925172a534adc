"""`when` of a rule, compiled: each part of it is one `Condition`, and all of them must hold.

A list among the arguments is judged by its items: a rule that allows holds when every item passes (and there is one), a
rule that denies when any does. A list in a claim holds when it has an item that passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Literal
from zoneinfo import ZoneInfo

from mcp_chassis.call import Principal
from mcp_chassis.policy.decision import Request
from mcp_chassis.policy.operators import Test, as_mapping, compile_test, described, needs_arguments
from mcp_chassis.policy.values import ATTRIBUTES, MISSING, RuleError, attribute, claim, items, walk
from mcp_chassis.settings.units import parse_duration

__all__ = ["Check", "Condition", "Fault", "compile_parts", "compile_when", "principal_parts"]

Check = Callable[[Principal, Request], bool]
Part = Literal["principal", "arguments", "data_classes", "time"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK_SKEW = 60.0
_SINGLE = frozenset({str, int, float})


class Fault(Exception):
    """A part of a `when` cannot be compiled: where, below `when`, and the end of a sentence."""

    def __init__(self, path: tuple[str | int, ...], rule: str) -> None:
        super().__init__(rule)
        self.path = path
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of a `when`.

    Args:
        part: what it looks at; arguments and data classes are not always known.
        text: what must hold, in words.
        fixed: it depends on the principal's tenant and roles alone.
        words: an argument's name and the words of which it must be one, where that is all; None for anything else.
        argument: the name of the argument that it looks at.
    """

    part: Part
    text: str
    check: Check
    fixed: bool = False
    words: tuple[str, frozenset[str]] | None = None
    argument: str | None = None


def compile_when(when: Mapping[str, Any], *, deny: bool) -> tuple[tuple[Condition, ...], list[Fault]]:
    """The conditions of a `when`, the cheap ones first, and what of it does not make sense."""
    principal = when.get("principal", {})
    parts = [*_principal(principal), *principal_parts(principal, deny=deny)]
    if "data_classes" in when:
        parts.append(partial(_data_classes, when["data_classes"]))
    if "time" in when:
        parts.append(partial(_time, when["time"]))
    parts += [partial(_argument, name, spec, deny) for name, spec in when.get("arguments", {}).items()]
    return compile_parts(parts)


def compile_parts(parts: Iterable[Callable[[], Condition]]) -> tuple[tuple[Condition, ...], list[Fault]]:
    """All conditions that can be compiled, and the faults of the others."""
    conditions: list[Condition] = []
    faults: list[Fault] = []
    for part in parts:
        try:
            conditions.append(part())
        except Fault as fault:
            faults.append(fault)
    return tuple(conditions), faults


def principal_parts(spec: Mapping[str, Any], *, deny: bool = False) -> Iterator[Callable[[], Condition]]:
    """Conditions on attributes and claims, as `bind` and `when.principal` share them."""
    for name in ATTRIBUTES:
        if name in spec:
            yield partial(_attribute, (name,), f"principal.{name}", attribute(name), spec[name], deny)
    for name, test in spec.get("claims", {}).items():
        yield partial(_attribute, ("claims", name), f"principal.claims.{name}", claim(name), test, deny)


def _principal(spec: Mapping[str, Any]) -> Iterator[Callable[[], Condition]]:
    if "roles" in spec:
        yield partial(_roles, spec["roles"])
    if "not_roles" in spec:
        yield partial(_no_roles, spec["not_roles"])
    for name in ("max_auth_age", "auth_older_than"):
        if name in spec:
            yield partial(_age, name, spec[name])


def _roles(names: list[str]) -> Condition:
    text = f"the principal has a role of {sorted(names)}"
    return Condition("principal", text, _any_role(frozenset(names)), fixed=True)


def _no_roles(names: list[str]) -> Condition:
    has = _any_role(frozenset(names))
    text = f"the principal has no role of {sorted(names)}"
    return Condition("principal", text, lambda principal, request: not has(principal, request), fixed=True)


def _any_role(roles: frozenset[str]) -> Check:
    return lambda principal, _: not roles.isdisjoint(principal.roles)


def _attribute(path: tuple[str, ...], label: str, get: Callable[[Principal], Any], spec: Any, deny: bool) -> Condition:
    test: Test = _guarded(("principal", *path), lambda: _has(spec, deny))
    part: Part = "arguments" if needs_arguments(spec) else "principal"
    fixed = path == ("tenant",) and _words(as_mapping(spec)) is not None

    def check(principal: Principal, request: Request) -> bool:
        try:
            return test(get(principal), principal, request)
        except RuleError as error:
            raise RuleError(f"{label}: {error}") from None

    return Condition(part, f"{label} {described(spec)}", check, fixed)


def _has(spec: Any, deny: bool, negated: bool = False) -> Test:
    """Whether a value, or an item of a list, passes; `not` is about all items."""
    mapping = as_mapping(spec)
    positive = {name: operand for name, operand in mapping.items() if name not in ("not", "exists")}
    test = compile_test(positive, deny=deny, negated=negated) if positive else None
    inner = _has(mapping["not"], deny, not negated) if "not" in mapping else None
    exists = mapping.get("exists")

    def has(value: Any, principal: Principal, request: Request) -> bool:
        if exists is not None and exists == (value is MISSING):
            return False
        if test is not None and not any(test(item, principal, request) for item in items(value)):
            return False
        return inner is None or not inner(value, principal, request)

    return has


def _age(name: str, limit: Any) -> Condition:
    seconds = _guarded(("principal", name), lambda: parse_duration(limit))
    young = name == "max_auth_age"

    def check(principal: Principal, request: Request) -> bool:
        at = principal.authenticated_at
        if at is None or at > request.at + _CLOCK_SKEW:  # not known: neither young enough nor harmless
            return not young
        return (request.at - at <= seconds) is young

    return Condition("principal", f"authenticated {'at most' if young else 'more than'} {limit} ago", check)


def _argument(name: str, spec: Any, deny: bool) -> Condition:
    mapping = as_mapping(spec)
    each = {operator: operand for operator, operand in mapping.items() if operator != "exists"}
    whole = isinstance(mapping.get("eq"), list | dict)
    test: Test | None = _guarded(("arguments", name), lambda: compile_test(each, deny=deny)) if each else None
    parts = tuple(name.split("."))
    label = f"arguments.{name}"
    exists = mapping.get("exists")

    def check(principal: Principal, request: Request) -> bool:
        value = walk(request.arguments, parts)
        if exists is not None and exists == (value is MISSING):
            return False
        if test is None:
            return True
        try:
            if whole or not isinstance(value, list):
                return test(value, principal, request)
            found = list(items(value))
            passing = (test(item, principal, request) for item in found)
            return any(passing) if deny else bool(found) and all(passing)
        except RuleError as error:
            raise RuleError(f"{label}: {error}") from None

    words = _words(mapping)
    if len(parts) > 1 or exists is not None or test is None:
        return Condition("arguments", f"{label} {described(spec)}", check, argument=parts[0])
    if words is None:
        return Condition("arguments", f"{label} {described(spec)}", _plain(name, test, check), argument=name)
    quick = _one_of(name, words, check)
    return Condition("arguments", f"{label} {described(spec)}", quick, words=(name, words), argument=name)


def _words(mapping: Mapping[str, Any]) -> frozenset[str] | None:
    """The words of a test that is nothing but `eq` or `in` of words."""
    choices: list[Any] = (
        mapping["in"] if mapping.keys() == {"in"} else [mapping["eq"]] if mapping.keys() == {"eq"} else [None]
    )
    return frozenset(choices) if all(isinstance(choice, str) for choice in choices) else None


def _plain(name: str, test: Test, otherwise: Check) -> Check:
    """The same without its detours for an argument that is one text or number."""

    def check(principal: Principal, request: Request) -> bool:
        value = request.arguments.get(name)  # type: ignore[union-attr]
        if value.__class__ in _SINGLE:
            try:
                return test(value, principal, request)
            except RuleError:  # which the long way tells with its path
                return otherwise(principal, request)
        return otherwise(principal, request)

    return check


def _one_of(name: str, words: frozenset[str], otherwise: Check) -> Check:
    """The most frequent of all conditions without its detours: an argument that is one of some words."""

    def check(principal: Principal, request: Request) -> bool:
        value = request.arguments.get(name)  # type: ignore[union-attr]
        return value in words if value.__class__ is str else otherwise(principal, request)

    return check


def _data_classes(spec: Any) -> Condition:
    mapping = spec if isinstance(spec, dict) else {"any": spec}
    wanted = {name: frozenset(classes) for name, classes in mapping.items()}
    some, only, none = wanted.get("any"), wanted.get("only"), wanted.get("none")

    def check(_: Principal, request: Request) -> bool:
        classes = request.data_classes
        if classes is None:
            raise RuleError("the data classes are not known")
        return (
            (some is None or not some.isdisjoint(classes))
            and (only is None or classes <= only)
            and (none is None or none.isdisjoint(classes))
        )

    words = {"any": "has one of", "only": "is only of", "none": "has none of"}
    text = " and ".join(f"the data {words[name]} {sorted(classes)}" for name, classes in wanted.items())
    return Condition("data_classes", text, check)


def _time(spec: Mapping[str, Any]) -> Condition:
    zone = _guarded(("time", "timezone"), lambda: _zone(spec.get("timezone", "UTC")))
    days = frozenset(_DAYS.index(day) for day in spec.get("days", _DAYS))
    first, last = _guarded(("time", "hours"), lambda: _hours(spec.get("hours", "00:00-24:00")))

    def check(_: Principal, request: Request) -> bool:
        now = datetime.fromtimestamp(request.at, zone)
        minute = now.hour * 60 + now.minute
        within = first <= minute < last if first < last else minute >= first or minute < last
        return within and now.weekday() in days

    text = ", ".join(f"{name} {value}" for name, value in spec.items())
    return Condition("time", f"the time is within {text}", check)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError("must be a time zone such as Europe/Oslo") from None


def _hours(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (first, last))
    if start == end or start >= 1440 or end > 1440:
        raise ValueError("must be two different times of a day such as 08:00-18:00")
    return start, end


def _guarded(path: tuple[str | int, ...], compile_part: Callable[[], Any]) -> Any:
    try:
        return compile_part()
    except ValueError as error:
        raise Fault(path, str(error)) from None
