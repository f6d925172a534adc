"""Cases: calls with the decision that a policy should make of them, for `policy test` and `policy diff`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcp_chassis.call import Principal
from mcp_chassis.document import Document, Unreadable, parse
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.policy.decision import Decision, Request
from mcp_chassis.policy.faults import schema_faults, sentence
from mcp_chassis.policy.policy import Policy

if TYPE_CHECKING:
    from mcp_chassis.registry import Registry

__all__ = ["Case", "load_cases", "make_principal", "make_request", "moment"]


@dataclass(frozen=True, slots=True)
class Case:
    """One call and what is expected of it; `principal` is not bound yet."""

    name: str
    line: int
    principal: Principal
    request: Request
    expect: str
    rules: frozenset[str] | None
    obligations: Mapping[str, Any]

    def decide(self, policy: Policy) -> Decision:
        """What a policy decides."""
        return policy.decide(policy.bind(self.principal), self.request)

    def differences(self, decision: Decision) -> list[tuple[str, str]]:
        """What was expected and what came, where they differ."""
        found: list[tuple[str, str]] = []
        if decision.effect != self.expect:
            found.append((self.expect, decision.effect))
        if self.rules is not None and self.rules != set(decision.rule_ids):
            found.append((f"by {_listed(self.rules)}", f"by {_listed(decision.rule_ids)}"))
        given = told(decision)
        for key, wanted in self.obligations.items():
            if given[key] != (sorted(wanted) if isinstance(wanted, list) else wanted):
                found.append((f"{key} {wanted}", f"{key} {given[key]}"))
        return found


def told(decision: Decision) -> dict[str, Any]:
    """The obligations of a decision, under the names they have in cases."""
    duties = decision.obligations
    return {
        "redact": sorted(duties.redact_fields),
        "redact_classes": sorted(duties.redact_classes),
        "max_rows": duties.max_rows,
        "audit": duties.audit,
    }


def load_cases(path: Path, registry: Registry) -> list[Case]:
    """The cases of a file.

    Args:
        registry: what the server offers, whose defaults and labels calls have.

    Raises:
        ConfigurationError: it cannot be read, or is faulty.
    """
    try:
        document = parse(path.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{path.name} cannot be read: {error.strerror}.") from None
    except Unreadable as error:
        raise ConfigurationError(f"{path.name} {error}.") from None
    if faults := list(schema_faults(document, "cases.schema.json")):
        raise ConfigurationError(*(f"{path.name} {fault}" for fault in faults))
    names = document.value.get("principals", {})
    return [
        _case(document, path.name, number, entry, names, registry)
        for number, entry in enumerate(document.value["cases"])
    ]


def _case(
    document: Document, file: str, number: int, entry: dict[str, Any], names: dict[str, Any], registry: Registry
) -> Case:
    where = ("cases", number)

    def part(key: str, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except ValueError as error:
            raise ConfigurationError(f"{file} {sentence(document, (*where, key), str(error))}") from None

    spec = entry.get("principal", {})
    if isinstance(spec, str):
        if spec not in names:
            part("principal", lambda: _fail("is not one of the principals of this file"))
        spec = names[spec]
    return Case(
        name=entry.get("name", f"{entry['action']} at line {document.line(where)}"),
        line=document.line(where),
        principal=part("principal", lambda: make_principal(spec)),
        request=part("at", lambda: make_request(entry, registry)),
        expect=entry["expect"],
        rules=frozenset(entry["rules"]) if "rules" in entry else None,
        obligations=entry.get("obligations", {}),
    )


def make_principal(spec: Mapping[str, Any]) -> Principal:
    """A caller as cases and `policy explain` write it.

    Raises:
        ValueError: the time does not fit, with the end of a sentence.
    """
    if spec.get("stdio"):
        return Principal(spec.get("subject", "local:user"), "local", scopes=frozenset(spec.get("scopes", ())))
    key = spec.get("key")
    method = spec.get("auth_method", "api-key" if key is not None else "oauth")
    authenticated = spec.get("authenticated_at")
    return Principal(
        subject=f"key:{key}" if key is not None else spec.get("subject", "someone"),
        auth_method=method,
        issuer=spec.get("issuer"),
        client_id=spec.get("client_id"),
        tenant=spec.get("tenant", "default"),
        scopes=frozenset(spec.get("scopes", ())),
        actor=spec.get("actor"),
        claims=spec.get("claims", {}),
        authenticated_at=moment(authenticated) if authenticated is not None else None,
    )


def make_request(entry: Mapping[str, Any], registry: Registry) -> Request:
    """A call, with the defaults and labels that it has on this server where the server offers it.

    Raises:
        ValueError: the time does not fit, with the end of a sentence.
    """
    action: str = entry["action"]
    kind, _, name = action.partition(":")
    shelf = {"tool": registry.tools, "prompt": registry.prompts}.get(kind, registry.resources)
    endpoint = shelf.get(name)
    arguments = dict(entry.get("arguments", {}))
    classes = frozenset(entry.get("data_classes", ()))
    if endpoint is not None:
        from mcp_chassis.policy.judgement import effective

        arguments = effective(endpoint.arguments, arguments)
        classes |= endpoint.data_classes
    return Request(action, arguments, classes, moment(entry["at"]) if "at" in entry else time.time())


def moment(text: str) -> float:
    """Unix time of `2026-11-20T08:00:00+01:00`.

    Raises:
        ValueError: with the end of a sentence.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError("must be a time with its zone such as 2026-11-20T08:00:00+01:00")
    return found.timestamp()


def _fail(rule: str) -> None:
    raise ValueError(rule)


def _listed(ids: Any) -> str:
    return ", ".join(sorted(ids)) or "no rule"
