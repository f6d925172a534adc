"""What a policy file says, checked and compiled: roles, bindings, tenants, rules, obligations and limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mcp_chassis.limits.model import Limit
from mcp_chassis.policy.conditions import Condition
from mcp_chassis.policy.decision import Effect, Obligations
from mcp_chassis.policy.globs import Glob

__all__ = ["Binding", "Duty", "Mode", "PolicyFile", "Role", "Rule", "Tenant"]

Mode = Literal["enforce", "shadow"]


@dataclass(frozen=True, slots=True)
class Role:
    """A role with all it inherits: `names` are the roles that who has it has, `scopes` those of all of them."""

    name: str
    names: frozenset[str]
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Binding:
    """Who gets which roles and which tenant; all conditions must hold."""

    conditions: tuple[Condition, ...]
    stdio: bool | None
    roles: tuple[str, ...]
    tenant: str | None


@dataclass(frozen=True, slots=True)
class Tenant:
    """One tenant: the names of its API keys, and all that it may ever use (everything when empty)."""

    name: str
    keys: frozenset[str] = frozenset()
    actions: tuple[Glob, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `line` is where it stands in the file."""

    id: str
    effect: Effect
    actions: tuple[Glob, ...]
    conditions: tuple[Condition, ...] = ()
    obligations: Obligations = field(default_factory=Obligations)
    mode: Mode = "enforce"
    message: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """Obligations of whatever is allowed under these actions and conditions."""

    id: str
    actions: tuple[Glob, ...]
    conditions: tuple[Condition, ...]
    obligations: Obligations


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A whole file; `limits` has those of the tenants too, each for its tenant alone."""

    mode: Mode = "enforce"
    roles: dict[str, Role] = field(default_factory=dict)
    bindings: tuple[Binding, ...] = ()
    tenants: dict[str, Tenant] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    duties: tuple[Duty, ...] = ()
    limits: tuple[Limit, ...] = ()
