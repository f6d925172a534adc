from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mcp_chassis.call import Principal
from mcp_chassis.confine.errors import Exists, Missing, NotDirectory
from mcp_chassis.errors import TooLarge
from mcp_fs_server.trash import Trash

ANN = Principal("ann", "api-key", tenant="acme")
BOB = Principal("bob", "api-key", tenant="acme")
EVE = Principal("eve", "api-key", tenant="other")
DAY = 86400.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def top(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield fd
    os.close(fd)


@pytest.fixture
def trash(top: int, clock: Clock) -> Trash:
    return Trash(top, 30 * DAY, 1000, clock)


@pytest.fixture
def thrown(tmp_path: Path, top: int, trash: Trash) -> Callable[..., str]:
    """Make a file and throw it away."""

    def throw(name: str, size: int = 3) -> str:
        (tmp_path / name).write_bytes(b"x" * size)
        return trash.put(top, name, name, "file", size, ANN)

    return throw


def test_what_is_deleted_can_be_restored(tmp_path: Path, top: int, trash: Trash, thrown: Callable[..., str]) -> None:
    trash_id = thrown("a")
    assert os.listdir(tmp_path) == [".mcp-trash"]
    found = trash.find(trash_id, ANN)
    assert found is not None
    assert (found.path, found.kind, found.size, found.subject) == ("a", "file", 3, "ann")
    trash.restore(trash_id, top, "b")
    assert (tmp_path / "b").read_bytes() == b"xxx"
    assert os.listdir(tmp_path / ".mcp-trash") == [".gitignore"]


def test_a_directory_and_odd_names_come_back(tmp_path: Path, top: int, trash: Trash) -> None:
    name = os.fsdecode(b"\xff" + b"n" * 254)
    (tmp_path / name).mkdir()
    (tmp_path / name / "inner").write_text("kept")
    trash_id = trash.put(top, name, name, "directory", 4, ANN)
    found = trash.find(trash_id, ANN)
    assert found is not None
    assert found.path == name
    trash.restore(trash_id, top, name)
    assert (tmp_path / name / "inner").read_text() == "kept"


def test_the_tenant_restores_and_nobody_else(trash: Trash, thrown: Callable[..., str]) -> None:
    trash_id = thrown("a")
    assert trash.find(trash_id, BOB) is not None
    assert trash.find(trash_id, EVE) is None


@pytest.mark.parametrize("trash_id", ["", "..", "../a", "6a1f2b3c-3-0123456789abcdef", "item", "a\0b", ".gone-00"])
def test_what_is_no_id_is_not_there(top: int, trash: Trash, thrown: Callable[..., str], trash_id: str) -> None:
    assert trash.find(trash_id, ANN) is None
    with pytest.raises(Missing):
        trash.restore(trash_id, top, "b")
    thrown("a")
    assert trash.find(trash_id, ANN) is None
    with pytest.raises(Missing):
        trash.restore(trash_id, top, "b")


def test_restoring_never_overwrites(tmp_path: Path, top: int, trash: Trash, thrown: Callable[..., str]) -> None:
    trash_id = thrown("a")
    (tmp_path / "a").write_text("new")
    with pytest.raises(Exists):
        trash.restore(trash_id, top, "a")
    assert (tmp_path / "a").read_text() == "new"
    assert trash.find(trash_id, ANN) is not None


def test_what_expired_is_gone_for_good(tmp_path: Path, trash: Trash, clock: Clock, thrown: Callable[..., str]) -> None:
    old = thrown("a")
    clock.now += 29 * DAY
    young = thrown("b")
    assert trash.sweep() == 0
    clock.now += 1 * DAY
    assert trash.sweep() == 1
    assert trash.find(old, ANN) is None
    assert set(os.listdir(tmp_path / ".mcp-trash")) == {young, ".gitignore"}


def test_a_sweep_comes_now_and_then_with_deletions(trash: Trash, clock: Clock, thrown: Callable[..., str]) -> None:
    old = thrown("a")
    clock.now += 31 * DAY
    thrown("b")
    assert trash.find(old, ANN) is None


def test_the_oldest_makes_room(trash: Trash, clock: Clock, thrown: Callable[..., str]) -> None:
    ids = []
    for number in range(4):
        clock.now += 1
        ids.append(thrown(f"f{number}", 300))
    assert [trash.find(trash_id, ANN) is not None for trash_id in ids] == [False, True, True, True]


def test_more_than_the_trash_holds_stays_where_it_is(tmp_path: Path, thrown: Callable[..., str]) -> None:
    with pytest.raises(TooLarge):
        thrown("a", 1001)
    assert (tmp_path / "a").exists()


def test_what_killed_servers_left_is_swept(tmp_path: Path, trash: Trash, clock: Clock) -> None:
    kept = tmp_path / ".mcp-trash"
    made = kept / f"{int(clock.now):x}-3-{'0' * 16}"  # an entry into which nothing was moved
    being_made = kept / f"{int(clock.now):x}-3-{'1' * 16}"
    half = kept / (".gone-" + "2" * 16)  # half of what was being deleted for good
    foreign = kept / "README"
    for directory in (made, being_made, half / "item", foreign):
        directory.mkdir(parents=True)
    os.utime(made, (clock.now - 7200, clock.now - 7200))
    os.utime(being_made, (clock.now, clock.now))
    trash.sweep()
    assert {path.name for path in kept.iterdir()} == {being_made.name, "README"}


def test_a_link_in_the_place_of_the_trash_is_not_followed(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, thrown: Callable[..., str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (tmp_path / ".mcp-trash").symlink_to(elsewhere)
    with pytest.raises(NotDirectory):
        thrown("a")
    assert (tmp_path / "a").exists()
    assert os.listdir(elsewhere) == []


def test_a_link_is_thrown_away_itself(tmp_path: Path, top: int, trash: Trash) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    trash_id = trash.put(top, "link", "link", "link", 0, ANN)
    trash.restore(trash_id, top, "link")
    assert os.readlink(tmp_path / "link") == "/etc/passwd"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"v": 2, "path": "a"}', '{"v": 1}', "\xff"])
def test_an_entry_that_cannot_be_read_is_none(
    tmp_path: Path, trash: Trash, thrown: Callable[..., str], text: str
) -> None:
    trash_id = thrown("a")
    (tmp_path / ".mcp-trash" / trash_id / "info.json").write_text(text)
    assert trash.find(trash_id, ANN) is None


def test_the_format_is_what_is_documented(tmp_path: Path, thrown: Callable[..., str]) -> None:
    trash_id = thrown("a")
    found = json.loads((tmp_path / ".mcp-trash" / trash_id / "info.json").read_text())
    assert found == {
        "v": 1, "path": "a", "kind": "file", "size": 3, "deleted": "2027-01-15T08:00:00Z",
        "tenant": "acme", "subject": "ann",
    }  # fmt: skip
