"""API keys: `mk_<id>_<secret>`, made once, kept only as SHA-256, checked on every HTTP request.

The file is JSON, `{"format": 1, "keys": [...]}`, each key with `id, name, sha256, scopes, tenant, created, expires,
revoked` (times in ISO 8601, UTC). The hash is a plain one because the secret is 256 random bits: nobody can guess its
way back. A revoked key stays in the file, so that `keys list` and an auditor can still say whose it was.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import string
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.stamps import stamp
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    import argparse

__all__ = ["ApiKey", "KeyRing", "create", "load", "main", "register", "revoke"]

FORMAT = 1
RELOAD_SECONDS = 0.5
_LONGEST_SECONDS = 36525 * 86400.0
_ALPHABET = string.ascii_letters + string.digits
_KEY = re.compile(r"mk_([0-9a-z]{8,32})_[0-9A-Za-z]{32,128}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_SCOPE = re.compile(r"[a-z][a-z0-9_-]*:[a-z][a-z0-9_-]*")
_NO_HASH = "0" * 64

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key; `sha256` is the hex digest of the whole key as it is sent."""

    id: str
    name: str
    sha256: str
    scopes: tuple[str, ...]
    tenant: str
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None

    def status(self, now: datetime) -> str:
        """`active`, `expired` or `revoked`."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and self.expires <= now else "active"


def digest(key: str) -> str:
    """The SHA-256 of a key, in hex."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def load(path: Path) -> list[ApiKey]:
    """Read the keys of a file.

    Raises:
        ConfigurationError: it cannot be read or is not a file of keys.
    """
    try:
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise ConfigurationError(f"The API keys file {path} has a format that this version cannot read.")
        return [_from_json(entry) for entry in content["keys"]]
    except OSError as error:
        raise ConfigurationError(f"The API keys file {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"The API keys file {path} is not one that `keys create` wrote.") from error


def _from_json(entry: dict[str, Any]) -> ApiKey:
    times = {name: _time(entry.get(name)) for name in ("expires", "revoked")}
    created = _time(entry["created"])
    if created is None or not re.fullmatch(r"[0-9a-f]{64}", entry["sha256"]):
        raise ValueError("not a key")
    scopes = tuple(str(scope) for scope in entry["scopes"])
    return ApiKey(str(entry["id"]), str(entry["name"]), entry["sha256"], scopes, str(entry["tenant"]), created, **times)


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _store(path: Path, keys: Sequence[ApiKey]) -> None:
    """Replace the file as a whole, so that a reader sees the old keys or the new ones and nothing between.

    It stays whose it was: a revocation by root counts only if the server can still read the file.
    """
    entries = [{**asdict(key), "scopes": list(key.scopes)} for key in keys]
    text = json.dumps({"format": FORMAT, "keys": entries}, indent=2, default=lambda moment: moment.isoformat())
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            if target.exists():
                _pass_on(target, descriptor)
            file.write(text + "\n")
            file.flush()
            os.fsync(descriptor)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _pass_on(file: Path, descriptor: int) -> None:
    """Give owner, group and mode of a file to an open one."""
    old = file.stat()
    if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, old.st_mode & 0o777)


@contextmanager
def _changing(path: Path) -> Iterator[list[ApiKey]]:
    """The keys of the file, to be changed in place by one process at a time, and stored on the way out."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            keys = load(path) if path.exists() else []
            yield keys
            _store(path, keys)
        finally:
            os.close(lock)
    except OSError as error:
        raise ConfigurationError(f"The API keys file {path} cannot be written: {error.strerror}.") from error


def create(
    path: Path, name: str, scopes: Sequence[str], tenant: str = "default", lifetime_s: float | None = None
) -> str:
    """Make a key and add it to the file, which is made (mode 0600) when it is not there.

    Returns:
        The key itself: it is not kept and cannot be shown again.

    Raises:
        ConfigurationError: the name, a scope or the tenant is not well formed.
    """
    for what, word, shape in (
        ("name", name, _NAME),
        ("tenant", tenant, _NAME),
        *(("scope", s, _SCOPE) for s in scopes),
    ):
        if not shape.fullmatch(word):
            raise ConfigurationError(f"{word!r} is not a {what} that a key can have.")
    if not scopes:
        raise ConfigurationError("A key needs at least one scope, as in --scopes db:read.")
    number = "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(12))
    key = f"mk_{number}_{''.join(secrets.choice(_ALPHABET) for _ in range(43))}"
    now = datetime.now(UTC).replace(microsecond=0)
    expires = now + timedelta(seconds=lifetime_s) if lifetime_s is not None else None
    with _changing(path) as keys:
        keys.append(ApiKey(number, name, digest(key), tuple(dict.fromkeys(scopes)), tenant, now, expires))
    return key


def revoke(path: Path, name_or_id: str) -> ApiKey:
    """Revoke the one key of that name or id that is not revoked yet.

    Raises:
        ConfigurationError: there is none, or more than one of that name.
    """
    if not path.exists():
        raise ConfigurationError(f"There is no API keys file {path}.")
    with _changing(path) as keys:
        found = [n for n, key in enumerate(keys) if key.revoked is None and name_or_id in (key.id, key.name)]
        if not found:
            raise ConfigurationError(f"There is no key {name_or_id!r} that could be revoked; see `keys list`.")
        if len(found) > 1:
            ids = ", ".join(keys[n].id for n in found)
            raise ConfigurationError(f"Several keys are named {name_or_id!r}: revoke one by its id ({ids}).")
        keys[found[0]] = replace(keys[found[0]], revoked=datetime.now(UTC).replace(microsecond=0))
        return keys[found[0]]


class KeyRing:
    """The keys of a file, as a running server uses them: a change of the file counts within a second.

    A file that is broken or gone keeps the last good keys, and is logged once.

    Raises:
        ConfigurationError: the file is not usable at the start.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._seen = stamp(path)
        self._keys = {key.id: key for key in load(path)}
        self._next_look = clock() + RELOAD_SECONDS

    def find(self, presented: str) -> ApiKey | None:
        """The active key that was presented; the time it takes tells nothing about any secret."""
        self._refresh()
        match = _KEY.fullmatch(presented)
        key = self._keys.get(match[1]) if match else None
        same = hmac.compare_digest(digest(presented), key.sha256 if key is not None else _NO_HASH)
        return key if key is not None and same and key.status(datetime.now(UTC)) == "active" else None

    def _refresh(self) -> None:
        now = self._clock()
        if now < self._next_look:
            return
        self._next_look = now + RELOAD_SECONDS
        found = stamp(self._path)
        if found == self._seen:
            return
        self._seen = found
        try:
            self._keys = {key.id: key for key in load(self._path)}
        except ConfigurationError as error:
            _log.error("api_keys_file_unusable", reason=str(error), kept=len(self._keys))
        else:
            _log.info("api_keys_reloaded", keys=len(self._keys))


def register(subparsers: argparse._SubParsersAction[Any], default_path: Path | None) -> None:
    """Add the `keys` subcommand to a command line.

    Args:
        default_path: the file of MCP_API_KEYS_FILE, where `--file` is not given.
    """
    parser = subparsers.add_parser("keys", help="make, list and revoke API keys")
    parser.set_defaults(keys_file=default_path)
    actions = parser.add_subparsers(dest="keys_action", required=True, metavar="create|list|revoke")
    new = actions.add_parser("create", help="make a key and print it, once")
    new.add_argument("name", metavar="NAME", help="whose key it is")
    new.add_argument("--scopes", required=True, metavar="A,B", help="what it may do, such as db:read")
    new.add_argument("--tenant", default="default", metavar="T", help="the tenant it belongs to")
    new.add_argument("--expires", metavar="90d", help="how long it is valid; for ever when not given")
    listing = actions.add_parser("list", help="show the keys, without their secrets")
    old = actions.add_parser("revoke", help="end a key; running servers refuse it within a second")
    old.add_argument("name", metavar="NAME_OR_ID", help="the key's name or id")
    for action in (new, listing, old):
        action.add_argument(
            "--file", dest="keys_file", type=Path, default=default_path, metavar="PATH",
            help="the keys file (MCP_API_KEYS_FILE)",
        )  # fmt: skip


def main(arguments: argparse.Namespace, known_scopes: Collection[str] = ()) -> int:
    """Run the `keys` subcommand that `register` parsed.

    Args:
        known_scopes: those of this server; another is told, not refused, since servers may share a file.

    Returns:
        The exit code.

    Raises:
        ConfigurationError: what was asked for cannot be done.
    """
    path: Path | None = arguments.keys_file
    if path is None:
        raise ConfigurationError("Say which file holds the API keys: set MCP_API_KEYS_FILE or give --file.")
    if arguments.keys_action == "create":
        scopes = [scope for scope in (part.strip() for part in arguments.scopes.split(",")) if scope]
        key = create(path, arguments.name, scopes, arguments.tenant, _lifetime(arguments.expires))
        for scope in scopes:
            if known_scopes and scope not in known_scopes:
                sys.stderr.write(f"Nothing of this server needs the scope {scope}{nearest(scope, known_scopes)}\n")
        sys.stderr.write(f"The key of {arguments.name}, shown only now; {path} keeps its hash.\n")
        sys.stdout.write(f"{key}\n")
    elif arguments.keys_action == "revoke":
        revoked = revoke(path, arguments.name)
        sys.stdout.write(f"revoked {revoked.id} ({revoked.name})\n")
    else:
        sys.stdout.write(_table(load(path)))
    return 0


def _lifetime(text: str | None) -> float | None:
    if text is None:
        return None
    from mcp_chassis.settings.units import parse_duration

    try:
        lifetime = parse_duration(text)
    except ValueError as error:
        raise ConfigurationError(f"--expires {error}.") from error
    if not 0 < lifetime <= _LONGEST_SECONDS:
        raise ConfigurationError("--expires must be more than nothing and at most a hundred years.")
    return lifetime


def _table(keys: Sequence[ApiKey]) -> str:
    now = datetime.now(UTC)
    head = ("ID", "NAME", "SCOPES", "TENANT", "CREATED", "EXPIRES", "STATUS")
    rows = [
        (key.id, key.name, ",".join(key.scopes), key.tenant, f"{key.created:%Y-%m-%d}",
         f"{key.expires:%Y-%m-%d}" if key.expires is not None else "never", key.status(now))
        for key in keys
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() + "\n" for row in (head, *rows)
    )
