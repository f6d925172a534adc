"""One JSON object a line on stderr, whoever speaks, and no secret in it."""

from __future__ import annotations

import json
import logging
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from mcp_chassis import logs
from mcp_chassis.redaction import MASK
from pydantic import SecretStr


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, logging.getLogger("mcp_chassis").level)
    yield
    logging.captureWarnings(False)
    structlog.reset_defaults()
    root.handlers[:], sys.excepthook = before[0], before[2]
    root.setLevel(before[1])
    logging.getLogger("mcp_chassis").setLevel(before[3])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_event_has_the_fixed_keys_first(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "mcp-sample-server")
    structlog.get_logger("mcp_chassis.sample").info("ready", port=8080, error_id="e1")
    (line,) = lines(capsys)
    assert list(line) == ["ts", "level", "server", "logger", "event", "port", "error_id"]
    assert line["ts"].endswith("Z")
    assert {**line, "ts": ""} == {
        "ts": "",
        "level": "info",
        "server": "mcp-sample-server",
        "logger": "mcp_chassis.sample",
        "event": "ready",
        "port": 8080,
        "error_id": "e1",
    }


def test_stdlib_logging_takes_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "s")
    logging.getLogger("uvicorn.error").warning("%s is %s", "it", "late", extra={"error_id": "e2"})
    (line,) = lines(capsys)
    assert (line["logger"], line["level"], line["event"], line["error_id"]) == (
        "uvicorn.error",
        "warning",
        "it is late",
        "e2",
    )


@pytest.mark.parametrize(
    ("level", "logger", "severity", "shown"),
    [
        ("info", "mcp_chassis.x", logging.INFO, True),
        ("info", "mcp_db_server.x", logging.INFO, True),
        ("info", "mcp_chassis.x", logging.DEBUG, False),
        ("info", "asyncpg", logging.INFO, False),  # libraries speak up from warnings on
        ("info", "asyncpg", logging.WARNING, True),
        ("error", "asyncpg", logging.WARNING, False),
        ("debug", "mcp_chassis.x", logging.DEBUG, True),
        ("debug", "asyncpg", logging.INFO, True),
        ("debug", "asyncpg", logging.DEBUG, False),
    ],
)
def test_level_rules_ours_and_quiets_libraries(
    capsys: pytest.CaptureFixture[str], level: str, logger: str, severity: int, shown: bool
) -> None:
    logs.configure(level, "s", packages={"mcp_db_server"})
    logging.getLogger(logger).log(severity, "hello")
    assert len(lines(capsys)) == shown


def test_structlog_below_the_level_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning", "s")
    structlog.get_logger("mcp_chassis").info("hello")
    assert lines(capsys) == []


def test_secret_fields_are_masked_by_name_and_by_value(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    logs.configure("info", "s", secrets=["swordfish"])
    structlog.get_logger("mcp_chassis").info(
        "dialling postgresql://me:hunter2@db/x",
        password="hunter2",
        headers={"authorization": "hunter2", "accept": "a/b", "x": [{"api_key": "hunter2"}]},
        note="opened with swordfish",
        secret=SecretStr("hunter2"),
        path=tmp_path,
        tokens=3,
        token=None,
    )
    (line,) = lines(capsys)
    assert "hunter2" not in json.dumps(line)
    assert line["event"] == f"dialling postgresql://me:{MASK}@db/x"
    assert line["headers"] == {"authorization": MASK, "accept": "a/b", "x": [{"api_key": MASK}]}
    assert line["note"] == f"opened with {MASK}"
    assert (line["path"], line["tokens"], line["token"]) == (str(tmp_path), 3, None)


def test_traceback_is_told_without_its_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "s", secrets=["swordfish"])
    try:
        try:
            raise ValueError("password=hunter2")
        except ValueError as error:
            raise RuntimeError("cannot dial postgresql://me:hunter2@db with swordfish") from error
    except RuntimeError:
        structlog.get_logger("mcp_chassis").exception("failed")
        logging.getLogger("mcp_chassis").exception("failed again")
    first, second = lines(capsys)
    for line in (first, second):
        assert "RuntimeError: cannot dial" in line["exception"]
        assert "ValueError" in line["exception"]
        assert "hunter2" not in json.dumps(line)
        assert "swordfish\n" not in line["exception"]


def test_uncaught_exception_is_one_line_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "s")
    try:
        raise RuntimeError("Bearer abcdefgh12345678")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (line,) = lines(capsys)
    assert line["event"] == "uncaught exception"
    assert "abcdefgh12345678" not in json.dumps(line)


def test_python_warnings_are_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "s")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("this will go away", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(False)
    (line,) = lines(capsys)
    assert (line["logger"], line["level"]) == ("py.warnings", "warning")
    assert "this will go away" in line["event"]


@pytest.mark.parametrize("value", ["two\nlines", "\x1b[31mred", "\ud800 lone", "x" * 100_000])
def test_hostile_text_stays_one_short_line(capsys: pytest.CaptureFixture[str], value: str) -> None:
    logs.configure("info", "s")
    structlog.get_logger("mcp_chassis").info("said", text=value)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert len(err) < 20_000
    assert "\x1b" not in err


def test_record_that_cannot_be_rendered_fails_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "s")
    logging.getLogger("mcp_chassis").warning("%d apples", "no")
    (line,) = lines(capsys)
    assert line["event"] == "a log record could not be rendered"


def test_cyclic_value_is_told_to_some_depth(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "s")
    value: dict[str, Any] = {}
    value["again"] = value
    structlog.get_logger("mcp_chassis").info("round", value=value)
    assert len(lines(capsys)) == 1


def test_closed_stderr_fails_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    logs.configure("info", "s")
    with (tmp_path / "closed").open("w") as closed:
        pass
    monkeypatch.setattr(sys, "stderr", closed)
    structlog.get_logger("mcp_chassis").info("nobody reads this")
