"""What must be on the disk before a reply is there, and those who wait share one write of the disk."""

from __future__ import annotations

import asyncio
import errno
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from audit_wire import intact, open_log, records
from mcp_chassis.audit import AuditLog, Options
from mcp_chassis.call import Call, Channel, Principal, current_principal
from mcp_chassis.errors import ChassisError, ConfigurationError, UpstreamUnavailable
from sample_server import make_app

READER = Principal("reader", "local", scopes=frozenset({"notes:read"}))
WRITER = Principal("writer", "local", scopes=frozenset({"notes:read", "notes:write"}))


class Disk:
    """`os.fdatasync` that counts, and can be made to wait or to fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.syncs = 0
        self.free = threading.Event()
        self.free.set()
        self.fault: OSError | None = None
        self._real = os.fdatasync
        monkeypatch.setattr("os.fdatasync", self._sync)

    def _sync(self, fd: int) -> None:
        self.syncs += 1
        assert self.free.wait(60)
        if self.fault is not None:
            raise self.fault
        self._real(fd)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    found = Disk(monkeypatch)
    yield found
    found.free.set()


def call(number: int = 1) -> Call:
    return Call("tool", "add", {"a": number}, READER, None, Channel(), request_id=number)


async def record(log: AuditLog, number: int) -> None:
    """Record a call that must be on the disk, and wait for it."""
    written = log.call(call(number), "ok", 0.0, None, durable=True)
    assert written is not None
    await log.settled(written)


async def until(what: Any) -> None:
    async with asyncio.timeout(30):
        while not what():
            await asyncio.sleep(0.005)


def end(log: AuditLog) -> Path:
    log.stop()
    log.close()
    return Path(log.where)


@pytest.mark.asyncio
async def test_the_first_reply_waits_until_the_start_and_its_folders_are_on_the_disk(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("mcp_chassis.audit.committer.sync_folder", synced.append)
    disk.free.clear()
    log = open_log(tmp_path)
    log.opened()
    written = log.call(call(), "ok", 0.0, None)
    assert written is not None
    await until(lambda: disk.syncs)
    assert not written.done()
    disk.free.set()
    await log.settled(written)
    server_folder = Path(log.where).parent
    assert synced == [Path(log.where), server_folder, server_folder.parent]
    end(log)


@pytest.mark.asyncio
async def test_a_start_that_cannot_be_put_on_the_disk_is_a_fault(tmp_path: Path, disk: Disk) -> None:
    disk.fault = OSError(errno.EIO, "Input/output error")
    with pytest.raises(ConfigurationError, match=r"cannot be written \(Input/output error\)"):
        async with make_app(tmp_path).open():
            pass


@pytest.mark.asyncio
async def test_all_who_wait_meanwhile_share_the_next_write_of_the_disk(tmp_path: Path, disk: Disk) -> None:
    log = open_log(tmp_path)
    disk.free.clear()
    before = disk.syncs
    first = asyncio.create_task(record(log, 0))
    await until(lambda: disk.syncs == before + 1)
    others = [asyncio.create_task(record(log, number)) for number in range(1, 33)]
    await asyncio.sleep(0.1)
    assert not first.done()
    assert not any(task.done() for task in others)
    disk.free.set()
    await asyncio.gather(first, *others)
    assert disk.syncs == before + 2
    assert intact(end(log)) == 34


@pytest.mark.asyncio
async def test_who_gives_up_waiting_disturbs_nobody(tmp_path: Path, disk: Disk) -> None:
    log = open_log(tmp_path)
    disk.free.clear()
    tasks = [asyncio.create_task(record(log, number)) for number in range(9)]
    await until(lambda: disk.syncs)
    for task in tasks[::2]:
        task.cancel()
    disk.free.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == ["CancelledError", "NoneType"] * 4 + ["CancelledError"]
    assert intact(end(log)) == 10


@pytest.mark.asyncio
async def test_a_disk_that_fails_refuses_all_who_wait_and_what_comes_then(tmp_path: Path, disk: Disk) -> None:
    log = open_log(tmp_path)
    disk.fault = OSError(errno.EIO, "Input/output error")
    outcomes = await asyncio.gather(*(record(log, number) for number in range(5)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {UpstreamUnavailable}
    await until(lambda: not log.writable)
    assert not log.usable()
    await until(lambda: not log.usable())  # it has tried again meanwhile, in vain
    disk.fault = None
    await until(log.usable)
    await record(log, 6)
    assert intact(end(log)) == 7  # what was written is not taken back


@pytest.mark.asyncio
async def test_what_a_failing_disk_dropped_is_written_again(tmp_path: Path, disk: Disk) -> None:
    log = open_log(tmp_path)
    await record(log, 0)
    disk.fault = OSError(errno.EIO, "Input/output error")
    with pytest.raises(UpstreamUnavailable):
        await record(log, 1)
    with log.path.open("r+b") as file:  # as a kernel may, that forgets pages which it could not write
        size = file.seek(0, os.SEEK_END)
        content = log.path.read_bytes()
        start = content[:-1].rfind(b"\n") + 1
        file.seek(start)
        file.write(bytes(size - start))
    disk.fault = None
    await until(log.usable)
    assert log.path.read_bytes().startswith(content)
    assert intact(end(log)) == 3


@pytest.mark.asyncio
async def test_the_next_reply_waits_for_an_event(tmp_path: Path, disk: Disk) -> None:
    log = open_log(tmp_path)
    assert log.call(call(), "ok", 0.0, None) is None
    disk.free.clear()
    log.event("policy_reload")
    waiting = log.call(call(), "ok", 0.0, None)
    assert waiting is not None
    assert log.state().unsynced_s > 0
    disk.free.set()
    await log.settled(waiting)
    await until(lambda: log.call(call(), "ok", 0.0, None) is None)
    log.flush()
    state = log.state()
    assert (state.writable, state.unsynced_s) == (True, 0.0)
    end(log)


@pytest.mark.parametrize(
    ("mode", "principal", "tool", "waits"),
    [
        ("balanced", READER, "add", False),
        ("balanced", READER, "crash", False),
        ("balanced", READER, "nothing", False),
        ("balanced", READER, "clear", True),  # it may not
        ("balanced", WRITER, "clear", True),  # it changes something
        ("strict", READER, "add", True),
        ("strict", READER, "crash", True),
    ],
)
@pytest.mark.asyncio
async def test_which_replies_wait_for_the_disk(
    tmp_path: Path, disk: Disk, mode: str, principal: Principal, tool: str, waits: bool
) -> None:
    current_principal.set(principal)
    async with make_app(tmp_path, audit_mode=mode).open() as app:
        app.audit.flush()
        before = disk.syncs
        endpoint = app.server.registry.tools.get(tool)
        arguments = {"a": 1} if tool == "add" else {}
        with suppress(ChassisError):
            await app.calls.run(Call("tool", tool, arguments, principal, endpoint, Channel()))
        assert disk.syncs - before == (1 if waits else 0)
    (recorded,) = [item for item in records(Path(app.audit.where)) if item["event"] == "call"]
    assert recorded["action"] == f"tool:{tool}"


def test_a_log_without_an_event_loop_waits_in_its_own_thread(tmp_path: Path, disk: Disk) -> None:
    log = open_log(tmp_path, Options(mode="strict"))
    before = disk.syncs
    log.event("tick")
    log.flush()
    assert disk.syncs > before
    assert intact(end(log)) == 2
