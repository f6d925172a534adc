"""The policies that the documents and examples show do what is said of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from mcp_chassis import cli
from mcp_db_server.server import server

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "policy.md").read_text()
BLOCKS = re.compile(r"<!-- recipe: (\w+) -->\n```yaml\n(.*?)```.*?```yaml\n(.*?)```", re.DOTALL)
RECIPES = {name: (policy, cases) for name, policy, cases in BLOCKS.findall(DOCUMENT)}


def test_there_are_three_recipes() -> None:
    assert sorted(RECIPES) == ["columns", "team", "tenants"]


@pytest.mark.parametrize("name", RECIPES)
def test_recipes_decide_as_their_cases_say(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, text in zip(("policy.yaml", "cases.yaml"), RECIPES[name], strict=True):
        (tmp_path / file).write_text(text)
    code = cli.main(server, ["policy", "test", str(tmp_path / "policy.yaml"), str(tmp_path / "cases.yaml")])
    assert code == 0, capsys.readouterr().out


def test_the_first_example_is_right(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(# yaml-language-server.*?)```", DOCUMENT, re.DOTALL)
    assert example is not None
    (tmp_path / "policy.yaml").write_text(example[1])
    assert cli.main(server, ["policy", "check", str(tmp_path / "policy.yaml")]) == 0


def test_the_starter_policy_decides_as_its_cases_say(capsys: pytest.CaptureFixture[str]) -> None:
    folder = ROOT / "examples" / "policies"
    code = cli.main(server, ["policy", "test", str(folder / "starter.yaml"), str(folder / "starter-cases.yaml")])
    assert code == 0, capsys.readouterr().out


def test_policies_name_the_schema_that_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    for path in (ROOT / "examples" / "policies").glob("*.yaml"):
        named = re.search(r"yaml-language-server: \$schema=(\S+)", path.read_text())
        assert named is None or named[1] == "policy.schema.json"
    assert cli.main(server, ["policy", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$defs"]
