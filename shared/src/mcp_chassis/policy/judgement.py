"""The policy's part in one call: the hook before the function, `Context.reach` during it, obligations after it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mcp_chassis.arguments import Arguments
from mcp_chassis.errors import ApprovalRequired, Denied
from mcp_chassis.policy.decision import NO_OBLIGATIONS, Decision, Obligations, Request
from mcp_chassis.policy.masking import capped, masked

if TYPE_CHECKING:
    from mcp_chassis.call import Call
    from mcp_chassis.hooks import Proceed
    from mcp_chassis.policy.policy import Policy
    from mcp_chassis.policy.store import PolicyStore
    from mcp_chassis.registry import Endpoint
    from mcp_chassis.rendering import Rendered

__all__ = ["Judgement", "PolicyHook", "effective"]

logger = logging.getLogger(__name__)

_REFUSED = "The policy of this server does not allow this call; ask for something else, or ask the operator."
_VARIABLE = re.compile(r"\{\+?(\w+)\}")
_NOWHERE: Mapping[str, Any] = MappingProxyType({})
_PLAIN = (str, int, float, bool, type(None))


class PolicyHook:
    """Decides each call by the policy that was in force when it came."""

    def __init__(self, store: PolicyStore) -> None:
        self._store = store

    def admit(self, call: Call) -> Judgement:
        """Bind the caller and fix the policy of a call, both of the same version, once."""
        if call.judgement is None:
            call.principal = self._store.bind(call.principal)
            policy = self._store.current
            call.judgement = Judgement(policy, call)
            call.policy_sha256 = policy.sha256 if policy is not None else None
        return call.judgement

    async def __call__(self, call: Call, proceed: Proceed) -> Rendered:
        """Go on where the policy allows the call."""
        self.admit(call).enter()
        return await proceed(call)

    def refuses(self, endpoint: Endpoint, call: Call) -> str | None:
        """Why no call of this endpoint can be allowed to the caller, before its arguments are looked at."""
        judgement = self.admit(call)
        policy = judgement.policy
        if policy is None or policy.possible(call.principal, _prospect(endpoint)):
            return None
        decision = policy.decide(call.principal, _Asked(call, endpoint).request({}, endpoint.data_classes))
        judgement.note(decision)
        return decision.message or _REFUSED

    def hides(self, endpoint: Endpoint, call_principal: Any) -> bool:
        """Whether a list must leave the endpoint out: no call of it can be allowed."""
        policy = self._store.current
        return policy is not None and not policy.possible(call_principal, _prospect(endpoint))


class Judgement:
    """What the policy says of one call, from its beginning to its end.

    Args:
        policy: the one in force when the call came; None where there is no policy.
    """

    __slots__ = ("_asked", "_call", "_classes", "_decided", "_fields", "_settled", "policy")

    def __init__(self, policy: Policy | None, call: Call) -> None:
        self.policy = policy
        self._call = call
        self._classes: frozenset[str] = call.endpoint.data_classes if call.endpoint is not None else frozenset()
        self._fields: dict[str, frozenset[str]] = {}
        self._decided: Decision | None = None
        self._asked: _Asked | None = None
        self._settled = False

    def enter(self) -> None:
        """Decide, as far as it can be decided before the function says what it reaches.

        Raises:
            Denied: the policy denies the call, or nothing allows it.
            ApprovalRequired: a person must approve it.
        """
        call, policy = self._call, self.policy
        assert call.endpoint is not None
        call.data_classes = self._classes
        if policy is None:
            return
        self._asked = asked = _Asked(call, call.endpoint)
        if not asked.open:
            self._conclude(self._classes)
        elif not policy.possible(call.principal, asked.prospect()):
            self._refuse(policy.decide(call.principal, asked.request(asked.arguments or {}, self._classes)))

    def reach(
        self,
        data_classes: Iterable[str],
        fields: Mapping[str, Collection[str]],
        places: Mapping[str, Any] = _NOWHERE,
    ) -> Obligations:
        """Decide again, now that it is known what else the call reads and where its arguments lead.

        Returns:
            What the answer is bound to, with the classes to redact as the names of their fields.

        Raises:
            Denied: the policy denies it with these classes, or fields that must be redacted are not known.
            ApprovalRequired: a person must approve it.
        """
        classes = self._classes.union(data_classes, *fields.values())
        if self.policy is None:
            self._classes = self._call.data_classes = classes
            return NO_OBLIGATIONS
        assert self._asked is not None
        self._asked.lead_to(places)
        known = {name: frozenset(labels) | self._fields.get(name, frozenset()) for name, labels in fields.items()}
        self._conclude(classes, {**self._fields, **known})
        return self._obligations()

    def may_reach(self, data_classes: Iterable[str], places: Mapping[str, Any]) -> bool:
        """Whether the call would be allowed with these data classes at these places too; changes nothing."""
        policy, asked = self.policy, self._asked
        if policy is None or asked is None or not policy.in_force:
            return True
        classes = self._classes.union(data_classes)
        if classes == self._classes and not policy.looks_at(frozenset(places)):
            return True
        request = asked.request({**(asked.arguments or {}), **places}, classes)
        return policy.decide(self._call.principal, request).effect == "allow"

    def fulfil(self, value: Any) -> Any:
        """The result as the obligations have it.

        Raises:
            Denied: the function ended without reaching what the policy could have allowed, or the result cannot be
                redacted.
        """
        if self.policy is None or self._asked is None or self._call.kind == "subscription":
            return value
        if self._call.kind == "completion":
            return self._leading_on(value)
        if not self._settled:
            self._conclude(self._classes)
        elif self._decided is not None:
            self.note(self._decided)  # what a part of the call was refused is not the call's decision
            self._call.data_classes = self._classes
        obligations = self._obligations()
        if obligations.max_rows is not None:
            value = capped(value, obligations.max_rows)
        if obligations.redact_fields and self._call.kind != "prompt":
            assert self._call.endpoint is not None
            value = masked(value, obligations.redact_fields, self._call.endpoint.data_in)
        return value

    def note(self, decision: Decision) -> None:
        """Tell the audit record what was decided."""
        self._call.decision = decision.effect
        self._call.rule_ids = list(decision.rule_ids)
        self._call.policy_sha256 = decision.policy_sha256
        self._call.durable = decision.obligations.audit == "durable"

    def _leading_on(self, candidates: list[str]) -> list[str]:
        """The candidates that some resource may be read by; others are names that are not the caller's to know."""
        policy, asked, chosen = self.policy, self._asked, self._call.validated
        assert policy is not None
        assert asked is not None
        if not asked.template:
            return candidates
        principal, known, name = self._call.principal, chosen["resolved"], chosen["argument"]
        return [value for value in candidates if policy.possible(principal, asked.filled({**known, name: value}))]

    def _conclude(self, classes: frozenset[str], fields: dict[str, frozenset[str]] | None = None) -> None:
        policy, asked, call = self.policy, self._asked, self._call
        assert policy is not None
        assert asked is not None
        request = asked.request(asked.arguments or {}, classes)
        self._shadow(policy, request)
        if not policy.in_force:
            self._settled = True
            self._classes = call.data_classes = classes
            return
        decision = policy.decide(call.principal, request)
        self.note(decision)
        if decision.effect != "allow":
            call.data_classes = classes
            self._refuse(decision)
        self._settled = True
        self._decided, self._classes, self._fields = decision, classes, fields if fields is not None else self._fields
        call.data_classes = classes

    def _refuse(self, decision: Decision) -> None:
        self.note(decision)
        logger.info("%s", decision.reason, extra={"rule_ids": decision.rule_ids, "error_id": self._call.error_id})
        if decision.effect == "approve":
            raise ApprovalRequired(decision.message)
        self._call.decision = "deny"
        raise Denied(decision.message or _REFUSED)

    def _shadow(self, policy: Policy, request: Request) -> None:
        """Record what the rules in shadow would change, and change nothing."""
        call = self._call
        principal = call.principal if policy.in_force else policy.bind(call.principal)
        would = policy.rehearse(principal, request)
        if would is None or would.effect == "allow":
            return
        if not policy.in_force or policy.decide(principal, request).effect == "allow":
            call.shadow = {"decision": would.effect, "rule_ids": list(would.rule_ids)}
            logger.info("in shadow: %s", would.reason, extra={"rule_ids": would.rule_ids, "action": call.action[:200]})

    def _obligations(self) -> Obligations:
        """What holds, with the classes to redact as names of fields.

        Raises:
            Denied: of a class that must be redacted no field is known.
        """
        if self._decided is None:
            return NO_OBLIGATIONS
        duties = self._decided.obligations
        names = set(duties.redact_fields)
        for wanted in duties.redact_classes & self._classes:
            found = {name for name, labels in self._fields.items() if wanted in labels}
            if not found:
                self._call.decision = "deny"
                raise Denied(f"This reads {wanted} data, of which no single field is known to be redacted for you.")
            names |= found
        return Obligations(frozenset(names), duties.redact_classes, duties.max_rows, duties.audit)


class _Asked:
    """A call as a policy sees it; `open` where only the function can tell what it reads, or nothing is read."""

    __slots__ = ("_action", "_at", "_unknown", "arguments", "open", "template")

    def __init__(self, call: Call, endpoint: Endpoint) -> None:
        self._at = time.time()
        self._action, self.template = f"{call.kind}:{call.name}", False
        self.arguments: Mapping[str, Any] | None = None
        self.open = endpoint.reaches
        self._unknown = endpoint.places
        if call.kind == "completion":
            # Who may have the prompt, or some resource of the template, may complete its arguments.
            self.template = "://" in call.name
            self._action = f"{'resource' if self.template else 'prompt'}:{call.name}"
            self.open = True
            return
        if call.kind == "subscription":
            self._action = f"resource:{call.name}"
        self.arguments = effective(endpoint.arguments, call.validated)

    def lead_to(self, places: Mapping[str, Any]) -> None:
        """Take where arguments really lead for what they say."""
        if places:
            self.arguments = {**(self.arguments or {}), **places}

    def prospect(self) -> Request:
        """The call while it is not known what it reads, nor where its places lead."""
        return Request(self._action, self.arguments, None, self._at, self.template, self._unknown)

    def filled(self, values: Mapping[str, str]) -> Request:
        """The resource of the template that these values lead to, or some of those that they lead to."""
        action = _VARIABLE.sub(lambda variable: values.get(variable[1], variable[0]), self._action)
        open_ = "{" in _VARIABLE.sub(lambda variable: "" if variable[1] in values else variable[0], self._action)
        return Request(action, None if open_ else values, None, self._at, open_)

    def request(self, arguments: Mapping[str, Any] | None, classes: frozenset[str] | None) -> Request:
        return Request(self._action, arguments, classes, self._at, self.template)


def effective(arguments: Arguments, validated: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that a function works with, as JSON values: the defaults are among them."""
    from pydantic_core import to_jsonable_python

    whole = {**arguments.defaults, **validated}
    return {
        name: value if value.__class__ in _PLAIN else to_jsonable_python(value, by_alias=True)
        for name, value in whole.items()
    }


def _prospect(endpoint: Endpoint) -> Request:
    """Some call of an endpoint, of which nothing but its name is known."""
    name, kind = endpoint.name, endpoint.kind
    if kind == "completion":
        kind = "resource" if "://" in name else "prompt"
    if kind == "subscription":
        kind = "resource"
    template = kind == "resource" and "{" in name
    return Request(f"{kind}:{name}", None, None if endpoint.reaches else endpoint.data_classes, time.time(), template)
