"""What verify says of logs that were cut, rewritten, mixed, or are being written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import independent_verifier
import pytest
from audit_logs import SERVER, SMALL, kill, make_keys, open_log, remove_segments, write_call, write_chain
from mcp_chassis.audit import AuditKeys, AuditLog, Options, Rotation
from mcp_chassis.audit.reading.faults import Fault
from mcp_chassis.audit.reading.findings import ChainReport, LogReport
from mcp_chassis.audit.reading.places import CHECKPOINTS, Log
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.verification import verify
from mcp_chassis.audit.recovery import recover

ONE_SEGMENT = Rotation(checkpoint_records=1_000_000)


@pytest.fixture
def keys(tmp_path: Path) -> AuditKeys:
    return make_keys(tmp_path / "keys")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


def look(folder: Path, *heads: str, public: Path | None = None) -> LogReport:
    log = Log(folder)
    return verify(log, Signers([] if public is None else [public], log.keys), heads)


def only(folder: Path) -> ChainReport:
    (report,) = look(folder).chains
    return report


def fault(folder: Path) -> Fault:
    """The only fault of a log."""
    (found,) = (fault for chain in look(folder).chains for fault in chain.faults)
    return found


def put(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


def written(value: Any) -> bytes:
    """Canonical JSON, as far as these tests need it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def rewrite(line: bytes, **changes: Any) -> bytes:
    """A record that says something else, under a hash that fits."""
    record = {**json.loads(line), **changes}
    del record["hash"]
    return written({**record, "hash": hashlib.sha256(written(record)).hexdigest()}) + b"\n"


def rewrite_all(lines: list[bytes], first: int, **changes: Any) -> list[bytes]:
    """The records from `first` on with all hashes made anew."""
    found = lines[: first - 1]
    for line in lines[first - 1 :]:
        prev = json.loads(found[-1])["hash"] if found else json.loads(line)["prev"]
        found.append(rewrite(line, prev=prev, **(changes if len(found) == first - 1 else {})))
    return found


def test_a_chain_that_ended_is_proven_to_its_end(folder: Path, keys: AuditKeys) -> None:
    write_chain(folder, keys, calls=9)
    report = only(folder)
    assert (report.faults, report.notes, report.state, report.first, report.last) == ([], [], "closed", 1, 11)
    assert report.proven is not None
    assert (report.proven.size, report.proven.head, report.unsigned) == (11, report.head, 0)


def test_what_is_behind_the_last_checkpoint_is_told_as_not_yet_signed(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys, Rotation(checkpoint_records=3))
    for number in range(4):
        write_call(log, number)
    kill(log)
    report = only(folder)
    assert (report.faults, report.state) == ([], "open")
    assert report.proven is not None
    assert (report.last, report.proven.size, report.unsigned) == (5, 3, 2)


@pytest.mark.parametrize("name", ["", SERVER, "chain"])
def test_a_log_a_server_and_a_chain_can_be_named(folder: Path, keys: AuditKeys, name: str) -> None:
    chain = write_chain(folder, keys)
    report = look(chain if name == "chain" else folder / name)
    assert report.intact
    assert [found.name for found in report.chains] == [f"{SERVER}/{chain.name}"]
    assert report.keys_from_log


def test_a_record_that_was_rewritten_with_a_hash_that_fits_is_named(folder: Path, keys: AuditKeys) -> None:
    segment = write_chain(folder, keys, rotation=ONE_SEGMENT) / "000001.jsonl"
    original = segment.read_bytes()
    for number in range(1, 6):
        segment.write_bytes(original)
        put(segment, lambda lines, n=number: [*lines[: n - 1], rewrite(lines[n - 1], client="x"), *lines[n:]])
        found = fault(folder)
        assert (found.word, found.seq, found.line) == ("changed", number, number)


@pytest.mark.parametrize("first", range(1, 7))
def test_a_chain_with_all_hashes_made_anew_does_not_fit_what_was_signed(
    folder: Path, keys: AuditKeys, first: int
) -> None:
    segment = write_chain(folder, keys, rotation=ONE_SEGMENT) / "000001.jsonl"
    put(segment, lambda lines: rewrite_all(lines, first, extra="x"))
    found = fault(folder)
    assert found.word == "changed"
    assert found.through is not None
    assert found.seq <= first <= found.through
    assert found.line == found.seq


def test_the_range_of_a_rewritten_record_begins_behind_what_is_proven(folder: Path, keys: AuditKeys) -> None:
    segment = write_chain(folder, keys, rotation=Rotation(checkpoint_records=2)) / "000001.jsonl"
    put(segment, lambda lines: rewrite_all(lines, 4, extra="x"))
    found = fault(folder)
    assert (found.word, found.seq, found.through) == ("changed", 3, 4)


def test_a_chain_rewritten_with_checkpoints_of_another_key_is_foreign(
    folder: Path, keys: AuditKeys, tmp_path: Path
) -> None:
    own = tmp_path / "keys" / "audit-signing.pub.pem"
    write_chain(folder, keys)
    assert look(folder, public=own).intact
    shutil.rmtree(folder)
    write_chain(folder, make_keys(tmp_path / "others"))
    assert look(folder).intact, "nobody can know without a key from elsewhere"
    (found,) = look(folder, public=own).chains[0].faults
    assert (found.word, found.file, found.line) == ("foreign", CHECKPOINTS, 1)


def test_a_key_that_is_not_what_its_name_says_is_none(folder: Path, keys: AuditKeys, tmp_path: Path) -> None:
    chain = write_chain(folder, keys)
    stranger = make_keys(tmp_path / "others").signer
    (folder / "keys" / f"{keys.signer.key_id}.pem").write_text(stranger.public_pem)
    assert fault(chain).word == "foreign"


def test_a_line_of_another_chain_is_foreign(folder: Path, keys: AuditKeys) -> None:
    one, other = (write_chain(folder, keys, rotation=ONE_SEGMENT) for _ in range(2))
    line = (other / "000001.jsonl").read_bytes().splitlines(keepends=True)[2]
    put(one / "000001.jsonl", lambda lines: [*lines[:2], line, *lines[2:]])
    (found,) = only(one).faults
    assert (found.word, found.seq, found.line) == ("foreign", 3, 3)
    assert other.name in found.says


def test_a_checkpoint_of_another_chain_is_foreign(folder: Path, keys: AuditKeys) -> None:
    one, other = (write_chain(folder, keys) for _ in range(2))
    shutil.copy(other / CHECKPOINTS, one / CHECKPOINTS)
    (found,) = only(one).faults[:1]
    assert (found.word, found.file, found.line) == ("foreign", CHECKPOINTS, 1)


def test_a_chain_under_another_server_or_name_is_foreign(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys)
    renamed = folder / "mcp-other-server" / chain.name
    shutil.copytree(chain, renamed)
    assert {found.word for found in only(renamed).faults} == {"foreign"}
    moved = chain.rename(chain.with_name("20200101T000000Z-1-aaaaaa"))
    assert {found.word for found in only(moved).faults} == {"foreign"}


@pytest.mark.parametrize("kept", range(6))
def test_a_log_shorter_than_its_checkpoints_is_truncated(folder: Path, keys: AuditKeys, kept: int) -> None:
    segment = write_chain(folder, keys, rotation=ONE_SEGMENT) / "000001.jsonl"
    put(segment, lambda lines: lines[:kept])
    found = fault(folder)
    assert (found.word, found.seq, found.through) == ("truncated", kept + 1, 6)
    assert found.file == CHECKPOINTS


def cut_back(chain: Path, kept: int) -> None:
    """Make of a chain that ended one whose process was killed after so many records, as who knows the format can."""
    put(chain / "000001.jsonl", lambda lines: lines[:kept])
    (chain / CHECKPOINTS).unlink()
    (chain / "lock").touch()


@pytest.mark.parametrize("kept", range(6))
def test_a_chain_without_a_lock_file_is_truncated_when_it_is_not_closed(
    folder: Path, keys: AuditKeys, kept: int
) -> None:
    chain = write_chain(folder, keys, rotation=Rotation(checkpoint_records=2))
    for path, of_them in ((chain / "000001.jsonl", kept), (chain / CHECKPOINTS, kept // 2)):
        put(path, lambda lines, end=of_them: lines[:end])
    found = fault(folder)
    assert (found.word, found.seq) == ("truncated", kept + 1)


def test_a_chain_of_which_nothing_is_left_is_truncated(folder: Path, keys: AuditKeys) -> None:
    write_chain(folder, keys)
    chain = write_chain(folder, keys)
    for path in chain.iterdir():
        path.unlink()
    found = fault(folder)
    assert (found.word, found.seq) == ("truncated", 1)


def test_a_log_cut_back_with_its_checkpoints_is_seen_by_a_head_kept_elsewhere(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys, rotation=ONE_SEGMENT)
    head = only(folder).head
    cut_back(chain, 3)
    assert look(folder).intact, "nobody can know without a head"
    report = look(folder, head)
    assert (report.intact, report.lost_heads) == (False, [head])


def test_every_record_s_hash_is_a_head_that_may_be_expected(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys)
    hashes = [json.loads(line)["hash"] for path in chain.glob("0*.jsonl") for line in path.read_bytes().splitlines()]
    assert look(folder, *hashes).intact
    assert look(folder, "0" * 64, *hashes).lost_heads == ["0" * 64]


def test_a_segment_in_the_middle_that_is_not_there_is_missing(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys, calls=12)
    assert len(list(chain.glob("0*.jsonl"))) >= 3
    gone = [json.loads(line)["seq"] for line in (chain / "000002.jsonl").read_bytes().splitlines()]
    (chain / "000002.jsonl").unlink()
    found = fault(folder)
    assert (found.word, found.seq, found.through, found.file) == ("missing", gone[0], gone[-1], "000003.jsonl")


def test_segments_that_change_names_are_reordered(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys, calls=12)
    one, other, aside = (chain / name for name in ("000001.jsonl", "000002.jsonl", "aside"))
    for old, new in ((one, aside), (other, one), (aside, other)):
        old.rename(new)
    found = fault(folder)
    assert (found.word, found.seq) == ("reordered", 1)


def test_the_first_lines_of_the_first_segment_are_missing_whatever_was_signed(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys, rotation=Rotation(checkpoint_records=2))
    put(chain / "000001.jsonl", lambda lines: lines[2:])
    found = fault(folder)
    assert (found.word, found.seq, found.through) == ("missing", 1, 2)


def test_first_segments_without_their_checkpoints_are_missing(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys, calls=12)
    (chain / "000001.jsonl").unlink()
    (chain / CHECKPOINTS).unlink()
    assert only(folder).faults[0].word == "missing"
    assert only(folder).faults[0].seq == 1


def test_retention_leaves_a_log_that_verifies(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    for number in range(12):
        write_call(log, number)
    kill(log)
    head = only(folder).head
    dropped = remove_segments(folder / SERVER)
    assert dropped
    report = only(folder)
    assert (report.faults, report.first, report.head) == ([], dropped[-1]["seq"] + 1, head)
    assert report.removed is not None
    assert report.removed.size == dropped[-1]["seq"]
    assert report.notes[0].endswith("no record of retention here tells of it.")
    assert look(folder, dropped[-1]["hash"], head).intact
    (log.path.parent / "000001.jsonl").touch()
    assert fault(folder).word == "missing"


def test_a_removal_that_a_record_tells_of_is_noted_so(folder: Path, keys: AuditKeys) -> None:
    old = write_chain(folder, keys)
    removed = remove_segments(folder / SERVER)
    log = open_log(folder, keys)
    log.event("retention", removed=removed)
    kill(log)
    report = next(chain for chain in look(folder).chains if chain.instance == old.name)
    assert report.notes[0].endswith("; a record of retention tells of it.")


def test_what_the_writer_s_retention_leaves_verifies_and_tells_of_what_went(
    folder: Path, keys: AuditKeys, tmp_path: Path
) -> None:
    day, now = 86_400.0, [1.8e9]
    options = Options(rotation=Rotation(age_s=day, checkpoint_records=5), retention_s=10 * day)
    for days in (15, 15):
        log = AuditLog(folder, SERVER, keys, options, clock=lambda: now[0])
        log.opened()
        log.settle_start()
        for _ in range(days * 3):
            log.event("tick")
            os.utime(log.path, (now[0], now[0]))
            now[0] += day / 3
            log.flush()
        log.stop()
        log.close()
    report = look(folder, public=tmp_path / "keys" / "audit-signing.pub.pem")
    assert report.intact
    first, second = report.chains
    assert (first.records, first.state) == (0, "closed")
    assert second.removed is not None
    assert second.first > 1
    assert [chain.notes[0].endswith("; a record of retention tells of it.") for chain in report.chains] == [True, True]


def test_a_chain_that_ended_may_lose_all_its_segments_to_retention(folder: Path, keys: AuditKeys) -> None:
    old = write_chain(folder, keys)
    head = only(folder).head
    assert remove_segments(folder / SERVER)
    write_chain(folder, keys)
    report = next(chain for chain in look(folder, head).chains if chain.instance == old.name)
    assert (report.faults, report.state, report.records, report.unsigned) == ([], "closed", 0, 0)
    assert look(folder, head).intact


def test_an_open_chain_without_segments_is_truncated(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    for number in range(4):
        write_call(log, number)
    kill(log)
    for path in log.path.parent.glob("0*.jsonl"):
        path.unlink()
    found = fault(folder)
    assert (found.word, found.seq) == ("truncated", 1)


def test_a_chain_killed_between_its_last_word_and_the_checkpoint_over_it_is_not_yet_signed(
    folder: Path, keys: AuditKeys
) -> None:
    chain = write_chain(folder, keys, rotation=ONE_SEGMENT)
    put(chain / CHECKPOINTS, lambda lines: lines[:-1])
    assert fault(folder).word == "missing"
    (chain / "lock").touch()
    for event in ("stop", "recovery"):
        report = only(folder)
        assert (report.faults, report.state, report.unsigned > 0) == ([], "open", True)
        assert not any(found.faults for found in independent_verifier.verify(folder))
        if event == "stop":
            recover(folder / SERVER, keys.signer, "a test", lambda: 1.8e9)
            assert (only(folder).faults, only(folder).state, only(folder).unsigned) == ([], "closed", 0)
            put(chain / CHECKPOINTS, lambda lines: lines[:-1])
            (chain / "lock").touch()


def two_chains(folder: Path, keys: AuditKeys) -> tuple[Path, str]:
    """A chain, and the name of one that began when it had ended."""
    first = write_chain(folder, keys, rotation=ONE_SEGMENT)
    return first, f"{SERVER}/{write_chain(folder, keys).name}"


def test_a_chain_that_vanished_is_missed_by_the_one_that_came_after_it(folder: Path, keys: AuditKeys) -> None:
    first, second = two_chains(folder, keys)
    shutil.rmtree(first)
    report = look(folder)
    (lost,) = (chain for chain in report.chains if chain.state == "not there")
    assert (lost.instance, lost.faults[0].word, lost.faults[0].through) == (first.name, "missing", 6)
    assert second in lost.faults[0].says
    assert look(folder / second).intact, "of one chain nothing is said of others"


def test_a_chain_cut_back_with_its_checkpoints_is_seen_by_the_one_that_came_after_it(
    folder: Path, keys: AuditKeys
) -> None:
    first, second = two_chains(folder, keys)
    cut_back(first, 4)
    found = fault(folder)
    assert (found.word, found.seq, found.through) == ("truncated", 5, 6)
    assert second in found.says


def test_an_unsigned_end_that_was_rewritten_is_seen_by_the_chain_that_came_after_it(
    folder: Path, keys: AuditKeys
) -> None:
    first, second = two_chains(folder, keys)
    cut_back(first, 6)
    put(first / "000001.jsonl", lambda lines: rewrite_all(lines, 6, event="other"))
    found = fault(folder)
    assert (found.word, found.through) == ("changed", 6)
    assert second in found.says


def test_a_log_that_is_being_written_is_intact(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    for number in range(20):
        write_call(log, number)
        report = only(folder)
        assert (report.faults, report.state, report.last) == ([], "being written", number + 2)
    with log.path.open("ab") as file:
        file.write(b'{"half of a reco')
    assert (only(folder).faults, only(folder).last) == ([], 21)
    kill(log)


def test_a_cut_line_that_nobody_writes_is_torn(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys, ONE_SEGMENT)
    write_call(log)
    kill(log)
    segment = log.path
    whole = segment.read_bytes()
    for cut in (1, 2, 100):
        segment.write_bytes(whole[:-cut])
        found = fault(folder)
        assert (found.word, found.seq, found.line) == ("torn", 2, 2)


def test_a_cut_line_that_was_signed_is_changed(folder: Path, keys: AuditKeys) -> None:
    segment = write_chain(folder, keys, rotation=ONE_SEGMENT) / "000001.jsonl"
    segment.write_bytes(segment.read_bytes()[:-10])
    found = fault(folder)
    assert (found.word, found.seq) == ("changed", 6)


def test_a_cut_checkpoint_that_nobody_writes_is_torn(folder: Path, keys: AuditKeys) -> None:
    path = write_chain(folder, keys) / CHECKPOINTS
    path.write_bytes(path.read_bytes()[:-10])
    found = fault(folder)
    assert (found.word, found.file) == ("torn", CHECKPOINTS)


def test_the_next_start_settles_what_a_kill_left(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    write_call(log)
    kill(log)
    with log.path.open("ab") as file:
        file.write(b'{"half of a reco')
    assert fault(folder).word == "torn"
    write_chain(folder, keys)
    report = look(folder)
    assert report.intact
    settled = next(chain for chain in report.chains if chain.instance == log.instance)
    assert (settled.state, settled.last) == ("closed", 3)
    assert settled.notes == [f"{log.path.name}.torn is not looked at."]


def test_files_that_mean_nothing_are_noted(folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys)
    (chain / "notes.txt").write_text("hello")
    (folder / "README").write_text("hello")
    report = only(folder)
    assert (report.faults, report.notes) == ([], ["notes.txt is not looked at."])


@pytest.mark.parametrize(
    "line",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":9007199254740993}',
        b'{"a":"\\u00e9"}',
        b'{"a":"\\/"}',
        b'{"a":"\xff"}',
        '{"\uffff":1,"\U0001f600":2}'.encode(),
        b"[" * 100_000,
        b'{"a":' + b"[" * 900 + b'"\\u00e9"' + b"]" * 900 + b"}",
        b"[]",
        b"",
    ],
)
def test_a_line_has_one_form_only(folder: Path, keys: AuditKeys, line: bytes) -> None:
    log = open_log(folder, keys)
    kill(log)
    put(log.path, lambda lines: [*lines, line + b"\n"])
    found = fault(folder)
    assert (found.word, found.seq) == ("changed", 2)


def test_numbers_and_names_beyond_the_ordinary_are_read_as_they_are_written(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    log.event(
        "odd", **{"\U0001f600": 1, "\uffff": 2, "é": "ü", "tiny": 1e-7, "large": 1e21, "whole": 2.0, "big": 2**70}
    )
    log.stop()
    log.close()
    assert only(folder).faults == []
    assert "1e-7" in log.path.read_text()


def test_a_line_longer_than_any_record_is_not_read_to_its_end(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    kill(log)
    with log.path.open("ab") as file:
        file.truncate(300 * 2**20)  # a hole, without a line feed
    found = fault(folder)
    assert (found.word, found.seq) == ("changed", 2)


def test_a_later_version_of_the_format_is_not_guessed_at(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys, SMALL)
    kill(log)
    put(log.path, lambda lines: [rewrite(lines[0], v=2)])
    assert "format version 1" in fault(folder).says


def test_a_log_is_intact_whenever_it_is_read_while_chains_begin_rotate_and_end(folder: Path, keys: AuditKeys) -> None:
    done = threading.Event()

    def write() -> None:
        for round_ in range(8):
            log = open_log(folder, keys)
            for number in range(30):
                write_call(log, number)
            if round_ % 3:
                log.stop()
            log.close()
            if round_ % 4 == 3:
                remove_segments(folder / SERVER)
        done.set()

    write_chain(folder, keys)
    writer = threading.Thread(target=write)
    writer.start()
    reports = [look(folder)]
    while not done.is_set():
        reports.append(look(folder))
    writer.join()
    assert [fault for report in reports for chain in report.chains for fault in chain.faults] == []
