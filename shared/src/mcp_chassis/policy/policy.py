"""`Policy`: one policy file, ready to decide. Everything here is pure: the same question has the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from pathlib import Path

from mcp_chassis.call import Principal
from mcp_chassis.document import Unreadable, parse
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.limits.model import Limit
from mcp_chassis.policy.decision import Decision, Request
from mcp_chassis.policy.faults import schema_faults
from mcp_chassis.policy.model import Binding, PolicyFile
from mcp_chassis.policy.reading import read
from mcp_chassis.policy.ruleset import RuleSet
from mcp_chassis.policy.uris import MOST_READINGS, readings

__all__ = ["Policy"]

_NOTHING_YET = Request("", None)
_STRICTEST = {"deny": 0, "approve": 1, "allow": 2}


class Policy:
    """A policy in force; another version of the file is another `Policy`.

    Attributes:
        sha256: of the file's bytes, in hex.
        limits: what `limits:` and the tenants say, for the limiter.
    """

    def __init__(self, file: PolicyFile, sha256: str) -> None:
        self.file = file
        self.sha256 = sha256
        self.limits: tuple[Limit, ...] = file.limits
        shadow = file.mode == "shadow"
        in_force = tuple(rule for rule in file.rules if rule.mode == "enforce")
        self.enforced = None if shadow else RuleSet(in_force, file.duties, file.tenants, sha256)
        self.shadow: RuleSet | None = None
        if shadow or len(in_force) < len(file.rules):
            self.shadow = RuleSet(file.rules, file.duties, file.tenants, sha256)
        self._owners = {key: tenant.name for tenant in file.tenants.values() for key in tenant.keys}

    @classmethod
    def parse(cls, text: bytes, name: str = "policy.yaml") -> Policy:
        """The policy of a file's bytes.

        Raises:
            ConfigurationError: with a sentence for each fault, which names line and path.
        """
        try:
            document = parse(text)
        except Unreadable as error:
            raise ConfigurationError(f"{name} {error}.") from None
        if faults := list(schema_faults(document)):
            raise ConfigurationError(*(f"{name} {fault}" for fault in faults))
        file, faults = read(document)
        if faults:
            raise ConfigurationError(*(f"{name} {fault}" for fault in faults))
        return cls(file, hashlib.sha256(text).hexdigest())

    @classmethod
    def load(cls, path: Path) -> Policy:
        """The policy of a file.

        Raises:
            ConfigurationError: it cannot be read, or is faulty.
        """
        try:
            text = path.read_bytes()
        except OSError as error:
            raise ConfigurationError(f"{path.name} cannot be read: {error.strerror}.") from None
        return cls.parse(text, path.name)

    def bind(self, principal: Principal) -> Principal:
        """The principal with the roles, scopes and tenant that the file gives it."""
        roles: set[str] = set(principal.roles & self.file.roles.keys())
        tenant: str | None = None
        for binding in self.file.bindings:
            if _fits(binding, principal):
                roles.update(binding.roles)
                tenant = tenant or binding.tenant
        held = [self.file.roles[role] for role in roles]
        return replace(
            principal,
            roles=frozenset(name for role in held for name in role.names),
            scopes=principal.scopes.union(*(role.scopes for role in held)),
            tenant=self._tenant(principal, tenant),
        )

    def _tenant(self, principal: Principal, bound: str | None) -> str:
        """The tenant of the key, or of the binding; "" (which no policy knows) where they contradict each other."""
        if principal.auth_method != "api-key":
            return bound or principal.tenant
        name = principal.subject.removeprefix("key:") if principal.subject.startswith("key:") else principal.credential
        owner = self._owners.get(name or "")
        named = {tenant for tenant in (owner, bound) if tenant is not None}
        if principal.tenant != "default":
            named.add(principal.tenant)
        return named.pop() if len(named) == 1 else "" if named else principal.tenant

    def decide(self, principal: Principal, request: Request) -> Decision:
        """The decision about a call of a bound principal, whatever the file's mode.

        Rules in shadow are left out; a file in shadow is judged as if it were in force.
        """
        rules = self.enforced or self.shadow
        assert rules is not None
        return _decide(rules, principal, request)

    @property
    def in_force(self) -> bool:
        """Whether it changes anything; not where the whole file is in shadow."""
        return self.enforced is not None

    def looks_at(self, names: frozenset[str]) -> bool:
        """Whether a decision can depend on one of these arguments."""
        return any(rules is not None and rules.looks_at(names) for rules in (self.enforced, self.shadow))

    def rehearse(self, principal: Principal, request: Request) -> Decision | None:
        """What the decision would be with the rules in shadow; None where nothing is in shadow."""
        return None if self.shadow is None else _decide(self.shadow, principal, request)

    def possible(self, principal: Principal, request: Request) -> bool:
        """Whether some such call could be allowed; for lists, and while the data classes are not known."""
        return self.enforced is None or self.enforced.possible(principal, request)


def _decide(rules: RuleSet, principal: Principal, request: Request) -> Decision:
    """The decision of a set of rules; of a URI that can be read in several ways, the strictest."""
    if request.action.startswith("resource:") and not request.template:
        others = [reading for reading in readings(request.action) if reading != request.action]
        if len(others) >= MOST_READINGS:
            return rules.denied((), "The URI is encoded too often to be understood.")
        if others:
            asked = [request, *(replace(request, action=action) for action in others)]
            return _strictest([rules.decide(principal, each) for each in asked])
    return rules.decide(principal, request)


def _strictest(decisions: Sequence[Decision]) -> Decision:
    """The strictest effect, bound to what any of the decisions is bound to."""
    found = min(decisions, key=lambda decision: _STRICTEST[decision.effect])
    if found.effect == "deny":
        return found
    ids = tuple(dict.fromkeys((*found.rule_ids, *(name for decision in decisions for name in decision.rule_ids))))
    return replace(found, rule_ids=ids, obligations=reduce(or_, (decision.obligations for decision in decisions)))


def _fits(binding: Binding, principal: Principal) -> bool:
    if binding.stdio is not None and binding.stdio != (principal.auth_method == "local"):
        return False
    return all(condition.check(principal, _NOTHING_YET) for condition in binding.conditions)
