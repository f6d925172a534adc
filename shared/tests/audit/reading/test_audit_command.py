"""`audit keygen|verify|tail|export|stats`, as an operator runs them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from audit_logs import SERVER, kill, make_keys, open_log, write_call, write_chain
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from mcp_chassis import cli
from mcp_chassis.audit import AuditKeys, Rotation, load_audit_keys
from mcp_chassis.audit.reading.places import Log
from mcp_chassis.audit.reading.proofs import leads_to
from mcp_chassis.audit.reading.selection import moment
from mcp_chassis.audit.reading.tail import Follower
from mcp_chassis.audit.reading.text import cell
from mcp_chassis.errors import ConfigurationError
from sample_server import make_server

Run = Callable[..., tuple[int, str, str]]
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run an `audit` subcommand."""

    def command(*words: str | Path) -> tuple[int, str, str]:
        code = cli.main(make_server(), ["audit", *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def keys(tmp_path: Path) -> AuditKeys:
    return make_keys(tmp_path / "keys")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


def records(folder: Path) -> list[bytes]:
    """All lines of all segments."""
    return [line for path in sorted(folder.glob("*/*/0*.jsonl")) for line in path.read_bytes().splitlines()]


def test_keygen_makes_the_files_and_says_what_to_set(run: Run, tmp_path: Path) -> None:
    code, out, err = run("keygen", tmp_path / "new" / "keys")
    signing, public, hmac_key = (
        tmp_path / "new" / "keys" / name for name in ("audit-signing.pem", "audit-signing.pub.pem", "audit-hmac.key")
    )
    assert code == 0
    assert out == f"MCP_AUDIT_KEY_FILE={signing}\nMCP_AUDIT_HMAC_KEY_FILE={hmac_key}\n"
    assert str(public) in err
    assert [stat.S_IMODE(path.stat().st_mode) for path in (signing, public, hmac_key)] == [0o600, 0o644, 0o600]
    assert load_audit_keys(signing, hmac_key, ("a", "b")).signer.public_pem == public.read_text()


@pytest.mark.parametrize("name", ["audit-signing.pem", "audit-signing.pub.pem", "audit-hmac.key"])
def test_keygen_overwrites_nothing(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    code, out, err = run("keygen", tmp_path)
    assert (code, out) == (2, "")
    assert "never overwritten" in err
    assert os.listdir(tmp_path) == [name]


def test_verify_says_what_is_proven_and_exits_0(run: Run, folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys)
    code, out, _ = run("verify", folder)
    assert code == 0
    assert f"{SERVER}/{chain.name}: intact, records 1-6, closed\n  proven up to record 6" in out
    assert "intact: 1 chain (0 broken), 6 records, 0 of them not yet signed\n" in out
    assert "who can change the log can change these too" in out


def test_verify_tells_of_many_closed_chains_in_one_line(run: Run, folder: Path, keys: AuditKeys) -> None:
    chains = [write_chain(folder, keys, calls=1) for _ in range(23)]
    kill(open_log(folder, keys))
    path = chains[7] / "000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"a":"integer"', b'"b":"integer"', 1))
    code, out, _ = run("verify", folder)
    first, *rest = out.splitlines()
    assert (code, first) == (1, "22 closed chains: intact, 66 records, all proven (--verbose: each)")
    assert [chain for chain in chains if chain.name in "\n".join(rest)] == [chains[7]]
    assert "BROKEN: 24 chains (1 broken)" in out
    assert ", open\n" in out
    code, out, _ = run("verify", folder, "--verbose")
    assert code == 1
    assert all(f"{SERVER}/{chain.name}: " in out for chain in chains)


def test_verify_names_file_and_line_of_what_is_broken_and_exits_1(run: Run, folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys)
    path = chain / "000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"a":"integer"', b'"b":"integer"', 1))
    code, out, _ = run("verify", folder)
    assert code == 1
    assert f"  changed: record 2 at {SERVER}/{chain.name}/000001.jsonl:2. " in out
    assert "BROKEN: 1 chain (1 broken)" in out


def test_verify_takes_the_key_and_heads_that_were_kept_elsewhere(
    run: Run, folder: Path, keys: AuditKeys, tmp_path: Path
) -> None:
    write_chain(folder, keys)
    public = tmp_path / "keys" / "audit-signing.pub.pem"
    head = json.loads(records(folder)[-1])["hash"]
    code, out, _ = run("verify", folder, "--public-key", public, "--expect-head", head.upper())
    assert (code, "keys are those" in out) == (0, False)
    code, out, _ = run("verify", folder, "--expect-head", head, "--expect-head", "0" * 64)
    assert code == 1
    assert f"truncated: no record has the expected head {'0' * 64}" in out


def test_verify_tells_programs_the_same(run: Run, folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys)
    code, out, _ = run("verify", folder, "--format", "json")
    report = json.loads(out)
    assert (code, report["intact"], report["records"], report["lost_heads"]) == (0, True, 6, [])
    assert report["heads"] == {f"{SERVER}/{chain.name}": json.loads(records(folder)[-1])["hash"]}
    assert report["chains"][0]["proven"]["key"] == keys.signer.key_id
    last = json.loads((chain / "000002.jsonl").read_bytes().splitlines()[0])["seq"]
    (chain / "000002.jsonl").unlink()
    code, out, _ = run("verify", folder, "--format", "json")
    (fault,) = json.loads(out)["chains"][0]["faults"]
    assert (code, fault["word"], fault["seq"]) == (1, "truncated", last)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["verify", "nowhere"], "There is no folder nowhere; name the folder of MCP_AUDIT_DIR."),
        (["verify", "empty"], "There is no audit log in empty; name the folder of MCP_AUDIT_DIR."),
        (["verify", "file"], "There is no folder file; name the folder of MCP_AUDIT_DIR."),
        (["verify"], "Say where the audit log is: name its folder, or set MCP_AUDIT_DIR."),
        (["verify", "log", "--expect-head", "abc"], "--expect-head must be the 64 hexadecimal digits"),
        (["verify", "log", "--public-key", "file"], "--public-key: file must be a readable Ed25519 public key in PEM"),
        (["verify", "log", "--public-key", "keys/audit-signing.pem"], "must be a readable Ed25519 public key in PEM"),
        (["tail", "log", "-n", "many"], "-n must be a number from 0 to 100000."),
        (["export", "log", "--since", "yesterday"], "--since must be a date (2026-11-20), a time"),
        (["export", "log", "--until", "2026-13-01"], "--until must be a date"),
        (["export", "log", "--range", "5"], "--range must be numbers of records such as 1-100, or INSTANCE:1-100."),
        (["export", "log", "--range", "5-1"], "--range must be numbers"),
        (["export", "log", "--range", "other:1-2"], "--range: there is no chain other in this log."),
        (["export", "log", "--range", "1-2"], "--range: there are several chains, so name one, as in INSTANCE:1-100."),
        (["export", "log", "--proof", "--format", "csv"], "--proof needs --format jsonl"),
        (["export", "log", "--format", "xml"], "invalid choice: 'xml'"),
        (["stats", "log", "--by", "tenants"], "--by: tenants is nothing that can be added up by; did you mean tenant?"),
    ],
)
def test_bad_arguments_are_refused_in_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    keys = make_keys(tmp_path / "keys")
    for _ in range(2):
        write_chain(tmp_path / "log", keys, calls=1)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MCP_AUDIT_DIR", raising=False)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_the_folder_of_the_server_is_read_when_none_is_named(
    run: Run, folder: Path, keys: AuditKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_chain(folder, keys)
    monkeypatch.setenv("MCP_AUDIT_DIR", str(folder))
    assert run("verify")[0] == 0
    assert len(run("tail")[1].splitlines()) == 6


def test_tail_shows_the_newest_records_of_all_chains(run: Run, folder: Path, keys: AuditKeys) -> None:
    one, other = open_log(folder, keys), open_log(folder, keys)
    for number in range(6):
        write_call((one, other)[number % 2], number, tenant="acme", outcome="ok" if number < 5 else "denied")
    code, out, _ = run("tail", folder, "-n", "3")
    lines = out.splitlines()
    assert code == 0
    assert len(lines) == 3
    shape = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}  ann \(acme\)  tool:add  allow  (ok|denied)  [0-9.]+ ms(  \w+)?"
    assert all(re.fullmatch(shape, line) for line in lines)
    assert [" denied " in line for line in lines] == [False, False, True]
    assert len(run("tail", folder)[1].splitlines()) == 8
    assert run("tail", folder, "-n", "0")[1] == ""
    one.stop()
    assert f"[stop] {one.instance} #5" in run("tail", folder, "-n", "1")[1]
    for log in (one, other):
        log.close()


def test_tail_goes_back_over_segments(run: Run, folder: Path, keys: AuditKeys) -> None:
    write_chain(folder, keys, calls=30)
    out = run("tail", folder, "-n", "25")[1]
    assert len(out.splitlines()) == 25
    assert len(run("tail", folder, "-n", "1000")[1].splitlines()) == 32


def test_tail_lets_no_name_control_the_terminal(run: Run, folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    write_call(log, subject="a\x1b[2J\nb\u202ec", name="x\u009b")
    kill(log)
    out = run("tail", folder, "-n", "1")[1]
    assert "a\\x1b[2J\\nb\\u202ec  tool:x\\x9b" in out
    assert out.count("\n") == 1


def test_what_is_written_later_is_followed_through_segments_and_new_chains(folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    follower = Follower(Log(folder))
    assert follower.news() == []
    for number in range(12):
        write_call(log, number)
    with log.path.open("ab") as file:
        file.write(b'{"half of a reco')
    assert [record["seq"] for record in follower.news()] == list(range(2, 14))
    assert follower.news() == []
    kill(log)
    write_chain(folder, keys, calls=1)
    # The new process closes the chain of the one that was killed, and writes its own.
    assert [record["event"] for record in follower.news()] == ["recovery", "start", "call", "stop"]
    assert follower.news() == []


def test_exported_lines_are_those_of_the_log(run: Run, folder: Path, keys: AuditKeys) -> None:
    write_chain(folder, keys, calls=9)
    code, out, err = run("export", folder)
    assert (code, err) == (0, "")
    assert out.encode().splitlines() == records(folder)


def test_records_of_several_chains_are_exported_in_the_order_of_their_time(
    run: Run, folder: Path, keys: AuditKeys
) -> None:
    logs = [open_log(folder, keys) for _ in range(3)]
    for number in range(30):
        write_call(logs[number % 3], number)
    for log in logs:
        kill(log)
    out = run("export", folder)[1]
    found = [json.loads(line) for line in out.splitlines()]
    assert [record["request_id"] for record in found if record["event"] == "call"] == list(range(30))
    assert sorted(out.encode().splitlines()) == sorted(records(folder))


def test_a_tenant_and_a_range_can_be_exported(run: Run, folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    for number in range(9):
        write_call(log, number, tenant=f"t{number % 3}")
    kill(log)
    write_chain(folder, keys)
    numbers = [json.loads(line)["request_id"] for line in run("export", folder, "--tenant", "t1")[1].splitlines()]
    assert numbers == [1, 4, 7]
    out = run("export", folder, "--range", f"{log.instance}:3-5")[1]
    assert [json.loads(line)["seq"] for line in out.splitlines()] == [3, 4, 5]
    out = run("export", log.path.parent, "--range", "3-5", "--tenant", "t2")[1]
    assert [json.loads(line)["seq"] for line in out.splitlines()] == [4]


def test_a_time_can_be_exported(run: Run, folder: Path, keys: AuditKeys) -> None:
    write_chain(folder, keys, calls=4)
    stamps = [json.loads(line)["ts"] for line in records(folder)]
    out = run("export", folder, "--since", stamps[2], "--until", stamps[4])[1]
    assert [json.loads(line)["ts"] for line in out.splitlines()] == stamps[2:4]
    assert len(run("export", folder, "--since", "1h")[1].splitlines()) == 6
    assert run("export", folder, "--until", "1h")[1] == ""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    yesterday = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    assert len(run("export", folder, "--since", yesterday, "--until", today)[1].splitlines()) == 6


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("2026-11-20", False, "2026-11-20T00:00:00.000000Z"),
        ("2026-11-20", True, "2026-11-21T00:00:00.000000Z"),
        ("2026-11-20T08:00:00Z", True, "2026-11-20T08:00:00.000000Z"),
        ("2026-11-20T08:00:00.5+01:00", False, "2026-11-20T07:00:00.500000Z"),
        ("2026-11-20T08:00", False, "2026-11-20T08:00:00.000000Z"),
        ("7d", False, "2026-11-13T10:30:00.000000Z"),
        ("12h", False, "2026-11-19T22:30:00.000000Z"),
    ],
)
def test_moments_are_dates_times_and_ages(text: str, end: bool, expected: str) -> None:
    assert moment("--since", text, NOW, end=end) == expected


@pytest.mark.parametrize("text", ["", "now", "20", "7x", "2026-02-30", "9999999d", "2026-11-20T99:00:00Z"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="--since must be a date"):
        moment("--since", text, NOW)


def checked(out: str, public: Path) -> list[dict[str, Any]]:
    """The records of an extract with proofs, each checked as docs/audit.md says, with nothing else at hand."""
    key: Any = load_pem_public_key(public.read_bytes())
    checkpoints: dict[tuple[str, int], dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    for line in out.splitlines():
        content = json.loads(line)
        if "checkpoint" in content:
            checkpoint = content["checkpoint"]
            signature = bytes.fromhex(checkpoint.pop("signature"))
            key.verify(signature, json.dumps(checkpoint, sort_keys=True, separators=(",", ":")).encode())
            checkpoints[checkpoint["instance"], checkpoint["size"]] = checkpoint
        elif "proof" in content:
            proof, record = content["proof"], dict(found[-1])
            hash_ = record.pop("hash")
            assert (
                hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest() == hash_
            )
            assert (record["instance"], record["seq"]) == (proof["instance"], proof["seq"])
            path = [bytes.fromhex(node) for node in proof["path"]]
            root = leads_to(bytes.fromhex(hash_), proof["seq"] - 1, proof["size"], path)
            assert root is not None
            assert root.hex() == checkpoints[proof["instance"], proof["size"]]["root"]
        else:
            found.append(content)
    return found


def test_an_extract_with_proofs_can_be_checked_without_the_log(
    run: Run, folder: Path, keys: AuditKeys, tmp_path: Path
) -> None:
    for calls in (1, 9, 14):
        log = open_log(folder, keys)
        for number in range(calls):
            write_call(log, number, tenant=f"t{number % 3}")
        log.stop()
        log.close()
    public = tmp_path / "keys" / "audit-signing.pub.pem"
    code, out, err = run("export", folder, "--proof", "--tenant", "t1")
    assert (code, err) == (0, "")
    assert len(checked(out, public)) == 3 + 5
    assert len(out.splitlines()) == 2 + 2 * 8
    assert len(checked(run("export", folder, "--proof")[1], public)) == 24 + 6


def test_proofs_hold_where_retention_has_removed_segments(
    run: Run, folder: Path, keys: AuditKeys, tmp_path: Path
) -> None:
    chain = write_chain(folder, keys, calls=21)
    for number in (1, 2):
        (chain / f"{number:06}.jsonl").unlink()
    left = len(records(folder))
    assert 0 < left < 23
    code, out, _ = run("export", folder, "--proof")
    assert code == 0
    assert len(checked(out, tmp_path / "keys" / "audit-signing.pub.pem")) == left


def test_records_that_no_checkpoint_covers_yet_have_no_proof(run: Run, folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys, Rotation(checkpoint_records=4))
    for number in range(5):
        write_call(log, number)
    kill(log)
    code, out, err = run("export", folder, "--proof")
    assert code == 0
    assert err == "2 records are left out: no checkpoint covers them yet.\n"
    assert sum("proof" in json.loads(line) for line in out.splitlines()) == 4


def test_what_was_changed_is_not_proven(run: Run, folder: Path, keys: AuditKeys) -> None:
    path = write_chain(folder, keys) / "000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"a":"integer"', b'"b":"integer"', 1))
    code, out, err = run("export", folder, "--proof")
    assert (code, out) == (1, "")
    assert "cannot be proven: changed, see `audit verify`." in err


def test_a_line_that_is_no_record_is_told_and_left_out(run: Run, folder: Path, keys: AuditKeys) -> None:
    chain = write_chain(folder, keys)
    path = chain / "000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b"{", b"[", 1))
    for words in (["export"], ["stats"]):
        code, _, err = run(*words, folder)
        assert code == 1
        assert err == f"{path}:1 is no record.\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
        ("a=1", "a=1"), (-1, "-1"), (0.5, "0.5"), (None, ""),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value: Any, expected: str) -> None:
    assert cell(value) == expected


def test_csv_has_a_row_for_each_record(run: Run, folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    write_call(log, 7, subject='=HYPERLINK("http://x")', bytes_=250)
    kill(log)
    code, out, _ = run("export", folder, "--format", "csv")
    start, call = csv.DictReader(io.StringIO(out, newline=""))
    assert code == 0
    assert (start["event"], start["principal"], start["server"]) == ("start", "", SERVER)
    assert (call["seq"], call["action"], call["bytes"], call["rows"]) == ("2", "tool:add", "250", "7")
    assert call["principal"] == '\'=HYPERLINK("http://x")'
    assert json.loads(call["args_summary"]) == {"a": "integer"}
    assert call["hash"] == json.loads(records(folder)[1])["hash"]


def test_stats_add_up_calls_errors_time_bytes_and_rows(run: Run, folder: Path, keys: AuditKeys) -> None:
    for _ in range(2):
        log = open_log(folder, keys)
        for number in range(6):
            tenant, outcome = ("acme", "ok") if number % 2 else ("beta", "timeout")
            write_call(log, number, tenant=tenant, outcome=outcome, bytes_=1000)
        log.stop()
        log.close()
    code, out, _ = run("stats", folder, "--by", "tenant,day", "--format", "json")
    found = [{name: value for name, value in row.items() if name != "milliseconds"} for row in json.loads(out)]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    common = {"day": day, "calls": 6, "bytes": 6000, "tokens_estimated": 1500}
    assert code == 0
    assert found == [
        {"tenant": "acme", **common, "errors": 0, "rows": 18},
        {"tenant": "beta", **common, "errors": 6, "rows": 12},
    ]
    spent = sum(json.loads(line).get("duration_ms", 0) for line in records(folder))
    assert sum(row["milliseconds"] for row in json.loads(out)) == pytest.approx(spent)


def test_stats_are_told_as_a_table_and_as_csv(run: Run, folder: Path, keys: AuditKeys) -> None:
    log = open_log(folder, keys)
    write_call(log, 2, subject="=ann", bytes_=4000)
    kill(log)
    head, row, total, empty, note = run("stats", folder, "--by", "principal,action")[1].splitlines()
    assert head.split() == [
        "principal",
        "action",
        "calls",
        "errors",
        "milliseconds",
        "bytes",
        "rows",
        "tokens_estimated",
    ]
    assert row.split()[:4] == ["=ann", "tool:add", "1", "0"]
    assert row.split()[5:] == ["4,000", "2", "1,000"]
    assert total.split()[:3] == ["total", "1", "0"]
    assert (empty, note) == ("", "tokens_estimated: bytes / 4; no tokenizer has counted them. Days are UTC.")
    (line,) = csv.DictReader(io.StringIO(run("stats", folder, "--by", "principal", "--format", "csv")[1], newline=""))
    assert (line["principal"], line["bytes"], line["tokens_estimated"]) == ("'=ann", "4000", "1000")
