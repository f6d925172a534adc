"""Who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHASSIS = ROOT / "shared/src/mcp_chassis"


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also within functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_servers_import_the_chassis_and_never_each_other() -> None:
    packages = {path.parent.name for path in ROOT.glob("servers/*/src/*/__init__.py")}
    for package in packages:
        for path in next(ROOT.glob(f"servers/*/src/{package}")).rglob("*.py"):
            assert not {name.split(".")[0] for name in imports(path)} & (packages - {package}), path


def test_the_chassis_imports_no_server() -> None:
    packages = {path.parent.name for path in ROOT.glob("servers/*/src/*/__init__.py")}
    for path in CHASSIS.rglob("*.py"):
        assert not {name.split(".")[0] for name in imports(path)} & packages, path


def test_two_modules_alone_touch_the_sdk() -> None:
    users = {path.name for path in CHASSIS.rglob("*.py") for name in imports(path) if name.split(".")[0] == "mcp"}
    assert users == {"sdk.py", "sdk_http.py"}
    for path in ROOT.glob("servers/*/src/**/*.py"):
        assert "mcp" not in {name.split(".")[0] for name in imports(path)}, path


def test_importing_the_chassis_loads_nothing_heavy() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, mcp_chassis; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"mcp", "pydantic", "uvicorn", "starlette", "asyncpg", "pglast", "structlog", "cryptography"}
    assert not heavy & set(loaded)
