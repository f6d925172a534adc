"""Why a policy decides as it does, rule by rule, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcp_chassis.call import Principal
from mcp_chassis.policy.cases import told
from mcp_chassis.policy.decision import Decision, Request
from mcp_chassis.policy.model import Duty, Rule
from mcp_chassis.policy.policy import Policy
from mcp_chassis.policy.values import RuleError

__all__ = ["explain"]


@dataclass(frozen=True, slots=True)
class _Look:
    """How one rule meets one call: the conditions that do not hold, and what went wrong."""

    rule: Rule | Duty
    failing: tuple[str, ...]
    errors: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.failing and not self.errors

    @property
    def words(self) -> str:
        if self.errors:
            return f"cannot be applied: {'; '.join(self.errors)}"
        return "fits" if self.fits else f"does not fit: not so that {'; nor that '.join(self.failing)}"


def explain(policy: Policy, principal: Principal, request: Request) -> str:
    """The decision about one call of an unbound principal, as text for people."""
    bound = policy.bind(principal)
    decision = policy.decide(bound, request)
    looks = [_look(rule, bound, request) for rule in policy.file.rules if _speaks(rule, request)]
    lines = [_who(bound, request), "", f"{decision.effect}: {decision.reason}"]
    if not policy.in_force:
        lines.append("The file is in shadow: this is only recorded.")
    lines += [f"  {key}: {value}" for key, value in told(decision).items() if value and value != "standard"]
    lines.append("")
    wide = max([len(rule.id) for rule in policy.file.rules] + [len(duty.id) for duty in policy.file.duties] + [0])
    lines += [f"  {look.rule.id:<{wide}}  {_kind(look.rule):<16}  {look.words}" for look in looks]
    for duty in policy.file.duties:
        if _speaks(duty, request):
            lines.append(f"  {duty.id:<{wide}}  {'obligation':<16}  {_look(duty, bound, request).words}")
    if not looks:
        lines.append("  No rule speaks of this action.")
    lines += ["", "What would change it:", *(f"  {line}" for line in _changes(decision, looks, request))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _who(principal: Principal, request: Request) -> str:
    roles = ", ".join(sorted(principal.roles)) or "none"
    scopes = ", ".join(sorted(principal.scopes)) or "none"
    classes = ", ".join(sorted(request.data_classes or ())) or "none"
    who = f"{principal.subject} ({principal.auth_method}), tenant {principal.tenant or 'unclear'}"
    return f"{request.action}\n  by {who}, roles {roles}, scopes {scopes}\n  data classes {classes}"


def _kind(rule: Rule | Duty) -> str:
    if not isinstance(rule, Rule):
        return "obligation"
    return f"{rule.effect}, in shadow" if rule.mode == "shadow" else rule.effect


def _speaks(rule: Rule | Duty, request: Request) -> bool:
    return any(glob.matches(request.action) for glob in rule.actions)


def _look(rule: Rule | Duty, principal: Principal, request: Request) -> _Look:
    failing: list[str] = []
    errors: list[str] = []
    for condition in rule.conditions:
        try:
            if not condition.check(principal, request):
                failing.append(condition.text)
        except RuleError as error:
            errors.append(str(error))
    return _Look(rule, tuple(failing), tuple(errors))


def _changes(decision: Decision, looks: list[_Look], request: Request) -> Iterator[str]:
    grants = [look for look in looks if isinstance(look.rule, Rule) and look.rule.effect != "deny"]
    denies = [look for look in looks if isinstance(look.rule, Rule) and look.rule.effect == "deny"]
    if decision.effect != "deny":
        yield from _against(denies, decision)
        return
    for look in (*denies, *grants):
        if look.rule.id in decision.rule_ids:
            wrong = look.errors or tuple(condition.text for condition in look.rule.conditions)
            yield f"{look.rule.id}{_line(look.rule)} would not if one of these were otherwise: {_joined(wrong)}"
    if not decision.rule_ids and not grants:
        yield f"a rule that allows {request.action}, for this tenant"
    for look in grants:
        if not look.fits and look.rule.id not in decision.rule_ids:
            missing = "; ".join((*look.failing, *look.errors))
            yield f"{look.rule.id}{_line(look.rule)} would {_verb(look.rule)} it if: {missing}"


def _against(denies: list[_Look], decision: Decision) -> Iterator[str]:
    yield f"without {decision.rule_ids[0]}, a later rule would have to allow it"
    for look in denies:
        if not look.fits and isinstance(look.rule, Rule) and look.rule.mode == "enforce":
            yield f"{look.rule.id} would deny it if: {'; '.join((*look.failing, *look.errors))}"


def _joined(conditions: tuple[str, ...]) -> str:
    return "; ".join(conditions) or "its actions, since it has no conditions"


def _verb(rule: Rule | Duty) -> str:
    return "ask for an approval of" if isinstance(rule, Rule) and rule.effect == "approve" else "allow"


def _line(rule: Rule | Duty) -> str:
    return f" (line {rule.line})" if isinstance(rule, Rule) and rule.line else ""
