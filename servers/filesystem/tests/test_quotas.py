from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from mcp_chassis.call import Principal
from mcp_chassis.errors import QuotaExhausted
from mcp_fs_server.own_names import new_unfinished
from mcp_fs_server.quotas import Allowance, Quota, tree_size

ANN = Principal("ann", "api-key")
BOB = Principal("bob", "api-key")


class Clock:
    now = 86400.0 * 20_000

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def top(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield fd
    os.close(fd)


def test_the_size_of_a_tree_is_that_of_its_files(tmp_path: Path, top: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b").write_bytes(b"x" * 5)
    (tmp_path / "link").symlink_to("/usr/bin/env")
    (tmp_path / new_unfinished()).write_bytes(b"x" * 100)
    (tmp_path / ".mcp-trash").mkdir()
    (tmp_path / ".mcp-trash" / "c").write_bytes(b"x" * 1000)
    assert tree_size(top) == 15


def test_a_root_takes_what_its_quota_has_room_for(tmp_path: Path, top: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * 60)
    quota = Quota(top, 100)
    with quota.room(40):
        pass
    with pytest.raises(QuotaExhausted, match="has 0 of 100 bytes left and this needs 1"), quota.room(1):
        pass
    with quota.room(-10):  # a file became shorter
        pass
    with quota.room(10):
        pass


def test_what_failed_does_not_count(top: int) -> None:
    quota = Quota(top, 100)
    for _ in range(3):
        with pytest.raises(ValueError, match="failed"), quota.room(80):
            raise ValueError("failed")


def test_room_that_others_made_is_seen_before_anything_is_refused(tmp_path: Path, top: int) -> None:
    clock = Clock()
    (tmp_path / "a").write_bytes(b"x" * 90)
    quota = Quota(top, 100, clock)
    with pytest.raises(QuotaExhausted), quota.room(20):
        pass
    (tmp_path / "a").unlink()
    clock.now += 2
    with quota.room(20):
        pass


def test_without_a_quota_there_is_room(top: int) -> None:
    with Quota(top, None).room(10**15):
        pass


def test_a_principal_writes_so_much_a_day() -> None:
    clock = Clock()
    allowance = Allowance(100, clock)
    allowance.take(ANN, 100)
    with pytest.raises(QuotaExhausted, match="100 bytes a day") as refused:
        allowance.take(ANN, 1)
    assert refused.value.retry_after_s == 86400
    allowance.take(BOB, 100)
    clock.now += 86400
    allowance.take(ANN, 1)


def test_without_an_allowance_everything_may_be_written() -> None:
    Allowance(None).take(ANN, 10**15)
