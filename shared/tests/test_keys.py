"""API keys: the file, the ring that a running server asks, and the subcommand."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mcp_chassis import keys
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.keys import KeyRing
from sample_server import make_server


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def run(path: Path | None, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    keys.register(parser.add_subparsers(), path)
    return keys.main(parser.parse_args(["keys", *arguments]))


def test_a_key_is_found_with_what_it_was_made_with(path: Path) -> None:
    key = keys.create(path, "ci", ["db:read", "db:write", "db:read"], tenant="acme", lifetime_s=60)
    assert re.fullmatch(r"mk_[0-9a-z]{12}_[0-9A-Za-z]{43}", key)
    found = KeyRing(path).find(key)
    assert found is not None
    assert (found.name, found.scopes, found.tenant) == ("ci", ("db:read", "db:write"), "acme")
    assert key.startswith(f"mk_{found.id}_")


def test_the_file_holds_no_key_and_is_for_its_owner_only(path: Path) -> None:
    key = keys.create(path, "ci", ["db:read"])
    content = path.read_text()
    assert key.rpartition("_")[2] not in content
    assert json.loads(content)["format"] == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_changed_file_stays_whose_it_was(path: Path) -> None:
    keys.create(path, "ci", ["db:read"])
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 12345, 12345)
    before = path.stat()
    keys.revoke(path, "ci")
    after = path.stat()
    assert (after.st_uid, after.st_gid, after.st_mode) == (before.st_uid, before.st_gid, before.st_mode)


@pytest.mark.parametrize("change", ["", "x", "secret", "id", "case", "space"])
def test_what_is_not_the_key_is_not_found(path: Path, change: str) -> None:
    key = keys.create(path, "ci", ["db:read"])
    other = keys.create(path, "other", ["db:read"])
    wrong = {
        "": "",
        "x": key + "x",
        "secret": key[:-1] + ("a" if key[-1] != "a" else "b"),
        "id": other[:15] + key[15:],
        "case": key.swapcase(),
        "space": f" {key}",
    }[change]
    assert KeyRing(path).find(wrong) is None


def test_a_key_ends_when_it_expires(path: Path) -> None:
    key = keys.create(path, "short", ["db:read"], lifetime_s=-1)
    assert KeyRing(path).find(key) is None


def test_a_running_server_sees_a_new_and_a_revoked_key_within_a_second(path: Path) -> None:
    clock = Clock()
    first = keys.create(path, "first", ["db:read"])
    ring = KeyRing(path, clock)
    second = keys.create(path, "second", ["db:read"])
    keys.revoke(path, "first")
    clock.now += 0.9
    assert ring.find(first) is None
    assert ring.find(second) is not None


@pytest.mark.parametrize("broken", ["", "{", '{"format": 2, "keys": []}', '{"format": 1, "keys": [{}]}', None])
def test_a_running_server_keeps_the_last_good_keys_while_the_file_is_broken(path: Path, broken: str | None) -> None:
    clock = Clock()
    key = keys.create(path, "ci", ["db:read"])
    good = path.read_text()
    ring = KeyRing(path, clock)
    path.unlink() if broken is None else path.write_text(broken)
    clock.now += 1
    assert ring.find(key) is not None
    path.write_text(good.replace('"expires": null', '"expires": "2020-01-01T00:00:00+00:00"'))
    clock.now += 1
    assert ring.find(key) is None


@pytest.mark.parametrize(
    "broken", ["", "[]", '{"format": 2, "keys": []}', '{"format": 1, "keys": [{"id": "a"}]}', None]
)
def test_a_server_does_not_start_on_a_file_that_is_not_of_keys(path: Path, broken: str | None) -> None:
    if broken is not None:
        path.write_text(broken)
    with pytest.raises(ConfigurationError, match="API keys file"):
        KeyRing(path)


def test_the_first_format_can_be_read(path: Path) -> None:
    entry = {
        "id": "abcdefgh2345",
        "name": "ci",
        "sha256": keys.digest("mk_abcdefgh2345_0123456789abcdefghijklmnopqrstuv"),
        "scopes": ["db:read"],
        "tenant": "default",
        "created": "2026-11-20T08:00:00+00:00",
        "expires": None,
        "revoked": None,
    }
    path.write_text(json.dumps({"format": 1, "keys": [entry]}))
    found = KeyRing(path).find("mk_abcdefgh2345_0123456789abcdefghijklmnopqrstuv")
    assert found is not None
    assert found.scopes == ("db:read",)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        keys.create(tmp_path / "file" / "keys.json", "ci", ["db:read"])


def test_one_of_several_keys_of_a_name_is_revoked_by_its_id(path: Path) -> None:
    old, new = keys.create(path, "ci", ["db:read"]), keys.create(path, "ci", ["db:read"])
    with pytest.raises(ConfigurationError, match="by its id"):
        keys.revoke(path, "ci")
    keys.revoke(path, old.split("_")[1])
    ring = KeyRing(path)
    assert (ring.find(old), ring.find(new) is None) == (None, False)
    with pytest.raises(ConfigurationError, match="no key"):
        keys.revoke(path, old.split("_")[1])


@pytest.mark.parametrize(
    ("name", "scopes", "tenant"),
    [
        ("", ["a:b"], "t"),
        ("a b", ["a:b"], "t"),
        ("a\n", ["a:b"], "t"),
        ("a", [], "t"),
        ("a", ["all"], "t"),
        ("a", ["a:b"], ""),
    ],
)
def test_a_key_that_could_not_be_told_apart_is_not_made(path: Path, name: str, scopes: list[str], tenant: str) -> None:
    with pytest.raises(ConfigurationError):
        keys.create(path, name, scopes, tenant)
    assert not path.exists()


def test_processes_that_make_keys_at_the_same_time_lose_none(path: Path) -> None:
    code = (
        "import pathlib, sys; from mcp_chassis import keys\n"
        "for n in range(5): keys.create(pathlib.Path(sys.argv[1]), f'n{n}', ['a:b'])"
    )
    makers = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(4)]
    assert [maker.wait() for maker in makers] == [0] * 4
    assert len(keys.load(path)) == 20
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["keys.json", "keys.json.lock"]


def test_the_subcommand_makes_lists_and_revokes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, "create", "ci", "--scopes", "db:read, db:write", "--tenant", "acme", "--expires", "90d") == 0
    key = capsys.readouterr().out.strip()
    assert KeyRing(path).find(key) is not None
    assert run(path, "list") == 0
    listed = capsys.readouterr().out
    assert re.search(r"ci +db:read,db:write +acme +\S+ +\S+ +active", listed)
    assert key.rpartition("_")[2] not in listed
    assert run(path, "revoke", "ci") == 0
    run(path, "list")
    assert "revoked" in capsys.readouterr().out
    assert KeyRing(path).find(key) is None


def test_a_scope_that_the_server_does_not_know_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    keys.register(parser.add_subparsers(), path)
    arguments = parser.parse_args(["keys", "create", "ci", "--scopes", "notes:raed,notes:write"])
    assert keys.main(arguments, make_server().registry.scopes()) == 0
    told = capsys.readouterr().err.splitlines()[:-1]
    assert told == ["Nothing of this server needs the scope notes:raed; did you mean notes:read?"]
    assert KeyRing(path)._keys


def test_the_subcommand_takes_another_file(path: Path, tmp_path: Path) -> None:
    assert run(path, "create", "ci", "--scopes", "a:b", "--file", str(tmp_path / "new" / "other.json")) == 0
    assert not path.exists()
    assert len(keys.load(tmp_path / "new" / "other.json")) == 1


@pytest.mark.parametrize("expires", ["0d", "soon", "99999999d", "-1d"])
def test_a_lifetime_that_is_none_is_told(path: Path, expires: str) -> None:
    with pytest.raises(ConfigurationError, match="--expires"):
        run(path, "create", "ci", "--scopes", "a:b", f"--expires={expires}")


def test_without_a_file_the_subcommand_names_the_variable() -> None:
    with pytest.raises(ConfigurationError, match="MCP_API_KEYS_FILE"):
        run(None, "list")
