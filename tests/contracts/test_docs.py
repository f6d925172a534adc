"""What the documents say is so: links lead somewhere, tables and examples are what the code gives."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from mcp_chassis.cli import client_config
from mcp_chassis.cli.command import CLIENTS, parse
from mcp_chassis.settings import ChassisSettings
from mcp_chassis.settings.options import Option, options
from mcp_db_server.server import server

ROOT = Path(__file__).parents[2]
SKIPPED = {".venv", "node_modules", ".cache", "build", "dist"}
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not SKIPPED & set(path.relative_to(ROOT).parts))


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", without_code(document.read_text())):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def row(option: Option) -> str:
    variable = f"{option.variable}, {option.variable}_FILE" if option.secret else option.variable
    default = f"`{option.default}`" if option.default and " " not in option.default else option.default
    return f"| {option.flag} | {variable} | {default} | {option.description} |"


def settings_table() -> Iterator[str]:
    yield "| flag | variable | default | meaning |"
    yield "|---|---|---|---|"
    yield from map(row, options(ChassisSettings))


def test_table_of_common_settings_is_that_of_the_code() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    told = text.partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0]
    assert told.strip().splitlines() == list(settings_table())


def test_example_of_the_chassis_is_a_server(tmp_path: Path) -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "shared" / "README.md").read_text(), re.DOTALL)
    assert example is not None
    script = tmp_path / "echo.py"
    script.write_text(example[1])
    done = subprocess.run(
        [sys.executable, str(script), "--check"],
        env={"PATH": "/usr/bin", "HOME": str(tmp_path)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("mcp-echo-server 0.1.0: the configuration is right.")


@pytest.mark.parametrize("target", ["demo", "test", "soak", "lint", "format", "bench", "lock", "build", "clean"])
def test_every_make_target_explains_itself(target: str) -> None:
    assert re.search(rf"^{target}:.* ## \w", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("client", CLIENTS)
def test_example_is_what_print_config_gives(client: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(client, monkeypatch) == (ROOT / "examples" / "client-configs" / f"{client}.json").read_text()


def test_snippet_of_the_readme_is_what_print_config_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"```json\n{printed('claude-desktop', monkeypatch)}```\n" in (ROOT / "README.md").read_text()


def printed(client: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """`mcp-db-server --print-config CLIENT`, when uvx has installed it from the repository."""
    origin = {"url": "<repository>", "subdirectory": "servers/database", "vcs_info": {"vcs": "git"}}

    class Distribution:
        def read_text(self, _: str) -> str:
            return json.dumps(origin)

    monkeypatch.setattr(metadata, "distribution", lambda _: Distribution())
    return client_config.render(server, parse(server, ["--print-config", client], ["keys"]), {})
