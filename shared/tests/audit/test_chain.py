"""The chain that a process writes: links, checkpoints, segments."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from audit_wire import checkpoints, intact, lines, open_log, record, records
from mcp_chassis.audit import AuditLog, Options, Rotation
from mcp_chassis.call import Call, Channel, Principal
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.redaction import Redactor

ANN = Principal("ann", "oauth", issuer="https://id.example", client_id="c", actor="bot", credential="jti-1")


def call(number: int = 1, **more: Any) -> Call:
    return Call("tool", "add", {"a": number}, ANN, None, Channel(), request_id=number, **more)


def written(log: AuditLog) -> Path:
    """End a log; the folder of its chain."""
    log.stop()
    log.close()
    return Path(log.where)


def test_a_chain_is_as_the_format_says(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.opened(server="s", version="1", tools={"add": "0" * 64}, tools_sha256="0" * 64)
    log.settle_start()
    record(log, call(), "ok", time.monotonic() - 0.5, {"bytes": 3})
    record(log, call(2, shadow={"effect": "deny"}), "denied", time.monotonic(), None)
    chain = written(log)
    assert intact(chain) == 5
    start, used, first, second, stop = records(chain)
    assert [record["event"] for record in (start, used, first, second, stop)] == [
        "start", "key_used", "call", "call", "stop",
    ]  # fmt: skip
    assert (start["mode"], start["previous"], start["recovered"]) == ("balanced", None, [])
    assert start["checkpoint_key"] == checkpoints(chain)[0]["key"]
    assert (first["principal"], first["actor"], first["issuer"]) == ("ann", "bot", "https://id.example")
    assert (first["args_summary"], first["result_summary"]) == ({"a": "integer"}, {"bytes": 3})
    assert first["duration_ms"] >= 500
    assert (first["error_id"], second["shadow"]) == (None, {"effect": "deny"})
    assert second["error_id"]
    assert [point["reason"] for point in checkpoints(chain)] == ["stop"]
    assert {path.stat().st_mode & 0o777 for path in chain.iterdir()} == {0o600}


def test_hostile_texts_stay_in_their_place(tmp_path: Path) -> None:
    hostile = 'x","hash":"0\n{"v":1}\r\u2028 \ud800 \x00' * 3
    log = open_log(tmp_path)
    principal = Principal(hostile, "oauth", issuer=hostile, tenant=hostile, credential=hostile)
    record(
        log,
        Call("tool", hostile, {hostile: hostile, "\U0001f600": 1, "\ue000": 2.5, "n": 10**30}, principal, None,
             Channel(), request_id=hostile, trace_id=hostile, client=hostile, rule_ids=[hostile]),
        "ok", 0.0, {hostile: 1e30, "big": 2**60},
    )  # fmt: skip
    log.event(hostile, **{hostile: [hostile]})
    assert intact(written(log)) == 4


def test_a_checkpoint_is_made_every_so_many_records(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation(checkpoint_records=10)))
    for number in range(25):
        log.event("tick", number=number)
    chain = written(log)
    assert [(point["size"], point["reason"]) for point in checkpoints(chain)] == [
        (10, "count"), (20, "count"), (26, "stop"),
    ]  # fmt: skip
    assert intact(chain) == 26


def test_a_checkpoint_is_made_after_a_while_in_which_something_was_recorded(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation(checkpoint_s=0.05)))
    chain = Path(log.where)
    for size in (1, 2):
        log.event("tick")
        until = time.monotonic() + 30
        while not [p for p in checkpoints(chain) if (p["size"], p["reason"]) == (size, "time")]:
            assert time.monotonic() < until
            time.sleep(0.01)
    time.sleep(0.2)
    assert len(checkpoints(chain)) == 2  # nothing was recorded since
    written(log)
    assert intact(chain) == 3


@pytest.mark.parametrize("size", [4096, 4097, 5000])
def test_a_segment_holds_what_fits_and_ends_with_its_checkpoint(tmp_path: Path, size: int) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation(bytes=size)))
    for number in range(60):
        log.event("tick", number=number)
    chain = written(log)
    assert intact(chain) == 61
    segments = sorted(chain.glob("0*.jsonl"))
    assert [path.name for path in segments] == [f"{number:06d}.jsonl" for number in range(1, len(segments) + 1)]
    for path, following in pairwise(segments):
        assert path.stat().st_size <= size < path.stat().st_size + len(lines(following)[0]) + 1
    ends = [point["size"] for point in checkpoints(chain) if point["reason"] == "rotation"]
    assert ends == [json.loads(lines(path)[-1])["seq"] for path in segments[:-1]]


def test_a_record_that_fills_a_segment_to_the_byte_is_still_in_it(tmp_path: Path) -> None:
    limit = 2**20
    for _ in range(2):  # the first run finds out how much two records take
        log = open_log(tmp_path, Options(rotation=Rotation(bytes=limit)), clock=lambda: 1_800_000_000.0)
        log.event("tick", a="x" * 100)
        log.event("tick", a="x" * 100)
        limit = log.path.stat().st_size
        log.event("tick")
        chain = written(log)
    assert len(lines(chain / "000001.jsonl")) == 2
    assert intact(chain) == 4


def test_a_segment_ends_when_it_is_old(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    log = open_log(tmp_path, Options(rotation=Rotation(age_s=3600)), clock=lambda: now)
    for _ in range(8):
        log.event("tick")
        now += 1000
    chain = written(log)
    assert [len(lines(path)) for path in sorted(chain.glob("0*.jsonl"))] == [4, 4, 1]
    assert intact(chain) == 9


def test_a_record_larger_than_a_segment_is_a_segment_of_its_own(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(rotation=Rotation(bytes=4096)))
    for text in ("a", "x" * 10_000, "y" * 10_000, "b"):
        log.event("tick", text=text)
    chain = written(log)
    assert [len(lines(path)) for path in sorted(chain.glob("0*.jsonl"))] == [1, 1, 1, 2]
    assert intact(chain) == 5


def test_two_logs_in_one_folder_are_two_chains(tmp_path: Path) -> None:
    logs = [open_log(tmp_path) for _ in range(5)]
    for number in range(100):
        for log in logs:
            log.event("tick", number=number)
    chains = {written(log) for log in logs}
    assert [intact(chain) for chain in chains] == [101] * 5


def test_credentials_are_told_once_and_not_all_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcp_chassis.audit.log._REMEMBERED", 3)
    log = open_log(tmp_path)
    for credential in ["a", "a", "b", "c", None, "b", "d", "a"]:
        principal = Principal("ann", "api-key", credential=credential)
        record(log, Call("tool", "add", {}, principal, None, Channel()), "ok", 0.0, None)
    used = [(r["credential"], r["auth_method"]) for r in records(written(log)) if r["event"] == "key_used"]
    assert [name for name, _ in used] == ["a", "b", "c", "d", "a"]
    assert {method for _, method in used} == {"api-key"}


def test_pseudonyms_hide_who_it_is_and_tell_the_same_from_others(tmp_path: Path) -> None:
    log = open_log(tmp_path, Options(pseudonyms=True))
    people = [("ann", "bob"), ("ann", None), ("bob", "ann"), ("bob", "bob")]
    for subject, actor in people:
        principal = Principal(subject, "oauth", issuer="https://id.example", actor=actor, credential=subject * 9)
        record(log, Call("tool", "add", {}, principal, None, Channel()), "ok", 0.0, None)
    chain = written(log)
    found = [(r["principal"], r["actor"]) for r in records(chain) if r["event"] == "call"]
    (ann, actor_bob), (same_ann, nobody), (bob, _), (same_bob, same_actor) = found
    assert (ann, bob, actor_bob) == (same_ann, same_bob, same_actor)
    assert len({ann, bob, actor_bob}) == 3  # the same name as subject and as actor is not to be seen as one
    assert nobody is None
    assert ann.startswith("subject-")
    log = open_log(tmp_path, Options(pseudonyms=True))
    log.event("other", **log.who(Principal("ann", "oauth", issuer="https://id.example")))
    assert records(written(log))[0]["principal"] == ann  # also in the next process


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("note://one?token=hunter2-hunter2", "note://one?token=[redacted]"),
        ("postgres://u:hunter2@h/x", "postgres://u:[redacted]@h/x"),
        ("mk_live_hunter2hunter2hunter2", "[redacted]"),
        ("file:///etc/motd", "file:///etc/motd"),
    ],
)
def test_secrets_in_what_callers_name_are_not_kept(tmp_path: Path, name: str, told: str) -> None:
    log = open_log(tmp_path)
    arguments = {name: 1, name.upper(): 2, f"{name}3": 3}
    asked = Call("resource", name, arguments, ANN, None, Channel(), request_id=name, client=name)
    log.begin(asked)
    record(log, asked)
    chain = written(log)
    assert intact(chain) == 4
    begun, _, ended, _ = records(chain)
    assert {begun["action"], ended["action"]} == {f"resource:{told}"}
    assert {begun["request_id"], ended["request_id"], ended["client"]} == {told}
    assert b"hunter2" not in b"".join(lines(chain / "000001.jsonl"))


def test_what_the_configuration_names_as_secrets_is_not_kept_where_callers_name_it(tmp_path: Path) -> None:
    secret, long = "correct horse", "battery-staple-" * 20
    log = open_log(tmp_path, Options(redact=Redactor([secret, long])))
    for name in (secret, f"{'x' * 400}{long}"):
        asked = Call("tool", name, {name: 1, long: 2}, ANN, None, Channel(), request_id=name, client=name)
        log.begin(asked)
        record(log, asked)
    chain = written(log)
    assert intact(chain)
    assert records(chain)[0]["action"] == "tool:[redacted]"
    content = b"".join(lines(chain / "000001.jsonl"))
    assert secret.encode() not in content
    assert b"battery" not in content


def test_no_request_makes_a_line_that_is_too_long(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    long = "x" * 2_000_000
    asked = Call("tool", long, {long: long}, ANN, None, Channel(), request_id=long, trace_id=long, client=long)
    log.begin(asked)
    record(log, asked)
    assert max(map(len, lines(written(log) / "000001.jsonl"))) < 8192


def test_records_are_not_led_elsewhere_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit/s").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigurationError, match="symbolic links"):
        open_log(tmp_path)
    assert not list((tmp_path / "elsewhere").iterdir())
