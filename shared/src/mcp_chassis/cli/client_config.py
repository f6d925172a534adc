"""What to paste into a client so that it starts, or reaches, this server: `--print-config`.

The snippet repeats the flags, variables and target that were given. Clients start servers in a filtered environment and
in a folder of their own, so variables are spelled out and paths are made absolute. A secret is never printed: each
client has its own way to ask for one or to read it from the user's environment.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mcp_chassis.cli.command import Command
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.redaction import is_secret_name, redact
from mcp_chassis.settings.network import is_loopback
from mcp_chassis.settings.options import Option, options
from mcp_chassis.settings.types import check_public_url

if TYPE_CHECKING:
    from mcp_chassis.server import Server

__all__ = ["render"]

# How a client names a secret that it asks for or takes from the user's own environment.
_REFERENCES = {"claude-code": "${%s}", "cursor": "${env:%s}", "vscode": "${input:%s}", "claude-desktop": "<%s>"}
# uvx fetches packages before the server starts; behind a custom CA it needs these, and the client would drop them.
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS")
_TRUE = frozenset({"1", "on", "t", "true", "y", "yes"})  # as pydantic reads a boolean


def render(server: Server[Any, Any], command: Command, environ: Mapping[str, str] | None = None) -> str:
    """The snippet as JSON, ending with a line end.

    Raises:
        ConfigurationError: the client cannot reach a server in the way that the flags say.
    """
    snippet = _Snippet(server, command, os.environ if environ is None else environ)
    entry = snippet.stdio() if snippet.given("transport", "stdio") == "stdio" else snippet.http()
    if snippet.client != "vscode":
        return _json({"mcpServers": {server.name: entry}})
    inputs = [{"type": "promptString", "id": name, "description": name, "password": True} for name in snippet.asked]
    return _json({**({"inputs": inputs} if inputs else {}), "servers": {server.name: entry}})


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


class _Snippet:
    """One client's entry for one server; `asked` names the secrets that the client must be given."""

    def __init__(self, server: Server[Any, Any], command: Command, environ: Mapping[str, str]) -> None:
        self.client = command.print_config or ""
        self.asked: list[str] = []
        self._server = server
        self._command = command
        self._environ = environ
        self._options = options(server.settings)
        self._environment: dict[str, str] = {}

    def given(self, name: str, default: str) -> str:
        """A setting of the command line or of the environment."""
        value = self._command.flags.get(name) or self._environ.get(f"MCP_{name.upper()}") or default
        return ",".join(value) if isinstance(value, list) else str(value)

    def http(self) -> dict[str, Any]:
        """How a client reaches a server that runs already."""
        if self.client == "claude-desktop":
            raise ConfigurationError("claude-desktop starts its servers itself: leave --transport http out.")
        scheme, host = "https" if self.given("tls_cert_file", "") else "http", self.given("host", "127.0.0.1")
        if not is_loopback(host) and not self.given("public_url", ""):
            raise ConfigurationError("Say where clients reach the server: set --public-url (MCP_PUBLIC_URL).")
        address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.given('port', '8080')}"
        try:
            entry = {"url": f"{check_public_url(self.given('public_url', address))}/mcp"}
        except ValueError as error:
            raise ConfigurationError(f"--public-url (MCP_PUBLIC_URL) {error}.") from None
        if self.client != "cursor":
            entry = {"type": "http", **entry}
        auth = self.given("auth", "oauth" if self.given("auth_issuer", "") else "")
        if auth == "none" or "oauth" in auth:  # a client of OAuth learns from the server whom to ask
            return entry
        return {**entry, "headers": {"Authorization": f"Bearer {self._reference('MCP_API_KEY')}"}}

    def stdio(self) -> dict[str, Any]:
        """How a client starts the server."""
        words: list[str] = []
        for option in self._options:
            value = self._command.flags.get(option.name)
            if value is not None:
                words.extend(_flag(option, value))
            elif option.target is None or not self._put_target(option, words):
                self._put_variable(option)
        launcher = _launcher(self._server.name, demo=self._demo)
        if launcher[0] == "uvx":
            if self.client == "claude-desktop":  # a desktop program does not have the PATH of a shell
                launcher[0] = shutil.which("uvx", path=self._environ.get("PATH", "")) or "uvx"
            self._environment |= {name: self._environ[name] for name in _CERTIFICATES if self._environ.get(name)}
        entry: dict[str, Any] = {"command": launcher[0], "args": [*launcher[1:], *words]}
        if self.client in {"vscode", "claude-code"}:
            entry = {"type": "stdio", **entry}
        return entry | ({"env": self._environment} if self._environment else {})

    @property
    def _demo(self) -> bool:
        flag = self._command.flags.get("demo")
        return self._environ.get("MCP_DEMO", "").strip().lower() in _TRUE if flag is None else bool(flag)

    def _put_target(self, option: Option, words: list[str]) -> bool:
        """Put the positional argument, or ask for it where the server would not know what to work on."""
        targets = self._command.targets
        if targets and not option.secret:
            words.extend(_absolute(target, path=option.path) for target in targets)
        elif targets:
            self._put_secret(option.variable, targets[0])
        elif self._demo or self._is_in_environment(option) or self.given("config", ""):
            return False
        elif option.secret:
            self._put_secret(option.variable, "")
        else:
            words.append(f"<{option.target}>")
        return True

    def _is_in_environment(self, option: Option) -> bool:
        names = [name for variable in option.variables for name in (variable, f"{variable}_FILE")]
        return any(self._environ.get(name) for name in (*names, *option.beside))

    def _put_variable(self, option: Option) -> None:
        """Repeat what the environment says of a setting, since the client would not pass it on."""
        for variable in option.variables:
            if option.secret and self._environ.get(f"{variable}_FILE"):
                self._environment[f"{variable}_FILE"] = _absolute(self._environ[f"{variable}_FILE"], path=True)
            elif option.secret and self._environ.get(variable):
                self._put_secret(variable, self._environ[variable])
            elif self._environ.get(variable):
                value = self._environ[variable]
                words = map(str.strip, value.split(",")) if option.many else [value]
                self._environment[variable] = ",".join(_absolute(word, path=option.path) for word in words)
        for variable in option.beside:
            if self._environ.get(variable):
                secret = is_secret_name(variable)
                self._environment[variable] = self._reference(variable) if secret else self._environ[variable]

    def _put_secret(self, variable: str, value: str) -> None:
        self._environment[variable] = value if _holds_no_password(value) else self._reference(variable)

    def _reference(self, variable: str) -> str:
        self.asked.append(variable)
        return _REFERENCES[self.client] % variable


def _flag(option: Option, value: Any) -> Iterator[str]:
    if option.boolean:
        yield option.flag if value else f"--no-{option.key}"
        return
    for item in value if isinstance(value, list) else [value]:
        yield from (option.flag, _absolute(item, path=option.path or option.secret))


def _absolute(value: str, *, path: bool) -> str:
    return str(Path(value).expanduser().absolute()) if path else value


def _holds_no_password(value: str) -> bool:
    """Whether a secret setting holds a URL without a password, the only thing of it that a snippet may show."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return "://" in value and parts.password is None and redact(value) == value


def _launcher(name: str, *, demo: bool) -> list[str]:
    """The words that start this very installation: through uvx from where it came, its command, or this script.

    A command that uvx runs lives in a cache that may be emptied, so its path is no use to a client; PEP 610 tells where
    it was installed from.
    """
    try:
        origin = json.loads(metadata.distribution(name).read_text("direct_url.json") or "{}")
    except metadata.PackageNotFoundError:
        origin = {}
    extra = "[demo]" if demo else ""
    url = str(origin.get("url", ""))
    if "vcs_info" in origin:
        vcs = origin["vcs_info"]
        revision = f"@{vcs['requested_revision']}" if vcs.get("requested_revision") else ""
        folder = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
        return ["uvx", "--from", f"{name}{extra} @ {vcs['vcs']}+{url}{revision}{folder}", name]
    if url.startswith("file://") and not origin.get("dir_info", {}).get("editable"):
        return ["uvx", "--from", f"{urlsplit(url).path}{extra}", name]
    command = Path(sys.executable).parent / name
    if command.exists():
        return [str(command)]
    script = Path(sys.argv[0]).absolute()
    by_itself = script.suffix == ".py" and script.name != "__main__.py" and script.is_file()
    return [sys.executable, str(script)] if by_itself else [name]
