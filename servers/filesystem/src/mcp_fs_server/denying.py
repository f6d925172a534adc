"""What exists and is not read: globs of names and paths, those of secrets by default.

A glob is as in .gitignore: without a slash it fits a name at any depth, with one a path from the root; `**` spans
directories; a slash at the end means directories only; `!` makes an exception, and the last glob that fits decides.
What lies in a denied directory is denied. Case does not matter, since it does not matter to what reads secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

__all__ = ["SECRETS", "Deny"]

_WILD = re.compile(r"[*?\[]")

SECRETS = (
    # environment files, but not their templates
    ".env", ".env.*", ".env~", ".env[-_]*", "*.env", ".envrc", "..env.sw?",
    "!.env.example", "!.env.sample", "!.env.template", "!.env.dist", "!.env.defaults", "!.env.schema",
    "!.env.*.example", "!.env.*.sample", "!.env.*.template",
    "!.env[-_]example*", "!.env[-_]sample*", "!.env[-_]template*",
    "!example.env", "!sample.env", "!template.env", "!*.example.env", "!*.sample.env", "!*.template.env",
    "!.env/", "!*.env/", "!.env.*/", "!.env[-_]*/",  # virtual environments and directories of code are called so
    # private keys and stores of them, but not certificates and public keys
    "*.pem", "!*.pub.pem", "!*public*.pem", "!cert.pem", "!*[._-]cert.pem", "!cacert.pem", "!ca.pem", "!*[._-]ca.pem",
    "!ca[._-]*.pem", "!chain.pem", "!fullchain.pem", "!*bundle.pem",
    "*.key", "!*.pub.key", "!*public*.key", "!*.key/",
    "*.p12", "*.pfx", "*.jks", "*.keystore", "*.ppk", "*.kdbx", "*.p8",
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk",
    "id_rsa[._-]*", "id_dsa[._-]*", "id_ecdsa[._-]*", "id_ed25519[._-]*",
    "!id_*.pub", "!id_*.py", "!id_*.md",
    "ssh_host_*_key",
    # directories and files in which programs keep what they log in with
    ".ssh/", ".gnupg/", ".aws/", ".azure/", ".kube/", ".password-store/",
    "**/.config/gcloud/", "**/.docker/config.json",
    ".netrc", "_netrc", ".pgpass", ".my.cnf", ".npmrc", ".pypirc", ".git-credentials", ".htpasswd", ".vault-token",
    ".s3cfg", ".boto", ".dockercfg", "**/.config/gh/hosts.yml",
    "credentials", "!credentials/", ".credentials", "!.credentials/",
    "credentials.json", "credentials.yml", "credentials.yaml", "credentials.ini", "credentials.toml", "credentials.xml",
    "credentials.txt", "credentials.csv", "credentials.db",
    "secrets.json", "secrets.yml", "secrets.yaml", "secrets.toml", "secrets.ini", "secrets.txt",
    "secret.json", "secret.yml", "secret.yaml", "secret.txt",
    "client_secret*.json", "service[_-]account*.json",
    "/etc/shadow", "/etc/gshadow", "/proc/*/environ", "/proc/*/task/*/environ",
)  # fmt: skip
"""Globs of what usually holds secrets, and what only looks like it."""


class Deny:
    """Whether a path is denied, by globs of which the last that fits decides.

    Nearly no name fits any of them, and every entry of every list is asked about: so the end, the beginning or all of a
    name is looked at first, and expressions are made of globs when they are first needed.
    """

    def __init__(self, globs: Iterable[str]) -> None:
        """Read the globs, in their order."""
        self._globs = [_Glob(glob) for glob in globs][::-1]
        denying = [glob for glob in self._globs if glob.denies]
        self._names = frozenset(glob.name for glob in denying if glob.where == "all")
        self._ends = tuple(glob.name for glob in denying if glob.where == "end")
        self._begins = tuple(glob.name for glob in denying if glob.where == "begin")

    def __bool__(self) -> bool:
        return bool(self._globs)

    def __call__(self, relative: str, *, directory: bool = False) -> bool:
        """Whether what is at a path below the root is denied, by itself or by a directory that it lies in.

        Args:
            relative: the path, without links and "..".
            directory: whether it is a directory.
        """
        return bool(self._globs) and any(self._denies(path) for path in _ways(relative, directory))

    def entry(self, above: str, name: str, *, directory: bool = False) -> bool:
        """The same for an entry of a directory that is itself not denied."""
        if not self._may_deny(name):
            return False
        path = f"{above}/{name}" if above else name
        return self._denies(path + "/" if directory else path)

    def _denies(self, path: str) -> bool:
        """Whether the last glob that fits this very path denies it; a slash at its end says that it is a directory."""
        name = path.rstrip("/").rpartition("/")[2]
        if not self._may_deny(name):
            return False
        name = name.lower()
        return next((glob.denies for glob in self._globs if glob.may_fit(name) and glob.fits(path)), False)

    def _may_deny(self, name: str) -> bool:
        """Whether a glob that denies could fit a path with this name at its end."""
        name = name.lower()
        return name in self._names or name.endswith(self._ends) or name.startswith(self._begins)


class _Glob:
    """One glob. `name` is the text of it that a name has to have `where`: all of it, at the end, at the beginning."""

    def __init__(self, glob: str) -> None:
        self.denies = not glob.startswith("!")
        self._glob = glob.removeprefix("!")
        last = self._glob.rstrip("/").rpartition("/")[2].lower()
        beginning = _WILD.split(last, maxsplit=1)[0]
        self.name, self.where = (last, "all") if beginning == last else (beginning, "begin")
        if last.startswith("*") and not _WILD.search(last[1:]):
            self.name, self.where = last[1:], "end"

    def may_fit(self, name: str) -> bool:
        """Whether a name, in lower case, could be the last of a path that it fits."""
        if self.where == "all":
            return name == self.name
        return name.endswith(self.name) if self.where == "end" else name.startswith(self.name)

    def fits(self, path: str) -> bool:
        """Whether it fits a path, which has a slash at its end if it is a directory's."""
        return self._pattern.fullmatch(path) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        glob = self._glob
        only_directories, anchored = glob.endswith("/"), "/" in glob.rstrip("/")
        begin = "" if anchored else "(?:.*/)?"
        return re.compile(
            begin + _body(glob.strip("/")) + ("/" if only_directories else "/?"), re.IGNORECASE | re.DOTALL
        )


def _ways(relative: str, directory: bool) -> Iterator[str]:
    """`a/`, `a/b/` and `a/b/c` of `a/b/c`."""
    names = [name for name in relative.split("/") if name not in ("", ".")]
    for number in range(1, len(names)):
        yield "/".join(names[:number]) + "/"
    if names:
        yield "/".join(names) + "/" * directory


def _body(glob: str) -> str:
    pieces: list[str] = []
    for piece in re.findall(r"\*\*/|/\*\*$|\*+|\?|\[[!^]?\]?[^\]/]*\]|.", glob, re.DOTALL):
        if piece == "**/":
            pieces.append("(?:.*/)?")
        elif piece == "/**":
            pieces.append("/.+")
        elif piece[0] == "*":
            pieces.append("[^/]*")
        elif piece == "?":
            pieces.append("[^/]")
        elif piece[0] == "[" and len(piece) > 2:
            pieces.append(
                "["
                + piece[1:-1].replace("\\", r"\\").replace("[", r"\[").replace("!", "^", 1 if piece[1] == "!" else 0)
                + "]"
            )
        else:
            pieces.append(re.escape(piece))
    return "".join(pieces)
