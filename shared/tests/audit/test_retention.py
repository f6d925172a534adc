"""A year of rotation and retention."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from audit_wire import checkpoints, intact, lines, open_log, records
from mcp_chassis.audit import AuditLog, Options, Rotation

DAY = 86_400.0
NEW_YEAR = 1_798_761_600.0  # 2027-01-01


class Calendar:
    """A clock that tests set; files get the time that it shows."""

    def __init__(self) -> None:
        self.now = NEW_YEAR

    def __call__(self) -> float:
        return self.now


def tick(log: AuditLog, clock: Calendar) -> None:
    """Record something, at the time that the clock of the test shows also for the file."""
    log.event("tick")
    os.utime(log.path, (clock.now, clock.now))


def clean(log: AuditLog) -> None:
    """Wait until what is to be done between two rounds of the committer is done."""
    log.flush()
    log.flush()


def open_year(folder: Path, clock: Calendar, **options: Any) -> AuditLog:
    rotation = Rotation(age_s=DAY, checkpoint_records=50)
    return open_log(folder, Options(rotation=rotation, retention_s=30 * DAY, **options), clock=clock)


def test_a_year_keeps_thirty_days_and_all_checkpoints(tmp_path: Path) -> None:
    clock = Calendar()
    log = open_year(tmp_path, clock)
    chain = Path(log.where)
    for _ in range(365):
        for _ in range(3):
            tick(log, clock)
            clock.now += DAY / 3
        clean(log)
    kept = sorted(chain.glob("0*.jsonl"))
    assert 30 <= len(kept) <= 32
    found = records(chain)
    oldest = datetime.fromisoformat(found[0]["ts"])
    assert (datetime.fromtimestamp(clock.now, UTC) - oldest).days in (30, 31)
    points = checkpoints(chain)
    assert len([point for point in points if point["reason"] == "rotation"]) >= 364
    gone = max(point["size"] for point in points if point["size"] < found[0]["seq"])
    assert gone == found[0]["seq"] - 1  # it begins where a checkpoint ends
    assert next(point for point in points if point["size"] == gone)["head"] == found[0]["prev"]
    told = [removed for record in found if record["event"] == "retention" for removed in record["removed"]]
    assert {item["instance"] for item in told} == {chain.name}
    heads = {point["size"]: point["head"] for point in points}
    assert all(heads[item["seq"]] == item["hash"] for item in told)
    log.stop()
    log.close()
    assert checkpoints(chain)[-1]["size"] == records(chain)[-1]["seq"]


def test_closed_chains_go_whole_but_for_their_checkpoints(tmp_path: Path) -> None:
    clock = Calendar()
    chains = []
    for _ in range(5):
        log = open_year(tmp_path, clock)
        tick(log, clock)
        clean(log)
        log.stop()
        os.utime(log.path, (clock.now, clock.now))
        log.close()
        chains.append(Path(log.where))
        clock.now += 10 * DAY
    left = [sorted(path.name for path in chain.iterdir()) for chain in chains]
    gone, kept = ["checkpoints.jsonl"], ["000001.jsonl", "checkpoints.jsonl"]
    assert left == [gone, kept, kept, kept, kept]
    (event,) = [record for record in records(chains[-1]) if record["event"] == "retention"]
    assert [item["instance"] for item in event["removed"]] == [chains[0].name]
    assert [record["event"] for record in records(chains[-1])] == ["tick", "retention", "stop"]
    assert intact(chains[-1]) == 3


def test_what_a_sink_does_not_have_yet_stays(tmp_path: Path) -> None:
    clock = Calendar()
    log = open_year(tmp_path, clock)
    chain = Path(log.where)
    log.sent = lambda folder: 2 if folder == chain else None
    for _ in range(50):
        tick(log, clock)
        clock.now += DAY
        clean(log)
    assert records(chain)[0]["seq"] == 3
    log.sent = lambda _: 10**9
    tick(log, clock)
    clock.now += DAY
    tick(log, clock)
    clean(log)
    assert records(chain)[0]["seq"] > 10
    log.close()


@pytest.mark.parametrize("days", [1, 29])
def test_nothing_that_is_young_goes(tmp_path: Path, days: int) -> None:
    clock = Calendar()
    log = open_year(tmp_path, clock)
    tick(log, clock)
    clock.now += days * DAY
    tick(log, clock)
    clean(log)
    assert records(Path(log.where))[0]["seq"] == 1
    log.close()


def test_what_is_no_log_of_ours_stays(tmp_path: Path) -> None:
    clock = Calendar()
    folder = tmp_path / "audit" / "s" / "20200101T000000Z-1-abcdef"
    folder.mkdir(parents=True)
    for name, content in {"000001.jsonl": "notes\n", "checkpoints.jsonl": "x\n", "000002.jsonl": ""}.items():
        (folder / name).write_text(content)
        os.utime(folder / name, (NEW_YEAR - 100 * DAY,) * 2)
    log = open_year(tmp_path, clock)
    tick(log, clock)
    clean(log)
    log.stop()
    log.close()
    assert len(list(folder.iterdir())) == 3


def test_nothing_goes_that_a_link_leads_to(tmp_path: Path) -> None:
    clock = Calendar()
    old = open_log(tmp_path / "elsewhere", Options(rotation=Rotation(age_s=DAY)), clock=clock)
    tick(old, clock)
    old.stop()
    old.close()
    clock.now += 100 * DAY
    log = open_year(tmp_path, clock)
    Path(log.where).with_name(old.instance).symlink_to(old.where)
    tick(log, clock)
    clean(log)
    log.stop()
    log.close()
    assert (Path(old.where) / "000001.jsonl").exists()


def test_without_retention_nothing_goes(tmp_path: Path) -> None:
    clock = Calendar()
    log = open_log(tmp_path, Options(rotation=Rotation(age_s=DAY)), clock=clock)
    for _ in range(20):
        log.event("tick")
        clock.now += 20 * DAY
    log.stop()
    log.close()
    chain = Path(log.where)
    assert len(records(chain)) == 21
    assert len(list(chain.glob("0*.jsonl"))) == 21
    assert all(json.loads(lines(path)[0])["seq"] == int(path.stem) for path in chain.glob("0*.jsonl"))
