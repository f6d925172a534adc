"""The command line of a server, made from its settings: what a user typed becomes one `Command`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.redaction import redact
from mcp_chassis.settings import ChassisSettings
from mcp_chassis.settings.options import Option, options
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    from mcp_chassis.server import Server

__all__ = ["CLIENTS", "Command", "Parser", "parse"]

CLIENTS = ("claude-desktop", "claude-code", "cursor", "vscode")


@dataclass(frozen=True, slots=True)
class Command:
    """What the command line asks for: `flags` by field name, the positional `targets`, and what to do with them."""

    flags: dict[str, Any]
    targets: list[str]
    check: bool = False
    print_config: str | None = None
    version: bool = False

    @property
    def serves(self) -> bool:
        """Whether it asks for a server, and not for an answer about one."""
        return not (self.check or self.version or self.print_config)


class Parser(argparse.ArgumentParser):
    """An argument parser whose faults are sentences like those of the settings."""

    def error(self, message: str) -> NoReturn:
        argument, _, reason = message.removeprefix("argument ").partition(": ")
        if reason.startswith("expected"):
            raise ConfigurationError(f"{argument} needs a value.")
        if reason.startswith("ignored explicit argument"):
            raise ConfigurationError(f"{argument} takes no value.")
        raise ConfigurationError(f"{redact(message)[:1].upper()}{redact(message)[1:].rstrip('.')}.")


def parse(server: Server[Any, Any], argv: Sequence[str], subcommands: Sequence[str]) -> Command:
    """Read a command line that is not a subcommand's.

    Raises:
        ConfigurationError: one sentence for each word that is not understood.
        SystemExit: `--help` was printed.
    """
    settings = options(server.settings)
    parser = _parser(server, settings, subcommands)
    # What follows `--` is a target whatever it looks like; argparse loses that when flags and targets are mixed.
    end = argv.index("--") if "--" in argv else len(argv)
    found, unknown = parser.parse_known_intermixed_args(list(argv[:end]))
    values = vars(found)
    targets = [*(values.pop("TARGET", None) or []), *argv[end + 1 :]]
    _refuse(unknown, parser)
    target = next((option for option in settings if option.target), None)
    if len(targets) > 1 and target is not None and not target.many:
        raise ConfigurationError(f"There is more than one {target.target} argument; {server.name} takes one.")
    client = values.pop("print_config")
    if client is not None and client not in CLIENTS:
        raise ConfigurationError(f"--print-config must be one of {', '.join(CLIENTS)}{nearest(client, CLIENTS)}")
    check, version = values.pop("check"), values.pop("version")
    return Command(values, targets, check=check, print_config=client, version=version)


def _parser(server: Server[Any, Any], settings: Sequence[Option], subcommands: Sequence[str]) -> Parser:
    target = next((option for option in settings if option.target), None)
    takes = "" if target is None else f" [{target.target}{' ...' if target.many else ''}]"
    parser = Parser(
        prog=server.name,
        usage=f"%(prog)s{takes} [flags]\n       %(prog)s {'|'.join(subcommands)} --help",
        description=server.title,
        epilog="A flag is stronger than its variable, and a variable than the config file. "
        "A target named like a subcommand is written ./NAME.",
        allow_abbrev=False,
        formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=30, width=100),
    )
    if target is not None:
        parser.add_argument("TARGET", nargs="*", metavar=target.target, help=_escape(target.description))
    own = parser.add_argument_group("flags of this server")
    common = parser.add_argument_group("flags of every server")
    shared = {option.name for option in options(ChassisSettings)}
    for option in settings:
        _add(common if option.name in shared else own, option)
    clients = "|".join(CLIENTS)
    parser.add_argument("--check", action="store_true", help="load everything, ask the backends, report, and exit")
    parser.add_argument("--print-config", metavar="CLIENT", help=f"print what to paste into a client: {clients}")
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    return parser


def _add(group: argparse._ArgumentGroup, option: Option) -> None:
    notes = [option.variable + ("_FILE" if option.secret else "")]
    if option.default and not option.boolean:
        notes.append(f"default {option.default}")
    source = "; read from this file" if option.secret else ""
    text = _escape(f"{option.description.rstrip('.')}{source} [{', '.join(notes)}]")
    if option.boolean:
        group.add_argument(
            option.flag, dest=option.name, action=argparse.BooleanOptionalAction, default=None, help=text
        )
        return
    metavar = "|".join(option.choices) or _metavar(option)
    action = "append" if option.many else "store"
    group.add_argument(option.flag, dest=option.name, action=action, metavar=metavar, default=None, help=text)


def _metavar(option: Option) -> str:
    if option.target and not option.secret:
        return option.target
    if option.secret or option.path:
        return "DIR" if option.key.endswith("-dir") else "FILE"
    return "A,B" if option.many else option.key.rsplit("-", 1)[-1].upper()


def _refuse(unknown: Sequence[str], parser: Parser) -> None:
    """Refuse flags that nobody knows; a word that is no flag may be a secret, so it is not repeated."""
    flags = [word.partition("=")[0] for word in unknown if word.startswith("-")]
    known = re.findall(r"--[a-z][a-z-]*", parser.format_help())
    if flags:
        raise ConfigurationError(*(f"{flag} is not a flag{nearest(flag, known)}" for flag in flags))
    if unknown:
        raise ConfigurationError(f"There are arguments that {parser.prog} does not take; it takes flags only.")


def _escape(text: str) -> str:
    """argparse formats help with `%`."""
    return text.replace("%", "%%")
