"""An embedded PostgreSQL for demonstrations and tests: nothing to install, nothing on the network, nothing left behind.

    with EmbeddedPostgres(folder) as pg:
        pg.ensure_database("world")
        connect(pg.dsn("world"))

The data folder stays, so that the second start takes a fraction of a second. Processes that name the same folder share
one server; the last to leave stops it, also when it leaves by `kill -9` (see `watchdog`). The server listens on a Unix
socket in a folder that only its own account may enter, and nowhere else; that folder is the authentication.

Layout of a data folder (mode 0700): `cluster/` (what initdb makes), `server.log` (of the present or last run),
`start.lock`, `holders.lock`, the socket, and `postgresql-<version>/` where the programs had to be copied.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlencode

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.postgres import watchdog
from mcp_chassis.postgres.embedded_account import Account
from mcp_chassis.postgres.embedded_binaries import find_binaries

__all__ = ["EmbeddedPostgres", "default_data_dir"]

PORT = 5432
SOCKET_PATH_BYTES = 103  # of sockaddr_un.sun_path: 107 on Linux, 103 on macOS and the BSDs
STOP_SECONDS = 60

# psql's variables keep the name out of the statement; the lock lets two processes ask for the same database at once.
ENSURE_DATABASE = r"""
SELECT pg_advisory_lock(hashtext('ensure_database')) \g /dev/null
SELECT format('CREATE DATABASE %I', :'name') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
"""


class EmbeddedPostgres:
    """A PostgreSQL server in a data folder, shared by all processes that name the folder."""

    def __init__(self, data_dir: str | Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        """Describe the server; `start` or `with` starts it.

        Args:
            data_dir: where its data stays between runs; `default_data_dir` when missing. As root it must lie where
                the user `nobody` can reach it.
            settings: server settings for this run, such as {"fsync": "off"}. They count for the process that finds
                the server stopped; one that joins takes the server as it is.
        """
        self._data_dir = Path(data_dir).resolve() if data_dir is not None else None
        self._settings = dict(settings or {})
        self._keeper: subprocess.Popen[str] | None = None
        self._pipe = self._holders = -1

    @property
    def data_dir(self) -> Path:
        """The data folder; known from the start on when it was not named."""
        if self._data_dir is None:
            self._data_dir = default_data_dir(find_binaries().major)
        return self._data_dir

    def start(self) -> EmbeddedPostgres:
        """Start the server or join the one that runs; it accepts connections when this returns.

        Raises:
            ConfigurationError: there is no PostgreSQL, the folder cannot be used, or the server does not start.
        """
        if self._keeper is not None:
            return self
        found = find_binaries()
        if self._data_dir is None:
            self._data_dir = default_data_dir(found.major)
        _refuse_foreign(self._data_dir)
        self._account = Account.for_this_process()
        self._account.make_private_folder(self._data_dir)
        self._socket_dir = _socket_dir(self._data_dir, self._account)
        with watchdog.locked(self._data_dir / "start.lock"):
            self._binaries = found.within_reach(self._account, self._data_dir)
            self._make_cluster()
        self._hold()
        return self

    def stop(self) -> None:
        """Leave the server; the last to leave stops it and returns when it has stopped. Harmless when repeated."""
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        with suppress(BrokenPipeError):
            os.write(self._pipe, b".")  # a word, since a forked child of ours may still have the pipe open
        os.close(self._pipe)
        if keeper.wait(STOP_SECONDS) != 0:  # somebody killed our watchdog: do its work
            watchdog.leave(self._job(-1))
        os.close(self._holders)

    def __enter__(self) -> EmbeddedPostgres:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def dsn(self, database: str = "postgres", user: str = "postgres") -> str:
        """The connection string, for asyncpg and libpq alike. The user `postgres` is the superuser."""
        where = urlencode({"host": str(self._socket_dir), "port": PORT}, quote_via=quote)
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?{where}"

    def ensure_database(self, name: str) -> None:
        """Make the database unless there is one of that name; safe when several processes do so at once."""
        target = ["-h", str(self._socket_dir), "-p", str(PORT), "-U", "postgres", "-d", "postgres"]
        self._run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", f"name={name}", *target, script=ENSURE_DATABASE)

    def _make_cluster(self) -> None:
        """Run initdb once, into a folder that gets its name only when it is whole."""
        cluster = self.data_dir / "cluster"
        if cluster.is_dir():
            made_by = int((cluster / "PG_VERSION").read_text().split(".")[0])
            if made_by != self._binaries.major:
                raise ConfigurationError(
                    f"The data in {cluster} was made by PostgreSQL {made_by} and the one found here is"
                    f" {self._binaries.version}: remove the folder to begin anew."
                )
            return
        for unfinished in self.data_dir.glob("cluster.*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        half = self.data_dir / f"cluster.{os.getpid()}"
        quick = ["--no-sync"] if self._settings.get("fsync") == "off" else []
        self._run("initdb", "-D", str(half), "-U", "postgres", "-A", "trust", "-E", "UTF8", *self._locale(), *quick)
        half.rename(cluster)

    def _locale(self) -> list[str]:
        """The same order and letters everywhere: by code point, upper and lower case of all of Unicode."""
        if self._binaries.major >= 17:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _hold(self) -> None:
        """Start the watchdog, which starts the server, and wait for its word."""
        self._holders = os.open(self.data_dir / "holders.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        read_end, self._pipe = os.pipe()
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", watchdog.__file__, json.dumps(self._job(read_end))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd="/",
            pass_fds=(read_end, self._holders),
            start_new_session=True,
        )
        os.close(read_end)
        assert self._keeper.stdout is not None
        with self._keeper.stdout as words:
            word = words.readline().strip()
        if word != watchdog.READY:
            self.stop()
            raise ConfigurationError(
                f"The embedded PostgreSQL in {self.data_dir} does not start: {word or 'its watchdog failed'}."
            )

    def _job(self, pipe: int) -> watchdog.Job:
        cluster = self.data_dir / "cluster"
        control = [self._binaries.program("pg_ctl"), "-D", str(cluster), "-w"]
        log = str(self.data_dir / "server.log")
        fixed = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self._socket_dir),
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
        }
        options = " ".join(shlex.quote(f"--{name}={value}") for name, value in (self._settings | fixed).items())
        return {
            "pipe": pipe,
            "holders": self._holders,
            "lock": str(self.data_dir / "start.lock"),
            "socket": str(self._socket_dir / f".s.PGSQL.{PORT}"),
            "pid_file": str(cluster / "postmaster.pid"),
            "log": log,
            "start": [*control, "-t", str(watchdog.START_SECONDS), "-l", log, "-o", options, "start"],
            "stop": [*control, "-t", str(STOP_SECONDS // 2), "-m", "fast", "stop"],
            "process_options": self._account.process_options(),
        }

    def _run(self, program: str, *arguments: str, script: str = "") -> None:
        command = [self._binaries.program(program), *arguments]
        options = self._account.process_options()
        done = subprocess.run(command, input=script, capture_output=True, text=True, **options)
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
            raise ConfigurationError(f"The embedded PostgreSQL in {self.data_dir} failed at {program}: {reason}")


def default_data_dir(major: int) -> Path:
    """Where the data of demonstrations stays, one folder per user and major version of PostgreSQL.

    `$XDG_DATA_HOME` or `~/.local/share`; for root `/var/lib` where `nobody` may not enter root's home; a temporary
    folder where none of them can be written.
    """
    account = Account.for_this_process()
    home = os.environ.get("HOME")
    bases = [os.environ.get("XDG_DATA_HOME"), f"{home}/.local/share" if home else None]
    if account.switches:
        bases.append("/var/lib")
    name = f"postgres-{major}"
    for base in bases:
        if base and os.path.isabs(base) and _can_hold(Path(base), account):
            return Path(base) / "mcp-chassis" / name
    return Path(tempfile.gettempdir()) / f"mcp-chassis-{account.uid}-{name}"


def _can_hold(base: Path, account: Account) -> bool:
    existing = next(folder for folder in (base, *base.parents) if folder.exists())
    return os.access(existing, os.W_OK) and account.reaches(existing)


def _refuse_foreign(data_dir: Path) -> None:
    """Keep our hands off a folder that holds something else: it would lose its permissions to us."""
    if data_dir.is_dir() and not (data_dir / "start.lock").exists() and any(data_dir.iterdir()):
        raise ConfigurationError(f"The folder {data_dir} holds something else: name an empty or a new one.")


def _socket_dir(data_dir: Path, account: Account) -> Path:
    """The data folder itself, or a short private folder named after it where a socket's path would be too long."""
    path = str(data_dir / f".s.PGSQL.{PORT}")
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES and not set(path) & set(",\"'"):
        return data_dir
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"mcp-pg-{account.uid}-{digest}"
    account.make_private_folder(short)
    return short
