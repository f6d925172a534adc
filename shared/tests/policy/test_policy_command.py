"""`policy check|test|explain|diff|schema`, as a user runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis import cli
from sample_server import make_server

POLICY = """version: 1
roles: {reader: }
bind:
  - match: {stdio: true}
    roles: [reader]
rules:
  - id: small
    effect: allow
    actions: ["tool:add"]
    when: {principal: {roles: [reader]}, arguments: {a: {lte: 100}}}
  - id: no-thirteen
    effect: deny
    actions: ["tool:*"]
    when: {arguments: {a: 13}}
obligations:
  - {id: few, max_rows: 5}
"""
CASES = """principals:
  me: {stdio: true}
cases:
  - {name: small is fine, principal: me, action: "tool:add", arguments: {a: 5}, expect: allow, rules: [small, few]}
  - {name: thirteen is not, principal: me, action: "tool:add", arguments: {a: 13}, expect: deny, rules: [no-thirteen]}
  - {name: strangers may not, action: "tool:add", arguments: {a: 5}, expect: deny}
  - {name: few rows, principal: me, action: "tool:add", arguments: {a: 5}, expect: allow, obligations: {max_rows: 5}}
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a `policy` subcommand beside the files."""
    (tmp_path / "policy.yaml").write_text(POLICY)
    (tmp_path / "cases.yaml").write_text(CASES)
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        code = cli.main(make_server(), ["policy", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_a_right_file_is_told_with_its_hash(run: Run) -> None:
    code, out, _ = run("check", "policy.yaml")
    assert code == 0
    assert out.startswith("policy.yaml is right: 2 rules, 1 role, 0 tenants; sha256 ")


def test_every_fault_of_a_file_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY.replace("effect: allow", "efect: allow").replace("lte", "less"))
    code, out, err = run("check", "policy.yaml")
    assert (code, out) == (2, "")
    assert "policy.yaml line 8: rules[0].efect is not a key here; did you mean effect?" in err
    assert "policy.yaml line 10: rules[0].when.arguments.a.less is not a key here" in err
    assert "Traceback" not in err


def test_an_action_that_the_server_does_not_have_is_noted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY.replace("tool:add", "tool:ad"))
    code, out, _ = run("check", "policy.yaml")
    assert code == 0
    assert "note: line 7: small: mcp-sample-server has no tool:ad; did you mean tool:add?" in out


def test_an_argument_that_nothing_has_is_noted(run: Run, tmp_path: Path) -> None:
    rule = "  - {id: big, effect: deny, actions: ['%s'], when: {arguments: {%s: {gt: 5}}}}\n"
    many = (
        ("tool:add", "bb"),
        ("tool:*", "bb.c"),
        ("*", "b"),
        ("tool:elsewhere*", "bb"),
        ("resource:note://*", "name"),
    )
    rules = "".join(rule.replace("big", f"r{number}") % names for number, names in enumerate(many))
    (tmp_path / "policy.yaml").write_text(f"version: 1\nrules:\n{rules}")
    code, out, _ = run("check", "policy.yaml")
    assert code == 0
    notes = [line for line in out.splitlines() if line.startswith("note: ")]
    assert notes[0] == "note: line 3: r0: mcp-sample-server has no argument bb there; did you mean b?"
    assert [note.split(": ")[2] for note in notes] == ["r0", "r1"]


@pytest.mark.parametrize("words", [["check", "missing.yaml"], ["test", "policy.yaml", "missing.yaml"]])
def test_a_file_that_is_not_there_is_told(run: Run, words: list[str]) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert "missing.yaml cannot be read: No such file or directory." in err


def test_cases_that_are_decided_as_expected(run: Run) -> None:
    code, out, _ = run("test", "policy.yaml", "cases.yaml")
    assert code == 0
    assert out.splitlines()[0] == "ok    small is fine"
    assert out.splitlines()[-1] == "4 of 4 cases are as expected"


def test_cases_that_are_not_are_shown_as_a_difference(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY.replace("a: 13", "a: 5").replace("max_rows: 5", "max_rows: 7"))
    code, out, _ = run("test", "policy.yaml", "cases.yaml")
    assert code == 1
    assert (
        "FAIL  small is fine\n      - allow\n      + deny\n      - by few, small\n      + by no-thirteen\n"
        "        Rule no-thirteen denies it. (cases.yaml line 4)\n"
    ) in out
    assert "FAIL  thirteen is not\n      - deny\n      + allow\n" in out
    assert "      - max_rows 5\n      + max_rows None\n" in out
    assert out.endswith("1 of 4 cases are as expected\n")


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        ("cases: []", "cases.yaml line 1: cases must not be empty"),
        ("cases:\n  - {action: add, expect: allow}", "line 2: cases[0].action must be an action such as"),
        ("cases:\n  - {action: 'tool:add', expect: yes}", "line 2: cases[0].expect must be allow, deny or approve"),
        (
            "cases:\n  - {action: 'tool:a', expect: deny, principal: x}",
            "cases[0].principal is not one of the principals",
        ),
        ("cases:\n  - {action: 'tool:a', expect: deny, principal: {sub: x}}", "sub is not a key here; did you mean"),
        ("cases:\n  - {action: 'tool:a', expect: deny, at: noon}", "line 2: cases[0].at must be a time with its zone"),
        ("cases:\n  - {action: 'tool:a', expect: deny, data_classes: [x]}", "cases[0].data_classes[0] must be public"),
        ("case: []", "case is not a key here; did you mean cases?"),
    ],
)
def test_faults_of_cases_name_line_and_path(run: Run, tmp_path: Path, cases: str, fault: str) -> None:
    (tmp_path / "cases.yaml").write_text(cases)
    code, _, err = run("test", "policy.yaml", "cases.yaml")
    assert code == 2
    assert fault in err


def test_a_decision_is_explained(run: Run) -> None:
    code, out, _ = run("explain", "policy.yaml", "--principal", "stdio", "--action", "tool:add", "--args", '{"a": 500}')
    assert code == 0
    assert "deny: No rule allows it." in out
    assert "small        allow             does not fit: not so that arguments.a <= 100" in out
    assert "small (line 7) would allow it if: arguments.a <= 100" in out
    _, out, _ = run("explain", "policy.yaml", "--principal", "stdio", "--action", "tool:add", "--args", "{a: 13}")
    assert "deny: Rule no-thirteen denies it." in out
    assert "no-thirteen (line 11) would not if one of these were otherwise: arguments.a == 13" in out
    _, out, _ = run(
        "explain", "policy.yaml", "--principal", "{stdio: true}", "--action", "tool:add", "--args", "{a: 1}"
    )
    assert "allow: Rule small allows it.\n  max_rows: 5" in out
    assert "no-thirteen would deny it if: arguments.a == 13" in out
    _, out, _ = run("explain", "policy.yaml", "--action", "prompt:x")
    assert "No rule speaks of this action." in out
    assert "a rule that allows prompt:x" in out
    _, out, _ = run("explain", "policy.yaml", "--principal", "stdio", "--action", "tool:add", "--args", "{a: x}")
    assert "cannot be applied: arguments.a: <= needs a number" in out


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--action", "add"], "--action must be such as tool:execute_query"),
        (["--action", "tool:add", "--args", "[1]"], "--args must be a mapping"),
        (["--action", "tool:add", "--args", "{a: 1"], "--args line 2: is not YAML"),
        (["--action", "tool:add", "--principal", "{group: x}"], "--principal line 1: group is not a key here"),
        (
            ["--action", "tool:add", "--data-classes", "pii,phii"],
            "--data-classes: phii is not a data class; did you mean",
        ),
        (["--action", "tool:add", "--at", "noon"], "must be a time with its zone"),
        ([], "required: --action"),
    ],
)
def test_what_explain_does_not_understand_is_told(run: Run, words: list[str], fault: str) -> None:
    code, _, err = run("explain", "policy.yaml", *words)
    assert code == 2
    assert fault in err


def test_differences_of_two_files_are_told_by_case(run: Run, tmp_path: Path) -> None:
    assert run("diff", "policy.yaml", "policy.yaml", "cases.yaml") == (0, "0 of 4 cases are decided differently\n", "")
    (tmp_path / "new.yaml").write_text(POLICY.replace("lte: 100", "lte: 3").replace("max_rows: 5", "max_rows: 9"))
    code, out, _ = run("diff", "policy.yaml", "new.yaml", "cases.yaml")
    assert code == 1
    assert "small is fine\n      - allow by small, few; at most 5 rows\n      + deny by no rule\n" in out
    assert out.endswith("2 of 4 cases are decided differently\n")


def test_the_schema_is_printed_for_editors(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    printed: dict[str, Any] = json.loads(out)
    assert printed["properties"]["version"] == {"const": 1, "description": "The version of this format."}


def test_both_schemas_are_right_json_schemas() -> None:
    from jsonschema import Draft202012Validator
    from mcp_chassis.policy.faults import schema

    for name in ("policy.schema.json", "cases.schema.json"):
        Draft202012Validator.check_schema(schema(name))


def test_data_classes_of_the_schema_are_those_of_the_code() -> None:
    from mcp_chassis.policy.decision import DATA_CLASSES
    from mcp_chassis.policy.faults import schema

    assert set(schema()["$defs"]["classes"]["items"]["enum"]) == DATA_CLASSES
    case = schema("cases.schema.json")["$defs"]["case"]["properties"]
    assert set(case["data_classes"]["items"]["enum"]) == DATA_CLASSES


@pytest.mark.parametrize(
    ("action", "arguments", "notes"),
    [
        ("tool:add", "{a: 1, bb: 2}", ["argument bb there; did you mean b?"]),
        ("tool:ad", "{}", ["tool:ad; did you mean tool:add?"]),
        ("tool:add", "{a: 1}", []),
        ("resource:note://one", "{x: 1}", []),
    ],
)
def test_what_the_server_does_not_have_is_noted_beside_the_explanation(
    run: Run, action: str, arguments: str, notes: list[str]
) -> None:
    code, out, _ = run("explain", "policy.yaml", "--action", action, "--args", arguments)
    assert code == 0
    found = [line.partition(" has no ")[2] for line in out.splitlines() if line.startswith("note: ")]
    assert found == notes
