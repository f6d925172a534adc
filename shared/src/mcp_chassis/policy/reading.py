"""From a document that fits the schema to the model: what the schema cannot see is checked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mcp_chassis.document import Document, Path
from mcp_chassis.limits.model import Limit, parse_rate
from mcp_chassis.policy.conditions import Condition, Fault, compile_parts, compile_when, principal_parts
from mcp_chassis.policy.decision import Obligations
from mcp_chassis.policy.faults import sentence
from mcp_chassis.policy.globs import Glob
from mcp_chassis.policy.model import Binding, Duty, PolicyFile, Role, Rule, Tenant
from mcp_chassis.words import nearest

__all__ = ["read"]

_EVERYTHING = (Glob("*"),)


def read(document: Document) -> tuple[PolicyFile, list[str]]:
    """The model of a document without schema faults, and a sentence for each fault in what it means."""
    reader = _Reader(document)
    return reader.file(), reader.faults


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._content: dict[str, Any] = document.value
        self.faults: list[str] = []

    def file(self) -> PolicyFile:
        content = self._content
        roles = self._roles(content.get("roles", {}))
        tenants = self._tenants(content.get("tenants", {}))
        rules = tuple(self._rule(("rules", number), entry) for number, entry in enumerate(content.get("rules", [])))
        duties = tuple(
            self._duty(("obligations", number), entry) for number, entry in enumerate(content.get("obligations", []))
        )
        bindings = tuple(self._binding(("bind", number), entry) for number, entry in enumerate(content.get("bind", [])))
        self._unique(("rules",), ("obligations",))
        return PolicyFile(
            mode=content.get("mode", "enforce"),
            roles=roles,
            bindings=bindings,
            tenants=tenants,
            rules=rules,
            duties=duties,
            limits=self._limits(),
        )

    def _fault(self, path: Path, rule: str) -> None:
        self.faults.append(sentence(self._document, path, rule))

    # Roles and tenants

    def _roles(self, entries: Mapping[str, Any]) -> dict[str, Role]:
        inherits = {name: tuple((entry or {}).get("inherits", ())) for name, entry in entries.items()}
        for name, parents in inherits.items():
            for number, parent in enumerate(parents):
                self._known(("roles", name, "inherits", number), parent, entries, "a role")
        return {name: self._role(name, entries, inherits) for name in entries}

    def _role(self, name: str, entries: Mapping[str, Any], inherits: Mapping[str, tuple[str, ...]]) -> Role:
        names: set[str] = set()
        pending = [name]
        while pending:
            current = pending.pop()
            if current not in names and current in entries:
                names.add(current)
                pending += inherits[current]
        if any(name in inherits[other] for other in names):
            self._fault(("roles", name, "inherits"), "leads back to the role itself; take one step of the circle away")
        scopes = {scope for role in names for scope in (entries[role] or {}).get("scopes", ())}
        return Role(name, frozenset(names), frozenset(scopes))

    def _tenants(self, entries: Mapping[str, Any]) -> dict[str, Tenant]:
        tenants: dict[str, Tenant] = {}
        owners: dict[str, str] = {}
        for name, entry in entries.items():
            keys = (entry or {}).get("keys", ())
            for number, key in enumerate(keys):
                if owners.setdefault(key, name) != name:
                    self._fault(("tenants", name, "keys", number), f"names a key that is {owners[key]}'s already")
            tenants[name] = Tenant(name, frozenset(keys), self._globs((entry or {}).get("actions", ())))
        return tenants

    # Rules

    def _rule(self, path: Path, entry: Mapping[str, Any]) -> Rule:
        if entry["effect"] == "deny" and "obligations" in entry:
            self._fault((*path, "obligations"), "has no meaning in a rule that denies; take it away")
        return Rule(
            id=entry["id"],
            effect=entry["effect"],
            actions=self._globs(entry["actions"]),
            conditions=self._when(path, entry, deny=entry["effect"] == "deny"),
            obligations=_obligations(entry.get("obligations", {})),
            mode=entry.get("mode", "enforce"),
            message=entry.get("message"),
            line=self._document.line(path),
        )

    def _duty(self, path: Path, entry: Mapping[str, Any]) -> Duty:
        if not {"redact", "max_rows", "audit"} & entry.keys():
            self._fault(path, "needs redact, max_rows or audit")
        actions = self._globs(entry["actions"]) if "actions" in entry else _EVERYTHING
        # As in a rule that denies, what cannot be told binds.
        return Duty(entry["id"], actions, self._when(path, entry, deny=True), _obligations(entry))

    def _when(self, path: Path, entry: Mapping[str, Any], *, deny: bool) -> tuple[Condition, ...]:
        when = entry.get("when", {})
        principal = when.get("principal", {})
        for key in ("roles", "not_roles"):
            self._all_known((*path, "when", "principal", key), principal.get(key, ()), self._content.get("roles", {}))
        conditions, faults = compile_when(when, deny=deny)
        self._tell((*path, "when"), faults)
        return conditions

    def _tell(self, path: Path, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._fault((*path, *fault.path), fault.rule)

    def _binding(self, path: Path, entry: Mapping[str, Any]) -> Binding:
        self._all_known((*path, "roles"), entry.get("roles", ()), self._content.get("roles", {}))
        tenant, tenants = entry.get("tenant"), self._content.get("tenants", {})
        if tenant is not None and (tenants or tenant != "default"):
            self._known((*path, "tenant"), tenant, tenants, "a tenant")
        if "roles" not in entry and tenant is None:
            self._fault(path, "needs roles or tenant")
        conditions, faults = compile_parts(principal_parts(entry["match"]))
        self._tell((*path, "match"), [Fault(fault.path[1:], fault.rule) for fault in faults])
        for condition in conditions:
            if condition.part != "principal":
                self._fault((*path, "match"), "must not look at arguments, which are not known yet")
        return Binding(conditions, entry["match"].get("stdio"), tuple(entry.get("roles", ())), tenant)

    # Limits

    def _limits(self) -> tuple[Limit, ...]:
        found: list[Limit] = []
        for number, entry in enumerate(self._content.get("limits", [])):
            self._all_known(("limits", number, "tenants"), entry.get("tenants", ()), self._content.get("tenants", {}))
            found.append(self._limit(("limits", number), entry, tuple(entry.get("tenants", ()))))
        for name, tenant in self._content.get("tenants", {}).items():
            for number, entry in enumerate((tenant or {}).get("limits", [])):
                path: Path = ("tenants", name, "limits", number)
                if "tenants" in entry:
                    self._fault((*path, "tenants"), "has no meaning here, where the limit is this tenant's")
                found.append(self._limit(path, entry, (name,)))
        ids = [limit.id for limit in found]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            self._fault(("limits",), f"has the id {name} twice; give every limit its own, those of tenants too")
        return tuple(found)

    def _limit(self, path: Path, entry: Mapping[str, Any], tenants: tuple[str, ...]) -> Limit:
        self._all_known((*path, "roles"), entry.get("roles", ()), self._content.get("roles", {}))
        if not {"rate", "per_day"} & entry.keys():
            self._fault(path, "needs rate or per_day")
        limit = Limit(
            id=entry["id"],
            per_day=entry.get("per_day"),
            per=tuple(entry.get("per", ("tenant",) if path[0] == "tenants" else ("principal",))),
            actions=tuple(entry.get("actions", ())),
            roles=tuple(entry.get("roles", ())),
            tenants=tenants,
        )
        try:
            return replace(limit, rate=parse_rate(entry["rate"])) if "rate" in entry else limit
        except ValueError as error:
            self._fault((*path, "rate"), str(error))
            return limit

    # Names

    def _globs(self, patterns: Iterable[str]) -> tuple[Glob, ...]:
        return tuple(map(Glob, patterns))

    def _all_known(self, path: Path, names: Iterable[str], known: Mapping[str, Any]) -> None:
        kind = "a tenant" if path[-1] == "tenants" else "a role"
        for number, name in enumerate(names):
            self._known((*path, number), name, known, kind)

    def _known(self, path: Path, name: str, known: Mapping[str, Any], kind: str) -> None:
        if name not in known:
            self.faults.append(
                f"{sentence(self._document, path, f'is not {kind} of this file')[:-1]}{nearest(name, known)}"
            )

    def _unique(self, *sections: Path) -> None:
        seen: set[str] = set()
        for section in sections:
            for number, entry in enumerate(self._content.get(str(section[0]), [])):
                if entry["id"] in seen:
                    self._fault((*section, number, "id"), f"{entry['id']} is there twice; give every rule its own")
                seen.add(entry["id"])


def _obligations(entry: Mapping[str, Any]) -> Obligations:
    redact = entry.get("redact", {})
    if isinstance(redact, list):
        redact = {"fields": redact}
    return Obligations(
        redact_fields=frozenset(redact.get("fields", ())),
        redact_classes=frozenset(redact.get("classes", ())),
        max_rows=entry.get("max_rows"),
        audit=entry.get("audit", "standard"),
    )
