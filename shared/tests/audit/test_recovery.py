"""What a killed process leaves, the next one closes; what somebody changed meanwhile it does not sign."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from audit_wire import checkpoints, intact, keys, lines, open_log, records
from mcp_chassis.audit import AuditLog, Options, Rotation

WRITES = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from audit_wire import open_log
from mcp_chassis.audit import Options, Rotation
log = open_log(Path(sys.argv[1]), Options(rotation=Rotation(bytes=int(sys.argv[3]), checkpoint_records=10)))
for number in range(int(sys.argv[2])):
    log.event("tick", number=number)
os.kill(os.getpid(), signal.SIGKILL)
"""


def left(folder: Path, count: int) -> Path:
    """A chain of so many records that was left without an end, as a kill leaves it when its checkpoints were made."""
    log = open_log(folder, Options(rotation=Rotation(checkpoint_records=10)))
    for number in range(count):
        log.event("tick", number=number)
    log.close()
    return Path(log.where)


def killed(folder: Path, count: int, *, segment: int = 2**20) -> Path:
    """A chain of so many records, whose process was killed right after the last one."""
    keys(folder / "keys")
    before = set((folder / "audit" / "s").glob("2*")) if (folder / "audit").exists() else set()
    script = WRITES.format(tests=str(Path(__file__).parent.parent))
    arguments = [str(folder), str(count), str(segment)]
    done = subprocess.run([sys.executable, "-c", script, *arguments], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    (chain,) = set((folder / "audit" / "s").glob("2*")) - before
    return chain


def restart(folder: Path) -> AuditLog:
    """The next process of the same server."""
    log = open_log(folder)
    log.opened()
    log.settle_start()
    log.stop()
    log.close()
    return log


def test_a_dead_chain_is_closed_and_named_by_the_next_one(tmp_path: Path) -> None:
    dead = left(tmp_path, 25)
    assert (dead / "lock").exists()
    log = restart(tmp_path)
    assert intact(dead) == 26
    last = records(dead)[-1]
    assert (last["event"], last["torn_bytes"], last["by"]) == ("recovery", 0, log.instance)
    assert last["signed"] == 20
    assert [point["reason"] for point in checkpoints(dead)] == ["count", "count", "recovery"]
    assert not (dead / "lock").exists()
    start = records(Path(log.where))[0]
    assert start["recovered"] == [dead.name]
    assert start["previous"] == {"instance": dead.name, "seq": 26, "hash": last["hash"]}


def test_the_newest_chain_is_named_also_when_the_clock_was_set_back(tmp_path: Path) -> None:
    named = []
    for now in (1.8e9, 1.8e9, 1.7e9, 1.6e9):
        log = open_log(tmp_path, clock=partial(float, now))
        log.opened()
        log.settle_start()
        log.stop()
        log.close()
        named.append(Path(log.where).name)
        previous = records(Path(log.where))[0]["previous"]
        assert (previous and previous["instance"]) == (named[-2] if len(named) > 1 else None)
    assert named == sorted(named)


@pytest.mark.parametrize("name", ["99999999T999999Z-1-a", "99991231T235959Z-1-a", "lost+found"])
def test_a_folder_with_a_name_that_no_clock_gives_hinders_no_start(tmp_path: Path, name: str) -> None:
    (tmp_path / "audit" / "s" / name).mkdir(parents=True)
    assert intact(Path(restart(tmp_path).where)) == 2


def test_a_cut_line_is_set_aside(tmp_path: Path) -> None:
    dead = left(tmp_path, 5)
    with (dead / "000001.jsonl").open("ab") as file:
        file.write(b'{"action":"tool:add"')
    restart(tmp_path)
    assert intact(dead) == 6
    assert records(dead)[-1]["torn_bytes"] == 20
    assert (dead / "000001.jsonl.torn").read_bytes() == b'{"action":"tool:add"'


def test_a_cut_checkpoint_is_set_aside(tmp_path: Path) -> None:
    dead = left(tmp_path, 25)
    path = dead / "checkpoints.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    restart(tmp_path)
    assert intact(dead) == 26
    assert [point["size"] for point in checkpoints(dead)] == [10, 26]


@pytest.mark.parametrize("count", [0, 11])
def test_a_chain_without_a_checkpoint_is_closed_too(tmp_path: Path, count: int) -> None:
    dead = killed(tmp_path, count)
    restart(tmp_path)
    assert intact(dead) == count + 1


def test_the_end_of_each_segment_gets_the_checkpoint_that_the_killed_process_owed(tmp_path: Path) -> None:
    dead = killed(tmp_path, 80, segment=4096)
    restart(tmp_path)
    assert intact(dead) == 81
    segments = sorted(dead.glob("0*.jsonl"))
    assert len(segments) > 3
    ends = [json.loads(lines(path)[-1])["seq"] for path in segments[:-1]]
    sizes = [point["size"] for point in checkpoints(dead)]
    assert set(ends) <= set(sizes)
    assert sizes == sorted(sizes)


def test_the_end_of_a_segment_that_a_count_covered_gets_its_checkpoint_too(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation(bytes=1000, checkpoint_records=1)))
    for number in range(9):
        log.event("tick", number=number)
    log.close()
    dead = Path(log.where)
    path = dead / "checkpoints.jsonl"
    kept = [point["reason"] for point in checkpoints(dead)].index("rotation", 4)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:kept]))
    assert checkpoints(dead)[-1]["reason"] == "count"
    restart(tmp_path)
    assert intact(dead) == 10
    ends = [json.loads(lines(path)[-1])["seq"] for path in sorted(dead.glob("0*.jsonl"))[:-1]]
    assert [point["size"] for point in checkpoints(dead) if point["reason"] == "rotation"] == ends


def test_a_chain_of_more_segments_than_files_may_be_open_is_closed(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation(bytes=1)))
    for number in range(60):
        log.event("tick", number=number)
    log.close()
    (Path(log.where) / "checkpoints.jsonl").unlink()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + 20, limits[1]))
    try:
        restart(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert intact(Path(log.where)) == 61


def test_a_chain_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    dead = left(tmp_path / "elsewhere", 5)
    before = {path.name: path.read_bytes() for path in dead.iterdir()}
    (tmp_path / "audit/s").mkdir(parents=True)
    (tmp_path / "audit/s" / dead.name).symlink_to(dead)
    assert records(Path(restart(tmp_path).where))[0]["recovered"] == []
    assert {path.name: path.read_bytes() for path in dead.iterdir()} == before


def changed_record(chain: Path) -> None:
    path = chain / "000001.jsonl"
    content = lines(path)
    content[-2] = content[-2].replace(b"tick", b"tock")
    path.write_bytes(b"\n".join(content) + b"\n")


def lost_record(chain: Path) -> None:
    path = chain / "000001.jsonl"
    content = lines(path)
    del content[-2]
    path.write_bytes(b"\n".join(content) + b"\n")


def spaced_record(chain: Path) -> None:
    path = chain / "000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"number":24', b'"number": 24'))


def no_json(chain: Path) -> None:
    with (chain / "000001.jsonl").open("ab") as file:
        file.write(b"[1]\n")


def foreign_checkpoint(chain: Path) -> None:
    (chain / "checkpoints.jsonl").write_bytes(b"{}\n")


@pytest.mark.parametrize("change", [changed_record, lost_record, spaced_record, no_json, foreign_checkpoint])
def test_what_somebody_changed_is_not_signed_and_stops_no_server(
    tmp_path: Path, change: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    dead = left(tmp_path, 25)
    change(dead)
    before = {path.name: path.read_bytes() for path in dead.iterdir()}
    log = restart(tmp_path)
    assert {path.name: path.read_bytes() for path in dead.iterdir()} == before
    assert "cannot be closed" in caplog.text
    assert records(Path(log.where))[0]["recovered"] == []


def test_a_chain_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    living = open_log(tmp_path)
    living.event("tick")
    other = restart(tmp_path)
    assert records(Path(other.where))[0]["previous"] is None
    living.event("tick")
    living.stop()
    living.close()
    assert [record["event"] for record in records(Path(living.where))] == ["tick", "tick", "stop"]
    assert intact(Path(living.where)) == 3


def test_an_orderly_end_that_was_killed_before_its_lock_was_gone_is_not_closed_twice(tmp_path: Path) -> None:
    log = restart(tmp_path)
    (Path(log.where) / "lock").touch()
    restart(tmp_path)
    assert [record["event"] for record in records(Path(log.where))] == ["start", "stop"]
    assert not (Path(log.where) / "lock").exists()


def test_only_open_chains_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(20):
        restart(tmp_path)
    opened: list[str] = []
    real = os.open

    def watched(path: object, *arguments: int, **more: int) -> int:
        opened.append(str(path))
        return real(path, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("os.open", watched)
    log = open_log(tmp_path)
    own = {path for path in opened if log.instance in path}
    others = {path for path in opened if "/audit/s/" in path} - own
    assert not others
    log.close()


def test_each_chain_names_the_one_before(tmp_path: Path) -> None:
    logs = [restart(tmp_path) for _ in range(3)]
    logs.sort(key=lambda log: log.instance)
    for log in logs:
        start = records(Path(log.where))[0]
        if start["previous"] is not None:
            before = records(Path(log.where).with_name(start["previous"]["instance"]))
            assert before[start["previous"]["seq"] - 1]["hash"] == start["previous"]["hash"]


def test_a_log_that_ended_without_its_end_is_closed_by_the_next(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation()))
    log.event("tick")
    log.close()
    restart(tmp_path)
    assert [record["event"] for record in records(Path(log.where))] == ["tick", "recovery"]
