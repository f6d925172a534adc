"""Whatever is done to a line of a small log is detected, at the right record and in the right word."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from audit_logs import make_keys, write_chain
from mcp_chassis.audit.reading.faults import Fault
from mcp_chassis.audit.reading.places import CHECKPOINTS, Log
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.verification import verify

SEED = 4


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`start`, four calls and `stop` in two segments, with five checkpoints."""
    folder = tmp_path_factory.mktemp("audit")
    return write_chain(folder / "log", make_keys(folder / "keys"), calls=4)


@pytest.fixture(scope="module")
def tiny_chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`start`, a call and `stop` with two checkpoints: some thousand bytes, each of which has its turn."""
    folder = tmp_path_factory.mktemp("audit")
    return write_chain(folder / "log", make_keys(folder / "keys"), calls=1)


def copy_of(chain: Path, folder: Path) -> Path:
    """A copy of the chain's whole log, to be damaged."""
    shutil.copytree(chain.parent.parent, folder / "log")
    return folder / "log" / chain.parent.name / chain.name


@pytest.fixture
def damaged(chain: Path, tmp_path: Path) -> Path:
    """A copy of the chain."""
    return copy_of(chain, tmp_path)


@pytest.fixture
def tiny(tiny_chain: Path, tmp_path: Path) -> Path:
    """A copy of the tiny chain."""
    return copy_of(tiny_chain, tmp_path)


def faults(chain: Path) -> list[Fault]:
    """What verify finds in a chain."""
    log = Log(chain)
    (report,) = verify(log, Signers([], log.keys)).chains
    return report.faults


def put(path: Path, content: bytes) -> None:
    """Write a file in its place: emptied first, it would be put on the disk each time."""
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()


def files(chain: Path) -> list[Path]:
    """The segments, then the checkpoints."""
    return [*sorted(chain.glob("0*.jsonl")), chain / CHECKPOINTS]


def records(chain: Path) -> Iterator[tuple[int, Path, int, bytes]]:
    """Number, file, line and bytes of each record."""
    number = 0
    for path in files(chain)[:-1]:
        for line, raw in enumerate(path.read_bytes().splitlines(keepends=True), 1):
            number += 1
            yield number, path, line, raw


def test_the_log_is_intact_before_it_is_damaged(chain: Path) -> None:
    assert faults(chain) == []
    assert len(files(chain)) == 3
    assert len(list(records(chain))) == 6
    assert len((chain / CHECKPOINTS).read_bytes().splitlines()) >= 4


def each_byte(chain: Path) -> Iterator[tuple[Path, bytes, int, int, int]]:
    """File, content, offset of each byte, its line in the file, and the record or the checkpoint that it belongs to."""
    before = 0
    for path in files(chain):
        content = path.read_bytes()
        line = 1
        for offset, byte in enumerate(content):
            yield path, content, offset, line, line if path.name == CHECKPOINTS else before + line
            line += byte == 10
        before += line - 1


def one_of_them(found: list[Fault], path: Path, line: int, number: int) -> Fault:
    """The fault of a damaged line, which is the only one of its file."""
    (fault,) = (fault for fault in found if fault.file == path.name)
    assert fault.line == line
    if path.name != CHECKPOINTS:
        assert fault.seq == number
    return fault


def test_every_changed_byte_is_found(tiny: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - which byte it is changed to, no secret
    for path, content, offset, line, number in list(each_byte(tiny)):
        other = chance.choice([value for value in range(256) if value != content[offset]])
        put(path, content[:offset] + bytes([other]) + content[offset + 1 :])
        fault = one_of_them(faults(tiny), path, line, number)
        # A checkpoint whose `key` was changed cannot be told from one by a stranger.
        assert fault.word == "changed" or (fault.word, path.name) == ("foreign", CHECKPOINTS)
        put(path, content)


def test_every_byte_taken_out_is_found(tiny: Path) -> None:
    for path, content, offset, line, number in list(each_byte(tiny)):
        put(path, content[:offset] + content[offset + 1 :])
        fault = one_of_them(faults(tiny), path, line, number)
        at_the_end = path.name == CHECKPOINTS and offset == len(content) - 1
        assert fault.word == ("torn" if at_the_end else "changed") or fault.word == "foreign"
        put(path, content)


def test_bytes_put_in_anywhere_are_found(tiny: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311
    places = list(each_byte(tiny))
    for path, content, offset, line, number in chance.sample(places, 500):
        byte = chance.choice([b"\n", b" ", b"0", b"}", b"\x00", b"\xff", bytes([content[offset]])])
        longer = content[:offset] + byte + content[offset:]
        if longer == content[: offset + 1] + byte + content[offset + 1 :] and byte == b"\n":
            continue  # twice the line feed: the record before is as it was, and the empty line stands behind it
        put(path, longer)
        fault = one_of_them(faults(tiny), path, line, number)
        assert fault.word in ("changed", "foreign")
        put(path, content)


@pytest.mark.parametrize("behind", [b"\n", b"x", b"{}\n", b'{"v":1'])
def test_what_is_put_behind_the_last_record_is_found(damaged: Path, behind: bytes) -> None:
    path = files(damaged)[-2]
    path.write_bytes(path.read_bytes() + behind)
    (fault,) = faults(damaged)
    assert (fault.word, fault.seq) == ("changed" if behind.endswith(b"\n") else "torn", 7)


def test_every_record_taken_out_is_missing_and_at_the_end_truncated(damaged: Path) -> None:
    found = list(records(damaged))
    for number, path, line, _ in found:
        content = path.read_bytes()
        lines = content.splitlines(keepends=True)
        path.write_bytes(b"".join(lines[: line - 1] + lines[line:]))
        (fault,) = faults(damaged)
        assert (fault.word, fault.seq) == ("missing" if number < len(found) else "truncated", number)
        path.write_bytes(content)


def test_every_run_of_records_taken_out_is_named(damaged: Path) -> None:
    found = list(records(damaged))
    for first, last in itertools.combinations(range(1, len(found)), 2):
        for path in files(damaged)[:-1]:
            kept = (raw for number, of, _, raw in found if of == path and not first <= number <= last)
            path.write_bytes(b"".join(kept))
        (fault,) = faults(damaged)
        assert (fault.word, fault.seq, fault.through) == ("missing", first, last)


def test_every_two_records_that_change_places_are_reordered(damaged: Path) -> None:
    found = list(records(damaged))
    for (one, *_), (other, *_) in itertools.combinations(found, 2):
        order = [raw for *_, raw in found]
        order[one - 1], order[other - 1] = order[other - 1], order[one - 1]
        for path in files(damaged)[:-1]:
            path.write_bytes(b"".join(order[number - 1] for number, of, *_ in found if of == path))
        (fault,) = faults(damaged)
        assert (fault.word, fault.seq) == ("reordered", one)


def test_every_record_that_stands_twice_is_reordered(damaged: Path) -> None:
    for number, path, line, raw in list(records(damaged)):
        content = path.read_bytes()
        lines = content.splitlines(keepends=True)
        path.write_bytes(b"".join([*lines[:line], raw, *lines[line:]]))
        (fault,) = faults(damaged)
        assert (fault.word, fault.seq, fault.line) == ("reordered", number, line + 1)
        path.write_bytes(content)


def test_every_checkpoint_taken_out_is_missing(damaged: Path) -> None:
    path = damaged / CHECKPOINTS
    lines = path.read_bytes().splitlines(keepends=True)
    for number in range(len(lines)):
        path.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))
        (fault,) = faults(damaged)
        assert (fault.word, fault.file) == ("missing", CHECKPOINTS)
        assert fault.line == (number + 1 if number < len(lines) - 1 else 0)


def test_all_checkpoints_taken_out_are_missing(damaged: Path) -> None:
    (damaged / CHECKPOINTS).unlink()
    (fault,) = faults(damaged)
    assert (fault.word, fault.file) == ("missing", CHECKPOINTS)


def test_every_two_checkpoints_that_change_places_are_reordered(damaged: Path) -> None:
    path = damaged / CHECKPOINTS
    lines = path.read_bytes().splitlines(keepends=True)
    for one, other in itertools.combinations(range(len(lines)), 2):
        order = list(lines)
        order[one], order[other] = order[other], order[one]
        path.write_bytes(b"".join(order))
        (fault,) = faults(damaged)
        assert (fault.word, fault.file, fault.line) == ("reordered", CHECKPOINTS, one + 1)


def test_every_checkpoint_that_stands_twice_is_reordered(damaged: Path) -> None:
    path = damaged / CHECKPOINTS
    lines = path.read_bytes().splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        path.write_bytes(b"".join([*lines[:number], line, *lines[number:]]))
        (fault,) = faults(damaged)
        assert (fault.file, fault.line) == (CHECKPOINTS, number + 1)
        assert fault.word == "reordered"


Lines = list[list[bytes]]


def tampered(lines: Lines, chance: random.Random) -> Lines:
    """The lines of all files after one thing that somebody did to them."""
    files = [list(of_file) for of_file in lines]
    one, other = chance.choice([of_file for of_file in files if of_file]), chance.choice(files)
    place = chance.randrange(len(one))
    match chance.choice(["flip", "drop", "cut", "move", "copy", "swap"]):
        case "flip":
            line = bytearray(one[place])
            line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
            one[place] = bytes(line)
        case "drop":
            del one[place]
        case "cut":
            del one[place:]
        case "move":
            other.insert(chance.randint(0, len(other)), one.pop(place))
        case "copy":
            other.insert(chance.randint(0, len(other)), one[place])
        case "swap" if other:
            there = chance.randrange(len(other))
            one[place], other[there] = other[there], one[place]
    return files


@pytest.mark.parametrize("rounds", [300, pytest.param(20_000, marks=pytest.mark.soak)])
def test_whatever_is_done_to_lines_of_all_files_together_is_found(damaged: Path, rounds: int) -> None:
    chance = random.Random(SEED)  # noqa: S311
    paths = files(damaged)
    original = [path.read_bytes().splitlines(keepends=True) for path in paths]
    for _ in range(rounds):
        found = original
        for _ in range(chance.randint(1, 4)):
            if any(found):
                found = tampered(found, chance)
        if found != original:
            for path, of_file in zip(paths, found, strict=True):
                put(path, b"".join(of_file))
            assert faults(damaged), found
