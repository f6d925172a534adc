"""`audit keygen|verify|tail|export|stats`: the subcommand of every server that makes keys and reads the audit log."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcp_chassis.audit.reading.places import Log
from mcp_chassis.cli.command import Parser
from mcp_chassis.errors import ConfigurationError

if TYPE_CHECKING:
    from mcp_chassis.server import Server

__all__ = ["main"]

BROKEN = 1
_HASH = re.compile(r"[0-9a-fA-F]{64}")


def main(server: Server[Any, Any], argv: Sequence[str]) -> int:
    """Run an `audit` subcommand.

    Returns:
        The exit code: 0 when all is as it should be, 1 when the log is broken or has lines that are no records.

    Raises:
        ConfigurationError: an argument is faulty, or the log cannot be read.
    """
    arguments = _parser(server).parse_args(list(argv))
    run = {"keygen": _keygen, "verify": _verify, "tail": _tail, "export": _export, "stats": _stats}[arguments.does]
    try:
        code = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser(server: Server[Any, Any]) -> Parser:
    parser = Parser(prog=server.name, allow_abbrev=False)
    audit = parser.add_subparsers(required=True).add_parser("audit", help="make the audit log's keys; read the log")
    does = audit.add_subparsers(dest="does", required=True, metavar="keygen|verify|tail|export|stats")
    keygen = does.add_parser("keygen", help="make the keys that the log is signed and hashed with")
    keygen.add_argument("directory", type=Path, metavar="DIR", help="the folder to put them in")
    verify = does.add_parser("verify", help="say whether the log is what was written")
    tail = does.add_parser("tail", help="show the newest records")
    export = does.add_parser("export", help="write records, in the order of their time")
    stats = does.add_parser("stats", help="add up calls, errors, time and size")
    for reader in (verify, tail, export, stats):
        reader.add_argument(
            "directory", type=Path, nargs="?", metavar="DIR",
            help="the audit folder, that of one server in it, or one chain (MCP_AUDIT_DIR)",
        )  # fmt: skip
    _add_verify(verify)
    tail.add_argument("-n", dest="count", default="20", metavar="N", help="how many; 20 when not given")
    tail.add_argument("--follow", action="store_true", help="go on with what is written from now on")
    for reader in (export, stats):
        reader.add_argument("--since", metavar="WHEN", help="a date, a time, or an age such as 7d")
        reader.add_argument("--until", metavar="WHEN", help="a date (its end), a time, or an age")
    _add_export(export)
    stats.add_argument("--by", default="tenant", metavar="A,B", help="tenant, principal, action, day, server, outcome")
    stats.add_argument("--format", choices=("table", "csv", "json"), default="table")
    return parser


def _add_verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument(
        "--expect-head",
        dest="heads",
        action="append",
        default=[],
        metavar="HASH",
        help="a head that was kept elsewhere",
    )
    verify.add_argument(
        "--public-key", dest="keys", type=Path, action="append", default=[], metavar="FILE",
        help="the key that checkpoints must be signed with, as you keep it",
    )  # fmt: skip
    verify.add_argument(
        "--retention", metavar="AGE", help="MCP_AUDIT_RETENTION, or off: what is younger must be there, or its removal"
    )
    verify.add_argument("--verbose", action="store_true", help="tell of each of many closed chains that are in order")
    verify.add_argument("--format", choices=("text", "json"), default="text")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("--tenant", metavar="T", help="records of this tenant only")
    export.add_argument("--range", metavar="[INSTANCE:]FIRST-LAST", help="records by number")
    export.add_argument("--proof", action="store_true", help="with what proves them to somebody without the log")
    export.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")


def _keygen(arguments: argparse.Namespace) -> int:
    from mcp_chassis.audit.keys import make_audit_keys

    signing, public, hmac_key = make_audit_keys(arguments.directory)
    sys.stderr.write(f"Made the keys. Give {public} to whoever verifies the log, and set:\n")
    sys.stdout.write(f"MCP_AUDIT_KEY_FILE={signing.resolve()}\nMCP_AUDIT_HMAC_KEY_FILE={hmac_key.resolve()}\n")
    return 0


def _log(arguments: argparse.Namespace) -> Log:
    directory: Path | None = arguments.directory
    if directory is None:
        named = os.environ.get("MCP_AUDIT_DIR")
        if not named:
            raise ConfigurationError("Say where the audit log is: name its folder, or set MCP_AUDIT_DIR.")
        directory = Path(named).expanduser()
    return Log(directory)


def _verify(arguments: argparse.Namespace) -> int:
    from mcp_chassis.audit.reading.report import as_json, as_text
    from mcp_chassis.audit.reading.signers import Signers
    from mcp_chassis.audit.reading.verification import verify

    for head in arguments.heads:
        if not _HASH.fullmatch(head):
            raise ConfigurationError("--expect-head must be the 64 hexadecimal digits that `audit verify` calls head.")
    log = _log(arguments)
    heads = [head.lower() for head in arguments.heads]
    report = verify(log, Signers(arguments.keys, log.keys), heads, _kept_since(arguments.retention))
    text = as_json(report) if arguments.format == "json" else as_text(report, log.keys, verbose=arguments.verbose)
    sys.stdout.write(text)
    return 0 if report.intact else BROKEN


def _kept_since(retention: str | None) -> str | None:
    """The time that `--retention` reaches back to: all times for `off`, None where it was not given."""
    if retention is None or retention == "off":
        return retention and ""
    from mcp_chassis.audit.chain import timestamp
    from mcp_chassis.settings.units import parse_duration

    try:
        return timestamp(max(0.0, time.time() - parse_duration(retention)))
    except ValueError as error:
        raise ConfigurationError(f"--retention {error}, or off.") from None


def _tail(arguments: argparse.Namespace) -> int:
    from mcp_chassis.audit.reading.tail import follow, newest

    if not arguments.count.isdecimal() or not 0 <= int(arguments.count) <= 100_000:
        raise ConfigurationError("-n must be a number from 0 to 100000.")
    log = _log(arguments)
    return follow(log, int(arguments.count)) if arguments.follow else newest(log, int(arguments.count))


def _export(arguments: argparse.Namespace) -> int:
    from mcp_chassis.audit.reading.export import export

    return export(_log(arguments), _selection(arguments), proof=arguments.proof, as_csv=arguments.format == "csv")


def _stats(arguments: argparse.Namespace) -> int:
    from mcp_chassis.audit.reading.stats import stats

    return stats(_log(arguments), _selection(arguments), arguments.by, arguments.format)


def _selection(arguments: argparse.Namespace) -> Any:
    from mcp_chassis.audit.reading.selection import Selection

    return Selection.parse(
        since=arguments.since,
        until=arguments.until,
        tenant=getattr(arguments, "tenant", None),
        numbers=getattr(arguments, "range", None),
    )
