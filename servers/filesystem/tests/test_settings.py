"""Which directories are served, as people say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.errors import ConfigurationError
from mcp_fs_server.settings import FilesystemSettings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of folders."""
    for name in ("docs", "code", "odd:rw", "with,comma"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("targets", "served"),
    [
        (["docs"], [("docs", "ro")]),
        (["docs:ro"], [("docs", "ro")]),
        (["docs:rw", "code"], [("docs", "rw"), ("code", "ro")]),
        (["odd:rw:ro"], [("odd:rw", "ro")]),  # only the last suffix is one
        (["odd:rw:rw"], [("odd:rw", "rw")]),
        (["with,comma"], [("with,comma", "ro")]),
        (["./docs/"], [("docs", "ro")]),
    ],
)
@pytest.mark.usefixtures("here")
def test_arguments_are_directories_with_modes(targets: list[str], served: list[tuple[str, str]]) -> None:
    roots = FilesystemSettings.load({}, targets, {}).roots
    assert [(str(root.path), root.mode) for root in roots] == served


@pytest.mark.usefixtures("here")
def test_a_variable_has_commas_between_directories() -> None:
    roots = FilesystemSettings.load({}, [], {"MCP_ROOTS": "docs:rw, code"}).roots
    assert [(str(root.path), root.mode) for root in roots] == [("docs", "rw"), ("code", "ro")]


CONFIG = """
roots:
  handbook: {path: docs, mode: rw, deny: ["*.bak"], quota: 1GiB, max_file_size: 1MiB, data_class: internal}
  code: code:ro
"""


@pytest.mark.usefixtures("here")
def test_a_variable_names_directories_as_json() -> None:
    given = '{"handbook": {"path": "docs", "mode": "rw", "quota": "1GiB"}, "code": "code"}'
    handbook, code = FilesystemSettings.load({}, [], {"MCP_ROOTS": given}).roots
    assert (handbook.name, str(handbook.path), handbook.mode, handbook.quota) == ("handbook", "docs", "rw", 2**30)
    assert (code.name, str(code.path), code.mode) == ("code", "code", "ro")


def test_json_that_is_none_is_told() -> None:
    with pytest.raises(ConfigurationError, match="MCP_ROOTS must be JSON"):
        FilesystemSettings.load({}, [], {"MCP_ROOTS": '{"handbook": docs}'})


def test_a_file_names_directories_with_all_that_holds_there(here: Path) -> None:
    (here / "config.yaml").write_text(CONFIG)
    handbook, code = FilesystemSettings.load({"config": "config.yaml"}, [], {}).roots
    assert (handbook.name, handbook.mode, handbook.deny) == ("handbook", "rw", ("*.bak",))
    assert (handbook.quota, handbook.max_file_size, handbook.data_class) == (2**30, 2**20, "internal")
    assert (code.name, code.mode, code.quota) == ("code", "ro", None)


def test_a_flag_is_stronger_than_the_file(here: Path) -> None:
    (here / "config.yaml").write_text(CONFIG)
    (root,) = FilesystemSettings.load({"config": "config.yaml"}, ["docs"], {}).roots
    assert (root.name, root.mode) == (None, "ro")


@pytest.mark.parametrize(
    ("targets", "config", "fault"),
    [
        ([], "", "There is no directory to serve"),
        (["none"], "", "the DIR argument: none does not exist."),
        (["file"], "", "the DIR argument: file is not a directory."),
        (["odd:rw"], "", "write odd:rw:ro or odd:rw:rw"),
        (["docs", "docs:rw"], "", "is named twice"),
        ([""], "", "must name a directory"),
        ([], "roots: {a: ''}", "must name a directory"),
        (["docs", "./code/../docs"], "", "is named twice"),
        ([], "roots: {a: {path: docs, mode: w}}", "roots"),
        ([], "roots: {a: {path: docs, sort: x}}", "roots"),
        ([], "roots: {a: {mode: rw}}", "roots"),
        ([], "roots: {a/b: docs}", "roots"),
        ([], "roots: {a: {path: docs, data_class: hot}}", "roots"),
        ([], "roots: [{path: docs, name: a}, {path: code, name: a}]", "two directories have the name a"),
        ([], "roots: 5", "roots"),
        (["docs:rw", "{x}"], "", "{x} does not exist"),
    ],
)
def test_faults_are_sentences(here: Path, targets: list[str], config: str, fault: str) -> None:
    (here / "config.yaml").write_text(config)
    flags: dict[str, Any] = {"config": "config.yaml"} if config else {}
    with pytest.raises(ConfigurationError) as refused:
        FilesystemSettings.load(flags, targets, {})
    assert len(refused.value.faults) == 1
    assert fault in refused.value.faults[0]


@pytest.mark.usefixtures("here")
def test_writing_needs_a_directory_for_it() -> None:
    assert not FilesystemSettings.load({}, ["docs"], {}).writable
    assert FilesystemSettings.load({}, ["docs", "code:rw"], {}).writable
    assert not FilesystemSettings.load({"read_only": True}, ["code:rw"], {}).writable
