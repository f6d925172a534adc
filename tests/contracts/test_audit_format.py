"""What docs/audit.md says of the audit log's format is what is written, and its example is a log."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from mcp_chassis.audit import AuditLog, load_audit_keys, make_audit_keys
from mcp_chassis.audit.reading.places import Log
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.verification import verify
from mcp_chassis.call import Call, Channel, Principal

DOCUMENT = (Path(__file__).parents[2] / "docs" / "audit.md").read_text()
EXAMPLE = dict(re.findall(r"<!-- example: (\S+) -->\n```\n(.*?)```", DOCUMENT, re.DOTALL))


@pytest.fixture
def example(tmp_path: Path) -> Path:
    for name, text in EXAMPLE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def is_intact(folder: Path) -> bool:
    log = Log(folder)
    return verify(log, Signers([], log.keys)).intact


def test_the_example_is_intact(example: Path) -> None:
    assert len(EXAMPLE) == 3
    assert is_intact(example)


@pytest.mark.parametrize("name", [name for name in EXAMPLE if name.endswith(".jsonl")])
def test_the_example_is_broken_by_a_change(example: Path, name: str) -> None:
    (example / name).write_text(EXAMPLE[name].replace("2026-11-20T08:00:0", "2026-11-20T09:00:0", 1))
    assert not is_intact(example)


def test_every_field_of_records_and_checkpoints_is_told(tmp_path: Path) -> None:
    signing, _, hmac_key = make_audit_keys(tmp_path / "keys")
    log = AuditLog(tmp_path / "log", "mcp-db-server", load_audit_keys(signing, hmac_key, ("", "")))
    log.opened()
    log.settle_start()
    call = Call("tool", "add", {"a": 1}, Principal("ann", "oauth"), None, Channel(), request_id=1)
    log.call(call, "timeout", time.monotonic(), {"bytes": 1, "rows": 1})
    log.stop()
    log.close()
    told = set(re.findall(r"`(\w+)`", DOCUMENT))
    for path in (tmp_path / "log").glob("*/*/*.jsonl"):
        for line in path.read_text().splitlines():
            assert set(json.loads(line)) <= told
