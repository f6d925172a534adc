"""Logs: one JSON object a line on stderr, of our events and of every library's, with secrets taken out.

Keys: `ts` (ISO 8601, UTC), `level`, `server`, `logger`, `event`, then what the event adds, `trace_id` and `span_id` of
the request at work, and `exception` with a traceback. Nothing here writes to stdout, which belongs to MCP.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterable, Mapping, MutableMapping
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any

import structlog

from mcp_chassis.redaction import MASK, Redactor, is_secret_name
from mcp_chassis.telemetry.trace import current_trace

__all__ = ["configure"]

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_RECORD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_DEEPEST = 6
_LONGEST = 16_384
_secret_name = lru_cache(maxsize=1024)(is_secret_name)


def configure(level: str, server: str, secrets: Iterable[str] = (), packages: Iterable[str] = ()) -> None:
    """Send structlog, stdlib logging, warnings and uncaught exceptions to stderr through one redactor.

    Args:
        level: the least severe level shown (`debug`, `info`, `warning`, `error`); libraries only speak up from warnings
            on, or from info on with `debug`.
        server: the server's name, told in every line.
        secrets: exact values to take out, beside what looks like a secret.
        packages: import names, beside the chassis, whose loggers follow `level`.
    """
    writer = _Writer(server, Redactor(secrets))
    threshold = _LEVELS[level]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, writer.render],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=_Stderr,
        # Kept after its first use a logger costs nothing to find; `configure` runs before anything logs.
        cache_logger_on_first_use=True,
    )
    handler = _Handler(writer)
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)
    if threshold == logging.DEBUG:
        logging.getLogger().setLevel(logging.INFO)
    for package in ("mcp_chassis", *packages):
        logging.getLogger(package).setLevel(threshold)
    logging.captureWarnings(True)
    sys.excepthook = writer.uncaught
    threading.excepthook = lambda args: writer.uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


class _Stderr:
    """structlog's sink; it carries the name that `structlog.get_logger(__name__)` was given."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def msg(self, line: str) -> None:
        _write(line)

    debug = info = warning = warn = error = critical = exception = fatal = log = msg


def _write(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        # Whoever read our stderr is gone; that is no reason to fail a call.
        return


class _Writer:
    """Makes the line: fixed keys first, then the event's own, everything redacted and JSON."""

    def __init__(self, server: str, redactor: Redactor) -> None:
        self._server = server
        self._redact = redactor

    def render(self, logger: Any, _: str, event: MutableMapping[str, Any]) -> str:
        """structlog's last processor."""
        level = event.pop("level", "info")
        name = event.pop("logger", None) or getattr(logger, "name", "")
        return self.line(level, name, str(event.pop("event", "")), event, event.pop("exc_info", None))

    def line(self, level: str, logger: str, event: str, fields: Mapping[str, Any], exc_info: Any = None) -> str:
        """One log line without its end."""
        record: dict[str, Any] = {
            "ts": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": level,
            "server": self._server,
            "logger": logger,
            "event": self._text(event),
        }
        for key, value in fields.items():
            if key not in record:
                record[key] = self._clean(key, value)
        trace = current_trace.get()
        if trace is not None and trace.trace_id is not None:
            record |= {"trace_id": trace.trace_id, "span_id": trace.span_id}
        error = _error(exc_info)
        if error is not None:
            record["exception"] = self._text("".join(traceback.format_exception(error)).rstrip())
        return json.dumps(record, separators=(",", ":"))

    def uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None) -> None:
        """`sys.excepthook`: what nobody caught, without its secrets."""
        if not issubclass(kind, KeyboardInterrupt | SystemExit):
            _write(self.line("error", "", "uncaught exception", {}, error.with_traceback(trace)))

    def _text(self, text: str) -> str:
        return self._redact(text if len(text) <= _LONGEST else f"{text[:_LONGEST]} [cut]")

    def _clean(self, key: str, value: Any, depth: int = 0) -> Any:
        """`value` as JSON knows it, without secrets; a field whose name says that it is one is masked whole."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if _secret_name(key):
            return MASK
        if isinstance(value, str):
            return self._text(value)
        if depth < _DEEPEST and isinstance(value, Mapping):
            return {str(name): self._clean(str(name), item, depth + 1) for name, item in value.items()}
        if depth < _DEEPEST and isinstance(value, list | tuple | set | frozenset):
            return [self._clean("", item, depth + 1) for item in value]
        return self._text(str(value))


def _error(exc_info: Any) -> BaseException | None:
    """The exception of an `exc_info` in any of the forms that structlog and logging allow."""
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    elif exc_info and not isinstance(exc_info, BaseException):
        exc_info = sys.exc_info()[1]
    return exc_info if isinstance(exc_info, BaseException) else None


class _Handler(logging.Handler):
    """Brings the records of stdlib logging onto the same stream in the same form."""

    def __init__(self, writer: _Writer) -> None:
        super().__init__()
        self._writer = writer

    def emit(self, record: logging.LogRecord) -> None:
        try:
            fields = {key: value for key, value in vars(record).items() if key not in _RECORD_FIELDS}
            fields |= structlog.contextvars.get_contextvars()
            line = self._writer.line(
                record.levelname.lower(), record.name, record.getMessage(), fields, record.exc_info
            )
        except Exception:  # a log line that cannot be made must not fail the call it is about
            line = self._writer.line("error", record.name, "a log record could not be rendered", {})
        _write(line)
