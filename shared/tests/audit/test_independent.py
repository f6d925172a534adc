"""`audit verify` beside a verifier that was written from the documentation alone, on logs that real runs left."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import independent_verifier
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from independent_verifier import canonical, check_proofs, loaded, verify
from mcp_chassis.audit.reading.command import main
from mcp_chassis.errors import ConfigurationError
from sample_server import make_server
from stdio_process import PROGRAM, Process

Tamper = Callable[[Path], None]
CHECKPOINTS = "checkpoints.jsonl"
FIRST, KILLED, LAST = 0, 1, 2
SMALL = {"MCP_AUDIT_ROTATE_BYTES": "4096"}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs: an orderly one with refusals and rotation, one that was killed, and the one that recovered it."""
    folder = tmp_path_factory.mktemp("runs")
    first = Process(folder, **SMALL)
    for number in range(8):
        first.call("add", a=number)
    first.call("clear")
    first.call("nothing")
    first.call("mistake", text="x")
    first.ask("resources/read", uri="note://secret")
    first.ask("prompts/get", name="summarize", arguments={"topic": "\ud83d\ude00"})
    assert first.end() == 0
    second = Process(folder, **SMALL)
    for number in range(6):
        second.call("add", a=number)
    second.kill()
    third = Process(folder, **SMALL)
    third.call("add", a=1)
    assert third.end() == 0
    return folder


@pytest.fixture
def log(runs: Path, tmp_path: Path) -> Path:
    return shutil.copytree(runs / "audit", tmp_path / "audit")


def chains(log: Path) -> list[Path]:
    return sorted((log / "mcp-sample-server").iterdir())


def told(log: Path, capsys: pytest.CaptureFixture[str], *flags: str) -> tuple[int, dict[str, tuple[str, int]]]:
    """What `audit verify` says: its exit code, and where the first fault of each broken chain is."""
    code = main(make_server(), ["audit", "verify", str(log), "--format", "json", *flags])
    found = json.loads(capsys.readouterr().out)["chains"]
    return code, {
        c["instance"]: (c["faults"][0]["file"] or "", c["faults"][0]["line"] or 0) for c in found if c["faults"]
    }


def found(log: Path) -> tuple[int, dict[str, tuple[str, int]]]:
    """What the independent verifier finds, told as `told` does."""
    faults = {chain.instance: chain.faults[0] for chain in verify(log) if chain.faults}
    return int(bool(faults)), {instance: (fault.file, fault.line) for instance, fault in faults.items()}


def rehashed(chain: Path, at: int, **changes: Any) -> None:
    """Change record `at`, and make all hashes from there on fit."""
    head = None
    for path in sorted(chain.glob("[0-9]*.jsonl")):
        made = []
        for line in path.read_bytes().splitlines():
            record = json.loads(line)
            if record["seq"] == at:
                record |= changes
            if record["seq"] >= at:
                record["prev"] = head or record["prev"]
                del record["hash"]
                record["hash"] = head = hashlib.sha256(canonical(record).encode()).hexdigest()
            made.append(canonical(record).encode() + b"\n")
        path.write_bytes(b"".join(made))


def resigned(chain: Path, *, publish: bool, **changes: Any) -> None:
    """Change the last checkpoint and sign it with a key of one's own."""
    path = chain / "checkpoints.jsonl"
    *before, last = path.read_bytes().splitlines(keepends=True)
    key = Ed25519PrivateKey.generate()
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    checkpoint = {**json.loads(last), **changes, "key": hashlib.sha256(raw).hexdigest()[:16]}
    del checkpoint["signature"]
    checkpoint["signature"] = key.sign(canonical(checkpoint).encode()).hex()
    path.write_bytes(b"".join(before) + canonical(checkpoint).encode() + b"\n")
    if publish:
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (chain.parent.parent / "keys" / f"{checkpoint['key']}.pem").write_bytes(pem)


def edited(path: Path, line: int, old: bytes, new: bytes) -> None:
    content = path.read_bytes().splitlines(keepends=True)
    assert old in content[line]
    content[line] = content[line].replace(old, new, 1)
    path.write_bytes(b"".join(content))


def appended(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)


def test_both_find_intact_what_real_runs_left(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = runs / "audit"
    assert told(log, capsys) == found(log) == (0, {})
    events = [json.loads(line)["event"] for path in log.rglob("0*.jsonl") for line in path.read_bytes().splitlines()]
    assert {"start", "call", "stop", "recovery"} <= set(events)
    assert len(list(log.rglob("000003.jsonl"))) >= 1


def test_both_find_a_chain_intact_while_it_is_written_and_when_its_process_was_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process = Process(tmp_path)
    process.call("add", a=1)
    assert told(tmp_path / "audit", capsys) == found(tmp_path / "audit") == (0, {})
    process.kill()
    assert told(tmp_path / "audit", capsys) == found(tmp_path / "audit") == (0, {})
    (segment,) = (tmp_path / "audit").rglob("0*.jsonl")
    cut = len(segment.read_bytes().splitlines()) + 1
    appended(segment, b'{"action":"tool:add"')
    assert (
        told(tmp_path / "audit", capsys) == found(tmp_path / "audit") == (1, {segment.parent.name: (segment.name, cut)})
    )
    assert Process(tmp_path).end() == 0
    assert told(tmp_path / "audit", capsys) == found(tmp_path / "audit") == (0, {})


def test_both_find_intact_what_retention_leaves(runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(runs, tmp_path / "runs")
    time.sleep(1.1)
    process = Process(tmp_path / "runs", **SMALL, MCP_AUDIT_RETENTION="1s")
    process.call("add", a=1)
    assert process.end() == 0
    log = tmp_path / "runs/audit"
    assert told(log, capsys, "--retention", "off") == (0, {})
    assert [sorted(path.name for path in chain.iterdir()) for chain in chains(log)[:1]] == [["checkpoints.jsonl"]]
    assert told(log, capsys) == found(log) == (0, {})


def at(chain: int, name: str) -> Callable[[Path], Path]:
    """A file of the first, the killed or the last chain."""
    return lambda log: chains(log)[chain] / name


def end(chain: Path) -> Path:
    """Its newest segment."""
    return sorted(chain.glob("0*.jsonl"))[-1]


def edit(chain: int, name: str, line: int, old: bytes, new: bytes) -> Tamper:
    return lambda log: edited(at(chain, name)(log), line, old, new)


def last_checkpoint_gone(log: Path) -> None:
    path = at(FIRST, CHECKPOINTS)(log)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def signature_in_capitals(log: Path) -> None:
    path = at(LAST, CHECKPOINTS)(log)
    before, mark, rest = path.read_bytes().rpartition(b'"signature":"')
    path.write_bytes(before + mark + rest[:128].upper() + rest[128:])


def checkpoints_of_another_chain(log: Path) -> None:
    shutil.copy(at(FIRST, CHECKPOINTS)(log), at(KILLED, CHECKPOINTS)(log))


def all_segments_gone_and_the_closing_checkpoint(log: Path) -> None:
    for path in chains(log)[KILLED].glob("0*.jsonl"):
        path.unlink()
    path = at(KILLED, CHECKPOINTS)(log)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def segment_under_another_number(log: Path) -> None:
    end(chains(log)[FIRST]).rename(chains(log)[FIRST] / "000009.jsonl")


def chain_under_another_name(log: Path) -> None:
    shutil.copytree(chains(log)[FIRST], log / "mcp-sample-server/20261120T080000Z-17-a1b2c3")


def line_of_another_chain(log: Path) -> None:
    appended(end(chains(log)[FIRST]), end(chains(log)[LAST]).read_bytes())


TAMPERED: dict[str, Tamper] = {
    "an outcome changed": edit(FIRST, "000001.jsonl", 2, b'"outcome":"ok"', b'"outcome":"no"'),
    "a space": edit(FIRST, "000001.jsonl", 1, b'","', b'", "'),
    "a key twice": edit(FIRST, "000001.jsonl", 1, b'"v":1', b'"v":1,"v":1'),
    "another way to write a number": edit(LAST, "000001.jsonl", 1, b'"seq":2', b'"seq":2.0'),
    "another version": edit(FIRST, "000001.jsonl", 0, b'"v":1,', b'"v":2,'),
    "the first record's previous": lambda log: rehashed(chains(log)[LAST], 1, previous=None),
    "all rewritten from a record": lambda log: rehashed(chains(log)[FIRST], 4, outcome="no"),
    "the last record rewritten": lambda log: rehashed(chains(log)[LAST], 3, ts="2026-11-20T08:00:00.000000Z"),
    "a signature in capitals": signature_in_capitals,
    "a root that was not signed": edit(LAST, CHECKPOINTS, -1, b'"reason":"stop"', b'"reason":"time"'),
    "a key that nobody knows": lambda log: resigned(chains(log)[LAST], publish=False),
    "a size that is not that of the tree": lambda log: resigned(chains(log)[LAST], publish=True, size=2),
    "the last checkpoint gone": last_checkpoint_gone,
    "all checkpoints gone": lambda log: at(FIRST, CHECKPOINTS)(log).unlink(),
    "checkpoints of another chain": checkpoints_of_another_chain,
    "a segment in the middle gone": lambda log: at(FIRST, "000002.jsonl")(log).unlink(),
    "the last segment gone": lambda log: end(chains(log)[FIRST]).unlink(),
    "a segment under another number": segment_under_another_number,
    "all segments gone and the closing checkpoint": all_segments_gone_and_the_closing_checkpoint,
    "a chain gone": lambda log: shutil.rmtree(chains(log)[KILLED]),
    "a chain under another name": chain_under_another_name,
    "a line of another chain": line_of_another_chain,
    "a line behind the end": lambda log: appended(end(chains(log)[LAST]), b"{}\n"),
    "a huge line": lambda log: appended(end(chains(log)[LAST]), b"x" * 3_000_000 + b"\n"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_both_find_a_tampered_log_broken(name: str, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    TAMPERED[name](log)
    assert told(log, capsys)[0] == found(log)[0] == 1


def test_both_name_the_same_first_bad_line(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where only one file is not what was written, the documentation says which line is told."""
    chance = random.Random(20261120)  # noqa: S311 - the same changes in every run
    files = sorted(log.rglob("*.jsonl"))
    for _ in range(300):
        path = chance.choice(files)
        before = path.read_bytes()
        after = _changed(before, chance, files)
        if after == before:
            continue
        path.write_bytes(after)
        (code, theirs), (ours_code, ours) = told(log, capsys), found(log)
        assert code == ours_code == 1, (path, after)
        assert theirs.get(path.parent.name) == ours.get(path.parent.name), (path, after)
        path.write_bytes(before)


def _changed(content: bytes, chance: random.Random, files: list[Path]) -> bytes:
    """One change: of a byte, of lines, of the end."""
    at = chance.randrange(len(content))
    lines = content.splitlines(keepends=True)
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    foreign = chance.choice(chance.choice(files).read_bytes().splitlines(keepends=True))
    swapped = lines.copy()
    swapped[first], swapped[second] = lines[second], lines[first]
    return chance.choice([
        content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :],
        content[:at] + content[at + 1 :],
        content[:at] + chance.choice([b"\n", b" ", b'"', b"0", b"\xff"]) + content[at:],
        content[:at],
        content[:-1],
        b"".join(swapped),
        b"".join(lines[:first] + lines[first + 1 :]),
        b"".join(lines[:first]),
        b"".join([*lines[:first], lines[second], *lines[first:]]),
        b"".join([*lines[:first], foreign, *lines[first:]]),
    ])  # fmt: skip


def test_a_rewritten_end_that_no_checkpoint_covers_is_found_by_heads_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process = Process(tmp_path)
    process.call("add", a=1)
    process.kill()
    log = tmp_path / "audit"
    head = verify(log)[0].head
    assert told(log, capsys, "--expect-head", head)[0] == 0
    rehashed(chains(log)[0], 2, outcome="no")
    assert told(log, capsys) == found(log) == (0, {})
    assert told(log, capsys, "--expect-head", head)[0] == 1


def test_as_a_program_both_have_the_same_exit_code(log: Path) -> None:
    mine = [sys.executable, independent_verifier.__file__, str(log)]
    theirs = [sys.executable, "-c", PROGRAM, "audit", "verify", str(log)]
    assert [subprocess.run(command, check=False).returncode for command in (mine, theirs)] == [0, 0]
    TAMPERED["an outcome changed"](log)
    assert [subprocess.run(command, check=False).returncode for command in (mine, theirs)] == [1, 1]


def test_proofs_hold_without_the_log(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(make_server(), ["audit", "export", str(log), "--proof"]) == 0
    export = capsys.readouterr().out.encode()
    keys = loaded(list((log / "keys").iterdir()))
    assert check_proofs(export, keys) == sum(chain.size for chain in verify(log))
    with pytest.raises(Exception, match=r"hash|tree"):
        check_proofs(export.replace(b'"outcome":"ok"', b'"outcome":"no"'), keys)


def test_a_recovery_tells_which_records_it_alone_has_signed(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An insider takes the checkpoints of the newest chain away, so that the next start signs what he wrote."""
    shutil.copytree(runs, tmp_path / "runs")
    log = tmp_path / "runs/audit"
    chain = chains(log)[LAST]
    end(chain).write_bytes(b"".join(end(chain).read_bytes().splitlines(keepends=True)[:-1]))  # without `stop`
    rehashed(chain, 2, outcome="no")
    at(LAST, CHECKPOINTS)(log).unlink()
    (chain / "lock").touch()
    assert Process(tmp_path / "runs").end() == 0
    assert found(log) == (0, {})
    assert main(make_server(), ["audit", "verify", str(log)]) == 0
    assert "note: Records 1-2 were signed as they were when the chain was closed" in capsys.readouterr().out
    head = verify(runs / "audit")[LAST].head
    assert told(log, capsys, "--expect-head", head)[0] == 1


def test_a_removal_that_no_record_tells_of_is_a_fault_when_the_retention_is_known(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at(KILLED, "000001.jsonl")(log).unlink()
    name = chains(log)[KILLED].name
    assert told(log, capsys)[0] == found(log)[0] == 0
    assert told(log, capsys, "--retention", "1ms")[0] == 0
    for retention in ("off", "30d"):
        assert told(log, capsys, "--retention", retention) == (1, {name: ("", 0)})
    with pytest.raises(ConfigurationError, match="--retention must be a duration"):
        told(log, capsys, "--retention", "soon")
