"""What must not be in the tree, and how large its pieces may be."""

from __future__ import annotations

import ast
import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("shared/src/**/*.py"), *ROOT.glob("servers/*/src/**/*.py")])

# Put together from pieces, so that this file is not the one that names them.
REGISTRIES = [
    ".".join(words)
    for words in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"))
]
MACHINE_PATHS = re.compile(
    "|".join("/" + name + "/" for name in ("work", "root", "Users", "opt/" + "pypi", "home/(?!me/)"))
)


def listed() -> list[str]:
    """The paths of all files that git does not ignore; of an archive without git all that its .gitignore leaves."""
    if not (ROOT / ".git").exists():
        ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line[:1] != "#"]
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        return [str(path) for path in paths if not any(fnmatch(part, rule) for part in path.parts for rule in ignored)]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return list(filter(None, done.stdout.split("\0")))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text file that belongs to the repository, or is about to, by its path."""
    found: dict[str, str] = {}
    for name in listed():
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            found[name] = content.decode("utf-8")
    assert "README.md" in found
    return found


def test_no_package_registry_is_named(texts: dict[str, str]) -> None:
    assert [(name, host) for name, text in texts.items() for host in REGISTRIES if host in text] == []


def test_no_path_of_one_machine_is_named(texts: dict[str, str]) -> None:
    places = [(name, match[0]) for name, text in texts.items() for match in MACHINE_PATHS.finditer(text)]
    assert [place for place in places if place[0] != "tests/contracts/test_hygiene.py"] == []


def test_nothing_is_left_to_do(texts: dict[str, str]) -> None:
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "Not" + "ImplementedError")))
    assert [name for name, text in texts.items() if marks.search(text)] == []


def test_text_files_end_with_one_line_end(texts: dict[str, str]) -> None:
    ours = {name: text for name, text in texts.items() if not name.endswith((".json", ".lock", ".csv", ".txt"))}
    assert [name for name, text in ours.items() if text and (not text.endswith("\n") or text.endswith("\n\n"))] == []


def p90(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * 0.9)]


def test_modules_are_small() -> None:
    assert p90([len(path.read_text().splitlines()) for path in SOURCES]) <= 300


def test_functions_are_small() -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert p90(lengths) <= 35


def test_every_module_says_what_it_is_for() -> None:
    assert [
        str(path) for path in SOURCES if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ] == []
