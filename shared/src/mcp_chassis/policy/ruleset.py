"""The rules of a policy, made ready for many decisions a second.

Which rules speak of an action, for callers of a tenant with these roles, is found once and remembered; what is left for
each call are the few conditions on arguments, claims, data classes and time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from mcp_chassis.call import Principal
from mcp_chassis.policy.conditions import Check, Condition
from mcp_chassis.policy.decision import NO_OBLIGATIONS, Decision, Request
from mcp_chassis.policy.globs import Glob
from mcp_chassis.policy.model import Duty, Rule, Tenant
from mcp_chassis.policy.values import RuleError

__all__ = ["RuleSet"]

_REMEMBERED = 4096
_LONGEST = 512
_KeyT = TypeVar("_KeyT", bound=tuple[Any, ...])
_ValueT = TypeVar("_ValueT")
_Known = tuple[bool, bool, bool, frozenset[str]]
_Prospect = tuple[tuple[tuple[Check, ...], ...], tuple[tuple[Check, ...], ...]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule whose fixed conditions hold, and what it decides when the others hold too."""

    rule: Rule
    checks: tuple[Check, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class _ReadyDuty:
    duty: Duty
    checks: tuple[Check, ...]


@dataclass(slots=True)
class _Relevant:
    """What there is to look at for one action, tenant and set of roles; `outcome` when nothing is left to ask.

    `by_word` has the rules that deny an argument for being some word: its name, what each word leads to, the rules.
    """

    by_word: tuple[tuple[str, dict[str, Decision], tuple[_Ready, ...]], ...] = ()
    denies: tuple[_Ready, ...] = ()
    grants: tuple[_Ready, ...] = ()
    duties: tuple[_ReadyDuty, ...] = ()
    outcome: Decision | None = None


@dataclass(slots=True)
class RuleSet:
    """Rules that are in force together."""

    rules: Sequence[Rule]
    duties: Sequence[Duty]
    tenants: dict[str, Tenant]
    sha256: str
    _relevant: dict[tuple[str, str, frozenset[str]], _Relevant] = field(default_factory=dict)
    _prospects: dict[tuple[str, str, frozenset[str], _Known], _Prospect] = field(default_factory=dict)
    _looks: dict[frozenset[str], bool] = field(default_factory=dict)
    _nothing: Decision = field(init=False)

    def __post_init__(self) -> None:
        self._nothing = self.denied((), "No rule allows it.")

    def decide(self, principal: Principal, request: Request) -> Decision:
        """The decision about a call whose arguments and data classes are known."""
        key = (request.action, principal.tenant, principal.roles)
        current = ""
        try:
            relevant = self._relevant.get(key)
            if relevant is None:
                relevant = self._find(principal, request)
                _remember(self._relevant, key, relevant)
            if relevant.outcome is not None:
                return relevant.outcome
            for name, decisions, rules in relevant.by_word:
                value = request.arguments.get(name) if request.arguments is not None else None
                if value.__class__ is str:
                    if (found := decisions.get(value)) is not None:
                        return found
                elif value is not None:
                    for ready in rules:
                        current = ready.rule.id
                        if _holds(ready.checks, principal, request):
                            return ready.decision
            for ready in relevant.denies:
                current = ready.rule.id
                if _holds(ready.checks, principal, request):
                    return ready.decision
            for ready in relevant.grants:
                current = ready.rule.id
                if _holds(ready.checks, principal, request):
                    return (
                        self._bound(ready, relevant.duties, principal, request) if relevant.duties else ready.decision
                    )
        except Exception as error:
            return self._failed(current, error)
        return self._nothing

    def possible(self, principal: Principal, request: Request) -> bool:
        """Whether some call of this action could be allowed or approved, whatever is not known yet (None)."""
        known = (request.template, request.arguments is None, request.data_classes is None, request.unknown)
        key = (request.action, principal.tenant, principal.roles, known)
        try:
            prospect = self._prospects.get(key)
            if prospect is None:
                prospect = self._look(principal, request)
                _remember(self._prospects, key, prospect)
            denies, grants = prospect
            if any(_holds(checks, principal, request) for checks in denies):
                return False
        except Exception:
            return False  # an error in a rule is a deny
        try:
            return any(_holds(checks, principal, request) for checks in grants)
        except Exception:
            return True  # unless what is not known yet leaves the rule out; the decision itself will tell

    def _look(self, principal: Principal, request: Request) -> _Prospect:
        """What to check of the rules that surely deny, and of those that may grant."""
        if self._tenant_refuses(principal.tenant, request) is not None:
            return (), ()
        rules = [rule for rule in self.rules if _fixed(rule.conditions, principal)]
        surely, perhaps = (Glob.covers, Glob.may_match) if request.template else (_covers, _covers)
        denies = [
            rule
            for rule in rules
            if rule.effect == "deny"
            and any(surely(glob, request.action) for glob in rule.actions)
            and all(_known(condition, request) for condition in rule.conditions)
        ]
        grants = [
            rule
            for rule in rules
            if rule.effect != "deny" and any(perhaps(glob, request.action) for glob in rule.actions)
        ]
        return (
            tuple(_open(rule.conditions) for rule in denies),
            tuple(_open(item for item in rule.conditions if _known(item, request)) for rule in grants),
        )

    def looks_at(self, names: frozenset[str]) -> bool:
        """Whether the decision on a call can depend on one of these arguments."""
        if names not in self._looks:
            every: tuple[Rule | Duty, ...] = (*self.rules, *self.duties)
            conditions = (condition for item in every for condition in item.conditions)
            self._looks[names] = any(one.part == "arguments" and one.argument in {None, *names} for one in conditions)
        return self._looks[names]

    def denied(self, rule_ids: tuple[str, ...], reason: str, message: str | None = None) -> Decision:
        """A decision to deny."""
        return Decision("deny", rule_ids, NO_OBLIGATIONS, self.sha256, reason, message)

    def _bound(self, ready: _Ready, duties: Iterable[_ReadyDuty], principal: Principal, request: Request) -> Decision:
        obligations, ids = ready.decision.obligations, ready.decision.rule_ids
        for item in duties:
            try:
                held = _holds(item.checks, principal, request)
            except Exception as error:
                return self._failed(item.duty.id, error)
            if held:
                obligations = obligations | item.duty.obligations
                ids = (*ids, item.duty.id)
        decision = ready.decision
        return Decision(decision.effect, ids, obligations, self.sha256, decision.reason, decision.message)

    def _failed(self, rule_id: str, error: Exception) -> Decision:
        words = str(error) if isinstance(error, RuleError) else type(error).__name__
        return self.denied((rule_id,), f"Rule {rule_id} cannot be applied to this call ({words}).")

    def _tenant_refuses(self, name: str, request: Request) -> Decision | None:
        if not self.tenants:
            return None
        tenant = self.tenants.get(name)
        if tenant is None:
            return self.denied((), "The caller's tenant is not one of this policy.")
        covers = Glob.may_match if request.template else _covers
        if tenant.actions and not any(covers(glob, request.action) for glob in tenant.actions):
            return self.denied((), f"Tenant {name} may not use this action at all.")
        return None

    def _find(self, principal: Principal, request: Request) -> _Relevant:
        refused = self._tenant_refuses(principal.tenant, request)
        if refused is not None:
            return _Relevant(outcome=refused)
        rules = [
            self._ready(rule) for rule in self.rules if _speaks(rule, request) and _fixed(rule.conditions, principal)
        ]
        denies = [ready for ready in rules if ready.rule.effect == "deny"]
        grants = tuple(ready for ready in rules if ready.rule.effect != "deny")
        duties = tuple(
            _ReadyDuty(duty, _open(duty.conditions))
            for duty in self.duties
            if _speaks(duty, request) and _fixed(duty.conditions, principal)
        )
        sure = next((ready.decision for ready in denies if not ready.checks), None)
        if sure is None and not grants and not denies:
            sure = self._nothing
        by_word, others = _indexed(denies)
        return _Relevant(by_word, others, grants, duties, sure)

    def _ready(self, rule: Rule) -> _Ready:
        reason = {"allow": "allows", "deny": "denies", "approve": "asks for an approval of"}[rule.effect]
        decision = Decision(
            rule.effect, (rule.id,), rule.obligations, self.sha256, f"Rule {rule.id} {reason} it.", rule.message
        )
        return _Ready(rule, _open(rule.conditions), decision)


def _remember(memory: dict[_KeyT, _ValueT], key: _KeyT, value: _ValueT) -> None:
    """Keep what was found, unless whoever calls chose a name that costs."""
    if len(key[0]) > _LONGEST:
        return
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[key] = value


def _indexed(
    denies: Iterable[_Ready],
) -> tuple[tuple[tuple[str, dict[str, Decision], tuple[_Ready, ...]], ...], tuple[_Ready, ...]]:
    """The rules that deny by words alone, ready to be looked up, and the others."""
    decisions: dict[str, dict[str, Decision]] = {}
    rules: dict[str, list[_Ready]] = {}
    others: list[_Ready] = []
    for ready in denies:
        conditions = [condition for condition in ready.rule.conditions if not condition.fixed]
        words_of = conditions[0].words if len(conditions) == 1 else None
        if words_of is None:
            others.append(ready)
            continue
        name, words = words_of
        rules.setdefault(name, []).append(ready)
        for word in words:
            decisions.setdefault(name, {}).setdefault(word, ready.decision)
    return tuple((name, decisions[name], tuple(found)) for name, found in rules.items()), tuple(others)


def _covers(glob: Glob, action: str) -> bool:
    return glob.matches(action)


def _speaks(rule: Rule | Duty, request: Request) -> bool:
    return any(glob.matches(request.action) for glob in rule.actions)


def _fixed(conditions: Iterable[Condition], principal: Principal) -> bool:
    nothing = Request("", None)
    return all(condition.check(principal, nothing) for condition in conditions if condition.fixed)


def _open(conditions: Iterable[Condition]) -> tuple[Check, ...]:
    return tuple(condition.check for condition in conditions if not condition.fixed)


def _holds(checks: tuple[Check, ...], principal: Principal, request: Request) -> bool:
    for check in checks:  # noqa: SIM110 - a generator costs more than the checks
        if not check(principal, request):
            return False
    return True


def _known(condition: Condition, request: Request) -> bool:
    if condition.part == "arguments":
        # A condition of the principal that compares with arguments names none of them.
        open_ = request.unknown and condition.argument in {None, *request.unknown}
        return request.arguments is not None and not open_
    return condition.part != "data_classes" or request.data_classes is not None
