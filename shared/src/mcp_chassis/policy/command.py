"""`policy check|test|explain|diff`: the subcommand of every server that works on policy files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcp_chassis.cli.command import Parser
from mcp_chassis.document import Document, Unreadable, parse
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.policy.cases import Case, load_cases, make_principal, make_request
from mcp_chassis.policy.decision import DATA_CLASSES, Decision
from mcp_chassis.policy.explaining import explain
from mcp_chassis.policy.faults import definition_faults, schema
from mcp_chassis.policy.globs import Glob
from mcp_chassis.policy.model import Rule
from mcp_chassis.policy.policy import Policy
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    from mcp_chassis.server import Server

__all__ = ["main"]

DIFFERENT = 1


def main(server: Server[Any, Any], argv: Sequence[str]) -> int:
    """Run a `policy` subcommand.

    Returns:
        The exit code: 0 when all is as it should be, 1 when a case is decided otherwise than expected or before.

    Raises:
        ConfigurationError: a file or an argument is faulty.
    """
    arguments = _parser(server).parse_args(list(argv))
    run = {"check": _check, "test": _test, "explain": _explain, "diff": _diff, "schema": _schema}[arguments.does]
    return run(server, arguments)


def _parser(server: Server[Any, Any]) -> Parser:
    parser = Parser(prog=server.name, allow_abbrev=False)
    policy = parser.add_subparsers(required=True).add_parser("policy", help="check and try policy files")
    does = policy.add_subparsers(dest="does", required=True, metavar="check|test|explain|diff|schema")
    check = does.add_parser("check", help="look for faults in a policy file")
    check.add_argument("file", type=Path, metavar="FILE")
    test = does.add_parser("test", help="hold a policy file against a table of expectations")
    test.add_argument("file", type=Path, metavar="FILE")
    test.add_argument("cases", type=Path, metavar="CASES.yaml")
    why = does.add_parser("explain", help="say what a policy decides about one call, and why")
    why.add_argument("file", type=Path, metavar="FILE")
    why.add_argument("--principal", default="{}", metavar="YAML", help="stdio, or {subject: ann, claims: {...}}")
    why.add_argument("--action", required=True, metavar="ACTION", help="such as tool:execute_query")
    why.add_argument("--args", default="{}", metavar="YAML", help="the arguments, as JSON or YAML")
    why.add_argument("--data-classes", default="", metavar="A,B", help="what the call reads")
    why.add_argument("--at", metavar="TIME", help="when, such as 2026-11-20T08:00:00+01:00; now when missing")
    diff = does.add_parser("diff", help="say which cases two policy files decide differently")
    for name in ("old", "new", "cases"):
        diff.add_argument(name, type=Path, metavar="CASES.yaml" if name == "cases" else name.upper())
    does.add_parser("schema", help="print the JSON Schema of policy files, for editors")
    return parser


def _check(server: Server[Any, Any], arguments: argparse.Namespace) -> int:
    policy = Policy.load(arguments.file)
    file = policy.file
    for note in _notes(server, policy):
        sys.stdout.write(f"note: {note}\n")
    counts = ((len(file.rules), "rule"), (len(file.roles), "role"), (len(file.tenants), "tenant"))
    told = ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counts)
    shadow = "; all of it in shadow" if not policy.in_force else ""
    sys.stdout.write(f"{arguments.file.name} is right: {told}{shadow}; sha256 {policy.sha256}\n")
    return 0


def _notes(server: Server[Any, Any], policy: Policy) -> Iterator[str]:
    """What may be a mistake, or be meant for another server under the same policy."""
    registry = server.registry
    known = {f"tool:{name}" for name in registry.tools} | {f"prompt:{name}" for name in registry.prompts}
    for rule in policy.file.rules:
        for glob in rule.actions:
            action = glob.pattern
            if glob.literal == action and not action.startswith("resource:") and action not in known:
                yield f"line {rule.line}: {rule.id}: {server.name} has no {action}{nearest(action, known)}"
        yield from (f"line {rule.line}: {rule.id}: {note}" for note in _unknown_arguments(server, rule))


def _unknown_arguments(server: Server[Any, Any], rule: Rule) -> Iterator[str]:
    """Arguments that a rule looks at and that nothing it speaks of has here, so that a rule that denies never fits."""
    registry = server.registry
    shelves = (registry.tools, registry.prompts, registry.resources, registry.templates)
    meant = [
        endpoint
        for shelf in shelves
        for endpoint in shelf.values()
        if any(_speaks_of(glob, f"{endpoint.kind}:{endpoint.name}") for glob in rule.actions)
    ]
    known = sorted({name for endpoint in meant for name in endpoint.arguments.model.model_fields})
    for condition in rule.conditions:
        name = condition.argument
        if meant and name is not None and name not in known:
            yield f"{server.name} has no argument {name} there{nearest(name, known)}"


def _speaks_of(glob: Glob, action: str) -> bool:
    return glob.may_match(action) if "{" in action else glob.matches(action)


def _test(server: Server[Any, Any], arguments: argparse.Namespace) -> int:
    policy = Policy.load(arguments.file)
    cases = load_cases(arguments.cases, server.registry)
    failed = 0
    for case in cases:
        decision = case.decide(policy)
        differences = case.differences(decision)
        failed += bool(differences)
        sys.stdout.write(f"{'FAIL' if differences else 'ok  '}  {case.name}\n")
        for wanted, given in differences:
            sys.stdout.write(f"      - {wanted}\n      + {given}\n")
        if differences:
            sys.stdout.write(f"        {decision.reason} ({arguments.cases.name} line {case.line})\n")
    sys.stdout.write(f"{len(cases) - failed} of {len(cases)} cases are as expected\n")
    return DIFFERENT if failed else 0


def _explain(server: Server[Any, Any], arguments: argparse.Namespace) -> int:
    policy = Policy.load(arguments.file)
    classes = [label.strip() for label in arguments.data_classes.split(",") if label.strip()]
    for label in classes:
        if label not in DATA_CLASSES:
            raise ConfigurationError(f"--data-classes: {label} is not a data class{nearest(label, DATA_CLASSES)}")
    spec: dict[str, Any] = {"stdio": True}
    if arguments.principal.strip() != "stdio":
        spec = _mapping("--principal", arguments.principal, "principal")
    entry = {"action": arguments.action, "arguments": _mapping("--args", arguments.args), "data_classes": classes}
    if arguments.at is not None:
        entry["at"] = arguments.at
    if not arguments.action.startswith(("tool:", "resource:", "prompt:")):
        raise ConfigurationError("--action must be such as tool:execute_query, resource:file:///a or prompt:review.")
    try:
        principal, request = make_principal(spec), make_request(entry, server.registry)
    except ValueError as error:
        raise ConfigurationError(f"The time {error}.") from None
    sys.stdout.write(explain(policy, principal, request))
    for note in _notes_of_call(server, arguments.action, entry["arguments"]):
        sys.stdout.write(f"\nnote: {server.name} has no {note}\n")
    return 0


def _notes_of_call(server: Server[Any, Any], action: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    """What of a call the server does not have, and would refuse."""
    registry = server.registry
    shelves = {"tool": registry.tools, "prompt": registry.prompts}
    kind, _, name = action.partition(":")
    if (shelf := shelves.get(kind)) is None:
        return
    if (endpoint := shelf.get(name)) is None:
        yield f"{action}{nearest(action, [f'{kind}:{known}' for known in shelf])}"
        return
    known = list(endpoint.arguments.model.model_fields)
    yield from (f"argument {given} there{nearest(given, known)}" for given in arguments if given not in known)


def _diff(server: Server[Any, Any], arguments: argparse.Namespace) -> int:
    old, new = Policy.load(arguments.old), Policy.load(arguments.new)
    cases = load_cases(arguments.cases, server.registry)
    changed = 0
    for case in cases:
        before, after = _outcome(case, old), _outcome(case, new)
        if before != after:
            changed += 1
            sys.stdout.write(f"{case.name}\n      - {before}\n      + {after}\n")
    sys.stdout.write(f"{changed} of {len(cases)} cases are decided differently\n")
    return DIFFERENT if changed else 0


def _schema(_: Server[Any, Any], __: argparse.Namespace) -> int:
    import json

    sys.stdout.write(json.dumps(schema(), indent=2) + "\n")
    return 0


def _outcome(case: Case, policy: Policy) -> str:
    decision: Decision = case.decide(policy)
    duties = decision.obligations
    parts = [f"{decision.effect} by {', '.join(decision.rule_ids) or 'no rule'}"]
    if duties.redact_fields or duties.redact_classes:
        parts.append(f"redact {', '.join(sorted(duties.redact_fields | duties.redact_classes))}")
    if duties.max_rows is not None:
        parts.append(f"at most {duties.max_rows} rows")
    if duties.audit != "standard":
        parts.append(f"audit {duties.audit}")
    return "; ".join(parts)


def _mapping(flag: str, text: str, kind: str | None = None) -> dict[str, Any]:
    try:
        document: Document = parse(text.encode("utf-8", "surrogateescape"))
    except Unreadable as error:
        raise ConfigurationError(f"{flag} {error}.") from None
    if not isinstance(document.value, dict):
        raise ConfigurationError(f"{flag} must be a mapping such as {{name: value}}.")
    if kind is not None and (faults := list(definition_faults(document, "cases.schema.json", kind))):
        raise ConfigurationError(*(f"{flag} {fault}" for fault in faults))
    return document.value
